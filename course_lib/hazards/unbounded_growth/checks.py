"""What both tasks on growth share: a check from its wrong examples, memory under each mix of uses, the control."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course_lib.hazards.plainly import counted, raised
from course_lib.hazards.terms import Hangs, Observe
from course_lib.reading import Check, failed, passed

Observation = dict[str, Any]
GROWTH = "memory does not grow with use"
CAPACITY = 50
THINGS = (
    "an exception", "a class of exceptions", "a function", "an object that equals nothing", "an iterator",
    "a generator", "a text of a class of its own", "an object without anything", "Ellipsis", "NotImplemented",
    "the class object", "the class of None",
)  # fmt: skip  # these themselves are the events or profiles
SECONDS = 14.0  # of processor time for one run: a cache may load in a thread, and then starts thousands
FAR_SECONDS, FAR_LONGEST = 10.0, 60.0  # for very much use: of processor time, of the clock


def none_wrong(name: str, wrong: list[str], expected: str) -> Check:
    """A pass, or a failure told by its last and largest example."""
    return failed(name, wrong[-1], expected, wrong[-1]) if wrong else passed(name, expected)


def far(observe: Observe, case: Observation) -> Observation | None:
    """What very much use told; None where each use takes too long for so many."""
    try:
        return observe([case], seconds=FAR_SECONDS, longest=FAR_LONGEST)[0]
    except Hangs:
        return None


def judge_growth(observe: Observe, mixes: Sequence[str], what: str) -> Check:
    """Judges long use under each mix by itself: what only one kind of use keeps is diluted in a blend of them."""
    cases = [{"kind": "long use", "mix": mix, "capacity": CAPACITY} for mix in mixes]
    seen = observe(cases, seconds=SECONDS, longest=45.0)
    for mix, one in zip(mixes, seen, strict=True):
        if "raised" in one:
            told = f"long use ({mix}) raised {raised(one['raised'])}"
            return failed(GROWTH, told, "no exception", told)
        if one["unbounded"]:
            measured = f"{_left_behind(one['windows'][-1])} {what} ({mix})"
            told = f"capacity {CAPACITY}, and still {measured}"
            return failed(GROWTH, measured, "nothing left behind once the capacity is reached", told)
    operations = seen[0]["windows"][-1][0]
    return passed(GROWTH, f"each of the last {operations:,} {what} left nothing behind, in {len(mixes)} mixes of uses")


def _left_behind(window: Sequence[float]) -> str:
    operations, blocks, inside, outside = window
    size = max(0.0, inside) + outside
    by_each = size >= 1
    many = round(size if by_each else size * operations)
    blocks_too = f"{counted(blocks, 'block')} and " if round(blocks, 2) > 0 else ""
    where = " outside Python's own memory" if outside >= size / 2 else ""
    whose = "each of the last" if by_each else "all of the last"
    return f"{blocks_too}{counted(many, 'byte')}{where} left behind by {whose} {operations:,}"


def keeps_too_many(seen: Observation) -> bool:
    """Whether a control, used with capacity 3, kept more than three alive."""
    kept = seen["stretches"][-1]["alive"] if "stretches" in seen else seen["alive"][-1]
    return len(kept) > 3
