from __future__ import annotations

import binascii
import hashlib
import unicodedata
import zlib
from collections.abc import Callable
from functools import reduce

from course_lib.hazards import families


def test_a_family_of_texts_holds_every_neighbour_once() -> None:
    found = families.texts("Ana")
    assert len(found) == len(set(found)) >= 80
    assert {"", "ana", "ANA", "Ana ", " Ana", "An", "na", "AnaAna", "A'na", "A%na", "0", "null"} <= set(found)
    assert all("\0" not in text and text.encode().decode() == text for text in found)
    assert max(map(len, found)) <= families.LONG
    assert max(map(len, families.texts("Ana", longest=100))) <= 100


def test_two_forms_of_an_accent_look_the_same_and_are_not() -> None:
    composed, decomposed = families.accented("Ana")
    assert composed != decomposed
    assert unicodedata.normalize("NFD", composed) == decomposed
    assert {composed, decomposed} <= set(families.texts("Ana"))


def test_whole_numbers_lie_between_their_bounds() -> None:
    assert {0, -1, 255, 256, 257, 2**53 + 1, -(2**63), 2**63 - 1} <= set(families.whole_numbers())
    assert min(families.whole_numbers(least=1)) == 1
    assert max(families.whole_numbers(most=1000)) == 1000


def test_look_alikes_are_equal_or_print_alike_and_are_of_other_types() -> None:
    assert families.look_alikes(1) == [True, 1.0, "1", b"1", [1], (1,), {1: 1}]
    assert families.look_alikes(2)[:2] == [2.0, "2"]
    assert int not in map(type, families.look_alikes(1))


def test_sequences_repeat_near_and_far() -> None:
    found = families.sequences([3, 1, 2])
    assert [] in found
    assert [3, 3] in found
    assert [3, 1, 2, 3] in found
    assert [1, 2, 3] in found
    assert [3, 2, 1] in found


def test_each_way_of_handing_over_gives_the_items() -> None:
    assert all(list(make([3, 1, 2])) == [3, 1, 2] for make in families.HANDED_OVER.values())


def test_a_caller_changes_all_that_can_be_changed() -> None:
    answer = [{"tags": ["a"]}, ({"x": 1},)]
    families.changed(answer)
    mark = "changed by the caller"
    assert answer == [{"tags": ["a", mark], mark: True}, ({"x": 1, mark: True},), mark]


def test_whatever_is_returned_can_be_changed_once() -> None:
    """Within tuples and dicts, a hundred thousand deep, and where it holds itself."""
    inner: list[object] = [1]
    outer: list[object] = [({"rows": inner}, inner)]
    outer.append(outer)
    deep: list[object] = inner
    for _ in range(100_000):
        deep = [deep]

    families.changed(outer)
    families.changed(deep)

    assert outer[2:] == ["changed by the caller"]
    assert inner == [1, "changed by the caller", "changed by the caller"]
    assert deep[1:] == ["changed by the caller"]


def _multiplied(by: int, first: int) -> Callable[[bytes], int]:
    return lambda text: reduce(lambda found, byte: (by * found + byte) % 2**32, text, first)


def _fnv_1a(text: bytes) -> int:
    return reduce(lambda found, byte: (found ^ byte) * 0x01000193 % 2**32, text, 0x811C9DC5)


def _part_of(kind: str, part: slice) -> Callable[[bytes], bytes]:
    return lambda text: hashlib.new(kind, text).digest()[part]


CHECKSUMS: list[Callable[[bytes], object]] = [
    zlib.crc32,
    zlib.adler32,
    lambda text: binascii.crc_hqx(text, 0),
    _multiplied(31, 0),
    _multiplied(33, 5381),
    _fnv_1a,
    *(_part_of(kind, part) for kind in ("md5", "sha1", "sha256") for part in (slice(4), slice(-4, None))),
]


def test_each_pair_has_one_checksum() -> None:
    """Else a program that keeps the checksum alone would pass."""
    for checksum, (one, other) in zip(CHECKSUMS, families.SAME_CHECKSUM, strict=True):
        assert one != other and checksum(one.encode()) == checksum(other.encode())
