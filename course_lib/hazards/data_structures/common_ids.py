"""Judges an intersection of id lists: what it returns, what it leaves alone, how its counted work grows."""

from __future__ import annotations

from functools import partial
from itertools import takewhile
from typing import Any

from course_lib.hazards.data_structures.checks import (
    LONG_SECONDS,
    LONGEST_SECONDS,
    MOVED,
    SECONDS,
    STEPS_ALONE,
    Counting,
    judge,
    outgrows_n_log_n,
)
from course_lib.hazards.data_structures.id_lists import LONG_LISTS, LONG_PAIRS, ONE_LIST_TWICE, PAIRS, Pair
from course_lib.hazards.plainly import LONGEST, counted, first_wrong, raised, same, shown
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.reading import Check, failed, passed, skipped

Observation = dict[str, Any]

RESULT, UNCHANGED, FORGOTTEN, GROWS = (
    "the ids in both, in the order of left, each once",
    "neither argument is changed",
    "nothing is remembered of them",
    "the work grows no faster than n log n",
)
_FIRST = 5  # pairs that are asked about ahead of all others
_TWICE: Observation = {"kind": "one list twice", "ids": ONE_LIST_TWICE}
_REMEMBERED: Observation = {"kind": "remembered", "type": "str", "size": 10}
_REMEMBERED_OF_MANY: Observation = {**_REMEMBERED, "size": 1_300}
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
_AGAIN_OF_MANY: Observation = {"kind": "again", **dict(zip(("left", "right"), LONG_LISTS[0], strict=True))}
_AGAIN_OF_MANY["then"] = LONG_LISTS[1:]


def _common(left: list[Any], right: list[Any]) -> list[Any]:
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]


def _judge_common(observe: Observe) -> list[Check]:
    """A few results, and the work on one shape, come first: what is plainly wrong shows there, after a few calls."""
    begin = [*map(_asked, PAIRS[:_FIRST]), _REMEMBERED, *_cases(_FAMILIES[:1], _SMALL_SIZES)]
    *told, remembered, small, medium, large = observe(begin, seconds=SECONDS)
    wrong = _wrong_among(PAIRS[:_FIRST], told)
    if wrong:
        return _with_the_others_skipped(wrong)
    work = _judge_shape(
        observe, _FAMILIES[0], dict(zip(_SMALL_SIZES, (small, medium, large), strict=True)), STEPS_ALONE
    )
    families = _FAMILIES[1:] if work.status == "pass" else []  # a quadratic answer would take long over all of them
    wrong, seen = _observed_results(observe, _cases(families, _SMALL_SIZES))
    if wrong:
        return _with_the_others_skipped(wrong)
    ids = sum(len(left) + len(right) for left, right in PAIRS)
    right = passed(RESULT, f"{counted(len(PAIRS), 'pair')} of lists with {counted(ids, 'id')} answered rightly")
    if families:
        work = _check_families(observe, families, _SMALL_SIZES, STEPS_ALONE, seen)
    held = [remembered]
    if work.status == "pass":
        wrong, among_many, work = _judge_large(observe)
        held.append(among_many)
    if wrong:
        return _with_the_others_skipped(wrong)
    return [right, passed(UNCHANGED, "both as before"), _judge_forgotten(held), work]


def _asked(pair: Pair) -> Observation:
    return {"kind": "result", "left": pair[0], "right": pair[1]}


def _observed_results(observe: Observe, more: list[Observation]) -> tuple[Check | None, list[Observation]]:
    """The first wrong one of all other results, or None; and what was observed of `more` cases on the way."""
    seen = observe([*map(_asked, PAIRS[_FIRST:]), _TWICE, _AGAIN, *more], seconds=LONG_SECONDS, longest=LONGEST_SECONDS)
    told, rest = seen[: len(PAIRS) - _FIRST], seen[len(PAIRS) - _FIRST :]
    wrong = _wrong_among(PAIRS[_FIRST:], told)
    wrong = wrong or _wrong_result(_TWICE["ids"], _TWICE["ids"], rest[0], "with one list as both, ")
    return wrong or _wrong_again(_AGAIN, rest[1]["calls"]), rest[2:]


def _wrong_among(pairs: list[Pair], told: list[Observation]) -> Check | None:
    return first_wrong(_wrong_result(*pair, seen) for pair, seen in zip(pairs, told, strict=True))


def _with_the_others_skipped(wrong: Check) -> list[Check]:
    before = [] if wrong.name == RESULT else [passed(RESULT)]
    later = (UNCHANGED, FORGOTTEN, GROWS) if wrong.name == RESULT else (FORGOTTEN, GROWS)
    return [*before, wrong, *(skipped(name, "judged once the results are right") for name in later)]


def _wrong_again(case: Observation, calls: list[Observation]) -> Check | None:
    """The first wrong answer of calls with the same two lists, changed between the calls, or None."""
    pairs: list[Pair] = [(case["left"], case["right"]), *case["then"]]
    return first_wrong(
        _wrong_result(left, right, seen, "once these lists had held something else, " if at else "")
        for at, ((left, right), seen) in enumerate(zip(pairs, calls, strict=False))
    )


