"""What tests share: a browser for a module, and what the test run prints at its end."""

import pytest

from lab import browser

TABLES = {
    "mutants": ("mutants of the model solutions", ("tried", "wrong", "named", "by own", "by family", "raised", "equal")),
    "families": ("misconceptions of the exercises", ("own", "families", "by width")),
}


@pytest.fixture(scope="module")
def chromium():
    """One for a module: two synchronous Playwrights must not overlap."""
    with browser() as running:
        yield running


def pytest_terminal_summary(terminalreporter):
    """The tables of counts that tests recorded, whichever process they ran in."""
    recorded = [pair for report in terminalreporter.getreports("passed") for pair in report.user_properties]
    for table, (title, names) in TABLES.items():
        rows = sorted(value for name, value in recorded if name == table)
        if rows:
            terminalreporter.section(title)
            terminalreporter.write_line(f"{'exercise':28}" + "".join(f"{name:>10}" for name in names))
            for row in [*rows, ["together", *(sum(column) for column in zip(*(row[1:] for row in rows)))]]:
                terminalreporter.write_line(f"{row[0]:28}" + "".join(f"{count:10}" for count in row[1:]))
