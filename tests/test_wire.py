"""Plain data crosses unchanged; everything else crosses as Opaque, and nothing of a submission's is ever called."""

from __future__ import annotations

import collections
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.hazards.plainly import same
from course_lib.wire import MAX_DEPTH, Opaque, alike, frozen, pack, packed_list, unpack

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


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-3, 3)
    | st.floats()
    | st.text(st.characters(), max_size=5)
    | st.binary(max_size=3)
)
KEYS = st.text(max_size=3) | st.integers() | st.tuples(st.booleans(), st.text(max_size=2))
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=4)
        | st.sets(st.tuples(st.integers(), st.text(max_size=2)) | st.integers(), max_size=3)
        | st.lists(st.tuples(st.integers(), st.text(max_size=2), st.none()), max_size=4)
        | st.lists(st.dictionaries(st.text(max_size=2), LEAVES, max_size=3), max_size=3)
    ),
    max_leaves=20,
)


@given(ANYTHING)
def test_whatever_is_plain_crosses_with_its_types(value: Any) -> None:
    """At any depth, whichever way it is packed; and so does a frozen copy."""
    assert same(unpack(pack(value)), value)
    assert same(unpack(pack(frozen(value))), value)
    assert alike(frozen(value), frozen(value))
    assert same(unpack(pack(packed_list([pack(value), pack(1)]))), [value, 1])


@given(ANYTHING, ANYTHING)
def test_two_values_are_alike_only_if_they_are_the_same(one: Any, other: Any) -> None:
    """As strict as the graders are."""
    assert alike(frozen(one), frozen(other)) == same(one, other) or isinstance(one, set)


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
    def __hash__(cls) -> int:
        raise AssertionError("a submission's method was called")

    def __eq__(cls, other: object) -> bool:
        raise AssertionError("a submission's method was called")

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


class ShoutingKey:
    quiet = True

    def __hash__(self) -> int:
        assert self.quiet, "a submission's method was called"
        return 7

    def __eq__(self, other: object) -> bool:
        assert self.quiet, "a submission's method was called"
        return self is other


def test_keys_are_not_asked_anything() -> None:
    """Neither their hash nor whether they are equal."""
    value = {ShoutingKey(): 1, ShoutingKey(): 2}
    ShoutingKey.quiet = False
    try:
        text = pack([value, {"rows": [value]}])
    finally:
        ShoutingKey.quiet = True

    assert text.count("ShoutingKey") == 4


def test_a_frozen_copy_stays_as_it_was() -> None:
    """Also where the value holds what is not plain, or is a subclass."""
    values: list[Any] = [[1, [2]], ShoutingList([1, [2]]), [1, object(), [2]], {"a": {1}, "b": [len]}]
    for value in values:
        copy, again = frozen(value), frozen(value)
        assert alike(copy, again)
        value["c" if isinstance(value, dict) else slice(0, 0)] = [3]
        assert not alike(copy, frozen(value))


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


def test_a_value_shared_over_and_over_ends() -> None:
    """Forty lists, each twice in the next, would be a million million values."""
    value: list[Any] = []
    for _ in range(40):
        value = [value, value]
    copy = frozen(value)

    with pytest.raises(ValueError, match="too large"):
        pack(copy)


def test_too_much_is_refused() -> None:
    """A flood of values is an error in words."""
    with pytest.raises(ValueError, match="too large"):
        pack([[0] * 2_000] * 2_000)


@pytest.mark.parametrize("text", ["{", '{"a":1,"b":2}', '{"i":"x"}', "[" * 100_000])
def test_malformed_text_is_refused(text: str) -> None:
    """What no pack has written raises, and is never taken for a value."""
    with pytest.raises((ValueError, RecursionError)):
        unpack(text)
