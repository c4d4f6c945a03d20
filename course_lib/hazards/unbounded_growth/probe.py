"""Drives a log and a cache with numbered, weakly watched objects and reports which are alive, and two slopes."""

from __future__ import annotations

import gc
import weakref
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from course_lib.hazards.attempt import attempt
from course_lib.hazards.settling import settled
from course_lib.instruments.memory.alive import Census, Slopes, measure_slopes

Observation = dict[str, Any]


class Item:
    """An event or a profile: no two are equal, none can be copied by value, each can be watched."""

    __slots__ = ("__weakref__", "number")

    def __init__(self, number: int) -> None:
        self.number = number


class LoadFailed(Exception):
    """What a failing `load` raises, where the case names nothing else."""


_FAILURES: dict[str, type[Exception]] = {
    kind.__name__: kind for kind in (LoadFailed, KeyError, IndexError, AttributeError, TypeError, ValueError, OSError)
}


def _numbers(value: Any) -> Any:
    """A returned list of items as their numbers; anything else as it is."""
    if type(value) is not list:
        return value
    return [item.number if type(item) is Item else item for item in value]


def _plain(slopes: Slopes) -> Observation:
    windows = [(window.operations, window.blocks, window.bytes) for window in slopes.windows]
    return {"windows": windows, "unbounded": slopes.unbounded}


def event_log(subject: Any, case: Observation) -> Observation:
    return _LOG[case["kind"]](subject, case)


def _log_script(subject: Any, case: Observation) -> Observation:
    """Runs calls on fresh logs, each on log number `who`: make with a capacity, record values, recent, total."""
    logs: list[Any] = []
    answers: list[Observation] = []
    for who, verb, argument in case["calls"]:
        if verb == "make":
            answer = attempt(subject, argument)
            logs.append(answer.pop("returned", None))
        else:
            answer, _ = settled(_LOG_CALLS[verb], logs[who], argument)
        answers.append(answer)
        if "raised" in answer:
            break
    return {"answers": answers}


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


_LOG_CALLS: dict[str, Callable[[Any, Any], Any]] = {
    "record": _record_all,
    "recent": lambda log, count: log.recent(count),
    "recent, then change the list": _fresh_lists,
    "total": lambda log, _: log.total,
}


def _log_alive(subject: Any, case: Observation) -> Observation:
    """Which events are alive after each stretch of recording, with `recent` called in between, and what it gives."""
    capacity = case["capacity"]
    made = attempt(subject, capacity)
    if "raised" in made:
        return {"raised": made}
    log, census, seen = made["returned"], Census(), []
    for count in case["stretches"]:
        outcome = attempt(_record_items, log, census, count, case["look"])
        if "raised" in outcome:
            return {"raised": outcome}
        alive = census.alive()
        recent = attempt(lambda: _numbers(log.recent(capacity)))
        seen.append({"alive": alive, "recent": recent})
    return {"stretches": seen}


def _record_items(log: Any, census: Census, count: int, look: int) -> None:
    for _ in range(count):
        log.record(census.show(Item(census._shown)))
        if look:
            log.recent(look)


def _log_slopes(subject: Any, case: Observation) -> Observation:
    capacity = case["capacity"]
    log = subject(capacity)

    def operate(number: int) -> None:
        log.record((number, str(number)))
        if number % 10 == 0:
            log.recent(3)

    return _slopes_of(operate, capacity)


def _slopes_of(operate: Callable[[int], Any], capacity: int) -> Observation:
    outcome = attempt(measure_slopes, operate, 4 * capacity + 200)
    return _plain(outcome["returned"]) if "returned" in outcome else {"raised": outcome}


_LOG = {"script": _log_script, "alive": _log_alive, "slopes": _log_slopes}


class _Loader:
    """The `load` a cache is given: counts its calls, makes watched profiles, fails for chosen ids."""

    def __init__(self, census: Census) -> None:
        self.census, self.calls, self.failing = census, [], set()  # type: tuple[Census, list[Any], set[Any]]
        self.failure: type[Exception] = LoadFailed

    def __call__(self, user_id: Any) -> Any:
        self.calls.append(user_id)
        if user_id in self.failing:
            raise self.failure(user_id)
        return self.census.show(Item(user_id))


def profile_cache(subject: Any, case: Observation) -> Observation:
    return _CACHE[case["kind"]](subject, case)


