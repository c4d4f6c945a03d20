"""How much work a piece of code does, as counts that are the same on every machine, and how that grows with its input.

*Steps*: the code's source is rewritten as it runs, and each turn of a loop, each call and each operation of C over a
container is charged what it costs (`costs` has the table): `in` a list costs the items up to the one that is found,
a slice what it copies, sorting n log n. Libraries in Python are rewritten as they are called, and work in other
threads counts as well. *Key operations*: every comparison, hash or derived text of ids and e-mails that count
themselves, which tells whose comparisons they are. SQLite's work is counted in its virtual machine's steps. Growth is
judged by the counts at several sizes, never by the clock: processor time of the same right answer was seen to grow
30-fold for 8-fold input on a busy machine.

What it can't see: code whose source can't be read or has changed since it was imported, except through keys that
count; and a call into C that no table knows is assumed to read what it is given once (`assumed`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from course_lib.instruments.seams.sqlite import STEPS_A_TICK, Listener, begin, listening
from course_lib.instruments.what_ran import must_have_run
from course_lib.instruments.work import adopting
from course_lib.instruments.work.costs import tally

_COMPARISONS = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__")
_TEXT = (
    "__str__ __repr__ __format__ __add__ __mul__ __mod__ __contains__ __getitem__ __iter__ __len__ capitalize "
    "casefold center count encode endswith find index isalnum isalpha isascii lower lstrip partition "
    "removeprefix removesuffix replace rfind rindex rpartition rsplit rstrip split startswith strip swapcase "
    "title translate upper"
)
_NUMBER = (
    "__int__ __index__ __float__ __str__ __repr__ __format__ __add__ __radd__ __sub__ __rsub__ __mul__ "
    "__rmul__ __mod__ __floordiv__ __and__ __or__ __xor__ __neg__ __abs__ __bool__ bit_length to_bytes"
)


@dataclass(frozen=True)
class Work:
    """What one piece of code did; `assumed` are steps of calls into C that no table knows."""

    keys: int = 0
    steps: int = 0
    moved_in: int = 0
    moved_out: int = 0
    database: int = 0
    assumed: int = 0

    @property
    def moved(self) -> int:
        """Items that moved in a list, since one was put in or taken out before them."""
        return self.moved_in + self.moved_out

    def __str__(self) -> str:
        more = ((self.moved, "items moved"), (self.database, "database steps"), (self.assumed, "steps assumed"))
        told = [f"{count:,} {what}" for count, what in more if count]
        return ", ".join([f"{self.keys:,} key operations, {self.steps:,} steps", *told])


def _counting(name: str, base: type, wrap: Callable[[Any], Any]) -> Callable[..., Any]:
    plain = getattr(base, name)

    def method(self: Any, *arguments: Any) -> Any:
        tally.keys += 1
        return wrap(plain(self, *arguments))

    method.__name__ = name
    return method


class CountedText(str):
    """A text that counts every comparison, hash and derivation; what is derived from it counts as well."""

    __slots__ = ()


class CountedNumber(int):
    """An integer that counts every comparison, hash and derivation."""


def _count_in(kind: type, base: type, names: Sequence[str]) -> None:
    def wrap(value: Any) -> Any:
        return kind(value) if type(value) is base else value

    for name in names:
        setattr(kind, name, _counting(name, base, wrap))


_count_in(CountedText, str, (*_COMPARISONS, *_TEXT.split()))
_count_in(CountedNumber, int, _COMPARISONS)
for _name in _NUMBER.split():
    setattr(CountedNumber, _name, _counting(_name, int, lambda value: value))


class _Ticks(Listener):
    """Counts the steps of SQLite's virtual machine, on every connection that is opened from now on."""

    def ticked(self) -> None:
        tally.sqlite += 1


_ticks = _Ticks()


def count_database_steps() -> None:
    """From now on the steps of every SQLite connection that this process opens are counted."""
    begin(_ticks)


@contextmanager
def counting_database_steps() -> Iterator[Callable[[], Work]]:
    """Counts them while the block runs; what it gives tells the count so far."""
    before = tally.sqlite
    with listening(_ticks):
        yield lambda: Work(database=(tally.sqlite - before) * STEPS_A_TICK)


def work_until_now() -> Work:
    """The running counts of this process."""
    database = tally.sqlite * STEPS_A_TICK
    return Work(tally.keys, tally.steps, tally.moved_in, tally.moved_out, database, tally.assumed)


def work_since(before: Work) -> Work:
    """What was counted since then."""
    now = work_until_now()
    return Work(*(getattr(now, name) - getattr(before, name) for name in Work.__dataclass_fields__))


def count_work(action: Callable[[], Any], steps: bool = True) -> tuple[Work, Any]:
    """The work that a call did, and what it returned. What it raises propagates.

    Key operations are counted where the keys are `CountedText` or `CountedNumber`. Without `steps`, key operations and
    SQLite's steps alone are counted: at nearly no cost, and therefore also where millions are expected.
    NothingMeasured where the call only made a coroutine or a generator, which never ran.
    """
    if not steps:
        return _counted(action)
    with adopting.rewritten([action]):
        return _counted(action)


def _counted(action: Callable[[], Any]) -> tuple[Work, Any]:
    before = work_until_now()
    result = action()
    work = work_since(before)
    must_have_run("the call", result)
    return work, result
