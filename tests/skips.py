"""A run ends with what was skipped and why. In CI a skip fails the run, unless its reason is in `allowed-skips.txt`."""

import os
from collections import Counter
from pathlib import Path

import pytest

ALLOWED = Path(__file__).with_name("allowed-skips.txt")


class Skips:
    def __init__(self) -> None:
        self.reasons: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.refused() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.section("skipped, and why")
        for reason, times in sorted(self.reasons.items()):
            verdict = "   <- fails in CI: not in tests/allowed-skips.txt" if reason in self.refused() else ""
            terminalreporter.line(f"{times:5}  {reason}{verdict}")
        if not self.reasons:
            terminalreporter.line("nothing")

    def refused(self) -> set[str]:
        return self.reasons.keys() - allowed() if os.environ.get("CI") else set()

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.skipped and isinstance(report.longrepr, tuple):  # an expected failure has another longrepr
            self.reasons[report.longrepr[2].removeprefix("Skipped: ")] += 1


def allowed() -> set[str]:
    lines = [line.partition("#")[0].strip() for line in ALLOWED.read_text().splitlines()]
    return {line for line in lines if line}


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Skips(), "skips")
