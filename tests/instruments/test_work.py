"""Counting work: silent on constant work, exact on planted scans, twice as much on inputs twice as large."""

from __future__ import annotations

import ast
import functools
import io
import json
import linecache
import mmap
import operator
import pickle
import queue
import re
import sqlite3
import struct
import subprocess
import sys
import unicodedata
from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from course_lib.instruments.what_ran import NothingMeasured
from course_lib.instruments.work import costs, hooks
from course_lib.instruments.work.operations import CountedNumber, CountedText, Work, count_work
from course_lib.instruments.work.scaling import growth_in_words, measure_growth

linecache.getlines(__file__)  # as it was imported, whatever becomes of the file while other tests run


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
    assert 500 <= work.steps < 2_000


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
        "scan = count_work(lambda: db.execute(\"select id from t where email = 'x'\").fetchall())[0].database\n"
        "key = count_work(lambda: db.execute('select id from t where id = 7').fetchall())[0].database\n"
        "assert scan > 2000 > 200 > key, (scan, key)\n"
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
    told = "3 key operations, 40 steps, 5 items moved, 20 database steps, 7 steps assumed"
    assert str(Work(3, 40, 2, 3, 20, 7)) == told
    growth = measure_growth("scan", lambda n: KEYS[:n], lambda keys: missing() in keys, (50, 100, 200))
    assert "200" in str(growth)
    assert "doubling the input doubles the work" in str(growth)


def in_a_thread(n: int) -> Any:
    numbers = list(range(n))
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(numbers.count, -1).result()


def joined(n: int) -> list[int]:
    found: list[int] = []
    for number in range(n):
        found = [*found, number]
    return found


def added(n: int) -> list[int]:
    found: list[int] = []
    for number in range(n):
        found = found + [number]  # noqa: RUF005  # the planted copy
    return found


def lengthened(n: int) -> str:
    text = ""
    for _ in range(n):
        text = text + "part"
    return text


def emptied_from_the_front(n: int) -> None:
    numbers = list(range(n))
    while numbers:
        numbers.pop(0)


def put_in_front(n: int) -> None:
    numbers: list[int] = []
    for number in range(n):
        numbers.insert(0, number)


def with_a_constant_hash(n: int) -> int:
    class Key(str):
        __slots__ = ()

        def __hash__(self) -> int:
            return 1

    return len({Key(number) for number in range(n)})


def made_by_a_text(n: int) -> bool:
    made: dict[str, Any] = {}
    exec("def scan(numbers):\n    return -1 in numbers", made)
    found: bool = made["scan"](list(range(n)))
    return found


PROPORTIONAL: dict[str, Callable[[int], Any]] = {
    "in a list": lambda n: -1 in list(range(n)),
    "in a tuple": lambda n: -1 in tuple(range(n)),
    "in a deque": lambda n: -1 in deque(range(n)),
    "in a text": lambda n: "zz" in "ab" * n,
    "in bytes": lambda n: b"zz" in b"ab" * n,
    "in the values of a dict": lambda n: -1 in dict.fromkeys(range(n), 0).values(),
    "in an iterator": lambda n: -1 in iter(range(n)),
    "a method by another name": lambda n: (lambda count: count(-1))(list(range(n)).count),
    "an unbound method": lambda n: list.count(list(range(n)), -1),
    "operator": lambda n: operator.contains(list(range(n)), -1),
    "indexOf": lambda n: operator.indexOf(list(range(n)), n - 1),
    "partial": lambda n: functools.partial(operator.contains, list(range(n)))(-1),
    "methodcaller": lambda n: operator.methodcaller("count", -1)(list(range(n))),
    "encode": lambda n: ("a" * n).encode(),
    "join": lambda n: "".join("a" for _ in range(n)),
    "slice": lambda n: list(range(n))[1:],
    "map in C": lambda n: any(map((-1).__eq__, range(n))),
    "filter": lambda n: next(filter(lambda number: number == -1, range(n)), None),
    "comprehension": lambda n: [number for number in range(n)],  # noqa: C416
    "star": lambda n: max(*range(n)),
    "equal lists": lambda n: list(range(n)) == list(range(n)),
    "sets": lambda n: set(range(n)) & set(range(n)),
    "f-string": lambda n: f"{list(range(n))}",
    "in a thread": in_a_thread,
    "a library in Python": lambda n: Counter(range(n)),
    "a text": lambda n: eval("[number for number in range(n)]", {}, {"n": n}),
    "a text, where the caller stands": lambda n: eval(" -1 in list(range(n))"),
    "a text without built-ins": lambda n: eval("-1 in numbers", {"__builtins__": {}, "numbers": list(range(n))}),
    "a function that a text makes": made_by_a_text,
    "a tree": lambda n: eval(compile(ast.parse("-1 in numbers", mode="eval"), "", "eval"), {"numbers": list(range(n))}),
    "texts, each run by C": lambda n: list(map(eval, [f"[0 for _ in range({n})]"])),
}


