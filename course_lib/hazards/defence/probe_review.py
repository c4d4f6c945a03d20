"""Reports a review as it was written down, and what one of its demonstrations does on one module.

The source of the module crosses in the case, is taken out of it and compiled here under a neutral name and without a
file: what a demonstration is given is a module, and no text of it is to be had.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from course_lib.hazards.attempt import attempt
from course_lib.hazards.defence.probe_guard import in_words

MODULE = "desk"


def findings(subject: list[Any], _case: dict[str, Any]) -> dict[str, Any]:
    """`{"findings": the list}`, as plain data."""
    return {"findings": subject}


def demonstrations(subject: dict[Any, Any], case: dict[str, Any]) -> dict[str, Any]:
    """The claims that are upheld, `{"claims": [(number, whether it can be called)]}`; or one demonstration's outcome.

    With a `claim` and a `source` in the case, what `attempt` tells of that demonstration on a module of that source;
    with `interrupt`, it is interrupted after as many seconds, and where it was is the line that is told.
    """
    if "claim" not in case:
        return {"claims": [(number, callable(value)) for number, value in subject.items()]}
    with _interrupted_after(case.get("interrupt")):
        return attempt(_returned_in_words, subject[case["claim"]], _module(case))


@contextmanager
def _interrupted_after(seconds: float | None) -> Iterator[None]:
    """Raises KeyboardInterrupt within, after that time and again and again; decides nothing, see the grader."""
    if seconds is None or not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _returned_in_words(demonstrate: Callable[[ModuleType], Any], module: ModuleType) -> str:
    return in_words(demonstrate(module))


def _module(case: dict[str, Any]) -> ModuleType:
    module = ModuleType(MODULE)
    exec(compile(case.pop("source"), f"<{MODULE}>", "exec", dont_inherit=True), vars(module))
    return module


def _raises(_module: ModuleType) -> None:
    raise AssertionError


def _returns(_module: ModuleType) -> None:
    return None


FINDINGS_PAIR: tuple[Any, Any] = ([], [(1, "resource_leaks")])
DEMONSTRATIONS_PAIR: tuple[Any, Any] = ({1: _returns}, {1: _raises})
