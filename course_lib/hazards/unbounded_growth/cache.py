"""Judges a bounded cache: when it loads, what it gives, what it keeps alive, and that it can be dropped."""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice, pairwise
from typing import Any, NamedTuple

from course_lib.hazards.families import look_alikes, texts, whole_numbers
from course_lib.hazards.plainly import counted, first_wrong, raised, same, shown, then
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.hazards.unbounded_growth.checks import (
    GROWTH,
    SECONDS,
    THINGS,
    far,
    judge_growth,
    keeps_too_many,
    none_wrong,
)
from course_lib.reading import Check, failed, passed

Observation = dict[str, Any]

LOADS, FAILING, ALIVE, DROPPED, APART = (
    "load is called exactly when it must be",
    "a get that fails changes nothing",
    "no other profile is kept alive",
    "a dropped cache can be collected",
    "two caches share nothing",
)
MIXES = (
    "ever new ids",
    "ever new ids that fail",
    "one id again and again",
    "fewer ids than the capacity",
    "as many ids as the capacity",
    "a few more ids than the capacity",
    "profiles that live on elsewhere",
    "caches made and dropped",
)


def _uses(seed: int, count: int, ids: int) -> list[int]:
    chosen = random.Random(seed)
    return [chosen.randrange(ids) for _ in range(count)]


def _case(
    capacity: int,
    ids: list[Any],
    failing: tuple[int, ...] = (),
    raises: str = "LoadFailed",
    held: bool = False,
    apart: bool = False,
    load: str = "a function",
) -> Observation:
    """Uses of a cache of that capacity; `held`: whoever asks goes on holding every profile; `apart`: a year apart.

    `load` is what kind of thing the cache is given to call.
    """
    return {
        "kind": "uses",
        "capacity": capacity,
        "ids": ids,
        "failing": list(failing),
        "raises": raises,
        "held": held,
        "apart": apart,
        "load": load,
    }


_TEXTS = texts("Ana", longest=300)
_NUMBERS = [*whole_numbers(), 2**61 - 1, 2**61, -(2**61)]  # the last three have the hashes of small ones
_BOTH = [*_NUMBERS, *map(str, _NUMBERS)]
_USES: list[Observation] = [
    _case(1, [1, 1, 2, 1, 1, 2, 2, 3]),
    _case(2, [1, 2, 1, 3, 2, 1, 3, 3, 1, 2]),
    _case(3, [1, 2, 3, 1, 4, 2, 3, 1, 4, 4, 2]),
    _case(4, _uses(1, 200, 9)),
    _case(25, _uses(2, 400, 40)),
    _case(2, [1, *[2] * 60, 1, 2]),
    _case(3, [1, 2, 3, *[3, 2] * 40, 1, 4, 3, 2]),
    _case(4, [-1, -2, -1, -2, 1, "1", 1, "1", 0, "", 0, ""]),
    _case(10, _uses(4, 2_500, 12)),
    _case(len(_TEXTS), _TEXTS * 2),
    _case(len(_BOTH), _BOTH * 2),
    _case(7, _TEXTS * 2),
    _case(3, [1, 2, 3, 4, 1, 2, 3, 4, 4, 1, 5, 2], held=True),
    _case(20, _uses(5, 400, 40), held=True),
    _case(3, [1, 1, 2, 1, 3, 2, 4, 1, 4, 2, 2, 5, 4], apart=True),
    *(_case(2, [1, 1, 2, 3, 1, 3], load=kind) for kind in ("a method", "an object", "a partial function")),
    *(_case(capacity, [*range(capacity + 2), 2, capacity + 1, 0]) for capacity in whole_numbers(5, 1_001)),
    _case(10_000, [*range(10_010), 10, 5_000, *range(9_990, 10_010), 5, 11, 12, 9]),
]
_KINDS = "KeyError IndexError AttributeError TypeError ValueError OSError StopIteration Withdrawn KeyboardInterrupt"
_FROM_EMPTY_TO_FULL = [9, 9, 1, 9, 2, 9, 1, 9, 3, 9, 4, 9, 2, 1, 3]
_FAILING_USES: list[Observation] = [
    _case(2, [1, 2, 9, 1, 2, 9, 9, 3, 2, 1], (9,)),
    _case(1, [1, 9, 1, 9, 1, 2, 9, 2], (9,)),
    _case(3, _uses(3, 150, 8), (2, 5)),
    *(_case(2, [1, 2, 9, 1, 9, 2, 3, 1], (9,), kind) for kind in _KINDS.split()),
    *(_case(3, _FROM_EMPTY_TO_FULL, (9,), kind) for kind in _KINDS.split()),
]


