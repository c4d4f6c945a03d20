"""Judges a bounded log: what it answers, what stays alive, whether memory grows with use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from course_lib.hazards.families import look_alikes, texts, whole_numbers
from course_lib.hazards.plainly import first_wrong, raised, same, shown, then
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.hazards.unbounded_growth.cache import PROFILE_CACHE
from course_lib.hazards.unbounded_growth.checks import GROWTH, THINGS, far, judge_growth, keeps_too_many, none_wrong
from course_lib.reading import Check, failed, passed, skipped

Observation = dict[str, Any]
Step = tuple[int, str, Any, Any]  # which log, call, argument, expected answer

ANSWERS, NEWEST, OLDER = (
    "recent and total answer rightly",
    "the newest events are always kept",
    "nothing older is kept alive",
)
MIXES = (
    "new events",
    "events of every kind",
    "events of rarer kinds",
    "events that live on elsewhere",
    "the same few events again and again",
    "recent and total alone",
    "logs made and dropped",
)
_NOTES = {"id": 1, "active": True, "rate": 1.0, "seen": [1, True, 1.0, {1: "a", "1": (0, False)}]}
_FALSY: list[Any] = [None, 0, "", None, None, [], None, False, None, None, None, 0.0, None, {}, None]
_ODD: list[Any] = [None, 0, "", [], {}, False, {"a": [1]}, "x", None, None]
_ALIKE: list[Any] = [
    1,
    *look_alikes(1),
    0,
    *look_alikes(0),
    -0.0,
    1,
    *({"a": value} for value in (1, True, 1.0, [1], [True], (1,), (1.0,))),
    *({value: "a"} for value in (True, 1, 1.0, "1")),
    _NOTES,
    _NOTES,
]

_SCRIPTS: list[list[Step]] = [
    [
        (0, "make", 3, None),
        (0, "total", None, 0),
        (0, "recent", 5, []),
        (0, "recent", 0, []),
        (0, "record", [1], None),
        (0, "recent", 1, [1]),
        (0, "recent", 0, []),
        (0, "record", [2, 3], None),
        (0, "recent", 3, [1, 2, 3]),
        (0, "recent", 2, [2, 3]),
        (0, "record", [4], None),
        (0, "total", None, 4),
        (0, "recent", 3, [2, 3, 4]),
        (0, "recent", 4, [2, 3, 4]),
        (0, "recent", 10_000, [2, 3, 4]),
        (0, "recent", 1, [4]),
        (0, "recent", 0, []),
        (0, "record", [5, 6, 7, 8], None),
        (0, "recent", 3, [6, 7, 8]),
        (0, "recent", 2, [7, 8]),
        (0, "total", None, 8),
        (0, "recent, then change the list", 3, [[6, 7, 8], [6, 7, 8]]),
        (0, "recent, then change the list", 0, [[], []]),
        (0, "recent, then change the list", 2, [[7, 8], [7, 8]]),
        (0, "recent, then change the list", 9, [[6, 7, 8], [6, 7, 8]]),
        (0, "record", [9], None),
        (0, "recent", 3, [7, 8, 9]),
        (0, "total", None, 9),
    ],
    [
        (0, "make", 1, None),
        (0, "record", ["a"], None),
        (0, "record", ["b"], None),
        (0, "recent", 1, ["b"]),
        (0, "recent", 0, []),
        (0, "recent", 2, ["b"]),
        (0, "total", None, 2),
    ],
    [
        (0, "make", 4, None),
        (1, "make", 2, None),
        (0, "record", [1, 2], None),
        (1, "record", [3, 4, 5], None),
        (0, "recent", 9, [1, 2]),
        (1, "recent", 9, [4, 5]),
        (0, "total", None, 2),
        (1, "total", None, 3),
    ],
    [
        (0, "make", 6, None),
        (0, "record", _ODD, None),
        (0, "recent", 6, _ODD[-6:]),
        (0, "recent", 3, _ODD[-3:]),
        (0, "total", None, 10),
    ],
    [
        (0, "make", 10_000, None),
        (0, "record", list(range(10_020)), None),
        (0, "recent", 10_000, list(range(20, 10_020))),
        (0, "recent", 10_001, list(range(20, 10_020))),
        (0, "recent", 2, [10_018, 10_019]),
        (0, "total", None, 10_020),
    ],
]


def _of_values(values: list[Any]) -> list[Step]:
    """All values kept, then all but the oldest three; each comes back as it was recorded."""
    count = len(values)
    return [
        (0, "make", count, None),
        (0, "record", values, None),
        (0, "recent", count, values),
        (1, "make", count - 3, None),
        (1, "record", values, None),
        (1, "recent", count, values[3:]),
        (1, "recent", count - 3, values[3:]),
        (1, "total", None, count),
    ]


def _of_capacity(capacity: int) -> Iterator[Step]:
    """Just before, at and beyond the capacity, and again when it is twice full, with every `n` around it."""
    yield (0, "make", capacity, None)
    recorded = 0
    for until in (capacity - 1, capacity, capacity + 1, 2 * capacity, 2 * capacity + 1):
        yield (0, "record each from, to", (recorded, until), None)
        recorded = until
        kept = range(max(0, recorded - capacity), recorded)
        for n in (0, 1, capacity - 1, capacity, capacity + 1):
            yield (0, "recent", n, list(kept[max(0, len(kept) - n) :]))
        yield (0, "total", None, recorded)


def _of_long_use(capacity: int, *untils: int) -> Iterator[Step]:
    """Far more events than are kept: `total` has no end."""
    yield (0, "make", capacity, None)
    recorded = 0
    for until in (100 * capacity + 1, 1_000 * capacity + 3, *untils):
        yield (0, "record each from, to", (recorded, until), None)
        recorded = until
        yield (0, "total", None, recorded)
        yield (0, "recent", 2 * capacity, list(range(recorded - capacity, recorded)))


def _of_every_n() -> Iterator[Step]:
    """A log of 5 of which 7 were recorded, asked for every whole number that one may think of."""
    yield (0, "make", 5, None)
    yield (0, "record each from, to", (0, 7), None)
    for n in whole_numbers(0, 2**63 - 1):
        yield (0, "recent", n, [2, 3, 4, 5, 6][max(0, 5 - n) :])


def _of_falsy_events(capacity: int) -> Iterator[Step]:
    """One by one, so that each place of the log holds one of them while it is half full, full, or round again."""
    yield (0, "make", capacity, None)
    for count, event in enumerate(_FALSY, 1):
        yield (0, "record", [event], None)
        for n in (1, capacity, capacity + 1):
            yield (0, "recent", n, _FALSY[max(0, count - min(n, capacity)) : count])


_SCRIPTS += [
    *(list(_of_falsy_events(capacity)) for capacity in (1, 2, 3, 5)),
    _of_values(_ALIKE),
    _of_values(texts(longest=300)),
    _of_values(whole_numbers()),
    list(_of_every_n()),
    *(list(_of_long_use(capacity)) for capacity in (1, 3)),
    *(list(_of_capacity(capacity)) for capacity in whole_numbers(1, 257)),
]
_FAR = list(_of_long_use(3, 2**16 - 1, 2**16, 2**16 + 4))  # beyond a number of two bytes


def _judge_log(observe: Observe) -> list[Check]:
    checks = then(
        _answers(_SCRIPTS, observe([_case(script) for script in _SCRIPTS])),
        lambda: [*_judge_alive(observe), judge_growth(observe, MIXES, "records")],
        (NEWEST, OLDER, GROWTH),
        "judged once the answers are right",
    )
    far = _judge_far(observe) if all(check.status == "pass" for check in checks) else None
    return [far, *checks[1:]] if far is not None and far.status == "fail" else checks


def _case(script: list[Step]) -> Observation:
    return {"kind": "script", "calls": [step[:3] for step in script]}


def _judge_far(observe: Observe) -> Check | None:
    """The answers after very many events; None where a log takes too long over each for that many."""
    told = far(observe, _case(_FAR))
    return None if told is None else _answers([_FAR], [told])


def _answers(scripts: list[list[Step]], told: list[Observation]) -> Check:
    pairs = zip(scripts, told, strict=True)
    wrong = first_wrong(_wrong_step(script, seen["answers"]) for script, seen in pairs)
    if wrong:
        return failed(ANSWERS, wrong, "the newest n, oldest of them first; total of all", wrong)
    return passed(ANSWERS, f"{sum(map(len, scripts)):,} calls answered rightly")


def _wrong_step(script: list[Step], answers: list[Observation]) -> str | None:
    """What the first wrong answer was, in words, or None."""
    capacity = 0
    for (who, verb, argument, expected), answer in zip(script, answers, strict=False):
        capacity = argument if verb == "make" else capacity
        if "raised" in answer:
            return f"{_in_words(who, verb, argument)} raised {raised(answer)}"
        if verb == "make" or verb.startswith("record") or same(answer["returned"], expected):
            continue
        gave = f"{shown(answer['returned'], 150)}, not {shown(expected, 150)}"
        return f"{_in_words(who, verb, argument)} gave {gave} (capacity {capacity:,})"
    return None


def _in_words(who: int, verb: str, argument: Any) -> str:
    if verb == "make":
        return f"EventLog({argument:,})"
    log = "log" if who == 0 else "another log"
    if verb == "record":
        return f"{log}.record, {len(argument):,} times,"
    if verb.startswith("record"):
        return f"{log}.record, {argument[1] - argument[0]:,} times,"
    return f"{log}.total" if verb == "total" else f"{log}.recent({argument:,})".replace(",)", ")")


def _judge_alive(observe: Observe) -> list[Check]:
    cases: list[Observation] = [
        {"kind": "alive", "capacity": capacity, "stretches": stretches, "look": look, "held": held}
        for capacity, stretches in ((1, [1, 1, 5]), (7, [3, 4, 1, 6, 30]), (100, [99, 2, 350]), (1_000, [1_001, 30]))
        for look, held in ((0, False), (2, False), *([(0, True), (2, True)] if capacity < 100 else []))
    ]
    things, *by_case = observe([{"kind": "things", "names": THINGS}, *cases])
    newest, older = [*filter(None, [_wrong_things(things)])], []
    for case, seen in zip(cases, by_case, strict=True):
        if "raised" in seen:
            told = f"EventLog({case['capacity']}) raised {raised(seen['raised'])}"
            return [failed(NEWEST, told, "no exception", told), skipped(OLDER, "judged once recording works")]
        recorded = 0
        for count, after in zip(case["stretches"], seen["stretches"], strict=True):
            recorded += count
            kept = list(range(max(0, recorded - case["capacity"]), recorded))
            alive = {*after["alive"], *after["alive after"]}
            lost, extra = set(kept) - set(after["alive"]), alive - set(kept)
            given = after["recent"].get("returned")
            held = " that were all held by whoever recorded them" if case["held"] else ""
            where = f"after {recorded:,} events{held} with capacity {case['capacity']}"
            if lost or not same(given, kept):
                newest.append(f"{where}, recent gave {_found(kept, given)} of the newest {len(kept)} events themselves")
            if extra:
                older.append(f"{where}, {len(alive):,} were alive, {len(extra):,} of them older than allowed")
    return [
        none_wrong(NEWEST, newest, "as many as the capacity, the newest"),
        none_wrong(OLDER, older, "0 older events alive"),
    ]


def _wrong_things(seen: Observation) -> str | None:
    """The first object that did not come back itself, in words, or None."""
    for count, outcome in zip((len(THINGS), len(THINGS) // 2), seen["kept"], strict=True):
        if "raised" in outcome:
            return f"with objects of every kind as events, it raised {raised(outcome)}"
        due, got = list(THINGS[-count:]), outcome["returned"]
        if not same(got, due):
            at = next((at for at, pair in enumerate(zip(due, got, strict=False)) if not same(*pair)), len(got))
            told = f"capacity {count}, recent({len(THINGS)}) after objects of every kind"
            return f"{told}: {shown(due[at])} did not come back itself" if at < count else f"{told}: {shown(got, 150)}"
    return None


def _found(kept: list[int], given: Any) -> int:
    """How many of the events that were to be kept came back themselves."""
    return len({*kept}.intersection(one for one in given if type(one) is int)) if type(given) is list else 0


TASKS = {
    "EventLog": Task(
        _judge_log,
        Control({"kind": "alive", "capacity": 3, "stretches": [9], "look": 2, "held": False}, keeps_too_many),
        function={ANSWERS, NEWEST},
        given={"capacity", "calls", "stretches"},
    ),
    "ProfileCache": PROFILE_CACHE,
}