def read_by_place(n: int) -> int:
    numbers = deque(range(64 * n))
    return sum(numbers[place] for place in range(0, 64 * n, 64))


QUADRATIC: dict[str, Callable[[int], Any]] = {
    "read by place": read_by_place,
    "joined": joined,
    "added": added,
    "lengthened": lengthened,
    "emptied from the front": emptied_from_the_front,
    "put in front": put_in_front,
    "index of each": lambda n: list(map(list(range(n)).index, range(n))),
    "sum of lists": lambda n: sum([[number] for number in range(n)], []),  # noqa: RUF017  # the planted copies
    "constant hash": with_a_constant_hash,
}


@pytest.mark.parametrize("act", PROPORTIONAL.values(), ids=PROPORTIONAL)
def test_work_of_c_over_plain_values_is_counted(act: Callable[[int], Any]) -> None:
    """Four times the input makes four times the steps, however the scan is written."""
    few, many = (count_work(lambda n=n: act(n))[0].steps for n in (500, 2_000))  # type: ignore[misc]

    assert 3 < many / few < 5
    assert few >= 500


@pytest.mark.parametrize("act", QUADRATIC.values(), ids=QUADRATIC)
def test_copies_and_moves_are_counted(act: Callable[[int], Any]) -> None:
    """A square reads as a square."""
    growth = measure_growth("square", lambda n: n, act, (100, 400, 1_600))

    assert "four times the work" in growth.in_words, str(growth)


def nothing(_n: int) -> None:
    return None


async def a_coroutine(_n: int) -> None:
    return None


def a_generator(n: int) -> Iterator[int]:
    yield n


def at_once(n: int) -> None:
    raise LookupError(n)


@pytest.mark.parametrize("act", [a_coroutine, a_generator], ids=["coroutine", "generator"])
def test_what_never_ran_is_not_measured(act: Callable[[int], Any]) -> None:
    """A coroutine or a generator that is only made says so; it never reads as no work."""
    with pytest.raises(NothingMeasured, match=r"unmeasured: .* never ran"):
        measure_growth("work", lambda n: n, act)


def test_code_without_source_is_not_measured() -> None:
    """Nothing counted at all is no reading."""
    with pytest.raises(NothingMeasured, match="source"):
        measure_growth("work", lambda n: n, eval("lambda n: n"))


def test_a_call_that_only_looks_one_item_up_is_measured_and_does_not_grow() -> None:
    """It counts the call alone, as one that does nothing does: to call that unmeasured would accuse good code."""
    growth = measure_growth("work", lambda n: list(range(n)), lambda items: items[0])
    assert {work.steps for work in growth.by_size.values()} == {1}
    assert growth.in_words == "does not grow"


def test_what_the_call_raises_propagates() -> None:
    """A call that raises at once, or misses an argument, is no reading either."""
    with pytest.raises(LookupError):
        measure_growth("work", lambda n: n, at_once)
    with pytest.raises(TypeError):
        measure_growth("work", lambda n: n, lambda one, two: one)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize("sizes", [(), (5,), (5, 5), (0, 1), (-1, 5)])
def test_growth_needs_two_sizes(sizes: tuple[int, ...]) -> None:
    """Of one it would be said that it does not grow."""
    with pytest.raises(ValueError, match="two sizes at least, each of 1 or more"):
        measure_growth("work", lambda n: list(range(n)), sorted, sizes)


def test_work_on_nothing_that_grows_does_not_grow() -> None:
    """An input that is not touched costs the same at every size."""
    assert measure_growth("work", lambda n: list(range(n)), nothing).in_words == "does not grow"


