"""A test that stands in a notebook's cell, run by pytest there: `run_test(test_export, export=export_orders)`.

pytest runs in the process that asks, so that the test may use whatever the cells above it define. It reads no
configuration, no `conftest.py` and no other plugin: only what is in the cell counts. Nothing stays behind.

What it can't see: fixtures that the cells define; a test that is not at the top of its module.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FunctionType
from typing import Any
from unittest.mock import patch

import pytest

import course_lib.pytest_plugin as plugin

MODULE = "test_here"
OPTIONS = ["-q", "--capture=no", "--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:faulthandler"]


def run_test(test: FunctionType, **names: Any) -> bool:
    """Runs the test with these names in its module for as long as that lasts; prints what pytest says of it.

    The answer is whether it passed: a test that could not measure anything did not. Raises `ValueError` for a test
    that pytest could not import, as one that is defined inside another function.
    """
    home = sys.modules[test.__module__]
    if getattr(home, test.__name__, None) is not test:
        raise ValueError(f"{test.__qualname__} is not at the top of {home.__name__}: define it in a cell, and run that")
    reports = _Reports()
    with patch.dict(test.__globals__, names), TemporaryDirectory() as folder:
        wrong = _run(test, Path(folder), reports)
    given = ", ".join(f"{name} = {getattr(value, '__name__', repr(value))}" for name, value in names.items())
    passed = not wrong and reports.all_passed
    said = [wrong] if wrong else reports.lines()
    print(f"{test.__name__}{given and f', {given}'}: {'passes' if passed else 'fails'}", *said, sep="\n    ")
    return passed


def _run(test: FunctionType, folder: Path, reports: _Reports) -> str:
    """Lets pytest run it; what pytest complained of where it never came to the test."""
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    module = folder / f"{MODULE}.py"
    module.write_text(f"from {test.__module__} import {test.__name__}\n", "utf-8")
    alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "PYTEST_PLUGINS": ""}
    places = [f"--rootdir={folder}", f"--config-file={folder / 'pytest.ini'}", f"--basetemp={folder / 'tmp'}"]
    said = io.StringIO()
    try:
        with patch.dict(os.environ, alone), redirect_stdout(said), redirect_stderr(said):
            pytest.main([*OPTIONS, *places, str(module)], [plugin, reports])
    finally:
        sys.modules.pop(MODULE, None)
    return "" if reports.seen else said.getvalue().strip() or "pytest did not run it"


class _Reports:
    """What pytest reports of each phase of the test."""

    def __init__(self) -> None:
        self.seen: list[pytest.TestReport] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seen.append(report)

    @property
    def all_passed(self) -> bool:
        return all(report.passed for report in self.seen)

    def lines(self) -> Iterator[str]:
        """The sentence of what did not pass, and the evidence; the command that repeats it is no use here."""
        for report in self.seen:
            if report.passed:
                continue
            yield from str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr).splitlines()
            for title, evidence in report.sections:
                if title.startswith("hazards"):
                    yield from (line for line in evidence.splitlines() if not line.startswith("reproduce: "))