def _cache_uses(subject: Any, case: Observation) -> Observation:
    """Each use of the cache: which profile came back, and what `load` was called with meanwhile."""
    census = Census()
    load = _Loader(census)
    made = attempt(lambda: subject(lambda user_id: load(user_id), case["capacity"]))
    if "raised" in made:
        return {"raised": made}
    cache, uses = made["returned"], []
    load.failing, load.failure = set(case["failing"]), _FAILURES[case.get("raises", "LoadFailed")]
    for user_id in case["ids"]:
        load.calls.clear()
        outcome = attempt(lambda one: _number(cache.get(one)), user_id)
        uses.append({"outcome": outcome, "loads": list(load.calls)})
        if "raised" in outcome and outcome["raised"] != load.failure.__name__:
            break
    return {"uses": uses, "alive": [census[number].number for number in census.alive()]}


def _number(value: Any) -> Any:
    return value.number if type(value) is Item else value


def _cache_values(subject: Any, case: Observation) -> Observation:
    """Whether falsy, equal and unhashable profiles are kept like any other: loads by value."""
    told = []
    for value in case["values"]:
        calls: list[Any] = []

        def load(user_id: Any, value: Any = value, calls: list[Any] = calls) -> Any:
            calls.append(user_id)
            return value

        def use(load: Callable[..., Any] = load) -> list[Any]:
            cache = subject(load, 2)
            return [cache.get("a"), cache.get("a"), cache.get("b"), cache.get("a")]

        told.append({"outcome": attempt(use), "loads": calls})
    return {"values": told}


def _cache_dropped(subject: Any, _case: Observation) -> Observation:
    """What is alive of a cache that was used and dropped, and what a second cache of the same kind holds."""
    census = Census()

    def live_and_die() -> weakref.ref[Any]:
        def load(user_id: int) -> Item:
            return census.show(Item(user_id))  # type: ignore[no-any-return]

        cache = subject(load, 8)
        for user_id in (*range(20), 19, 18):
            cache.get(user_id)
        return weakref.ref(load)

    outcome = attempt(live_and_die)
    if "raised" in outcome:
        return {"raised": outcome}
    gc.collect()
    return {"alive": census.alive(), "load": outcome["returned"]() is not None}


def _cache_pair(subject: Any, _case: Observation) -> Observation:
    """Two caches with different loaders, used by turns: what each gave and loaded."""
    told: list[Any] = []

    def use() -> None:
        loads: list[list[Any]] = [[], []]

        def loader(which: int) -> Callable[[Any], Any]:
            return lambda user_id: (loads[which].append(user_id), (which, user_id))[1]  # type: ignore[func-returns-value]

        caches = [subject(loader(which), 3) for which in (0, 1)]
        told.extend([cache.get(user_id) for cache in caches] for user_id in (1, 2, 1, 3, 4, 2))
        told.append(loads)

    outcome = attempt(use)
    return {"raised": outcome} if "raised" in outcome else {"told": told}


def _cache_slopes(subject: Any, case: Observation) -> Observation:
    """The slopes of ever new ids, some asked for again, a tenth of the loads failing."""
    capacity = case["capacity"]

    def load(user_id: int) -> Any:
        if user_id % 10 == 9:
            raise LoadFailed(user_id)
        return (user_id, str(user_id))

    cache = subject(load, capacity)

    def operate(number: int) -> None:
        try:
            cache.get(number)
        except LoadFailed:
            return
        cache.get(number)

    return _slopes_of(operate, capacity)


_CACHE = {
    "uses": _cache_uses,
    "values": _cache_values,
    "dropped": _cache_dropped,
    "pair": _cache_pair,
    "slopes": _cache_slopes,
}


class _EndlessLog:
    def __init__(self, capacity: int) -> None:
        self.events: list[Any] = []
        self.capacity = capacity

    def record(self, event: Any) -> None:
        self.events.append(event)

    def recent(self, n: int) -> list[Any]:
        return self.events[-n:] if n else []


class _BoundedLog(_EndlessLog):
    def record(self, event: Any) -> None:
        self.events.append(event)
        del self.events[: -self.capacity]


class _EndlessCache:
    def __init__(self, load: Callable[[Any], Any], capacity: int) -> None:
        self.load, self.capacity = load, capacity
        self.kept: OrderedDict[Any, Any] = OrderedDict()

    def get(self, user_id: Any) -> Any:
        if user_id not in self.kept:
            self.kept[user_id] = self.load(user_id)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]


class _BoundedCache(_EndlessCache):
    def get(self, user_id: Any) -> Any:
        profile = super().get(user_id)
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        return profile


PROBES: dict[str, Callable[[Any, Observation], Observation]] = {"EventLog": event_log, "ProfileCache": profile_cache}
CONTROLS = {"EventLog": (_EndlessLog, _BoundedLog), "ProfileCache": (_EndlessCache, _BoundedCache)}