_MILESTONES = (4_096, 8_192, 10_000, 16_384, 32_768, 50_000, 65_536)


def _far_uses() -> Observation:
    """Hits and misses around each number of uses at which a counter may go round or begin anew.

    On the way to each the last id is got `again` and again, by the number of the use before which that is done; then
    the oldest of the others, which neither the order of loading nor that of the ids tells, must still be known.
    """
    ids, again, used = list[int](), dict[int, int](), 0
    for milestone in _MILESTONES:
        ids += [6, 7, 8, 9, 7, 8, 6, 9]  # four that are new; 7 is the oldest by now
        again[len(ids)] = milestone + 10 - used - 8
        ids += [10, 8, 6, 7, *_uses(milestone, 60, 6)]  # 10 takes its place
        used = milestone + 10 + 64
    return {**_case(4, ids), "again": again}


def _expected_uses(case: Observation) -> Iterator[tuple[Any, list[Any], int]]:
    """What a cache of that capacity must give and load at each use, and how many profiles it then keeps.

    None in place of a profile: `load` raises.
    """
    kept: OrderedDict[Any, None] = OrderedDict()
    failing = set(case["failing"])
    for user_id in case["ids"]:
        known = user_id in kept
        if not known and user_id in failing:
            yield None, [user_id], len(kept)
            continue
        kept[user_id] = None
        kept.move_to_end(user_id)
        if len(kept) > case["capacity"]:
            kept.popitem(last=False)
        yield user_id, [] if known else [user_id], len(kept)


class _Due(NamedTuple):
    """What a case must give: use by use, as `_expected_uses` has it, and column by column, as the probe tells it."""

    uses: list[tuple[Any, list[Any], int]]
    gave: list[Any]
    loads: list[int]
    loaded: list[Any]


@cache
def _all_due() -> list[_Due]:
    """For each of the cases; worked out once, since there are twenty thousand uses in them."""
    return [_due(case) for case in (*_USES, *_FAILING_USES)]


@cache
def _far() -> tuple[Observation, _Due]:
    case = _far_uses()
    return case, _due(case)


def _due(case: Observation) -> _Due:
    uses = list(_expected_uses(case))
    loads = [loads for _, loads, _ in uses]
    return _Due(uses, [profile for profile, _, _ in uses], list(map(len, loads)), [*chain.from_iterable(loads)])


def _judge_cache(observe: Observe) -> list[Check]:
    checks = _judge_uses(observe)
    wrong = _wrong_far(observe) if all(check.status == "pass" for check in checks) else None
    return [_loads(wrong, ""), *checks[1:]] if wrong else checks


def _wrong_far(observe: Observe) -> str | None:
    """The first wrong use among very many; None where a cache takes too long over each for that many."""
    case, due = _far()
    told = far(observe, case)
    return None if told is None else _wrong_uses(case, due, told)


def _loads(wrong: str | None, measured: str) -> Check:
    expected = "once for an id not among the most recently used, else not at all"
    return failed(LOADS, wrong, expected, wrong) if wrong else passed(LOADS, measured)


def _judge_uses(observe: Observe) -> list[Check]:
    values = {"kind": "values", "pairs": _PAIRS, "ids": _OF_THREE}
    cases = (*_USES, *_FAILING_USES)
    *seen, odd = observe([*cases, *_HELD, values], seconds=SECONDS)
    seen, once_held = seen[: len(cases)], seen[len(cases) :]
    judged = list(zip(cases, _all_due(), seen, strict=True))
    uses, failing = judged[: len(_USES)], judged[len(_USES) :]
    wrong = first_wrong(_wrong_uses(*one) for one in uses) or _odd_profiles(odd)
    measured = f"{sum(len(case['ids']) for case in _USES):,} uses, each as a cache of that capacity must"
    loads = _loads(wrong, measured)

    def rest() -> list[Check]:
        wrong = first_wrong(_wrong_uses(*one) for one in failing)
        expected = "the same loads as if that get had not been"
        alive = [told for one in (*uses, *failing) if (told := _too_many_alive(*one))]
        alive += filter(None, map(_alive_once_held, _HELD, once_held))
        return [
            failed(FAILING, wrong, expected, wrong) if wrong else passed(FAILING, expected),
            none_wrong(ALIVE, alive[:1], "as many profiles alive as the capacity, or fewer"),
            *_judge_lives(observe),
            judge_growth(observe, MIXES, "uses"),
        ]

    return then(loads, rest, (FAILING, ALIVE, DROPPED, APART, GROWTH), "judged once the cache answers rightly")


