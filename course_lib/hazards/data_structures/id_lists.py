"""The pairs of lists that `common_ids` is asked about: few calls, each of many ids.

An answer may do anything in a call, and a judge who calls it a thousand times pays for that a thousand times. So what
can be asked together is: ids that look alike in one list, of which each call leaves another part out of the other list,
so that of any two ids there is a call where one is in both and the other is not; and short lists repeated near and far,
in blocks of ids of their own. Lists that are empty, equal, one and the same, short or sorted as a whole are asked
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product
from math import comb
from typing import Any

from course_lib.hazards.families import SAME_CHECKSUM, sequences, texts, whole_numbers

Ids = list[Any]
Pair = tuple[Ids, Ids]

_LONG = "n" * 300
NUMBERS = [*whole_numbers(), 10**30, -(10**30), 2**61 - 1, 2**61, *(2**64 + step for step in (-1, 0, 1, 2))]
TEXTS = [
    *texts("id", longest=300),
    *(f"{before}{_LONG}{after}" for before, after in (("", ""), ("", "a"), ("", "b"), ("a", ""), ("b", ""))),
    *(text for pair in SAME_CHECKSUM[:3] for text in pair),
    *("7", "07", "7.0", "+7", " 7", "7 ", "٧", "b'7'", "10", "9"),
]


def _spread(ids: Ids) -> Ids:
    """Each once, in an order that is neither sorted nor that of the families, and ends with what they begin with."""
    once = list(dict.fromkeys(ids))
    step = next(step for step in range(len(once) // 3, len(once)) if all(step % part for part in _parts(len(once))))
    return [once[(1 + at) * step % len(once)] for at in range(len(once))]


def _parts(number: int) -> list[int]:
    return [part for part in range(2, number + 1) if number % part == 0]


def leaving_out(ids: Ids) -> list[Ids]:
    """Parts of the ids so that for any two, either way round, there is one that holds the first and not the second."""
    many = next(many for many in range(2, len(ids) + 2) if comb(many, many // 2) >= len(ids))
    marks = list(zip(ids, combinations(range(many), many // 2), strict=False))
    return [[one for one, mark in marks if part in mark] for part in range(many)]


def _alike(ids: Ids) -> Iterator[Pair]:
    """All against all, then each part of them against all; the order of the parts and their lengths differ."""
    yield [*ids, *ids[::-1]], ids[::2] + ids[1::2]
    yield ids[::-1], ids
    for at, part in enumerate(leaving_out(ids)):
        yield (ids, ids[::-1])[at % 2], (part, part[::-1], [*part[:3], *part], part[::-1] * 2)[at % 4]


def _in_blocks(id_of: Callable[[Any, int], Any], lefts: Sequence[Ids], rights: Sequence[Ids]) -> Pair:
    """Every list of the first beside every one of the second, each pair with ids of its own."""
    blocks = list(enumerate(product(lefts, rights)))
    left = [id_of(one, at) for at, (ones, _) in blocks for one in ones]
    return left, [id_of(one, at) for at, (_, others) in blocks for one in others]


def _each_beside_another(kinds: Sequence[tuple[list[Ids], list[Ids]]]) -> Iterator[Pair]:
    """Every list of the family once as left and once as right, of each kind by turns."""
    many = len(kinds[0][0])
    for at in range(many):
        lefts, rights = kinds[at % len(kinds)]
        yield lefts[at], rights[(5 * at + 2) % many]


_FEW_NUMBERS = sequences([4, 1, 3]), sequences([3, 5, 4])
_FEW_TEXTS = sequences(["x", "Y", "y"]), sequences(["y", "X", "x"])

PAIRS: list[Pair] = [
    ([3, 1, 3, 2, 1], [1, 3, 3, 9]),
    (["b", "a", "B", "b"], ["B", "b", "c"]),
    ([], []),
    ([1], []),
    (["1", "", "10", " "], ["", "1 ", "10"]),
    ([], [1]),
    ([8], [9]),
    ([2, 2, 2], [2]),
    ([3, 1, 3, 2, 1], [3, 1, 3, 2, 1]),
    ([1, 1, 2, 3, 5], [5, 3, 1]),
    ([5, 4, 3, 2, 1], [1, 2, 3, 4, 5]),
    ([0, 1], [0]),
    ([""], [""]),
    (list(range(30)), [27, 3, 90, 12]),
    ([5, 0, -1, 3, -6, 1, 4, -3, 2], [-2, -6, 1, -4, -5]),  # small enough for a table, where -1 is the last place
    (list(range(300, 0, -1)), [1, 2, 299]),
    *_each_beside_another([_FEW_NUMBERS, _FEW_TEXTS]),
    _in_blocks(lambda one, at: 10 * at + one, *_FEW_NUMBERS),
    _in_blocks(lambda one, at: f"{one}{at}", *_FEW_TEXTS),
    *_alike(_spread(NUMBERS)),
    *_alike(_spread(TEXTS)),
]


def _long(ids: Ids) -> Pair:
    """Ids that come again when all others have been there, a third of them in left alone and a third in right."""
    third = len(ids) // 3
    left, right = ids[: 2 * third], ids[third:]
    return [*left, *left[::-2], *left], [*right[::-1], *right[::3]]


LONG_PAIRS: list[Pair] = [_long([f"id-{number * 7_919 % 12_007 - 6_000}" for number in range(3_900)])]
"""More ids, and further apart, than a table of bounded length remembers; asked once nothing grows too fast."""
_MANY = [f"id-{number * 7_919 % 12_007}" for number in range(5_200)]
LONG_LISTS: list[Pair] = [(_MANY, _MANY[::-1]), ([*_MANY[:9], *map(str.upper, _MANY[9:-9]), *_MANY[-9:]], _MANY[::-1])]
"""What two long lists hold, one after the other: alike in their lengths and at their ends."""
ONE_LIST_TWICE: Ids = [7, 2, 7, 1, 2]  # handed over as both arguments