def test_functions_have_their_own_code_afterwards() -> None:
    """The rewriting ends with the reading, also where the call raised."""
    before = [joined.__code__, at_once.__code__]
    count_work(lambda: joined(5))
    with pytest.raises(LookupError):
        count_work(lambda: at_once(1))

    assert [joined.__code__, at_once.__code__] == before


def of_a_file(content: str) -> io.StringIO:
    file = io.StringIO(content)
    file.seek(0)
    return file


def of_a_map(content: bytes) -> mmap.mmap:
    made = mmap.mmap(-1, len(content))
    made.write(content)
    return made


def position(items: list[int], item: int, start: int, end: int) -> int | None:
    try:
        return items.index(item, start, end)
    except ValueError:
        return None


THOUSAND = list(range(1_000))
LONG_QUEUE = deque(range(640_000))
NUMBERED = dict.fromkeys(range(4_000))
NUMBERS, IN_A_LIST = {*NUMBERED}, [*NUMBERED]
TEXT, PATTERN = "abc\n" * 1_000, re.compile("[xyz]+")
LINES, MAP, VIEW = of_a_file(TEXT), of_a_map(TEXT.encode()), memoryview(TEXT.encode())
PICKLED, JSON = pickle.dumps(list(range(4_000))), json.dumps(list(range(1_000)))
READ_BY_C: dict[str, Callable[[], Any]] = {
    "re.search": lambda: re.search("x", TEXT),
    "a pattern's search": lambda: PATTERN.search(TEXT),
    "a pattern's search, called by C": lambda: [*map(PATTERN.search, [TEXT])],
    "findall": lambda: PATTERN.findall(TEXT),
    "finditer": lambda: next(PATTERN.finditer(TEXT), None),
    "sub": lambda: PATTERN.sub("", TEXT),
    "split": lambda: PATTERN.split(TEXT),
    "find in a memory map": lambda: MAP.find(b"x"),
    "a memory map searched": lambda: re.search(b"x", MAP),
    "a memory map, byte by byte": lambda: b"x" in MAP,
    "a view, byte by byte": lambda: ord("x") in VIEW,
    "a view copied": lambda: VIEW.tobytes(),
    "a file read": lambda: of_a_file(TEXT).read(),
    "a file's lines": lambda: of_a_file(TEXT).readlines(),
    "pickle": lambda: pickle.loads(PICKLED),
    "pickle from a file": lambda: pickle.load(io.BytesIO(PICKLED)),
    "json": lambda: json.loads(JSON),
    "a set met by a dict": lambda: {-1}.intersection(NUMBERED),
    "a set apart from a dict": lambda: {-1}.isdisjoint(NUMBERED),
    "a set within a dict": lambda: {-1}.issubset(NUMBERED),
    "what a set has beyond keys": lambda: {-1} - NUMBERED.keys(),
    "keys met by a list": lambda: {-1: 0}.keys() & IN_A_LIST,
    "a list met by keys": lambda: IN_A_LIST & {-1: 0}.keys(),
    "the middle of a deque": lambda: LONG_QUEUE[320_000],
    "the middle of a deque, from its end": lambda: LONG_QUEUE.__getitem__(-320_001),
    "numbers appended to an array": lambda: array("q").extend(array("q", bytes(32_000))),
}


@pytest.mark.parametrize("read", READ_BY_C.values(), ids=READ_BY_C)
def test_what_c_reads_is_counted(read: Callable[[], Any]) -> None:
    """Each of them looks at about four thousand letters, bytes or items."""
    assert 3_000 <= count_work(read)[0].steps <= 40_000


LINE_BY_LINE: dict[str, Callable[[], Any]] = {
    "in a file": lambda: "x" in of_a_file(TEXT),
    "a set of a file": lambda: set(of_a_file(TEXT)),
    "a list of a file": lambda: list(of_a_file(TEXT)),
}


@pytest.mark.parametrize("read", LINE_BY_LINE.values(), ids=LINE_BY_LINE)
def test_a_file_read_line_by_line_is_a_step_a_line(read: Callable[[], Any]) -> None:
    assert 1_000 <= count_work(read)[0].steps <= 2_020


def handed_on(value: Any) -> Any:
    line: queue.SimpleQueue[Any] = queue.SimpleQueue()
    line.put(value)
    return line.get()


