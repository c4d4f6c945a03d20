"""How much work a piece of code does, as counts that are the same on every machine, and how that grows with its input.

Three counts together, since each is blind where another sees. *Key operations*: every comparison, hash or derived
text of ids and e-mails that count themselves; sees `in list`, which is one instruction, and sorting. *Steps*: bytecode
instructions executed (`sys.settrace` on 3.11, `sys.monitoring` later); sees loops over derived values. *Bytes*: memory
that was taken in large pieces, summed instruction by instruction (`tracemalloc`); sees copies that C makes in one.
SQLite's work is counted in its virtual machine's steps. Growth is judged by the ratio of counts between sizes, never by
the clock: processor time of the same right answer was seen to grow 30-fold for 8-fold input on a busy machine.

What it can't see: a loop inside C over plain values that calls back into no key and takes no memory, such as searching
one long text, or moving a list's items when its first is taken out.
"""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from threading import get_ident
from types import CodeType, FrameType
from typing import Any

from course_lib.instruments.seams.sqlite import STEPS_A_TICK, Listener, begin, listening

_COMPARISONS = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__")
_TEXT = [
    "__str__",
    "__repr__",
    "__format__",
    "__add__",
    "__mul__",
    "__mod__",
    "__contains__",
    "__getitem__",
    "__iter__",
    "__len__",
    "capitalize",
    "casefold",
    "center",
    "count",
    "encode",
    "endswith",
    "find",
    "index",
    "isalnum",
    "isalpha",
    "isascii",
    "lower",
    "lstrip",
    "partition",
    "removeprefix",
    "removesuffix",
    "replace",
    "rfind",
    "rindex",
    "rpartition",
    "rsplit",
    "rstrip",
    "split",
    "startswith",
    "strip",
    "swapcase",
    "title",
    "translate",
    "upper",
]
_NUMBER = [
    "__int__",
    "__index__",
    "__float__",
    "__str__",
    "__repr__",
    "__format__",
    "__add__",
    "__radd__",
    "__sub__",
    "__rsub__",
    "__mul__",
    "__rmul__",
    "__mod__",
    "__floordiv__",
    "__and__",
    "__or__",
    "__xor__",
    "__neg__",
    "__abs__",
    "__bool__",
    "bit_length",
    "to_bytes",
]

SMALLEST_COPY = 512  # bytes; what calls take and give back at once is not work of interest


@dataclass(frozen=True)
class Work:
    """What one piece of code did: key operations, steps, bytes taken in large pieces, SQLite steps (in tens)."""

    keys: int = 0
    steps: int = 0
    taken: int = 0
    sqlite: int = 0

    def __str__(self) -> str:
        database = f", {self.sqlite * STEPS_A_TICK:,} database steps" if self.sqlite else ""
        return f"{self.keys:,} key operations, {self.steps:,} steps, {self.taken:,} bytes taken{database}"


class _Tally:
    """The running counts; one for the process, since keys and database hooks have to find it."""

    __slots__ = ("keys", "memory", "sqlite", "steps", "taken", "thread")

    def __init__(self) -> None:
        self.keys = self.steps = self.sqlite = self.memory = self.taken = self.thread = 0


_tally = _Tally()


def _counting(name: str, base: type, wrap: Callable[[Any], Any]) -> Callable[..., Any]:
    plain, tally = getattr(base, name), _tally

    def method(self: Any, *arguments: Any) -> Any:
        tally.keys += 1
        return wrap(plain(self, *arguments))

    method.__name__ = name
    return method


_OWN_CODE = _counting("__eq__", int, lambda value: value).__code__  # shared by all, no step of the code


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


_count_in(CountedText, str, (*_COMPARISONS, *_TEXT))
_count_in(CountedNumber, int, _COMPARISONS)
for _name in _NUMBER:
    setattr(CountedNumber, _name, _counting(_name, int, lambda value: value))


class _Ticks(Listener):
    """Counts the steps of SQLite's virtual machine, on every connection that is opened from now on."""

    def ticked(self) -> None:
        _tally.sqlite += 1


_ticks = _Ticks()


def count_database_steps() -> None:
    """From now on the steps of every SQLite connection that this process opens are counted."""
    begin(_ticks)


@contextmanager
def counting_database_steps() -> Iterator[Callable[[], Work]]:
    """Counts them while the block runs; what it gives tells the count so far."""
    before = _tally.sqlite
    with listening(_ticks):
        yield lambda: Work(sqlite=_tally.sqlite - before)


@contextmanager
def _counting_steps() -> Iterator[None]:
    """Counts bytecode instructions of every frame that is entered inside the block."""
    if sys.version_info >= (3, 12):
        with _monitored():
            yield
        return
    before = sys.gettrace()
    sys.settrace(_trace_call)
    try:
        yield
    finally:
        sys.settrace(before)


def _trace_call(frame: FrameType, _event: str, _argument: Any) -> Any:
    if frame.f_code is _OWN_CODE:
        return None
    frame.f_trace_opcodes, frame.f_trace_lines = True, False
    return _trace_opcode


def _trace_opcode(_frame: FrameType, event: str, _argument: Any) -> Any:
    if event == "opcode":
        _count_step()
    return _trace_opcode


_traced_memory = tracemalloc.get_traced_memory


def _count_step() -> None:
    """One instruction more, and the memory that the one before has taken."""
    tally = _tally
    tally.steps += 1
    memory = _traced_memory()[0]
    if memory - tally.memory >= SMALLEST_COPY:
        tally.taken += memory - tally.memory
    tally.memory = memory


@contextmanager
def _monitored() -> Iterator[None]:
    monitoring = sys.monitoring  # type: ignore[attr-defined,unused-ignore]  # 3.12 and later
    tool = next(number for number in (3, 4, 2) if monitoring.get_tool(number) is None)
    instruction = monitoring.events.INSTRUCTION
    monitoring.use_tool_id(tool, "course operations")
    monitoring.register_callback(tool, instruction, _count_instruction)
    monitoring.set_events(tool, instruction)
    try:
        yield
    finally:
        monitoring.set_events(tool, 0)
        monitoring.register_callback(tool, instruction, None)
        monitoring.free_tool_id(tool)


def _count_instruction(code: CodeType, _offset: int) -> Any:
    if code is _OWN_CODE:
        return sys.monitoring.DISABLE  # type: ignore[attr-defined,unused-ignore]  # 3.12 and later
    if get_ident() == _tally.thread:  # events come from every thread, a notebook's own among them
        _count_step()
    return None


def count_work(action: Callable[[], Any], steps: bool = True) -> tuple[Work, Any]:
    """The work that a call did, and what it returned. What it raises propagates.

    Key operations are counted where the keys are `CountedText` or `CountedNumber`. Without `steps`, key operations and
    SQLite's steps alone are counted: at nearly no cost, and therefore also where millions are expected.
    """
    with _watching_instructions() if steps else nullcontext():
        tally = _tally
        keys, seen, taken, sqlite = tally.keys, tally.steps, tally.taken, tally.sqlite
        result = action()
        return Work(tally.keys - keys, tally.steps - seen, tally.taken - taken, tally.sqlite - sqlite), result


@contextmanager
def _watching_instructions() -> Iterator[None]:
    """Counts the steps of this thread, and the memory that each of them takes."""
    with _counting_steps():
        tracemalloc.start()
        try:
            _tally.memory, _tally.thread = _traced_memory()[0], get_ident()
            yield
        finally:
            tracemalloc.stop()
