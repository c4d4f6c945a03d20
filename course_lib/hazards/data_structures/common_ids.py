"""Judges an intersection of id lists: what it returns, what it leaves alone, how its counted work grows."""

from __future__ import annotations

from functools import partial
from itertools import product
from typing import Any

from course_lib.hazards.data_structures.checks import MOVED, STEPS_ALONE, Counting, judge, outgrows_n_log_n
from course_lib.hazards.families import sequences, texts, whole_numbers
from course_lib.hazards.plainly import counted, first_wrong, raised, same, shown
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.reading import Check, failed, passed, skipped

Observation = dict[str, Any]
Pair = tuple[list[Any], list[Any]]

RESULT, UNCHANGED, FORGOTTEN, GROWS = (
    "the ids in both, in the order of left, each once",
    "neither argument is changed",
    "nothing is remembered of them",
    "the work grows no faster than n log n",
)
_NUMBERS = [*whole_numbers(), 10**30, 2**61 - 1, 2**61]
_TEXTS = texts("id", longest=300)
_PAIRS: list[Pair] = [
    ([], []),
    ([1], []),
    ([], [1]),
    ([3, 1, 2], [2, 3]),
    ([3, 1, 3, 2, 1], [1, 3, 3, 9]),
    ([5, 4, 3, 2, 1], [1, 2, 3, 4, 5]),
    ([1, 2], [3, 4]),
    ([-1, 0, 10**30, 7], [10**30, -1, 0]),
    ([0, 1, -1, 2], [1, 0]),
    (["b", "a", "B", "b"], ["B", "b", "c"]),
    (["10", "9", "1"], ["1", "10"]),
    (["", "é", " "], [" ", ""]),
    ([2, 2, 2], [2]),
    (list(range(40, 0, -1)), list(range(0, 50, 3))),
    *product(sequences([4, 1, 3]), sequences([3, 5, 4])),
    *product(sequences(["x", "Y", "y"]), sequences(["y", "X", "x"])),
    (_NUMBERS, _NUMBERS[::2]),
    (_NUMBERS[::2], _NUMBERS[::-1]),
    (_TEXTS, _TEXTS[::2]),
    (_TEXTS[::3], _TEXTS[1::2]),
    (_TEXTS[::-1], _TEXTS),
]
_EACH_ALONE: list[Observation] = [
    {"kind": "each alone", "ids": _NUMBERS},
    {"kind": "each alone", "ids": [*_TEXTS, "7", "07", "7.0", "+7", " 7", "7 ", "٧", "b'7'"]},
]
_AGAIN: Observation = {
    "kind": "again",
    "left": [3, 1, 2],
    "right": [2, 3, 7],
    "then": [
        ([3, 1, 2], [2, 3, 7]),
        ([3, 7, 2], [2, 3, 7]),
        ([3, 7, 2], [2, 3, 8]),
        ([7, 3, 2], [3, 2, 8]),
        ([7, 3, 2, 9], [3, 2, 8]),
        ([], [3, 2, 8]),
        ([1, 2], [2, 1]),
        ([2, 1], [2, 1]),
    ],
}


def _common(left: list[Any], right: list[Any]) -> list[Any]:
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]


def _judge_common(observe: Observe) -> list[Check]:
    cases: list[Observation] = [{"kind": "result", "left": left, "right": right} for left, right in _PAIRS]
    *told, numbers, words, again = observe([*cases, *_EACH_ALONE, _AGAIN])
    wrong = first_wrong(_wrong_result(*pair, seen) for pair, seen in zip(_PAIRS, told, strict=True))
    wrong = wrong or first_wrong(map(_wrong_alone, _EACH_ALONE, (numbers, words))) or _wrong_again(again["calls"])
    if wrong:
        before = [] if wrong.name == RESULT else [passed(RESULT)]
        later = (UNCHANGED, FORGOTTEN, GROWS) if wrong.name == RESULT else (FORGOTTEN, GROWS)
        return [*before, wrong, *(skipped(name, "judged once the results are right") for name in later)]
    right = passed(RESULT, f"{counted(len(_PAIRS) + len(again['calls']), 'pair')} of lists answered rightly")
    return [right, passed(UNCHANGED, "both as before"), *_judge_work(observe)]


def _wrong_alone(case: Observation, seen: Observation) -> Check | None:
    """The first wrong answer about one of many ids that look alike, or None."""
    return first_wrong(
        _wrong_outcome(f"with {one!r} alone {against}, common_ids", outcome, expected)
        for one, outcomes in zip(case["ids"], seen["told"], strict=True)
        for against, outcome, expected in zip(_AGAINST, outcomes, ([one], [one], []), strict=True)
    )


_AGAINST = ("in left", "in right", "in left and not in right")


def _wrong_again(calls: list[Observation]) -> Check | None:
    """The first wrong answer of calls with the same two lists, changed between the calls, or None."""
    pairs = [(_AGAIN["left"], _AGAIN["right"]), *_AGAIN["then"]]
    return first_wrong(
        _wrong_result(left, right, seen, "once these lists had held something else, " if at else "")
        for at, ((left, right), seen) in enumerate(zip(pairs, calls, strict=False))
    )


