"""Judges a bounded log and a bounded cache: what they answer, what stays alive, whether memory grows with use."""

from __future__ import annotations

import random
from collections import OrderedDict
from typing import Any

from course_lib.graders import Control, Observe, Task
from course_lib.reading import Check, failed, passed, skipped

Observation = dict[str, Any]

ANSWERS, NEWEST, OLDER, GROWTH = (
    "recent and total answer rightly",
    "the newest events are always kept",
    "nothing older is kept alive",
    "memory does not grow with use",
)
_ODD: list[Any] = [None, 0, "", [], {}, False, {"a": [1]}, "x", None, None]

# (which log, call, argument, expected answer)
_SCRIPTS: list[list[tuple[int, str, Any, Any]]] = [
    [
        (0, "make", 3, None), (0, "total", None, 0), (0, "recent", 5, []), (0, "recent", 0, []),
        (0, "record", [1], None), (0, "recent", 1, [1]), (0, "recent", 0, []), (0, "record", [2, 3], None),
        (0, "recent", 3, [1, 2, 3]), (0, "recent", 2, [2, 3]), (0, "record", [4], None), (0, "total", None, 4),
        (0, "recent", 3, [2, 3, 4]), (0, "recent", 4, [2, 3, 4]), (0, "recent", 10_000, [2, 3, 4]),
        (0, "recent", 1, [4]), (0, "recent", 0, []), (0, "record", [5, 6, 7, 8], None),
        (0, "recent", 3, [6, 7, 8]), (0, "recent", 2, [7, 8]), (0, "total", None, 8),
        (0, "recent, then change the list", 3, [[6, 7, 8], [6, 7, 8]]), (0, "record", [9], None),
        (0, "recent", 3, [7, 8, 9]), (0, "total", None, 9),
    ],
    [
        (0, "make", 1, None), (0, "record", ["a"], None), (0, "record", ["b"], None), (0, "recent", 1, ["b"]),
        (0, "recent", 0, []), (0, "recent", 2, ["b"]), (0, "total", None, 2),
    ],
    [
        (0, "make", 4, None), (1, "make", 2, None), (0, "record", [1, 2], None), (1, "record", [3, 4, 5], None),
        (0, "recent", 9, [1, 2]), (1, "recent", 9, [4, 5]), (0, "total", None, 2), (1, "total", None, 3),
    ],
    [
        (0, "make", 6, None), (0, "record", _ODD, None), (0, "recent", 6, _ODD[-6:]), (0, "recent", 3, _ODD[-3:]),
        (0, "total", None, 10),
    ],
    [
        (0, "make", 10_000, None), (0, "record", list(range(10_020)), None),
        (0, "recent", 10_000, list(range(20, 10_020))), (0, "recent", 2, [10_018, 10_019]), (0, "total", None, 10_020),
    ],
]  # fmt: skip


def _judge_log(observe: Observe) -> list[Check]:
    cases = [{"kind": "script", "calls": [step[:3] for step in script]} for script in _SCRIPTS]
    for script, seen in zip(_SCRIPTS, observe(cases), strict=True):
        wrong = _wrong_step(script, seen["answers"])
        if wrong:
            later = [skipped(name, "judged once the answers are right") for name in (NEWEST, OLDER, GROWTH)]
            return [failed(ANSWERS, wrong, "the newest n, oldest of them first; total of all", wrong), *later]
    answers = passed(ANSWERS, f"{sum(map(len, _SCRIPTS))} calls answered rightly")
    return [answers, *_judge_alive(observe), _judge_slopes(observe, "records")]


def _wrong_step(script: list[tuple[int, str, Any, Any]], answers: list[Observation]) -> str | None:
    """What the first wrong answer was, in words, or None."""
    capacity = 0
    for (who, verb, argument, expected), answer in zip(script, answers, strict=False):
        capacity = argument if verb == "make" else capacity
        call = _in_words(who, verb, argument)
        if "raised" in answer:
            return f"{call} raised {_raised(answer)}"
        if verb in ("make", "record"):
            continue
        if not _same(answer["returned"], expected):
            return f"{call} gave {_short(answer['returned'])}, not {_short(expected)} (capacity {capacity:,})"
    return None


def _in_words(who: int, verb: str, argument: Any) -> str:
    if verb == "make":
        return f"EventLog({argument:,})"
    log = "log" if who == 0 else "another log"
    if verb == "record":
        return f"{log}.record, {len(argument):,} times,"
    return f"{log}.total" if verb == "total" else f"{log}.recent({argument:,})".replace(",)", ")")


