"""Judges a bounded cache: when it loads, what it keeps alive, and that it can be dropped."""

from __future__ import annotations

import random
from collections import OrderedDict
from typing import Any

from course_lib.hazards.terms import Control, Observe, Task, raised
from course_lib.hazards.unbounded_growth.checks import GROWTH, first_wrong, judge_slopes, keeps_too_many, same
from course_lib.reading import Check, failed, passed, skipped

Observation = dict[str, Any]

LOADS, FAILING, ALIVE, DROPPED, APART = (
    "load is called exactly when it must be",
    "a get that fails changes nothing",
    "no other profile is kept alive",
    "a dropped cache can be collected",
    "two caches share nothing",
)


def _uses(seed: int, count: int, ids: int) -> list[int]:
    chosen = random.Random(seed)
    return [chosen.randrange(ids) for _ in range(count)]


_USES: list[Observation] = [
    {"capacity": 1, "ids": [1, 1, 2, 1, 1, 2, 2, 3], "failing": []},
    {"capacity": 2, "ids": [1, 2, 1, 3, 2, 1, 3, 3, 1, 2], "failing": []},
    {"capacity": 3, "ids": [1, 2, 3, 1, 4, 2, 3, 1, 4, 4, 2], "failing": []},
    {"capacity": 4, "ids": _uses(1, 200, 9), "failing": []},
    {"capacity": 25, "ids": _uses(2, 400, 40), "failing": []},
    {"capacity": 2, "ids": [1, *[2] * 60, 1, 2], "failing": []},
    {"capacity": 3, "ids": [1, 2, 3, *[3, 2] * 40, 1, 4, 3, 2], "failing": []},
    {"capacity": 4, "ids": [-1, -2, -1, -2, 1, "1", 1, "1", 0, "", 0, ""], "failing": []},
    {"capacity": 10, "ids": _uses(4, 2_500, 12), "failing": []},
    {"capacity": 10_000, "ids": [*range(10_010), 10, 5_000, *range(9_990, 10_010), 5, 11, 12, 9], "failing": []},
]
_FAILING_USES: list[Observation] = [
    {"capacity": 2, "ids": [1, 2, 9, 1, 2, 9, 9, 3, 2, 1], "failing": [9]},
    {"capacity": 1, "ids": [1, 9, 1, 9, 1, 2, 9, 2], "failing": [9]},
    {"capacity": 3, "ids": _uses(3, 150, 8), "failing": [2, 5]},
    *(
        {"capacity": 2, "ids": [1, 2, 9, 1, 9, 2, 3, 1], "failing": [9], "raises": kind}
        for kind in ("KeyError", "IndexError", "AttributeError", "TypeError", "ValueError", "OSError")
    ),
]


def _expected_uses(case: Observation) -> tuple[list[tuple[Any, list[Any]]], set[Any]]:
    """What a cache of that capacity must give and load at each use, and the ids whose profiles it ends with."""
    kept: OrderedDict[Any, None] = OrderedDict()
    uses: list[tuple[Any, list[Any]]] = []
    for user_id in case["ids"]:
        known = user_id in kept
        if not known and user_id in case["failing"]:
            uses.append((None, [user_id]))
            continue
        kept[user_id] = None
        kept.move_to_end(user_id)
        if len(kept) > case["capacity"]:
            kept.popitem(last=False)
        uses.append((user_id, [] if known else [user_id]))
    return uses, set(kept)


def _judge_cache(observe: Observe) -> list[Check]:
    seen = observe([{"kind": "uses", **case} for case in (*_USES, *_FAILING_USES)])
    loads, alive = _compare_uses(_USES, seen[: len(_USES)])
    if not loads:
        loads = _odd_profiles(observe)
    if loads:
        names = (FAILING, ALIVE, DROPPED, APART, GROWTH)
        later = [skipped(name, "judged once the cache answers rightly") for name in names]
        return [failed(LOADS, loads, "once for an id not among the most recently used, else not at all", loads), *later]
    failing, alive_too = _compare_uses(_FAILING_USES, seen[len(_USES) :])
    checks = [
        passed(LOADS, f"{sum(len(case['ids']) for case in _USES):,} uses, each as a cache of that capacity must"),
        failed(FAILING, failing, "the same loads as if that get had not been", failing) if failing else passed(FAILING),
        first_wrong(ALIVE, [*filter(None, (alive, alive_too))], "as many profiles alive as the capacity, or fewer"),
    ]
    return [*checks, *_judge_lives(observe), judge_slopes(observe, "uses")]