def _wrong_result(left: list[Any], right: list[Any], seen: Observation, when: str = "") -> Check | None:
    call = f"{when}common_ids({shown(left)}, {shown(right)})"
    wrong = _wrong_outcome(call, seen["outcome"], _common(left, right))
    if wrong:
        return wrong
    if not (same(seen["left"], left) and same(seen["right"], right)):
        told = f"after {call} the lists were {shown(seen['left'])} and {shown(seen['right'])}"
        return failed(UNCHANGED, told, "both lists as they were given", told)
    return None


def _wrong_outcome(call: str, outcome: Observation, expected: list[Any]) -> Check | None:
    if "raised" not in outcome and same(outcome["returned"], expected):
        return None
    did = f"raised {raised(outcome)}" if "raised" in outcome else f"gave {shown(outcome['returned'])}"
    told = f"{call} {did}"
    return failed(RESULT, told, shown(expected), told)


_SHAPES = (
    "the same ids",
    "no common id",
    "few ids, often repeated",
    "left repeats one id",
    "right repeats one id",
    "left is short",
    "right is short",
    "in no order",
)
_FAMILIES = [(kind, shape) for kind in ("int", "str") for shape in _SHAPES] + [("str in letter cases", "in no order")]
_LARGE = [("int", "in no order"), ("str", "in no order")]
_SMALL_SIZES, _LARGE_SIZES, _MOVING_SIZES = (16, 64, 256), (500, 2_000, 8_000), (2_000, 8_000, 32_000)
_EXPECTED = "about four times the work for four times the ids"


def _judge_work(observe: Observe) -> list[Check]:
    """One shape first: a quadratic answer shows there at once, and would take long over all of them."""
    remembered, *first = observe(
        [{"kind": "remembered", "type": "str"}, *(_case(*_FAMILIES[0], size) for size in _SMALL_SIZES)]
    )
    forgotten = _judge_forgotten(remembered)
    check = _judge_shape(observe, _FAMILIES[0], dict(zip(_SMALL_SIZES, first, strict=True)), STEPS_ALONE)
    if check.status == "pass":
        check = _judge_families(observe, _FAMILIES[1:], _SMALL_SIZES, STEPS_ALONE)
    if check.status == "pass":
        check = _judge_large(observe)
    return [forgotten, check]


def _judge_large(observe: Observe) -> Check:
    """Steps among many ids; and what moves in lists, where it is not little: lists of bounded length show there."""
    seen = observe([_case(*family, size) for family in _LARGE for size in _LARGE_SIZES])
    check = _check_families(observe, _LARGE, _LARGE_SIZES, STEPS_ALONE, seen)
    moves = any("raised" not in one["work"] and MOVED.of(one["work"]) > one["work"]["steps"] for one in seen)
    if check.status == "pass" and moves:
        return _judge_families(observe, _LARGE[:1], _MOVING_SIZES, MOVED)
    return check


def _judge_forgotten(seen: Observation) -> Check:
    if "raised" in seen:
        told = f"a call raised {raised(seen['raised'])}"
        return failed(FORGOTTEN, told, "no exception", told)
    if seen["held"]:
        told = f"after the call {seen['held']} of the ids were still held"
        return failed(FORGOTTEN, told, "nothing of the lists is kept", told)
    return passed(FORGOTTEN, "0 ids held after the call")


def _case(kind: str, shape: str, size: int) -> Observation:
    return {"kind": "work", "shape": shape, "size": size, "type": kind}


def _judge_families(
    observe: Observe, families: list[tuple[str, str]], sizes: tuple[int, ...], counting: Counting
) -> Check:
    seen = observe([_case(*family, size) for family in families for size in sizes], seconds=8.0)
    return _check_families(observe, families, sizes, counting, seen)


def _check_families(
    observe: Observe,
    families: list[tuple[str, str]],
    sizes: tuple[int, ...],
    counting: Counting,
    seen: list[Observation],
) -> Check:
    """The first check that does not pass, or the one on the first family."""
    works = iter(seen)
    checks = (_judge_shape(observe, family, {size: next(works) for size in sizes}, counting) for family in families)
    first = next(checks)
    return next((one for one in (first, *checks) if one.status != "pass"), first)


def _judge_shape(observe: Observe, family: tuple[str, str], seen: dict[int, Observation], counting: Counting) -> Check:
    series = {size: one["work"] for size, one in seen.items()}
    further = partial(_work_at, observe, family)
    return judge(GROWS, f"ids on each side: {family[1]}", series, further, outgrows_n_log_n, counting, _EXPECTED)


def _work_at(observe: Observe, family: tuple[str, str], size: int) -> Observation:
    [seen] = observe([_case(*family, size)], seconds=8.0)
    work: Observation = seen["work"]
    return work


def _control_grows(seen: Observation) -> bool:
    return bool(seen["work"]["steps"] > 300)


COMMON_IDS = Task(
    _judge_common,
    Control(_case("int", "the same ids", 24), _control_grows),
    function={RESULT, UNCHANGED, FORGOTTEN},
)
