"""Plain data crosses unchanged; everything else crosses as Opaque, and nothing of a submission's is ever called."""

from __future__ import annotations

import collections
from typing import Any

import pytest

from course_lib.runner.wire import MAX_DEPTH, Opaque, pack, unpack

PLAIN: list[Any] = [
    None,
    True,
    0,
    -1,
    2**70,
    -(2**5000),
    1.5,
    float("inf"),
    -0.0,
    "",
    "é\ud800",
    b"\x00\xff",
    [],
    (),
    {},
    set(),
    [1, (2, [3])],
    {"a": {1, 2}, (1, "b"): None, 1.5: b""},
]


@pytest.mark.parametrize("value", PLAIN, ids=lambda value: ascii(value)[:30])
def test_plain_data_crosses_unchanged(value: Any) -> None:
    """Type and value are kept, a tuple stays a tuple and True is not 1."""
    crossed = unpack(pack(value))

    assert crossed == value
    assert type(crossed) is type(value)


def test_nan_crosses() -> None:
    """The one value that differs from itself is a float on both sides."""
    assert str(unpack(pack(float("nan")))) == "nan"


class EqualToAll:
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


class Lies:
    __class__ = property(lambda self: list)  # type: ignore[assignment]

    def __iter__(self) -> Any:
        raise AssertionError("a submission's method was called")


class Meta(type):
    def __instancecheck__(cls, instance: object) -> bool:
        raise AssertionError("a submission's method was called")

    @property
    def __name__(cls) -> str:  # type: ignore[override]
        raise AssertionError("a submission's method was called")


class WithMeta(metaclass=Meta):
    pass


@pytest.mark.parametrize("value", [EqualToAll(), Lies(), WithMeta(), WithMeta, len, 1j, iter(())], ids=ascii)
def test_what_is_not_plain_is_opaque_and_equal_to_nothing(value: Any) -> None:
    """An object that equals everything here equals nothing there."""
    crossed = unpack(pack([value]))[0]

    assert isinstance(crossed, Opaque)
    assert crossed not in ([], {}, 1, "x")


class ShoutingList(list[Any]):
    def __iter__(self) -> Any:
        raise AssertionError("a submission's method was called")

    def __eq__(self, other: object) -> bool:
        return True


class FakeInt(int):
    def __int__(self) -> int:
        return 42


def test_subclasses_cross_as_what_they_really_hold() -> None:
    """Content counts, overridden methods don't."""
    point = collections.namedtuple("point", "x y")(1, 2)

    assert unpack(pack([point, ShoutingList([1]), FakeInt(7)])) == [(1, 2), [1], 7]


def test_endless_nesting_ends() -> None:
    """A list that holds itself crosses, cut off."""
    loop: list[Any] = []
    loop.append(loop)
    text = pack(loop)

    assert text.count("[") == MAX_DEPTH
    assert "too deep" in text


def test_too_much_is_refused() -> None:
    """A flood of values is an error in words."""
    with pytest.raises(ValueError, match="too large"):
        pack([[0] * 2_000] * 2_000)


@pytest.mark.parametrize("text", ["{", '{"a":1,"b":2}', '{"f":"x"}', "[" * 100_000])
def test_malformed_text_is_refused(text: str) -> None:
    """What no pack has written raises, and is never taken for a value."""
    with pytest.raises((ValueError, RecursionError)):
        unpack(text)