def _wrong_uses(case: Observation, due: _Due, told: Observation) -> str | None:
    """The first wrong use, in words, or None."""
    if "raised" in told:
        what = "load" if case["load"] == "a function" else f"{case['load']} for load"
        return f"ProfileCache({what}, {case['capacity']}) raised {raised(told['raised'])}"
    columns = [told["gave"], told["loads"], told["loaded"]]
    if not case["failing"] and not told["raises"] and same(columns, [due.gave, due.loads, due.loaded]):
        return None
    loaded, raises = iter(told["loaded"]), dict(told["raises"])
    for at, (profile, loads, _) in enumerate(due.uses):
        outcome = raises.get(at) or {"returned": told["gave"][at]}
        calls = list(islice(loaded, told["loads"][at]))
        if not (_right(case, outcome, profile) and same(calls, loads)):
            return f"{_use(case, due, at)} {_what_is_wrong(case, outcome, profile, calls, loads)}"
    return None


def _right(case: Observation, outcome: Observation, profile: Any) -> bool:
    if "raised" in outcome:
        return profile is None and bool(outcome["raised"] == case["raises"])
    return profile is not None and same(outcome["returned"], profile)


def _use(case: Observation, due: _Due, at: int) -> str:
    before = _before(case["ids"], at, [n for n, (profile, *_) in enumerate(due.uses) if profile is None])
    held = ", every profile still held by its caller" if case["held"] else ", a year apart" if case["apart"] else ""
    held += ", some of them thousands of times" if case.get("again") else ""
    held += f", with {case['load']} for load" if case["load"] != "a function" else ""
    return f"with capacity {case['capacity']:,}, after gets of {before}{held}, get({shown(case['ids'][at])})"


def _what_is_wrong(case: Observation, outcome: Observation, profile: Any, calls: list[Any], loads: list[Any]) -> str:
    right = _right(case, outcome, profile)
    if "raised" in outcome and not right:
        return f"raised {raised(outcome)}"
    if not right:
        instead = "where load raised" if profile is None else f"and not profile {shown(profile)}"
        return f"gave {shown(outcome['returned'])} {instead}"
    if len(calls) == len(loads):
        return f"called load({shown(calls[0])})"
    return f"called load {counted(len(calls), 'time')}, not {len(loads)}"


def _before(ids: list[Any], at: int, raising: Sequence[int] = ()) -> str:
    """The last uses before this one, and in which of them `load` raised."""
    start = max(0, at - 12)
    earlier = [shown(one, 30) + " (load raised)" * (n in raising) for n, one in enumerate(ids[start:at], start)]
    return ("… " if at > 12 else "") + (", ".join(earlier) or "nothing")


def _too_many_alive(case: Observation, due: _Due, told: Observation) -> str | None:
    """Where more profiles were alive than are among the most recently used, in words, or None."""
    if "raised" in told or case["held"]:
        return None
    kept = [count for _, _, count in due.uses]
    places = [round(part * len(kept) / len(told["alive"])) for part in range(1, len(told["alive"]) + 1)]
    for at, alive in zip(dict.fromkeys(places), told["alive"], strict=False):
        if len(alive) > kept[at - 1]:
            cache = f"a cache of {case['capacity']:,}"
            return f"after {counted(at, 'use')} of {cache} there were {counted(len(alive), 'profile')} alive"
    return None


_HELD: list[Observation] = [{"kind": "held", "raises": kind} for kind in ("LoadFailed", "Withdrawn", None)]
"""Gets in a function that holds another profile: some that fail, and some that don't."""


def _alive_once_held(case: Observation, seen: Observation) -> str | None:
    """Where a get has kept alive what its caller held, or a profile that gave way, in words, or None."""
    where = "after gets in a function that held the profiles of three others,"
    if case["raises"]:
        where = "after gets that failed in a function that held another profile, and gets of two more,"
    if "raised" in seen:
        return f"{where} a cache of two raised {raised(seen['raised'])}"
    if len(seen["alive"]) <= 2:
        return None
    return f"{where} a cache of two left {counted(len(seen['alive']), 'profile')} alive"