def _raised(outcome: Observation) -> str:
    where = f" in line {outcome['line']}" if outcome["line"] else ""
    return f"{outcome['raised']}: {outcome['message']}{where}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:60]}… ({len(value):,} of them)"


def _same(value: Any, expected: Any) -> bool:
    if type(value) is not type(expected):
        return False
    if isinstance(expected, list):
        return len(value) == len(expected) and all(map(_same, value, expected))
    return bool(value == expected)


def _judge_alive(observe: Observe) -> list[Check]:
    cases: list[Observation] = [
        {"kind": "alive", "capacity": capacity, "stretches": stretches, "look": look}
        for capacity, stretches in ((1, [1, 1, 5]), (7, [3, 4, 1, 6, 30]), (100, [99, 2, 350]))
        for look in (0, 2)
    ]
    newest, older = [], []
    for case, seen in zip(cases, observe(cases), strict=True):
        if "raised" in seen:
            told = f"EventLog({case['capacity']}) raised {_raised(seen['raised'])}"
            return [failed(NEWEST, told, "no exception", told), skipped(OLDER, "judged once recording works")]
        recorded = 0
        for count, after in zip(case["stretches"], seen["stretches"], strict=True):
            recorded += count
            kept = list(range(max(0, recorded - case["capacity"]), recorded))
            lost = sorted(set(kept) - set(after["alive"]))
            extra = sorted(set(after["alive"]) - set(kept))
            where = f"after {recorded:,} events with capacity {case['capacity']}"
            if lost or after["recent"].get("returned") != kept:
                newest.append(
                    f"{where}, recent gave {len(kept) - len(lost)} of the newest {len(kept)} events themselves"
                )
            if extra:
                older.append(f"{where}, {len(after['alive']):,} were alive, {len(extra):,} of them older than allowed")
    return [_first(NEWEST, newest, "as many as the capacity, the newest"), _first(OLDER, older, "0 older events alive")]


def _first(name: str, wrong: list[str], expected: str) -> Check:
    """A pass, or a failure told by its last and largest example."""
    return failed(name, wrong[-1], expected, wrong[-1]) if wrong else passed(name, expected)


def _judge_slopes(observe: Observe, what: str) -> Check:
    [seen] = observe([{"kind": "slopes", "capacity": 50}])
    if "raised" in seen:
        told = f"long use raised {_raised(seen['raised'])}"
        return failed(GROWTH, told, "no exception", told)
    operations, blocks, size = seen["windows"][-1]
    measured = f"{blocks:.2f} blocks and {size:.0f} bytes left behind by each of the last {operations:,} {what}"
    if not seen["unbounded"]:
        return passed(GROWTH, measured)
    return failed(
        GROWTH, measured, "nothing left behind once the capacity is reached", f"capacity 50, and still {measured}"
    )


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
    {"capacity": 10_000, "ids": [*range(10_010), *range(9_990, 10_010), 5, 10, 9], "failing": []},
]
_FAILING_USES: list[Observation] = [
    {"capacity": 2, "ids": [1, 2, 9, 1, 2, 9, 9, 3, 2, 1], "failing": [9]},
    {"capacity": 1, "ids": [1, 9, 1, 9, 1, 2, 9, 2], "failing": [9]},
    {"capacity": 3, "ids": _uses(3, 150, 8), "failing": [2, 5]},
]


def _expected_uses(case: Observation) -> tuple[list[tuple[Any, list[int]]], set[int]]:
    """What a cache of that capacity must give and load at each use, and the ids whose profiles it ends with."""
    kept: OrderedDict[int, None] = OrderedDict()
    uses: list[tuple[Any, list[int]]] = []
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
        _first(ALIVE, [*filter(None, (alive, alive_too))], "as many profiles alive as the capacity, or fewer"),
    ]
    return [*checks, *_judge_lives(observe), _judge_slopes(observe, "uses")]


