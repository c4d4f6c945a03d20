"""What one operation of C over a container costs, in steps: one step is one item, or one letter, that it touches.

    x in xs, xs.index(x), text.find(part)   the items up to the one found; all of them where there is none
    count, remove, reverse, copy, ==        all items (== of two that differ: up to the difference)
    xs.pop(i), del xs[i]                    one; the items behind it, which move up, are counted apart (`moved_out`)
    xs.insert(i, x), insort                 one, or the search; the items that move are counted apart (`moved_in`)
    slices, +, *, f"…", join, encode, str   the length of what comes of it
    list(xs), set(xs), dict(xs), extend, update, sum, min, max    the length of what is read
    sorted(xs), xs.sort()                   n log n
    a & b of sets and views of a dict       the shorter; a - b of sets the first; a | b both, and a - b with a view
    a.intersection(b), isdisjoint, issubset the shorter of two sets; all of b, where it is a dict or anything else
    heappush, heappop, bisect               the logarithm
    +, |, <<, … of numbers                  the bytes of a number of more than eight
    a deque's xs[i]                         the blocks of 64 items between it and the nearer end
    a lookup in a dict or a set, append, len, xs[i]               one

Iterators are not charged by their length, which nobody knows, but item by item as they are read. A call into C that
stands in none of these tables is assumed to read its arguments once and to write its result once, and is counted apart
(`assumed`): a verdict that rests on an assumption is none.
What it can't see: what C does inside one item (a comparison of two long keys is one step), and what methods and
comparisons of very long numbers read.
"""

from __future__ import annotations

import _queue
import _thread
import array
import bisect
import collections
import functools
import heapq
import itertools
import math
import mmap
import operator
from collections.abc import Callable, Iterable, Iterator, Sized
from types import (
    BuiltinFunctionType,
    GeneratorType,
    MethodDescriptorType,
    MethodWrapperType,
    WrapperDescriptorType,
)
from typing import Any


class Tally:
    """The running counts; one for the process, since rewritten code has to find it from anywhere.

    Threads count at the same time. The interpreter goes from one to the next at calls and jumps alone, so nothing is
    lost where `+=` has no call on its right; what has to be found first is given to a method.
    """

    __slots__ = ("assumed", "keys", "moved_in", "moved_out", "sqlite", "steps", "unknown")

    def __init__(self) -> None:
        self.steps = self.moved_in = self.moved_out = self.assumed = self.keys = self.sqlite = 0
        self.unknown: dict[str, int] = {}

    def add_steps(self, many: int) -> None:
        self.steps += many

    def add_moved_in(self, many: int) -> None:
        self.moved_in += many

    def add_moved_out(self, many: int) -> None:
        self.moved_out += many


tally = Tally()
_LONG = 1 << 64
BLOCK = 64  # items of a deque that stand side by side
LETTERS_AT_ONCE = 32  # two texts are compared by the machine's words, and seldom to the end

_views: dict[Any, Any] = {}
_keys, _values, _items = (type(view) for view in (_views.keys(), _views.values(), _views.items()))
SEQUENCES = (list, tuple, collections.deque, array.array)
TEXTS = (str, bytes, bytearray)
_SETS, _SET_LIKE = (set, frozenset), (set, frozenset, _keys, _items)
HASHED = (dict, *_SET_LIKE)
SIZED: tuple[Any, ...] = (*SEQUENCES, *TEXTS, *HASHED, _values, range, memoryview, mmap.mmap)
ITERATORS = frozenset(
    {
        *map(type, map(iter, ([], (), "", b"", bytearray(), {}, set(), range(0), range(1 << 70), collections.deque()))),
        *map(type, (iter({}.values()), iter({}.items()), reversed([]), reversed({}), iter(int, 1))),
        *(map, filter, zip, enumerate, reversed),
        *(one for one in vars(itertools).values() if isinstance(one, type)),
    }
)
_C_CALLABLES = (BuiltinFunctionType, MethodDescriptorType, MethodWrapperType, WrapperDescriptorType)


_lengths: dict[type, Callable[[Any], int] | None] = dict.fromkeys(SIZED, len)  # by class; None: it has none


