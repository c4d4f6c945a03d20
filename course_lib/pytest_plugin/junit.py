"""In JUnit's file a test in which nothing could be measured is an error, as it is on the screen.

pytest writes a failure there for whatever fell in a test's body, and offers no way to say otherwise; so the entry is
renamed once it is written. Where the writer is not the one that is known here, it stays a failure.
"""

from __future__ import annotations

from typing import Any

import pytest


class ErrorsInJUnit:
    """Listens to reports behind pytest's own writer."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The report has been written by now."""
        if report.when == "call" and report.failed and getattr(report, "hazards_unmeasured", False):
            for entry in self._writer.node_reporter(report).nodes:
                if entry.tag == "failure":
                    entry.tag = "error"
                    self._writer.stats["failure"] -= 1
                    self._writer.stats["error"] += 1


def listen(config: pytest.Config) -> None:
    """Where such a file is written at all."""
    try:
        from _pytest.junitxml import LogXML, xml_key
    except ImportError:
        return
    writer = config.stash.get(xml_key, None)
    if isinstance(writer, LogXML) and hasattr(writer, "stats") and hasattr(writer, "node_reporter"):
        config.pluginmanager.register(ErrorsInJUnit(writer))