def _compare_uses(cases: list[Observation], seen: list[Observation]) -> tuple[str, str]:
    """The first wrong use and the first wrong set of living profiles, in words; empty where there is none."""
    wrong = alive = ""
    for case, told in zip(cases, seen, strict=True):
        if "raised" in told:
            return f"ProfileCache(load, {case['capacity']}) raised {_raised(told['raised'])}", ""
        expected, kept = _expected_uses(case)
        wrong = wrong or next(filter(None, map(_wrong_use, range(len(expected)), [case] * len(expected), expected,
                                               told["uses"])), "")  # fmt: skip
        extra = len(told["alive"]) - len(kept)
        if extra > 0 and not alive:
            alive = (
                f"after {len(case['ids']):,} uses of a cache of {case['capacity']:,} there were {len(told['alive']):,} "
                f"profiles alive"
            )
    return wrong, alive


def _wrong_use(at: int, case: Observation, expected: tuple[Any, list[int]], seen: Observation) -> str:
    profile, loads = expected
    user_id, outcome = case["ids"][at], seen["outcome"]
    use = f"with capacity {case['capacity']:,}, after gets of {_before(case['ids'], at)}, get({user_id})"
    fails = user_id in case["failing"] and profile is None
    if "raised" in outcome and not (fails and outcome["raised"] == "LoadFailed"):
        return f"{use} raised {_raised(outcome)}"
    if fails and "raised" not in outcome:
        return f"{use} returned {outcome['returned']!r} where load raised"
    if not fails and outcome.get("returned") != profile:
        return f"{use} gave {outcome.get('returned')!r}, not profile {profile}"
    if seen["loads"] != loads:
        return f"{use} called load {len(seen['loads'])} times, not {len(loads)}"
    return ""


def _before(ids: list[int], at: int) -> str:
    earlier = [str(one) for one in ids[max(0, at - 12) : at]]
    return ("… " if at > 12 else "") + (", ".join(earlier) or "nothing")


_VALUES: list[Any] = [None, 0, "", False, [], {}, (), {"name": "Ana"}]


def _odd_profiles(observe: Observe) -> str:
    [seen] = observe([{"kind": "values", "values": _VALUES}])
    for value, told in zip(_VALUES, seen["values"], strict=True):
        if "raised" in told["outcome"]:
            return f"with the profile {value!r} a get raised {_raised(told['outcome'])}"
        if not _same(told["outcome"]["returned"], [value] * 4):
            return f"with the profile {value!r} the gets gave {told['outcome']['returned']!r}"
        if told["loads"] != ["a", "b"]:
            return f"with the profile {value!r} load was called {len(told['loads'])} times for 2 ids: {told['loads']}"
    return ""


def _judge_lives(observe: Observe) -> list[Check]:
    dropped, pair = observe([{"kind": "dropped"}, {"kind": "pair"}])
    return [_judge_dropped(dropped), _judge_pair(pair)]


def _judge_dropped(seen: Observation) -> Check:
    if "raised" in seen:
        return failed(DROPPED, _raised(seen["raised"]), "no exception", f"raised {_raised(seen['raised'])}")
    left = len(seen["alive"])
    if not left and not seen["load"]:
        return passed(DROPPED, "0 profiles left alive")
    told = f"{left} profiles were left alive" if left else "its load function was left alive"
    return failed(DROPPED, told, "0 left alive", f"after the cache was dropped and garbage collected, {told}")


def _judge_pair(seen: Observation) -> Check:
    if "raised" in seen:
        return failed(APART, _raised(seen["raised"]), "no exception", f"raised {_raised(seen['raised'])}")
    ids = [1, 2, 1, 3, 4, 2]
    case = {"capacity": 3, "ids": ids, "failing": []}
    loads = [user_id for _, loaded in _expected_uses(case)[0] for user_id in loaded]
    expected = [[(0, user_id), (1, user_id)] for user_id in ids]
    if seen["told"] == [*expected, [loads, loads]]:
        return passed(APART, "each gave its own profiles")
    told = f"two caches used by turns gave {seen['told'][0]} and loaded {seen['told'][-1]}"[:200]
    return failed(APART, told, "each cache loads and gives its own", told)


def _keeps_too_many(seen: Observation) -> bool:
    return len(seen["stretches"][-1]["alive"]) > 3 if "stretches" in seen else len(seen["alive"]) > 3


TASKS = {
    "EventLog": Task(
        _judge_log, Control({"kind": "alive", "capacity": 3, "stretches": [9], "look": 2}, _keeps_too_many)
    ),
    "ProfileCache": Task(
        _judge_cache, Control({"kind": "uses", "capacity": 3, "ids": list(range(9)), "failing": []}, _keeps_too_many)
    ),
}
