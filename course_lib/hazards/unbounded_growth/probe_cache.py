"""Drives a cache: what each use gave and loaded, which profiles are alive, what a dropped one leaves, long use."""

from __future__ import annotations

import builtins
import weakref
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any

from course_lib.hazards.attempt import attempt
from course_lib.hazards.settling import once_threads_have_ended, running_threads
from course_lib.hazards.unbounded_growth.probe_clock import going_by
from course_lib.hazards.unbounded_growth.probe_items import Item, Observation, item, long_use, numbers, sendable, thing
from course_lib.instruments.memory.alive import Census, collect

LOOKS = 8  # how often in a row of uses the living profiles are counted


class LoadFailed(Exception):
    """What a failing `load` raises, where the case names nothing else."""


class Withdrawn(BaseException):
    """Raised by a `load` that is not to be caught by `except Exception`."""


_BUILT_IN = "KeyError IndexError AttributeError TypeError ValueError OSError StopIteration KeyboardInterrupt"
_FAILURES: dict[str, type[BaseException]] = {kind.__name__: kind for kind in (LoadFailed, Withdrawn)} | {
    name: getattr(builtins, name) for name in _BUILT_IN.split()
}


class _Loader:
    """The `load` a cache is given: counts its calls, makes watched profiles, fails for chosen ids."""

    def __init__(self, census: Census) -> None:
        self.census, self.calls, self.failing = census, [], set()  # type: tuple[Census, list[Any], set[Any]]
        self.failure: type[BaseException] = LoadFailed
        self.held: list[Item] | None = None  # by whoever asked for them, where they go on holding them

    def __call__(self, user_id: Any) -> Any:
        self.calls.append(user_id)
        if user_id in self.failing:
            raise self.failure(user_id)
        profile = self.census.show(item(user_id))
        if self.held is not None:
            self.held.append(profile)
        return profile


class _Repository:
    """Whose method is the `load` of a cache, or which is it itself; nothing else holds it."""

    def __init__(self, load: _Loader) -> None:
        self._load = load

    def find(self, user_id: Any) -> Any:
        return self._load(user_id)

    __call__ = find


_LOADS: dict[str, Callable[[_Loader], Callable[[Any], Any]]] = {
    "a function": lambda load: lambda user_id: load(user_id),
    "a method": lambda load: _Repository(load).find,
    "an object": _Repository,
    "a partial function": lambda load: partial(_Loader.__call__, load),
}


def profile_cache(subject: Any, case: Observation) -> Observation:
    return _CACHE[case["kind"]](subject, case)


def _uses(subject: Any, case: Observation) -> Observation:
    """The uses of one case, where it says so with a year between each two."""
    with going_by() as go_by:
        return _used(subject, case, go_by if case["apart"] else lambda: None)


def _used(subject: Any, case: Observation, go_by: Callable[[], None]) -> Observation:
    """What each use did; before some, the id of the use before is got `again` so many times.

    Column by column, since there are many: which profile each use gave, how often it called `load`; then all that
    `load` was called with, the uses that raised, by number, and who was alive at some moments.
    """
    census = Census()
    load = _Loader(census)
    made = attempt(lambda: subject(_LOADS[case["load"]](load), case["capacity"]))
    if "raised" in made:
        return {"raised": made}
    cache, alive, threads = made["returned"], [], running_threads()
    gave, loaded, loads, raised = [], [], [], []
    load.failing, load.failure = set(case["failing"]), _FAILURES[case.get("raises", "LoadFailed")]
    load.held = [] if case["held"] else None
    ids, again = case["ids"], case.get("again", {})
    look = set() if case["held"] else {round(part * len(ids) / LOOKS) for part in range(1, LOOKS + 1)}

    def use(at: int) -> Any:
        for _ in range(again.get(at, 0)):
            cache.get(ids[at - 1])
        return numbers(cache.get(ids[at]))

    for at in range(1, len(ids) + 1):
        load.calls.clear()
        go_by()
        outcome = attempt(use, at - 1)
        gave.append(outcome.get("returned"))
        loads.append(len(load.calls))
        loaded += load.calls
        if "raised" in outcome:
            raised.append((at - 1, outcome))
            if outcome["raised"] != load.failure.__name__:
                break
        if at in look:
            few = min(case["capacity"], len({*ids[:at]} - load.failing))
            living = census.living()
            if len(living) > few:
                living = once_threads_have_ended(census.alive, lambda seen: len(seen) <= case["capacity"], threads)
            alive.append([census[number].number for number in living])
    return {"gave": gave, "loads": loads, "loaded": loaded, "raises": raised, "alive": alive}