HARDLY_READ: dict[str, Callable[[], Any]] = {
    "found at the start": lambda: re.search("a", TEXT),
    "the first of many": lambda: next(re.finditer("a", TEXT)),
    "searched between two places": lambda: PATTERN.search(TEXT, 10, 20),
    "matched at the start": lambda: re.match("abc", TEXT),
    "counted between two places": lambda: TEXT.count("x", 10, 20),
    "looked for between two places": lambda: TEXT.find("x", 10, 20),
    "missed between two places": lambda: position(THOUSAND, 2_000, 5, 15),
    "a number in a range": lambda: 5_000 in range(4_000),
    "a part of a view": lambda: VIEW[1_000:],
    "a part of a range": lambda: range(4_000)[1_000:],
    "unpacked at its place": lambda: struct.unpack_from("q", MAP, 80),
    "read at its place": lambda: (MAP.seek(80), MAP.read(8)),
    "a piece of a memory map": lambda: MAP[80:88],
    "what an iterator is called": lambda: repr(iter(TEXT)),
    "handed on by a queue": lambda: handed_on(THOUSAND),
    "the ends of a deque": lambda: (LONG_QUEUE[0], LONG_QUEUE[70], LONG_QUEUE[-70], LONG_QUEUE[-1]),
    "a set within a set": lambda: {-1}.issubset(NUMBERS),
    "a set around a dict": lambda: {-1}.issuperset(NUMBERED),
    "what a set has beyond a dict": lambda: {-1}.difference(NUMBERED),
    "keys met by a set": lambda: NUMBERED.keys() & {-1},
    "keys apart from a list": lambda: NUMBERED.keys().isdisjoint([-1]),
    "keys met by keys": lambda: {-1: 0}.keys() & NUMBERED.keys(),
    "keys beyond a set": lambda: {-1: 0}.keys() - NUMBERS,
}


@pytest.mark.parametrize("read", HARDLY_READ.values(), ids=HARDLY_READ)
def test_what_c_does_not_read_is_not_counted(read: Callable[[], Any]) -> None:
    count_work(read)  # compiles its pattern
    work, _ = count_work(read)

    assert work.steps + work.assumed < 200


def test_a_match_that_fails_is_assumed_to_have_looked_at_all() -> None:
    work, _ = count_work(lambda: PATTERN.match(TEXT))

    assert work.steps < 10
    assert work.assumed == len(TEXT)


def test_unknown_c_is_assumed_to_read_what_it_is_given() -> None:
    """Counted apart, under its name, so that a verdict need not rest on it."""
    work, _ = count_work(lambda: unicodedata.normalize("NFC", "a" * 1_000))

    assert work.assumed >= 1_000
    assert work.steps < 2_000


@pytest.mark.parametrize("kind", ["steps", "moved_in", "moved_out"])
def test_threads_that_count_at_once_lose_nothing(kind: str) -> None:
    """However often the interpreter goes from one thread to the next."""
    charges: dict[str, Callable[[], object]] = {
        "steps": lambda: costs.read((1, 2, 3)),
        "moved_in": lambda: costs.put_between([1, 2, 3], slice(0, 0)),
        "moved_out": lambda: costs.cut_out([1, 2, 3], slice(0, 0)),
    }
    before, interval = getattr(costs.tally, kind), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            done = [pool.submit(lambda: [charges[kind]() for _ in range(5_000)]) for _ in range(4)]
    finally:
        sys.setswitchinterval(interval)

    assert [len(one.result()) for one in done] == [5_000] * 4
    assert getattr(costs.tally, kind) - before == 3 * 4 * 5_000


@pytest.mark.parametrize("sign", hooks.COMPARISONS)
def test_two_texts_cost_at_once_what_the_rule_for_containers_says(sign: str) -> None:
    """The comparison of two texts is charged where it is met, without a call: one rule, in two places."""
    every = [letter * many for many in (0, 1, 2, 15, 16, 17, 31, 32, 33, 1000) for letter in "ab"]
    every += [one[:-1] + "z" for one in every if len(one) > 1]
    charged = {}
    for left in every:
        for right in (*every, "".join([*left])):  # equal, and perhaps not the same
            before = costs.tally.steps
            result = hooks.Hooks.compare(left, right, sign)
            met, before = costs.tally.steps - before, costs.tally.steps
            costs.compared(left, right, result)
            charged[left, right, left is right] = met, costs.tally.steps - before

    assert all(met == ruled for met, ruled in charged.values())
    assert len({met for met, _ in charged.values()}) > 2
