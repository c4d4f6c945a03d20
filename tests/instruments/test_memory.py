"""Growth: bounded code stays silent, every planted leak shows, and one twice as large shows twice as large."""

from __future__ import annotations

import gc
import json
import logging
import mmap
import sqlite3
import sys
import tempfile
import threading
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from course_lib.instruments.memory import alive, growing_line
from course_lib.instruments.memory.alive import Census, measure_slopes, who_holds
from course_lib.instruments.what_ran import NothingMeasured

CAPACITY = 100


@pytest.fixture(autouse=True)
def _what_was_there_before_is_passed_over() -> None:
    """As in the judge's child: each sample looks through what the collector knows, here that of all tests before."""
    gc.collect()
    gc.freeze()


def bounded_deque() -> Callable[[int], Any]:
    kept: deque[Any] = deque(maxlen=CAPACITY)
    return lambda number: kept.append((number, str(number)))


def bounded_lru() -> Callable[[int], Any]:
    return lru_cache(CAPACITY)(str)


def evicting_dict() -> Callable[[int], Any]:
    kept: OrderedDict[int, str] = OrderedDict()

    def operate(number: int) -> None:
        kept[number] = str(number)
        if len(kept) > CAPACITY:
            kept.popitem(last=False)

    return operate


def cyclic_garbage() -> Callable[[int], Any]:
    def operate(_number: int) -> None:
        ring: list[Any] = []
        ring.append(ring)

    return operate


def weak_values() -> Callable[[int], Any]:
    kept: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()

    class Thing:
        pass

    def operate(number: int) -> None:
        kept[number] = Thing()

    return operate


def grows_with_the_logarithm() -> Callable[[int], Any]:
    seen: set[int] = set()
    return lambda number: seen.add(number.bit_length())


def bits_of_the_newest() -> Callable[[int], Any]:
    flags, mask = [1], (1 << CAPACITY) - 1
    return lambda _number: flags.__setitem__(0, (flags[0] << 1 | 1) & mask)


CLEAN = (
    bits_of_the_newest,
    bounded_deque,
    bounded_lru,
    evicting_dict,
    cyclic_garbage,
    weak_values,
    grows_with_the_logarithm,
)


@pytest.mark.parametrize("make", CLEAN)
def test_bounded_code_is_silent(make: Callable[[], Callable[[int], Any]]) -> None:
    """What is bounded, however it is bounded, does not grow with use."""
    slopes = measure_slopes(make(), warm_up=4 * CAPACITY)

    assert not slopes.unbounded, slopes


def growing_list(each: int = 1) -> Callable[[int], Any]:
    kept: list[Any] = []
    return lambda number: kept.extend((number, index) for index in range(each))


def list_of_none() -> Callable[[int], Any]:
    kept: list[None] = []
    return lambda _number: kept.append(None)


def filling_dict() -> Callable[[int], Any]:
    kept: dict[int, str] = {}
    return lambda number: kept.__setitem__(number, "x")


def unbounded_lru() -> Callable[[int], Any]:
    return lru_cache(None)(str)


def mutable_default() -> Callable[[int], Any]:
    def operate(number: int, seen: list[int] = []) -> None:  # noqa: B006  # the planted fault
        seen.append(number)

    return operate


def growing_bytes() -> Callable[[int], Any]:
    kept = bytearray()
    return lambda _number: kept.extend(b"0123456789")


def handlers_on_a_logger() -> Callable[[int], Any]:
    logger = logging.Logger("planted")
    return lambda _number: logger.addHandler(logging.NullHandler())


def stored_exceptions() -> Callable[[int], Any]:
    kept: list[Exception] = []

    def operate(number: int) -> None:
        try:
            raise ValueError(number)
        except ValueError as error:
            kept.append(error)

    return operate


def one_bit_each() -> Callable[[int], Any]:
    flags = [1]
    return lambda _number: flags.__setitem__(0, flags[0] << 1 | 1)


def one_of_a_hundred() -> Callable[[int], Any]:
    kept: list[str] = []
    return lambda number: kept.append(f"at {number}") if number % 100 == 0 else None


LEAKS = (
    one_bit_each,
    one_of_a_hundred,
    growing_list,
    list_of_none,
    filling_dict,
    unbounded_lru,
    mutable_default,
    growing_bytes,
    handlers_on_a_logger,
    stored_exceptions,
)