def _values(subject: Any, case: Observation) -> Observation:
    """Whether profiles of every kind are kept as they are: `pairs` of what "a" and "b" have, in a cache of two.

    "c" has what "a" has, and takes the place of "b". What can't be sent is told by its name.
    """
    told = []
    for pair in case["pairs"]:
        calls: list[Any] = []
        first, second = map(thing, pair)
        has = {"a": first, "b": second, "c": first}

        def load(user_id: Any, has: dict[str, Any] = has, calls: list[Any] = calls) -> Any:
            calls.append(user_id)
            return has[user_id]

        def use(load: Callable[..., Any] = load) -> list[Any]:
            cache = subject(load, 2)
            return [sendable(cache.get(user_id)) for user_id in case["ids"]]

        told.append({"outcome": attempt(use), "loads": calls})
    return {"values": told}


def _dropped(subject: Any, _case: Observation) -> Observation:
    """What is alive of a cache that was used and dropped: profiles, its load function, itself."""
    census = Census()

    def live_and_die() -> list[Any]:
        def load(user_id: int) -> Item:
            if user_id == 7:
                raise LoadFailed(user_id)
            return census.show(item(user_id))  # type: ignore[no-any-return]

        cache = subject(load, 8)
        for user_id in (*range(20), 19, 18):
            _get_or_not(cache, user_id)
        return [weakref.ref(load), *_watched(cache)]

    threads, outcome = running_threads(), attempt(live_and_die)
    if "raised" in outcome:
        return {"raised": outcome}

    def left() -> tuple[list[int], bool, bool]:
        collect()
        load, *cache = [one() is not None for one in outcome["returned"]]
        return census.alive(), load, any(cache)

    seen = once_threads_have_ended(left, lambda seen: not any(seen), threads)
    return dict(zip(("alive", "load", "cache"), seen, strict=True))


def _held(subject: Any, case: Observation) -> Observation:
    """Which profiles are alive when gets were made in a function that held others, and which has come to its end.

    Where they failed, new profiles are in use by then.
    """
    census, threads = Census(), running_threads()
    load = _Loader(census)
    if case["raises"]:
        load.failing, load.failure = {9}, _FAILURES[case["raises"]]

    def hold_one_and_fail(cache: Any, user_id: int) -> Any:
        held = cache.get(user_id)
        cache.get(9)
        return held

    def hold_all(cache: Any) -> int:
        held = []
        for user_id in (1, 2, 3, 4, 5, 5):
            held.append(cache.get(user_id))
        return len(held)

    def use() -> Any:
        cache = subject(lambda user_id: load(user_id), 2)
        if not load.failing:
            hold_all(cache)
            return cache
        for user_id in (1, 2):
            attempt(hold_one_and_fail, cache, user_id)
        for user_id in (3, 4):
            cache.get(user_id)
        return cache

    outcome = attempt(use)
    if "raised" in outcome:
        return {"raised": outcome}
    return {"alive": once_threads_have_ended(census.alive, lambda seen: len(seen) <= 2, threads)}


def _watched(cache: Any) -> list[Any]:
    """A weak reference to the cache, where its class allows one."""
    try:
        return [weakref.ref(cache)]
    except TypeError:
        return []


def _get_or_not(cache: Any, user_id: Any) -> None:
    try:
        cache.get(user_id)
    except LoadFailed:
        return


def _pair(subject: Any, case: Observation) -> Observation:
    """Two caches used by turns, with loaders of their own or with one in common: what each gave and loaded."""
    told: list[Any] = []
    loads: list[list[Any]] = [[], []]

    def loader(which: int) -> Callable[[Any], Any]:
        return lambda user_id: (loads[which].append(user_id), (which, user_id))[1]  # type: ignore[func-returns-value]

    def use() -> None:
        first = loader(0)
        loaders = [first, first if case["shared load"] else loader(1)]
        caches = [subject(load, capacity) for load, capacity in zip(loaders, case["capacities"], strict=True)]
        for user_id in case["ids"]:
            for which, cache in enumerate(caches):
                before = list(map(len, loads))
                profile = cache.get(user_id)
                told.append((which, profile, [len(now) - then for now, then in zip(loads, before, strict=True)]))

    outcome = attempt(use)
    return {"raised": outcome} if "raised" in outcome else {"told": told}


