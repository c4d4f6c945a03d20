"""Drives a log: scripted calls, which of the numbered events are alive, and the slopes of long use."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

from course_lib.hazards.attempt import attempt
from course_lib.hazards.settling import once_threads_have_ended, running_threads, settled
from course_lib.hazards.unbounded_growth.probe_items import (
    Observation,
    item,
    long_use,
    numbers,
    operations,
    sendable,
    thing,
)
from course_lib.instruments.memory.alive import Census

LIVING_ON = "events that live on elsewhere"
HELD = (2_400, 40_000)  # events that live on: more than a long use records, and than one does whose windows go on


def event_log(subject: Any, case: Observation) -> Observation:
    return _LOG[case["kind"]](subject, case)


def _script(subject: Any, case: Observation) -> Observation:
    """Runs calls on fresh logs, each on log number `who`: make with a capacity, record values, recent, total."""
    logs: list[Any] = []
    answers: list[Observation] = []
    for who, verb, argument in case["calls"]:
        if verb == "make":
            answer = attempt(subject, argument)
            logs.append(answer.pop("returned", None))
        else:
            answer, _ = settled(_CALLS[verb], logs[who], argument)
        answers.append(answer)
        if "raised" in answer:
            break
    return {"answers": answers}


def _things(subject: Any, case: Observation) -> Observation:
    """The names of what comes back of the named objects, of a log that keeps them all and of one that keeps half."""
    things = [thing(name) for name in case["names"]]

    def use(capacity: int) -> list[Any]:
        log = subject(capacity)
        _record_all(log, things)
        return [sendable(event) for event in log.recent(len(things))]

    return {"kept": [attempt(use, capacity) for capacity in (len(things), len(things) // 2)]}


def _record_all(log: Any, values: list[Any]) -> None:
    record = log.record
    for value in values:
        record(value)


def _fresh_lists(log: Any, count: int) -> list[Any]:
    """What a learner's list and the log still say after the list has been changed."""
    first = log.recent(count)
    kept = list(first)
    first.clear()
    first.append("changed by the caller")
    return [kept, log.recent(count)]


_CALLS: dict[str, Callable[[Any, Any], Any]] = {
    "record": _record_all,
    "record each from, to": lambda log, ends: _record_all(log, list(range(*ends))),
    "recent": lambda log, count: log.recent(count),
    "recent, then change the list": _fresh_lists,
    "total": lambda log, _: log.total,
}


def _alive(subject: Any, case: Observation) -> Observation:
    """Which events are alive after each stretch of recording, with `recent` called in between, and what it gives."""
    capacity = case["capacity"]
    made = attempt(subject, capacity)
    if "raised" in made:
        return {"raised": made}
    log, census, seen, threads = made["returned"], Census(), [], running_threads()

    def alive() -> list[int]:
        return once_threads_have_ended(census.alive, lambda living: len(living) <= capacity, threads)

    for count in case["stretches"]:
        outcome = attempt(_record_held if case["held"] else _record_items, log, census, count, case["look"])
        if "raised" in outcome:
            return {"raised": outcome}
        living = alive()
        recent = attempt(lambda: numbers(log.recent(capacity)))
        seen.append({"alive": living, "recent": recent, "alive after": alive()})
    return {"stretches": seen}


def _record_items(log: Any, census: Census, count: int, look: int) -> None:
    for _ in range(count):
        log.record(census.show(item(census._shown)))
        if look:
            log.recent(look)


def _record_held(log: Any, census: Census, count: int, look: int) -> None:
    """Whoever records holds all of them until the last is recorded."""
    held = [census.show(item(census._shown)) for _ in range(count)]
    for event in held:
        log.record(event)
    log.recent(look)


def _long_use(subject: Any, case: Observation) -> Observation:
    capacity = case["capacity"]
    if case["mix"] == LIVING_ON:
        return _long_use_of_what_lives_on(subject, capacity)
    return long_use(_MIXES[case["mix"]](subject, capacity), capacity)