def test_what_creeps_is_not_looked_for_beside_other_threads() -> None:
    """They keep things of their own, a notebook's kernel some hundred bytes a window; what grows faster is told."""
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    creeping, growing = (measure_slopes(make(), warm_up=4 * CAPACITY) for make in (one_bit_each, list_of_none))
    over.set()
    other.join()

    assert not creeping.unbounded, creeping
    assert growing.unbounded, growing


@pytest.mark.parametrize("make", LEAKS)
def test_planted_leaks_show(make: Callable[[], Callable[[int], Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way of keeping for ever is called unbounded."""
    monkeypatch.setattr(alive, "runs_alone", lambda: True)  # a test before may have left a thread that only waits
    slopes = measure_slopes(make(), warm_up=4 * CAPACITY)

    assert slopes.unbounded, slopes


def test_a_leak_twice_as_large_has_twice_the_slope() -> None:
    """The slope measures: blocks an operation double with what is kept."""
    one, two = (measure_slopes(growing_list(each), warm_up=200).windows[-1].blocks for each in (20, 40))

    assert 1.8 < two / one < 2.2


def test_a_cache_that_is_still_filling_needs_the_declared_capacity() -> None:
    """Warmed beyond its capacity a bounded cache is silent; the capacity has to be said."""
    assert not measure_slopes(lru_cache(2_000)(str), warm_up=4_000).unbounded


class Thing:
    pass


def test_a_census_counts_exactly_what_is_alive() -> None:
    """Objects in cycles are gone after the collection; held ones are counted by number."""
    census = Census()
    held = [census.show(Thing()) for _ in range(3)]
    ring = census.show(Thing())
    ring.itself = ring
    del ring

    assert census.alive() == [0, 1, 2]
    assert census[1] is held[1]
    assert census[3] is None


REGISTRY: dict[str, Any] = {}


def test_the_holders_of_an_object_lead_to_where_it_is_kept() -> None:
    """The chain names the containers on the way and ends at a module, a class or a frame."""
    gc.unfreeze()  # the registry is older than the test
    thing = Thing()
    REGISTRY["kept"] = [thing]
    gc.collect()
    chain = who_holds(thing)
    REGISTRY.clear()

    assert chain[0] == "a list of 1"
    assert chain[1] == "a dict of 1 under 'kept'"
    assert chain[2].endswith("under 'REGISTRY'")


def test_slopes_print_fully() -> None:
    """Text first."""
    text = str(measure_slopes(list_of_none(), warm_up=200, windows=(100, 200)))

    assert "after 200 operations" in text
    assert "grows with every operation" in text
    assert sys.getsizeof(text)


def shows_outside(operate: Callable[[int], Any]) -> None:
    slopes = measure_slopes(operate, warm_up=100)

    assert slopes.unbounded, slopes
    assert slopes.windows[-1].outside > 0.5
    assert "bytes outside Python each" in str(slopes)


def test_a_database_in_memory_shows() -> None:
    """What is kept in SQLite is seen by the pages in use."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("create table kept(what)")
        shows_outside(lambda number: database.execute("insert into kept values (?)", (number,)))


class NeverAsked(type):
    """A class of such a class must not be asked for its hash, nor whether it is another one."""

    def __hash__(cls) -> int:
        raise AssertionError("a class was asked for its hash")

    def __eq__(cls, other: object) -> bool:
        raise AssertionError("a class was asked whether it is another")


def test_no_class_of_the_measured_code_is_asked_for_its_hash() -> None:
    """Its metaclass may answer whatever it likes."""
    asked = NeverAsked("asked", (mmap.mmap,), {})
    kept: list[Any] = []

    slopes = measure_slopes(lambda _: kept.append(asked(-1, 4096)), warm_up=4, windows=(4, 4))

    assert slopes.windows[-1].outside == 4096


def test_memory_maps_show() -> None:
    """One map, exchanged for a longer one now and then."""
    kept: list[Any] = []

    def operate(number: int) -> None:
        if number % 100 == 0:
            kept.append(mmap.mmap(-1, 4096 * (1 + number // 100)))
            del kept[:-1]

    shows_outside(operate)


def test_a_file_without_a_name_shows() -> None:
    """No folder lists it; the open descriptor does."""
    with tempfile.TemporaryFile() as kept:
        shows_outside(lambda number: kept.write(b"%d\n" % number))


def test_what_waits_in_a_buffer_shows() -> None:
    """A byte each reaches the file once in eight thousand times; it is kept all the same."""
    with tempfile.TemporaryFile("w") as kept:
        slopes = measure_slopes(lambda number: kept.write("x"), warm_up=10, windows=(100, 200))

    assert [window.outside for window in slopes.windows[:2]] == [1, 1]


def test_what_is_written_into_a_long_memory_map_shows() -> None:
    with mmap.mmap(-1, 1 << 22) as kept:
        shows_outside(lambda number: kept.write(b"x"))


def test_a_ring_in_a_memory_map_is_silent() -> None:
    with mmap.mmap(-1, 1_000) as kept:
        slopes = measure_slopes(lambda number: kept.__setitem__(number % 1_000, 1 + number % 255), warm_up=2_000)

    assert not slopes.unbounded, slopes


def test_rows_that_are_deleted_are_not_kept() -> None:
    """Pages that are free again are no growth."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("create table kept(what)")

        def operate(number: int) -> None:
            database.execute("insert into kept values (?)", (number,))
            database.execute("delete from kept where what < ?", (number - 100,))

        assert not measure_slopes(operate, warm_up=200).unbounded


def test_asking_what_lies_outside_is_not_counted_as_growth() -> None:
    """Each look into a database in memory leaves a weak reference behind for a while; of many, these are many."""
    bases = [sqlite3.connect(":memory:") for _ in range(80)]
    kept: dict[str, str] = {}

    assert not measure_slopes(lambda number: kept.update(last=str(number)), warm_up=10).unbounded
    for base in bases:
        base.close()


def test_the_names_that_python_was_asked_for_are_no_growth() -> None:
    """Its cache of attributes keeps thousands of them, at chance places; `open` asks for a new one each time."""
    thing, recent = object(), deque[str](maxlen=97)

    def operate(_number: int) -> bool:
        recent.append("".join(["incremental", "decoder"]))  # so that no two names lie at one place
        return hasattr(thing, "".join(["incremental", "encoder"]))

    later = measure_slopes(operate, warm_up=300, windows=(200, 400, 800)).windows[1:]
    assert [round(window.bytes, 1) for window in later] == [0.0] * len(later)


def test_the_line_that_grows_is_named() -> None:
    """The reader's own line, where a library does the allocating too; of bounded code no line is named for sure."""
    kept: list[str] = []

    def operate(number: int) -> None:
        line = str(number)
        kept.append(json.dumps([line] * 20))  # this one

    place = growing_line(operate)
    assert (place.where, place.source[-10:]) == (f"test_memory.py:{operate.__code__.co_firstlineno + 2}", "# this one")


def test_files_in_a_folder_are_counted(tmp_path: Path) -> None:
    """A file that grows in the folder that was named."""

    def operate(number: int) -> None:
        with (tmp_path / "log").open("a") as log:
            print(number, file=log)

    assert measure_slopes(operate, warm_up=50, windows=(100, 200), folder=tmp_path).unbounded


async def a_coroutine(_number: int) -> None:
    return None


def a_generator(number: int) -> Iterator[int]:
    yield number


@pytest.mark.parametrize("operate", [a_coroutine, a_generator])
def test_what_never_ran_is_not_measured(operate: Callable[[int], Any]) -> None:
    """A coroutine or a generator that is only made leaves nothing behind, and that is no reading."""
    with pytest.raises(NothingMeasured, match=r"unmeasured: .* never ran"):
        measure_slopes(operate, warm_up=10)


def test_what_the_call_raises_propagates() -> None:
    """A call that raises at once, or that takes no number, is no reading either."""
    with pytest.raises(ZeroDivisionError):
        measure_slopes(lambda number: 1 / number, warm_up=10)
    with pytest.raises(TypeError):
        measure_slopes(lambda: None, warm_up=10)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize("windows", [(), (5,), (0, 5)])
def test_growth_is_told_of_two_windows_at_least(windows: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="two windows at least, each of 1 call or more"):
        measure_slopes(str, warm_up=10, windows=windows)
