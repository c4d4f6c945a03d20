"""What both tasks on growth share: the slopes of long use, strict equality, the control's count of what is kept."""

from __future__ import annotations

from typing import Any

from course_lib.hazards.terms import Observe, raised
from course_lib.reading import Check, failed, passed

Observation = dict[str, Any]
GROWTH = "memory does not grow with use"


def same(value: Any, expected: Any) -> bool:
    if type(value) is not type(expected):
        return False
    if isinstance(expected, list):
        return len(value) == len(expected) and all(map(same, value, expected))
    return bool(value == expected)


def first_wrong(name: str, wrong: list[str], expected: str) -> Check:
    """A pass, or a failure told by its last and largest example."""
    return failed(name, wrong[-1], expected, wrong[-1]) if wrong else passed(name, expected)


def judge_slopes(observe: Observe, what: str) -> Check:
    [seen] = observe([{"kind": "slopes", "capacity": 50}])
    if "raised" in seen:
        told = f"long use raised {raised(seen['raised'])}"
        return failed(GROWTH, told, "no exception", told)
    operations, blocks, size = seen["windows"][-1]
    if not seen["unbounded"]:
        return passed(GROWTH, f"each of the last {operations:,} {what} left nothing behind")
    measured = f"{blocks:.2f} blocks and {size:.0f} bytes left behind by each of the last {operations:,} {what}"
    return failed(
        GROWTH, measured, "nothing left behind once the capacity is reached", f"capacity 50, and still {measured}"
    )


def keeps_too_many(seen: Observation) -> bool:
    return len(seen["stretches"][-1]["alive"]) > 3 if "stretches" in seen else len(seen["alive"]) > 3