def _wrong_result(left: list[Any], right: list[Any], seen: Observation, when: str = "") -> Check | None:
    """The check that one call does not pass, or None."""
    call = f"{when}common_ids({shown(left)}, {shown(right)})"
    outcome, expected = seen["outcome"], _common(left, right)
    if "raised" in outcome or not same(outcome["returned"], expected):
        told = f"{call} {_did(outcome, expected)}"
        return failed(RESULT, told, shown(expected), told)
    if not (same(seen["left"], left) and same(seen["right"], right)):
        told = f"after {call} the lists were {shown(seen['left'])} and {shown(seen['right'])}"
        return failed(UNCHANGED, told, "both lists as they were given", told)
    return None


def _did(outcome: Observation, expected: list[Any]) -> str:
    """What a wrong call did; of two lists too long to be compared by eye, the place where they first differ."""
    if "raised" in outcome:
        return f"raised {raised(outcome)}"
    returned = outcome["returned"]
    if type(returned) is not list or len(repr(returned)) <= LONGEST:
        return f"gave {shown(returned)}"
    alike = sum(1 for _ in takewhile(lambda pair: same(*pair), zip(returned, expected, strict=False)))
    instead = f"not {shown(expected[alike])}" if alike < len(expected) else "and not an end"
    if alike == len(returned):
        return f"gave {counted(alike, 'id')} and an end, {instead}"
    return f"gave, as number {alike + 1} of its result, {shown(returned[alike])}, {instead}"


_SHAPES = (
    "the same ids",
    "no common id",
    "few ids, often repeated",
    "left repeats one id",
    "right repeats one id",
    "left is short",
    "right is short",
    "far apart, in no order",
    "each id twice",
)
_FAMILIES = [(kind, shape) for kind in ("int", "str") for shape in _SHAPES] + [("str in letter cases", "in no order")]
_LARGE = [("int", "in no order"), ("str", "in no order")]
_SMALL_IDS = [("int from 0", "in no order")]  # what sets a bit for each id does little among few
_SMALL_SIZES, _SOME_SIZES = (16, 64, 256), (125, 500, 2_000)
_LARGE_SIZES, _MOVING_SIZES = (500, 2_000, 8_000), (2_000, 8_000, 32_000)
_EXPECTED = "about four times the work for four times the ids"


def _judge_large(observe: Observe) -> tuple[Check | None, Observation, Check]:
    """The first wrong result among many ids, or None; what is held of them; and the work: steps, and what moves in
    lists, where it is not little: lists of bounded length show there."""
    begin = [*map(_asked, LONG_PAIRS), _AGAIN_OF_MANY, _REMEMBERED_OF_MANY]
    many = observe([*begin, *_cases(_SMALL_IDS, _SOME_SIZES)], seconds=LONG_SECONDS, longest=LONGEST_SECONDS)
    *told, again, remembered = many[: len(begin)]
    wrong = _wrong_among(LONG_PAIRS, told) or _wrong_again(_AGAIN_OF_MANY, again["calls"])
    check = _check_families(observe, _SMALL_IDS, _SOME_SIZES, STEPS_ALONE, many[len(begin) :])
    large = check.status == "pass" and not wrong
    return wrong, remembered, _judge_large_work(observe) if large else check


def _judge_large_work(observe: Observe) -> Check:
    seen = observe(_cases(_LARGE, _LARGE_SIZES), seconds=LONG_SECONDS, longest=LONGEST_SECONDS)
    check = _check_families(observe, _LARGE, _LARGE_SIZES, STEPS_ALONE, seen)
    moves = any("raised" not in one["work"] and MOVED.of(one["work"]) > one["work"]["steps"] for one in seen)
    if check.status == "pass" and moves:
        seen = observe(_cases(_LARGE[:1], _MOVING_SIZES), seconds=LONG_SECONDS, longest=LONGEST_SECONDS)
        return _check_families(observe, _LARGE[:1], _MOVING_SIZES, MOVED, seen)
    return check


def _judge_forgotten(held: list[Observation]) -> Check:
    for seen in held:
        told = _held_in_words(seen)
        if told:
            return failed(FORGOTTEN, told, "no exception" if "raised" in seen else "nothing of the lists is kept", told)
    return passed(FORGOTTEN, "0 ids held after the call")


def _held_in_words(seen: Observation) -> str:
    if "raised" in seen:
        return f"a call raised {raised(seen['raised'])}"
    if seen["held"]:
        return f"after the call {seen['held']} of the ids were still held"
    return f"after the call {seen['lists']} of the two lists were still held" if seen["lists"] else ""


def _case(kind: str, shape: str, size: int) -> Observation:
    return {"kind": "work", "shape": shape, "size": size, "type": kind}


def _cases(families: list[tuple[str, str]], sizes: tuple[int, ...]) -> list[Observation]:
    return [_case(*family, size) for family in families for size in sizes]


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
    [seen] = observe([_case(*family, size)], seconds=LONG_SECONDS, longest=LONGEST_SECONDS)
    work: Observation = seen["work"]
    return work


def _control_grows(seen: Observation) -> bool:
    return bool(seen["work"]["steps"] > 300)


COMMON_IDS = Task(
    _judge_common,
    Control(_case("int", "the same ids", 24), _control_grows),
    function={RESULT, UNCHANGED, FORGOTTEN},
    given={"left", "right", "size"},
)
