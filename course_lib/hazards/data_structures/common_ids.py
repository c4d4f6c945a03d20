"""Judges an intersection of id lists: what it returns, what it leaves alone, how its counted work grows."""

from __future__ import annotations

from typing import Any

from course_lib.hazards.data_structures.checks import sixteenfold, with_fallback
from course_lib.hazards.plainly import first_wrong, raised, same, shown
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.reading import Check, failed, passed, skipped

Observation = dict[str, Any]

RESULT, UNCHANGED, GROWS = (
    "the ids in both, in the order of left, each once",
    "neither argument is changed",
    "the work grows no faster than n log n",
)
_PAIRS: list[tuple[list[Any], list[Any]]] = [
    ([], []),
    ([1], []),
    ([], [1]),
    ([3, 1, 2], [2, 3]),
    ([3, 1, 3, 2, 1], [1, 3, 3, 9]),
    ([5, 4, 3, 2, 1], [1, 2, 3, 4, 5]),
    ([1, 2], [3, 4]),
    ([-1, 0, 10**30, 7], [10**30, -1, 0]),
    (["b", "a", "B", "b"], ["B", "b", "c"]),
    (["10", "9", "1"], ["1", "10"]),
    (["", "é", " "], [" ", ""]),
    ([2, 2, 2], [2]),
    (list(range(40, 0, -1)), list(range(0, 50, 3))),
]


def _common(left: list[Any], right: list[Any]) -> list[Any]:
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]


def _judge_common(observe: Observe) -> list[Check]:
    told = observe([{"kind": "result", "left": left, "right": right} for left, right in _PAIRS])
    wrong = first_wrong(_wrong_result(*pair, seen) for pair, seen in zip(_PAIRS, told, strict=True))
    if wrong:
        before = [] if wrong.name == RESULT else [passed(RESULT)]
        return [*before, wrong, skipped(GROWS, "judged once the results are right")]
    right = passed(RESULT, f"{len(_PAIRS)} pairs of lists answered rightly")
    return [right, passed(UNCHANGED, "both as before"), _judge_growth(observe)]


def _wrong_result(left: list[Any], right: list[Any], seen: Observation) -> Check | None:
    call = f"common_ids({shown(left)}, {shown(right)})"
    expected, outcome = _common(left, right), seen["outcome"]
    if "raised" in outcome:
        told = f"{call} raised {raised(outcome)}"
        return failed(RESULT, told, shown(expected), told)
    if not same(outcome["returned"], expected):
        told = f"{call} gave {shown(outcome['returned'])}"
        return failed(RESULT, told, shown(expected), told)
    if not (same(seen["left"], left) and same(seen["right"], right)):
        told = f"after {call} the lists were {shown(seen['left'])} and {shown(seen['right'])}"
        return failed(UNCHANGED, told, "both lists as they were given", told)
    return None


_SHAPES = ("the same ids", "no common id", "few ids, often repeated", "left repeats one id", "right repeats one id")
_SIZES, _MANY = (16, 256), (200, 3_200)


def _judge_growth(observe: Observe) -> Check:
    """One shape first: a quadratic answer shows there at once, and would take long over all of them."""
    first = _judge_shapes(observe, [("int", _SHAPES[0])])
    others = [(kind, shape) for kind in ("int", "str") for shape in _SHAPES]
    if first.status == "pass":
        first = _judge_shapes(observe, others)
    return first if first.status != "pass" else _judge_shapes(observe, others[1:2], _MANY)


def _judge_shapes(observe: Observe, shapes: list[tuple[str, str]], sizes: tuple[int, ...] = _SIZES) -> Check:
    """Among many ids key operations alone are counted: steps would take seconds."""
    cases = [
        {"kind": "work", "shape": shape, "size": n, "type": kind, "steps": sizes is _SIZES}
        for kind, shape in shapes
        for n in sizes
    ]
    works = iter(one["work"] for one in with_fallback(observe, cases))
    checks = [
        sixteenfold(GROWS, f"ids on each side ({shape})", {size: next(works) for size in sizes}) for _, shape in shapes
    ]
    return next((check for check in checks if check.status != "pass"), checks[0])


def _control_grows(seen: Observation) -> bool:
    return bool(seen["work"]["keys"] > 150)


COMMON_IDS = Task(
    _judge_common,
    Control({"kind": "work", "shape": "the same ids", "size": 20, "type": "int", "counted": True}, _control_grows),
    function={RESULT, UNCHANGED},
)
