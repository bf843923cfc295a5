"""What the test run prints at its end."""


def pytest_terminal_summary(terminalreporter):
    """The table of mutants that tests recorded, whichever process they ran in."""
    reports = terminalreporter.getreports("passed")
    rows = [value for report in reports for name, value in report.user_properties if name == "mutants"]
    if rows:
        terminalreporter.section("mutants of the model solutions")
        terminalreporter.write_line(f"{'exercise':28}{'tried':>8}{'wrong':>8}{'by name':>8}{'raised':>8}{'equal':>8}")
        for row in sorted(rows):
            terminalreporter.write_line(f"{row[0]:28}" + "".join(f"{count:8}" for count in row[1:]))
