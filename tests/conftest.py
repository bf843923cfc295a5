"""What the test run prints at its end."""


def pytest_terminal_summary(terminalreporter):
    """The table of mutants that tests recorded, whichever process they ran in."""
    reports = terminalreporter.getreports("passed")
    rows = [value for report in reports for name, value in report.user_properties if name == "mutants"]
    if rows:
        terminalreporter.section("mutants of the model solutions")
        names = ("tried", "wrong", "named", "by own", "by family", "raised", "equal")
        terminalreporter.write_line(f"{'exercise':28}" + "".join(f"{name:>10}" for name in names))
        for row in [*sorted(rows), ["together", *(sum(column) for column in zip(*(row[1:] for row in rows)))]]:
            terminalreporter.write_line(f"{row[0]:28}" + "".join(f"{count:10}" for count in row[1:]))