_NOTES = {"id": 1, "active": True, "rate": 1.0, "seen": [1, True, 1.0, {1: "a", "1": (0, False)}], "name": "Ana"}
_ODD: list[Any] = [None, 0, "", False, [], {}, (), {"name": "Ana"}, 1, *look_alikes(1), 0.0, -0.0, _NOTES]
_ALIKE: list[tuple[Any, Any]] = [
    *pairwise([1, True, 1.0, 0, False, -0.0, 0.0, [1], [True], (1.0,), {"a": 1}, {"a": True}, {"a": [1.0]}, {1: 0}]),
    *pairwise([{"flags": [1, 0]}, {"flags": [True, False]}, {"flags": [1.0, 0.0]}, {"flags": (1, 0)}]),
    *pairwise([{True: "x"}, {1: "x"}, {1.0: "x"}, {"1": "x"}]),
]
_CONTRARY = (
    "a text of four million letters", "an object without a truth value", "an object that can't be copied",
    "an object of negative length",
)  # fmt: skip
_PAIRS = [*((value, value) for value in (*_ODD, *THINGS, *_CONTRARY)), *_ALIKE]  # profiles of "a" and of "b"
_OF_THREE = "aababacab"  # "c" has the profile of "a"; loaded are a, b, c, and b again


def _odd_profiles(seen: Observation) -> str | None:
    return first_wrong(_wrong_values(*one) for one in zip(_PAIRS, seen["values"], strict=True))


def _wrong_values(pair: tuple[Any, Any], told: Observation) -> str | None:
    a, b = pair
    of = f"with the profiles {shown(a)} of 'a' and {shown(b)} of 'b'"
    if "raised" in told["outcome"]:
        return f"{of}, a get raised {raised(told['outcome'])}"
    if not same(told["outcome"]["returned"], [b if user_id == "b" else a for user_id in _OF_THREE]):
        return f"{of}, gets of {', '.join(_OF_THREE)} gave {shown(told['outcome']['returned'], 150)}"
    if told["loads"] != ["a", "b", "c", "b"]:
        loads = ", ".join(map(shown, told["loads"]))
        return f"{of}, a cache of two that was asked for {', '.join(_OF_THREE)} loaded {loads}"
    return None


def _judge_lives(observe: Observe) -> list[Check]:
    dropped, *by_turns = observe([{"kind": "dropped"}, *_BY_TURNS], seconds=SECONDS)
    return [_judge_dropped(dropped), _judge_pairs(by_turns)]


def _judge_dropped(seen: Observation) -> Check:
    if "raised" in seen:
        return failed(DROPPED, raised(seen["raised"]), "no exception", f"raised {raised(seen['raised'])}")
    left = len(seen["alive"])
    if not left and not seen["load"] and not seen["cache"]:
        return passed(DROPPED, "0 profiles left alive")
    what = counted(left, "profile") if left else "its load function" if seen["load"] else "the cache itself"
    told = f"{what} {'was' if left < 2 else 'were'} left alive"
    return failed(DROPPED, told, "0 left alive", f"after the cache was dropped and garbage collected, {told}")


_BY_TURNS: list[Observation] = [
    {"kind": "pair", "capacities": capacities, "ids": [1, 2, 1, 3, 4, 2, 1, 1, 5, 2], "shared load": shared}
    for capacities in ((3, 3), (1, 4), (4, 1))
    for shared in (False, True)
]


def _judge_pairs(seen: list[Observation]) -> Check:
    wrong = first_wrong(_wrong_pair(*one) for one in zip(_BY_TURNS, seen, strict=True))
    if wrong:
        return failed(APART, wrong, "each cache loads and gives its own", wrong)
    return passed(APART, "each gave its own profiles")


def _wrong_pair(case: Observation, seen: Observation) -> str | None:
    if "raised" in seen:
        return f"raised {raised(seen['raised'])}"
    expected = _expected_turns(case)
    at = next((at for at, one in enumerate(expected) if not same(seen["told"][at], one)), None)
    if at is None:
        return None
    which, profile, loads = seen["told"][at]
    ids, own = case["ids"], 0 if case["shared load"] else which
    one, other = case["capacities"]
    call = f"get({ids[at // 2]!r}) of cache {which + 1} gave {shown(profile)} after {counted(loads[own], 'load')}"
    return f"two caches with capacities {one} and {other}, used by turns: after gets of {_before(ids, at // 2)}, {call}"


def _expected_turns(case: Observation) -> list[tuple[int, tuple[int, Any], list[int]]]:
    """(which cache, its profile, loads by loader) at each use, the two caches by turns."""
    one, other = (_expected_uses(_case(capacity, case["ids"])) for capacity in case["capacities"])
    turns = []
    for uses in zip(one, other, strict=True):
        for which, (user_id, loads, _) in enumerate(uses):
            loader = 0 if case["shared load"] else which
            by_loader = [len(loads) if loader == number else 0 for number in (0, 1)]
            turns.append((which, (loader, user_id), by_loader))
    return turns


PROFILE_CACHE = Task(
    _judge_cache,
    Control(_case(3, list(range(9))), keeps_too_many),
    function={LOADS, FAILING, APART},
    given={"capacity", "ids"},
)