def length(value: Any) -> int:
    """How many items a container of the language has, whatever its class says; 0 for anything else."""
    kind = type(value)
    if kind not in _lengths:
        _lengths[kind] = next((base.__len__ for base in SIZED if issubclass(kind, base)), None)
    count = _lengths[kind]
    try:
        return 0 if count is None else count(value)
    except ValueError:  # a memory map that is closed, a view that is released
        return 0


_iterators = dict.fromkeys(ITERATORS, True)


def is_iterator(value: Any) -> bool:
    """Whether it is an iterator in C, which is counted by who reads it: a file is one. A generator counts itself."""
    kind = type(value)
    known = _iterators.get(kind)
    if known is None:
        in_c = type(getattr(kind, "__next__", None)) is WrapperDescriptorType
        known = _iterators[kind] = in_c and kind is not GeneratorType
    return known


def logarithm(count: int) -> int:
    return count.bit_length()


def each(iterable: Iterable[Any]) -> Iterator[Any]:
    """The same items, each counted as it is read."""
    return _each(iter(iterable))


def _each(iterator: Iterator[Any]) -> Iterator[Any]:
    for one in iterator:
        tally.steps += 1
        yield one


def read(value: Any) -> Any:
    """An argument that C is going to read through: charged by its length, or counted item by item."""
    if is_iterator(value):
        return each(value)
    tally.add_steps(length(value))
    return value


# --- operators ---------------------------------------------------------------------------------------------------


def contains(container: Any, value: Any) -> bool:
    """`value in container`, charged up to where it is found."""
    kind = type(container)
    if isinstance(container, SEQUENCES) and kind.__contains__ in _PLAIN_SEARCHES:
        return _found_in(container, value)
    if isinstance(container, TEXTS) and kind.__contains__ in _PLAIN_SEARCHES:
        at = container.find(value) if isinstance(value, TEXTS) else -1  # type: ignore[arg-type]  # of one kind
        tally.add_steps(at + 1 if at >= 0 else length(container))
    elif kind is _values or kind in _SEARCHED_ONE_BY_ONE or is_iterator(container):
        return value in each(container)
    elif kind is range:
        tally.add_steps(0 if isinstance(value, int) else length(container))
    elif not isinstance(container, HASHED):
        assume("in", container)
    tally.steps += 1
    return value in container


_SEARCHED_ONE_BY_ONE = (memoryview, mmap.mmap)
_PLAIN_SEARCHES = frozenset(kind.__contains__ for kind in (*SEQUENCES, *TEXTS))


def _found_in(container: Any, value: Any) -> bool:
    try:
        at = container.index(value)
    except ValueError:
        tally.add_steps(length(container))
        return False
    tally.steps += at + 1
    return True


def compared(left: Any, right: Any, result: Any) -> None:
    """Charges a comparison of two containers by what it had to look at."""
    many = min(length(left), length(right))
    if many < 2 or (result is True and left is right):
        tally.steps += 1
    elif isinstance(left, TEXTS):
        tally.steps += 1 + many // LETTERS_AT_ONCE
    elif isinstance(left, SEQUENCES) and isinstance(right, SEQUENCES):
        tally.add_steps(_alike_at_the_start(left, right))
    else:
        tally.steps += many


def _alike_at_the_start(left: Any, right: Any) -> int:
    alike = itertools.takewhile(lambda pair: pair[0] is pair[1] or pair[0] == pair[1], zip(left, right, strict=False))
    return 1 + sum(1 for _ in alike)


def combined(sign: str, left: Any, right: Any, result: Any) -> None:
    """Charges `left + right` and its like by the length of the result; an intersection by the shorter."""
    if (
        any(isinstance(one, _SET_LIKE) for one in (left, right))
        and isinstance(left, SIZED)
        and isinstance(right, SIZED)
    ):
        tally.add_steps(_of_sets(sign, left, right))
    elif isinstance(result, SIZED):
        tally.add_steps(length(result))
    elif isinstance(result, Sized):
        assume(sign, result)


def _of_sets(sign: str, left: Any, right: Any) -> int:
    """A view of a dict takes any iterable beside it and reads all of that, a set apart."""
    one, other = length(left), length(right)
    if sign == "BitAnd":
        return max((length(side) for side in (left, right) if not isinstance(side, _SET_LIKE)), default=min(one, other))
    return one if sign == "Sub" and isinstance(right, _SETS) else one + other


