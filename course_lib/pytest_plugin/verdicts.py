"""What a fixture or a mark found: one sentence, ten lines of evidence, a line that repeats it, properties for JUnit."""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import pytest
from _pytest.outcomes import Failed

PREFIX = "hazards."
LINES = 10
Verdict = Literal["pass", "fail", "unmeasured"]


@dataclass(frozen=True)
class Told:
    """What one instrument found: `sentence` holds number, place and bound; `evidence` is the whole reading as text."""

    instrument: str
    verdict: Verdict
    sentence: str
    measured: str = ""
    bound: str = ""
    place: str = ""
    evidence: str = ""


TOLD = pytest.StashKey[list[Told]]()


class Unmeasured(Failed):
    """Nothing could be measured: the test is an error, neither a pass nor a failure."""

    __module__ = "builtins"  # as pytest has it: the summary then shows the name alone


def held(it_did: bool) -> Verdict:
    """The verdict on a bound that was measured."""
    return "pass" if it_did else "fail"


def unmeasured(instrument: str, because: str, evidence: str = "") -> Told:
    """That it measured nothing, and why."""
    reason = because.removeprefix("unmeasured: ").strip()
    return Told(instrument, "unmeasured", f"could not measure {instrument}: {reason}", evidence=evidence)


def forget(item: pytest.Item) -> None:
    """Begins anew: a test may run more than once."""
    item.stash[TOLD] = []
    item.user_properties[:] = [one for one in item.user_properties if not str(one[0]).startswith(PREFIX)]


def speak(item: pytest.Item, told: Sequence[Told]) -> None:
    """Keeps what was found; raises where something failed, or could not be measured."""
    item.stash[TOLD] += told
    for one in told:
        item.user_properties.extend(_properties(one))
    bad = [one for one in told if one.verdict == "fail"] or [one for one in told if one.verdict == "unmeasured"]
    if not bad:
        return
    sentence = "; ".join(one.sentence for one in bad)
    if bad[0].verdict == "fail":
        pytest.fail(sentence, pytrace=False)
    if is_skipped(item.config):
        pytest.skip(sentence)
    raise Unmeasured(sentence, pytrace=False)


def is_skipped(config: pytest.Config) -> bool:
    """Whether what can't be measured skips its test, instead of being an error."""
    return bool((config.getoption("hazards_unmeasured") or config.getini("hazards_unmeasured")) == "skip")


def sections(item: pytest.Item) -> list[tuple[str, str]]:
    """The evidence of what went wrong in this test, as sections of its report; all of it with `-v`."""
    whole = item.config.get_verbosity() > 0
    return [
        (f"hazards: {one.instrument}", "\n".join([*_shown(one.evidence, whole), _again(item)]))
        for one in item.stash.get(TOLD, [])
        if one.verdict != "pass"
    ]


def _shown(evidence: str, whole: bool) -> list[str]:
    lines = evidence.splitlines()
    if whole or len(lines) <= LINES:
        return lines
    return [*lines[: LINES - 1], f"… {len(lines) - LINES + 1} more lines with -v"]


def _again(item: pytest.Item) -> str:
    return f"reproduce: python -m pytest {shlex.quote(item.nodeid)} -v"


def _properties(one: Told) -> list[tuple[str, str]]:
    figures = {"verdict": one.verdict, "measured": one.measured, "bound": one.bound, "place": one.place}
    return [(f"{PREFIX}{one.instrument}.{name}", text) for name, text in figures.items() if text]


def defined_at(function: Any) -> str:
    """`file.py:12` or `cell:3` of a function, method or partial; empty where it has no source in Python."""
    while isinstance(function, partial):
        function = function.func
    function = inspect.unwrap(getattr(function, "__func__", function))
    if not hasattr(function, "__code__"):
        function = getattr(type(function), "__call__", None)  # noqa: B004  # its code is wanted, not whether it is there
    code = getattr(function, "__code__", None)
    return place_of(code.co_filename, code.co_firstlineno) if code else ""


def place_of(file: str, line: int) -> str:
    """A line as every instrument names it."""
    from course_lib.instruments.own_line import Place

    return Place("", file, line).where


def at(place: str, words: str) -> str:
    """`, issued at views.py:25`; nothing where there is no place."""
    return f", {words} {place}" if place else ""