def _compare_uses(cases: list[Observation], seen: list[Observation]) -> tuple[str, str]:
    """The first wrong use and the first wrong set of living profiles, in words; empty where there is none."""
    wrong = alive = ""
    for case, told in zip(cases, seen, strict=True):
        if "raised" in told:
            return f"ProfileCache(load, {case['capacity']}) raised {raised(told['raised'])}", ""
        expected, kept = _expected_uses(case)
        wrong = wrong or next(
            filter(None, map(_wrong_use, range(len(expected)), [case] * len(expected), expected, told["uses"])), ""
        )
        extra = len(told["alive"]) - len(kept)
        if extra > 0 and not alive:
            alive = (
                f"after {len(case['ids']):,} uses of a cache of {case['capacity']:,} there were {len(told['alive']):,} "
                f"profiles alive"
            )
    return wrong, alive


def _wrong_use(at: int, case: Observation, expected: tuple[Any, list[Any]], seen: Observation) -> str:
    profile, loads = expected
    user_id, outcome = case["ids"][at], seen["outcome"]
    use = f"with capacity {case['capacity']:,}, after gets of {_before(case['ids'], at)}, get({user_id!r})"
    fails = user_id in case["failing"] and profile is None
    if "raised" in outcome and not (fails and outcome["raised"] == case.get("raises", "LoadFailed")):
        return f"{use} raised {raised(outcome)}"
    if fails and "raised" not in outcome:
        return f"{use} returned {outcome['returned']!r} where load raised"
    if not fails and outcome.get("returned") != profile:
        return f"{use} gave {outcome.get('returned')!r}, not profile {profile}"
    if seen["loads"] != loads:
        return f"{use} called load {len(seen['loads'])} times, not {len(loads)}"
    return ""


def _before(ids: list[Any], at: int) -> str:
    earlier = [repr(one) for one in ids[max(0, at - 12) : at]]
    return ("… " if at > 12 else "") + (", ".join(earlier) or "nothing")


_VALUES: list[Any] = [None, 0, "", False, [], {}, (), {"name": "Ana"}]


def _odd_profiles(observe: Observe) -> str:
    [seen] = observe([{"kind": "values", "values": _VALUES}])
    for value, told in zip(_VALUES, seen["values"], strict=True):
        if "raised" in told["outcome"]:
            return f"with the profile {value!r} a get raised {raised(told['outcome'])}"
        if not same(told["outcome"]["returned"], [value] * 4):
            return f"with the profile {value!r} the gets gave {told['outcome']['returned']!r}"
        if told["loads"] != ["a", "b"]:
            return f"with the profile {value!r} load was called {len(told['loads'])} times for 2 ids: {told['loads']}"
    return ""


def _judge_lives(observe: Observe) -> list[Check]:
    dropped, pair = observe([{"kind": "dropped"}, {"kind": "pair"}])
    return [_judge_dropped(dropped), _judge_pair(pair)]


def _judge_dropped(seen: Observation) -> Check:
    if "raised" in seen:
        return failed(DROPPED, raised(seen["raised"]), "no exception", f"raised {raised(seen['raised'])}")
    left = len(seen["alive"])
    if not left and not seen["load"]:
        return passed(DROPPED, "0 profiles left alive")
    told = f"{left} profiles were left alive" if left else "its load function was left alive"
    return failed(DROPPED, told, "0 left alive", f"after the cache was dropped and garbage collected, {told}")


def _judge_pair(seen: Observation) -> Check:
    if "raised" in seen:
        return failed(APART, raised(seen["raised"]), "no exception", f"raised {raised(seen['raised'])}")
    ids = [1, 2, 1, 3, 4, 2]
    case = {"capacity": 3, "ids": ids, "failing": []}
    loads = [user_id for _, loaded in _expected_uses(case)[0] for user_id in loaded]
    expected = [[(0, user_id), (1, user_id)] for user_id in ids]
    if seen["told"] == [*expected, [loads, loads]]:
        return passed(APART, "each gave its own profiles")
    told = f"two caches used by turns gave {seen['told'][0]} and loaded {seen['told'][-1]}"[:200]
    return failed(APART, told, "each cache loads and gives its own", told)


PROFILE_CACHE = Task(
    _judge_cache,
    Control({"kind": "uses", "capacity": 3, "ids": list(range(9)), "failing": []}, keeps_too_many),
    function={LOADS, FAILING, APART},
)
