"""Counting work: silent on constant work, exact on planted scans, twice as much on inputs twice as large."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from course_lib.instruments.work.operations import CountedNumber, CountedText, Work, count_work
from course_lib.instruments.work.scaling import growth_in_words, measure_growth


def texts(count: int) -> list[CountedText]:
    return [CountedText(f"user{number:06d}@example.org") for number in range(count)]


def missing() -> CountedText:
    return CountedText("zoe@example.org")


CONSTANT: dict[str, Callable[[list[CountedText]], Any]] = {
    "set": lambda keys: dict.fromkeys(keys),
    "tuple of three": lambda keys: tuple(keys[:3]),
}


@pytest.mark.parametrize("build", CONSTANT.values(), ids=CONSTANT)
def test_constant_work_does_not_grow(build: Callable[[list[CountedText]], Any]) -> None:
    """A lookup by hash, or in a collection that does not grow, counts the same at every size."""
    growth = measure_growth("lookup", lambda n: build(texts(n)), lambda kept: missing() in kept, (64, 1024))
    small, large = growth.by_size.values()

    assert (small.keys, small.steps) == (large.keys, large.steps)
    assert growth.in_words == "does not grow"


SCANS: dict[str, Callable[[list[CountedText]], Any]] = {
    "in list": lambda keys: missing() in keys,
    "in tuple": lambda keys: missing() in tuple(keys),
    "count": lambda keys: keys.count(missing()),
    "generator": lambda keys: next((key for key in keys if key == missing()), None),
    "hashed anew": lambda keys: missing() in set(keys),
    "str of each": lambda keys: any(str(key) == "zoe" for key in keys),
    "lower of each": lambda keys: "zoe" in [key.lower() for key in keys],
    "min": lambda keys: min(keys),
}


@pytest.mark.parametrize("scan", SCANS.values(), ids=SCANS)
@pytest.mark.parametrize("size", [100, 200])
def test_scans_count_one_operation_or_more_a_key(scan: Callable[[list[CountedText]], Any], size: int) -> None:
    """Every way of reading all keys is seen, in C or in Python, and twice as many keys count twice."""
    work, _ = count_work(lambda: scan(texts(0) or KEYS[:size]))

    assert size - 1 <= work.keys <= 4 * size


KEYS = texts(200)


def test_derived_plain_values_show_in_the_steps() -> None:
    """Comparisons of plain values in a Python loop are invisible to keys and visible to steps."""
    plain = [f"user{number}" for number in range(500)]
    work, _ = count_work(lambda: any(text == "zoe" for text in plain))

    assert work.keys == 0
    assert work.steps > 1_000


def test_copies_made_by_c_show_in_the_bytes() -> None:
    """A list that is joined anew for every item takes memory with the square; appending does not."""

    def join(count: int) -> list[int]:
        found: list[int] = []
        for number in range(count):
            found = [*found, number]
        return found

    def append(count: int) -> list[int]:
        found: list[int] = []
        for number in range(count):
            found.append(-number)
        return found

    joined = [count_work(lambda count=count: join(count))[0].taken for count in (256, 512)]  # type: ignore[misc]
    appended = [count_work(lambda count=count: append(count))[0].taken for count in (256, 512)]  # type: ignore[misc]
    assert joined[1] > 3.5 * joined[0] > 100_000
    assert max(appended) < 20_000


def test_the_same_work_counts_the_same_every_time() -> None:
    """Counts are facts: no run differs from another."""
    counts = {count_work(lambda: sorted(KEYS, reverse=True).index(KEYS[0]))[0].keys for _ in range(5)}

    assert len(counts) == 1


def test_numbers_count_like_texts() -> None:
    """Integers are counted in lists, sets and sorting, and stay integers."""
    numbers = [CountedNumber(number) for number in range(100)]
    work, total = count_work(lambda: (CountedNumber(-1) in numbers, sum(set(numbers))))

    assert total == (False, 4950)
    assert work.keys >= 200


def test_what_is_derived_still_counts() -> None:
    """A lowered text is a counted text, so hiding behind `.lower()` hides nothing."""
    assert type(CountedText("A").lower()) is CountedText
    assert type(str(CountedText("A"))) is CountedText


def test_database_steps_are_counted() -> None:
    """A scan in SQLite takes steps in proportion; a primary key does not. In a process of its own, since it patches."""
    code = (
        "from course_lib.instruments.work import count_database_steps, count_work\n"
        "count_database_steps()\n"
        "import sqlite3\n"
        "db = sqlite3.connect(':memory:')\n"
        "db.execute('create table t(id integer primary key, email text)')\n"
        "db.executemany('insert into t(email) values (?)', [(f'u{n}',) for n in range(2000)])\n"
        "scan = count_work(lambda: db.execute(\"select id from t where email = 'x'\").fetchall())[0].sqlite\n"
        "key = count_work(lambda: db.execute('select id from t where id = 7').fetchall())[0].sqlite\n"
        "assert scan > 200 > 20 > key, (scan, key)\n"
        "db.close()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert sqlite3.connect is sqlite3.dbapi2.connect


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({10: 7, 100: 7, 1000: 7}, "does not grow"),
        ({16: 4, 256: 8, 4096: 12}, "grows with the logarithm"),
        ({10: 10, 100: 100, 1000: 1000}, "doubling the input doubles"),
        ({10: 33, 100: 664, 1000: 9966}, "n log n"),
        ({10: 100, 100: 10_000, 1000: 1_000_000}, "four times"),
    ],
)
def test_growth_is_named_in_words(counts: dict[int, int], words: str) -> None:
    """The class that fits best is the one that is named."""
    assert words in growth_in_words(counts)


def test_readings_print_fully() -> None:
    """Text first: everything a reading knows is in its text."""
    assert str(Work(3, 40, 0, 2)) == "3 key operations, 40 steps, 0 bytes taken, 20 database steps"
    growth = measure_growth("scan", lambda n: KEYS[:n], lambda keys: missing() in keys, (50, 100, 200))
    assert "200" in str(growth)
    assert "doubling the input doubles the work" in str(growth)