def _long_use(subject: Any, case: Observation) -> Observation:
    capacity = case["capacity"]
    return long_use(_MIXES[case["mix"]](subject, capacity), capacity)


def _load(user_id: int) -> Any:
    if user_id % 10 == 9:
        raise LoadFailed(user_id)
    return (user_id, str(user_id))


def _new_ids(subject: Any, capacity: int) -> Callable[[int], Any]:
    """Ever new ids, each asked for twice, a tenth of the loads failing."""
    cache = subject(_load, capacity)

    def operate(number: int) -> None:
        _get_or_not(cache, number)
        _get_or_not(cache, number)

    return operate


def _failing_ids(subject: Any, capacity: int) -> Callable[[int], Any]:
    """A full cache that is asked for ever new ids, none of which can be loaded."""
    cache = subject(_load, capacity)
    for number in range(2 * capacity):
        _get_or_not(cache, number)
    return lambda number: _get_or_not(cache, 10 * number + 9)


def _some_ids(among: Callable[[int], int]) -> Callable[[Any, int], Callable[[int], Any]]:
    """Uses of a fixed number of ids, in a spread order, a tenth of them failing where that many ids are used."""

    def start(subject: Any, capacity: int) -> Callable[[int], Any]:
        cache, ids = subject(_load, capacity), among(capacity)
        return lambda number: _get_or_not(cache, number * 7919 % ids)

    return start


class _Profile:
    """May be watched and be a key: hashable, and a weak reference to it is allowed."""

    __slots__ = ("__weakref__",)


def _profiles_that_live_on(subject: Any, capacity: int) -> Callable[[int], Any]:
    """A few more profiles than the capacity, held by the program for good, and loaded in turns again and again.

    What is noted of each profile for as long as it lives is as much as there are profiles; what is noted of each load
    ends with none of them. Each is asked for twice, so that it is found as well.
    """
    profiles = [_Profile() for _ in range(capacity + capacity // 5)]
    cache = subject(lambda user_id: profiles[user_id], capacity)

    def operate(number: int) -> None:
        user_id = number % len(profiles)
        cache.get(user_id)
        cache.get(user_id)

    return operate


def _caches_that_end(subject: Any, _capacity: int) -> Callable[[int], Any]:
    def operate(number: int) -> None:
        cache = subject(_load, 2)
        for user_id in (number, number + 1, number + 2, number + 2):
            _get_or_not(cache, user_id)

    return operate


_MIXES: dict[str, Callable[[Any, int], Callable[[int], Any]]] = {
    "one id again and again": _some_ids(lambda capacity: 1),
    "fewer ids than the capacity": _some_ids(lambda capacity: 9),
    "as many ids as the capacity": _some_ids(lambda capacity: capacity),
    "a few more ids than the capacity": _some_ids(lambda capacity: capacity + capacity // 5),
    "ever new ids": _new_ids,
    "ever new ids that fail": _failing_ids,
    "profiles that live on elsewhere": _profiles_that_live_on,
    "caches made and dropped": _caches_that_end,
}
_CACHE = {
    "uses": _uses,
    "values": _values,
    "dropped": _dropped,
    "held": _held,
    "pair": _pair,
    "long use": _long_use,
}


class EndlessCache:
    """The known-bad sample of the control."""

    def __init__(self, load: Callable[[Any], Any], capacity: int) -> None:
        self.load, self.capacity = load, capacity
        self.kept: OrderedDict[Any, Any] = OrderedDict()

    def get(self, user_id: Any) -> Any:
        if user_id not in self.kept:
            self.kept[user_id] = self.load(user_id)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]


class BoundedCache(EndlessCache):
    """Its repaired twin."""

    def get(self, user_id: Any) -> Any:
        profile = super().get(user_id)
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        return profile