def calculated(number: Any) -> None:
    """Charges arithmetic by the bytes of a number that is longer than the machine's own."""
    if type(number) is int and not -_LONG < number < _LONG:
        tally.add_steps(number.bit_length() // 8)


def grown(sign: str, left: Any, right: Any) -> None:
    """Charges `left += right`: what is put in, where the container stays; all of it, where a new one is made."""
    if isinstance(left, (list, bytearray, collections.deque, array.array)) and sign == "Add":
        tally.add_steps(length(right))
    elif isinstance(left, (set, dict)):
        tally.add_steps(min(length(left), length(right)) if sign == "BitAnd" else length(right))
    else:
        tally.add_steps(length(left) + length(right))


def cut_out(container: Any, key: Any) -> None:
    """Charges `del container[key]` by what moves up behind it."""
    if isinstance(container, (list, bytearray, collections.deque, array.array)):
        tally.add_moved_out(_behind(length(container), key))


def put_between(container: Any, key: Any) -> None:
    """Notes what moves when a slice of a list is exchanged."""
    if isinstance(container, (list, bytearray, array.array)) and isinstance(key, slice):
        tally.add_moved_in(_behind(length(container), key))


def _behind(many: int, key: Any) -> int:
    start = key.indices(many)[0] if isinstance(key, slice) else key if isinstance(key, int) else many
    return max(0, many - (start if start >= 0 else many + start))


# --- methods and functions -----------------------------------------------------------------------------------------

Cost = Callable[[int, tuple[Any, ...], Any], int]  # the container's length before, the arguments, the result


def whole(before: int, _arguments: tuple[Any, ...], _result: Any) -> int:
    return before


def window(many: int, arguments: tuple[Any, ...]) -> tuple[int, int]:
    """Where a search among so many begins and ends: by its second and third argument, where these are numbers."""
    ends = slice(*(one if isinstance(one, int) else None for one in (*arguments[1:3], None, None)[:2]))
    start, end, _ = ends.indices(many)
    return start, max(start, end)


def until_found(before: int, arguments: tuple[Any, ...], result: Any) -> int:
    start, end = window(before, arguments)
    return (result + 1 if isinstance(result, int) and result >= 0 else end) - start


def up_to_found_from_the_end(before: int, arguments: tuple[Any, ...], result: Any) -> int:
    start, end = window(before, arguments)
    return end - (result if isinstance(result, int) and result >= 0 else start)


def _counted(before: int, arguments: tuple[Any, ...], _result: Any) -> int:
    start, end = window(before, arguments)
    return end - start


def result_made(_before: int, _arguments: tuple[Any, ...], result: Any) -> int:
    return length(result)


def _both(before: int, _arguments: tuple[Any, ...], result: Any) -> int:
    return max(before, length(result))


def arguments_read(_before: int, arguments: tuple[Any, ...], _result: Any) -> int:
    return sum(map(length, arguments))


def _whole_and_arguments(before: int, arguments: tuple[Any, ...], _result: Any) -> int:
    return before + sum(map(length, arguments))


def _met_in(kinds: tuple[type, ...]) -> Cost:
    """The shorter of two, where the other is of these kinds; of anything else all is read."""

    def cost(before: int, arguments: tuple[Any, ...], _result: Any) -> int:
        return sum(min(before, length(one)) if isinstance(one, kinds) else length(one) for one in arguments)

    return cost


def _left_over(before: int, arguments: tuple[Any, ...], _result: Any) -> int:
    """In a set or a plain dict what is left is looked up; anything else is read."""
    read = (one for one in arguments if not isinstance(one, _SETS) and type(one) is not dict)
    return before + sum(map(length, read))


def _sorting(before: int, _arguments: tuple[Any, ...], _result: Any) -> int:
    return before * logarithm(before)


def _moved_up(before: int, arguments: tuple[Any, ...], _result: Any) -> int:
    if arguments:
        tally.add_moved_out(_behind(before, arguments[0]))
    return 1


def _moved_on(before: int, arguments: tuple[Any, ...], _result: Any) -> int:
    if arguments:
        tally.add_moved_in(_behind(before, arguments[0]))
    return 1


def _turned(before: int, arguments: tuple[Any, ...], _result: Any) -> int:
    return min(before, abs(arguments[0])) if arguments and isinstance(arguments[0], int) else 1


def walked_to(before: int, arguments: tuple[Any, ...], _result: Any) -> int:
    """The blocks of a deque that lie between an item and the nearer end."""
    place = arguments[0] if isinstance(arguments[0], int) else 0
    return min(place % before, -place % before) // BLOCK if before else 0


def _joined(_before: int, arguments: tuple[Any, ...], result: Any) -> int:
    return length(result) + sum(map(length, arguments))


def table_of(*rows: tuple[Cost, str]) -> dict[str, Cost]:
    return {name: cost for cost, names in rows for name in names.split()}


_LIST = table_of(
    (until_found, "index"),
    (whole, "count remove reverse byteswap tofile copy __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __copy__"),
    (arguments_read, "extend __iadd__ extendleft fromlist frombytes"),
    (_sorting, "sort"),
    (_moved_up, "pop __delitem__"),
    (_moved_on, "insert"),
    (result_made, "__add__ __mul__ __rmul__ tolist tobytes __repr__ __str__"),
    (_turned, "rotate"),
)
_DEQUE = {**_LIST, **table_of((whole, "insert"), (walked_to, "__getitem__"))}
del _DEQUE["pop"]
_TEXT = table_of(
    (until_found, "find index"),
    (up_to_found_from_the_end, "rfind rindex"),
    (_counted, "count"),
    (
        whole,
        "isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace isupper",
    ),
    (
        _both,
        "replace split rsplit splitlines partition rpartition lower upper casefold swapcase title capitalize strip",
    ),
    (_both, "lstrip rstrip encode decode translate expandtabs center ljust rjust zfill removeprefix removesuffix hex"),
    (result_made, "__add__ __mul__ __rmul__ __mod__ format format_map __repr__ __str__ __format__ copy"),
    (arguments_read, "startswith endswith extend"),
    (_joined, "join"),
    (_moved_up, "pop"),
    (_moved_on, "insert"),
)
_SET = table_of(
    (_whole_and_arguments, "union symmetric_difference __or__ __xor__"),
    (_left_over, "difference __sub__"),
    (whole, "copy __eq__ __ne__ __le__ __lt__"),
    (_met_in(_SETS), "intersection intersection_update isdisjoint issubset __and__ __iand__"),
    (_met_in(HASHED), "issuperset"),
    (arguments_read, "update difference_update symmetric_difference_update __ior__ __isub__ __ixor__"),
)
_DICT = table_of(
    (whole, "copy __eq__ __ne__"),
    (arguments_read, "update fromkeys __ior__"),
    (_whole_and_arguments, "__or__ __ror__"),
)
_VIEW = table_of(
    (_whole_and_arguments, "__or__ __sub__ __xor__ __eq__ __le__ __ge__"),
    (_met_in(_SET_LIKE), "isdisjoint __and__"),
)
METHODS: dict[type, dict[str, Cost]] = {
    **dict.fromkeys((list, tuple, array.array), _LIST),
    collections.deque: _DEQUE,
    **dict.fromkeys(TEXTS, _TEXT),
    **dict.fromkeys((set, frozenset), _SET),
    dict: _DICT,
    **dict.fromkeys((_keys, _items), _VIEW),
}


def _first(cost: Callable[[int], int]) -> Cost:
    return lambda _before, arguments, _result: cost(length(arguments[0])) if arguments else 1


def _sorted_result(_before: int, _arguments: tuple[Any, ...], result: Any) -> int:
    return len(result) * logarithm(len(result))


def _sum(_before: int, arguments: tuple[Any, ...], _result: Any) -> int:
    """Of numbers, one each; of lists or tuples, each partial sum is copied."""
    items = arguments[0] if isinstance(arguments[0], SIZED) else ()
    return sum(itertools.accumulate(map(length, items))) + len(items)


def _into_order(_before: int, arguments: tuple[Any, ...], _result: Any) -> int:
    """A search by halves; then half of the items move, on the average."""
    many = length(arguments[0])
    tally.moved_in += many // 2
    return logarithm(many)


FUNCTIONS: dict[Any, Cost] = {
    **dict.fromkeys((list, tuple, set, frozenset, dict, bytes, bytearray, collections.deque), arguments_read),
    **dict.fromkeys(
        (collections.OrderedDict, dict.fromkeys, min, max, array.array, math.fsum, math.prod), arguments_read
    ),
    **dict.fromkeys((heapq.heapify, collections._count_elements), arguments_read),  # type: ignore[attr-defined]
    **dict.fromkeys((repr, ascii, str, format), result_made),
    **dict.fromkeys((heapq.heappush, heapq.heappop, heapq.heappushpop, heapq.heapreplace), _first(logarithm)),
    **dict.fromkeys((bisect.bisect_left, bisect.bisect_right), _first(logarithm)),
    **dict.fromkeys((bisect.insort_left, bisect.insort_right), _into_order),
    sorted: _sorted_result,
    sum: _sum,
    hash: arguments_read,
}
_BY_KIND = {
    "in": "contains",
    "read": "countOf indexOf",
    "combined": "add concat mul mod or_ and_ sub xor",
    "grown": "iadd iconcat ior",
    "compared": "eq ne lt le gt ge",
}
OPERATORS: dict[Any, str] = {
    getattr(operator, name): kind for kind, names in _BY_KIND.items() for name in names.split()
}
_READ_NOTHING = (itertools.repeat, itertools.count)
NOT_READ = frozenset({repr, ascii, str, format, hash})  # of an iterator they tell what it is
LAZY = (
    *(map, filter, zip, enumerate),
    *(one for one in vars(itertools).values() if isinstance(one, type) and one not in _READ_NOTHING),
)
STEPWISE = frozenset({any, all, functools.reduce, *LAZY})  # read item by item, as far as they have to
FREE = frozenset(
    {abs, callable, chr, delattr, dir, divmod, getattr, globals, hasattr, id, isinstance, issubclass, iter}
    | {len, locals, next, open, ord, pow, print, reversed, round, setattr, vars, int, float, bool, complex, object}
    | {range, slice, property, staticmethod, classmethod, super, type, operator.itemgetter, operator.attrgetter}
    | {operator.methodcaller, operator.getitem, operator.is_, operator.is_not, operator.not_, operator.truth}
    | {operator.index, functools.partial, collections.defaultdict, *_READ_NOTHING, memoryview, __import__}
)
FREE_KINDS = (operator.itemgetter, operator.attrgetter, functools._lru_cache_wrapper)
_LOCKS = (type(_thread.allocate_lock()), _thread.RLock, _queue.SimpleQueue)  # the last puts and gets one at a time
_FREE_OWNERS = (
    *(*ITERATORS, dict, set, frozenset, list, tuple, *TEXTS, collections.deque, int, float, type(None), type),
    *_LOCKS,
)


def assume(what: str, *touched: Any) -> None:
    """Counts a call into C that no table knows by what it could read and write, apart from what is known."""
    count = sum(_sized(one) for one in touched)
    if count:
        tally.assumed += count
        tally.unknown[what] = max(count, tally.unknown.get(what, 0))


def _sized(value: Any) -> int:
    """The length of a container, be it of the language or of a library in C."""
    if isinstance(value, SIZED):
        return length(value)
    return len(value) if type(getattr(type(value), "__len__", None)) is WrapperDescriptorType else 0


def cost_of_method(kind: type, name: str) -> Cost | None:
    """What a method in C of a container costs beyond one step; None where that is all."""
    for base in kind.__mro__:
        if base in METHODS and name in METHODS[base]:
            return METHODS[base][name]
    return None


def is_known(owner: Any) -> bool:
    """Whether the methods in C of an object are those of the language's own types, which the tables cover."""
    return isinstance(owner, _FREE_OWNERS)


def is_in_c(value: Any) -> bool:
    """Whether it is a callable in C that C will call itself, past all rewritten code: `map(names.index, …)`."""
    return isinstance(value, _C_CALLABLES) or type(value) in (functools.partial, operator.methodcaller)