def _new_events(subject: Any, capacity: int) -> Callable[[int], Any]:
    log = subject(capacity)

    def operate(number: int) -> None:
        log.record((number, str(number)))
        if number % 10 == 0:
            log.recent(3)

    return operate


def _events_of_every_kind(subject: Any, capacity: int) -> Callable[[int], Any]:
    """Those that can't be hashed among them, and falsy ones; each a new object."""
    log = subject(capacity)
    kinds = (lambda n: {"n": n}, lambda n: [n], lambda n: str(n), lambda n: float(n), lambda n: {n}, lambda n: None)
    return lambda number: log.record(kinds[number % len(kinds)](number))


def _events_of_rarer_kinds(subject: Any, capacity: int) -> Callable[[int], Any]:
    """Such as a program keeps apart from the usual ones: errors, functions, bytes; each a new object."""
    log = subject(capacity)
    kinds: tuple[Callable[[int], Any], ...] = (
        ValueError, lambda n: lambda: n, lambda n: str(n).encode(), lambda n: bytearray(str(n).encode()),
        lambda n: complex(n), lambda n: frozenset([n]), lambda n: range(n, n + 2), lambda n: (one for one in str(n)),
        lambda n: iter([n]), lambda n: n * 10**20, Fraction, partial(partial, str), lambda n: KeyboardInterrupt(n),
    )  # fmt: skip
    return lambda number: log.record(kinds[number % len(kinds)](number))


class _Event:
    """May be watched and counted: hashable, and a weak reference to it is allowed."""

    __slots__ = ("__weakref__",)


def _long_use_of_what_lives_on(subject: Any, capacity: int) -> Observation:
    """Whoever records the events goes on holding them: what a log notes of each object ends with none of them.

    Whatever looks for what is kept looks at each that is held, so there are many only where few have not been enough.
    """
    seen: Observation = {}
    for many in HELD:
        seen = long_use(_events_in_turns(subject(capacity), [_Event() for _ in range(many)]), capacity)
        if "raised" in seen or operations(seen, capacity) <= many:
            break
    return seen


def _events_in_turns(log: Any, held: list[_Event]) -> Callable[[int], Any]:
    return lambda number: log.record(held[number % len(held)])


def _few_events(subject: Any, capacity: int) -> Callable[[int], Any]:
    log, few = subject(capacity), [("login", number) for number in range(4)]
    return lambda number: log.record(few[number // 2 % 4])


def _reads(subject: Any, capacity: int) -> Callable[[int], Any]:
    """Asked for nothing, for some, and for a number that was never asked for before."""
    log = subject(capacity)
    _record_all(log, [("login", number) for number in range(2 * capacity)])
    return lambda number: (log.recent(0), log.recent(number % (2 * capacity)), log.recent(number), log.total)


def _logs_that_end(subject: Any, _capacity: int) -> Callable[[int], Any]:
    def operate(number: int) -> None:
        log = subject(2)
        _record_all(log, [number, number + 1, number + 2])
        log.recent(2)

    return operate


_MIXES: dict[str, Callable[[Any, int], Callable[[int], Any]]] = {
    "new events": _new_events,
    "events of every kind": _events_of_every_kind,
    "events of rarer kinds": _events_of_rarer_kinds,
    "the same few events again and again": _few_events,
    "recent and total alone": _reads,
    "logs made and dropped": _logs_that_end,
}
_LOG = {"script": _script, "things": _things, "alive": _alive, "long use": _long_use}


class EndlessLog:
    """The known-bad sample of the control."""

    def __init__(self, capacity: int) -> None:
        self.events: list[Any] = []
        self.capacity = capacity

    def record(self, event: Any) -> None:
        self.events.append(event)

    def recent(self, n: int) -> list[Any]:
        return self.events[-n:] if n else []


class BoundedLog(EndlessLog):
    """Its repaired twin."""

    def record(self, event: Any) -> None:
        self.events.append(event)
        del self.events[: -self.capacity]
