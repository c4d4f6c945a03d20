"""Judges a bounded log: what it answers, what stays alive, whether memory grows with use."""

from __future__ import annotations

from typing import Any

from course_lib.hazards.terms import Control, Observe, Task, raised
from course_lib.hazards.unbounded_growth.cache import PROFILE_CACHE
from course_lib.hazards.unbounded_growth.checks import GROWTH, first_wrong, judge_slopes, keeps_too_many, same
from course_lib.reading import Check, failed, passed, skipped

Observation = dict[str, Any]

ANSWERS, NEWEST, OLDER = (
    "recent and total answer rightly",
    "the newest events are always kept",
    "nothing older is kept alive",
)
_ODD: list[Any] = [None, 0, "", [], {}, False, {"a": [1]}, "x", None, None]

# (which log, call, argument, expected answer)
_SCRIPTS: list[list[tuple[int, str, Any, Any]]] = [
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
        (0, "recent", 2, [10_018, 10_019]),
        (0, "total", None, 10_020),
    ],
]


def _judge_log(observe: Observe) -> list[Check]:
    cases = [{"kind": "script", "calls": [step[:3] for step in script]} for script in _SCRIPTS]
    for script, seen in zip(_SCRIPTS, observe(cases), strict=True):
        wrong = _wrong_step(script, seen["answers"])
        if wrong:
            later = [skipped(name, "judged once the answers are right") for name in (NEWEST, OLDER, GROWTH)]
            return [failed(ANSWERS, wrong, "the newest n, oldest of them first; total of all", wrong), *later]
    answers = passed(ANSWERS, f"{sum(map(len, _SCRIPTS))} calls answered rightly")
    return [answers, *_judge_alive(observe), judge_slopes(observe, "records")]


def _wrong_step(script: list[tuple[int, str, Any, Any]], answers: list[Observation]) -> str | None:
    """What the first wrong answer was, in words, or None."""
    capacity = 0
    for (who, verb, argument, expected), answer in zip(script, answers, strict=False):
        capacity = argument if verb == "make" else capacity
        call = _in_words(who, verb, argument)
        if "raised" in answer:
            return f"{call} raised {raised(answer)}"
        if verb in ("make", "record"):
            continue
        if not same(answer["returned"], expected):
            return f"{call} gave {_short(answer['returned'])}, not {_short(expected)} (capacity {capacity:,})"
    return None


def _in_words(who: int, verb: str, argument: Any) -> str:
    if verb == "make":
        return f"EventLog({argument:,})"
    log = "log" if who == 0 else "another log"
    if verb == "record":
        return f"{log}.record, {len(argument):,} times,"
    return f"{log}.total" if verb == "total" else f"{log}.recent({argument:,})".replace(",)", ")")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:60]}… ({len(value):,} of them)"


def _judge_alive(observe: Observe) -> list[Check]:
    cases: list[Observation] = [
        {"kind": "alive", "capacity": capacity, "stretches": stretches, "look": look}
        for capacity, stretches in ((1, [1, 1, 5]), (7, [3, 4, 1, 6, 30]), (100, [99, 2, 350]))
        for look in (0, 2)
    ]
    newest, older = [], []
    for case, seen in zip(cases, observe(cases), strict=True):
        if "raised" in seen:
            told = f"EventLog({case['capacity']}) raised {raised(seen['raised'])}"
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
    return [
        first_wrong(NEWEST, newest, "as many as the capacity, the newest"),
        first_wrong(OLDER, older, "0 older events alive"),
    ]


TASKS = {
    "EventLog": Task(
        _judge_log,
        Control({"kind": "alive", "capacity": 3, "stretches": [9], "look": 2}, keeps_too_many),
        function={ANSWERS, NEWEST},
    ),
    "ProfileCache": PROFILE_CACHE,
}
