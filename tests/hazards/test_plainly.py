from __future__ import annotations

import copy
import math
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.hazards.plainly import counted, first_wrong, raised, same, shown, then
from course_lib.reading import Check, failed, passed

SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(width=16) | st.text(max_size=2)
KEYS = st.recursive(SCALARS, lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=2), max_leaves=4)
PLAIN = st.recursive(
    SCALARS | st.sets(KEYS, max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@dataclass(frozen=True)
class Opaque:
    type_name: object


@given(PLAIN)
def test_a_value_is_the_same_as_itself_and_as_its_copy(value: Any) -> None:
    assert same(value, value)
    assert same(copy.deepcopy(value), value)


@given(PLAIN, PLAIN)
def test_sameness_has_no_direction(left: Any, right: Any) -> None:
    assert same(left, right) == same(right, left)


@given(PLAIN, PLAIN)
def test_what_is_the_same_is_equal_and_prints_alike(left: Any, right: Any) -> None:
    if same(left, right) and not any(isinstance(one, dict | set | frozenset | tuple | list) for one in (left, right)):
        assert repr(left) == repr(right)


@given(PLAIN, st.integers(0, 1_000))
def test_a_changed_leaf_is_always_seen(value: Any, which: int) -> None:
    leaves = count_leaves(value)
    changed = with_leaf_changed(value, [which % leaves])
    assert not same(changed, value)
    assert not same(value, changed)


def count_leaves(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(count_leaves, value.values()))
    return 1 + sum(map(count_leaves, value)) if isinstance(value, list | tuple) else 1


def with_leaf_changed(value: Any, turns: list[int]) -> Any:
    """A copy in which one place, counted depth first, holds a look-alike of what was there."""
    turns[0] -= 1
    if turns[0] == -1:
        return other_type(value)
    if isinstance(value, dict):
        return {key: with_leaf_changed(item, turns) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)([with_leaf_changed(item, turns) for item in value])
    return value


def other_type(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return float(value)
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value == int(value) else str(value)
    if isinstance(value, list):
        return tuple(value)
    return [value]


@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: [x], lambda x: {"a": (x,)}, lambda x: {x: 0}, lambda x: {x},
                                  lambda x: {(x, "a"): 0}, lambda x: {frozenset([x])}, Opaque])  # fmt: skip
def test_one_true_and_one_point_zero_are_three_values(wrap: Any) -> None:
    for value in (1, True, 1.0):
        assert [same(wrap(one), wrap(value)) for one in (1, True, 1.0)].count(True) == 1


def test_not_a_number_is_itself_and_zeros_have_signs() -> None:
    assert same([math.nan], [float("nan")])
    assert not same(0.0, -0.0)
    assert not same({"a": 1}, {"b": 1})
    assert not same({"a": None}, {"b": None})


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ({"raised": "KeyError", "message": "'x'", "line": 5}, "KeyError: 'x' in line 5"),
        ({"raised": "BdbQuit", "message": "", "line": 5}, "BdbQuit in line 5"),
        ({"raised": "ValueError", "message": "no", "line": None}, "ValueError: no"),
        ({"raised": "ValueError", "message": "", "line": None}, "ValueError"),
    ],
)
def test_an_exception_is_told_in_one_wording(outcome: dict[str, Any], words: str) -> None:
    assert raised(outcome) == words


def test_values_are_shown_in_one_length() -> None:
    assert shown("a") == "'a'"
    assert len(shown("a" * 500)) == 70
    assert shown(list(range(1000))).endswith("… (1,000 of them)")
    assert shown(["x" * 1000]).endswith("x…")
    assert shown("abcdefghij", 6) == "'abcd…"


def test_counts_bend_their_nouns() -> None:
    found = [
        counted(1, "query"),
        counted(0, "query"),
        counted(2, "day"),
        counted(1200, "user"),
        counted(2, "row", "rows"),
    ]
    assert found == ["1 query", "0 queries", "2 days", "1,200 users", "2 rows"]


def test_the_first_wrong_one_is_told_and_nothing_after_it_is_asked() -> None:
    assert first_wrong([None, "", "a", "b"]) == "a"
    assert first_wrong([None, ""]) is None
    assert first_wrong(iter(["a", *[]])) == "a"


def test_what_follows_a_failed_check_is_skipped() -> None:
    never: list[Check] = []
    wrong = then(failed("a", "", "", ""), lambda: never.append(passed("x")) or never, ("b", "c"), "a first")
    assert [(one.name, one.status) for one in wrong] == [("a", "fail"), ("b", "skipped"), ("c", "skipped")]
    assert never == []
    assert [one.name for one in then(passed("a"), lambda: [passed("b")], ("b",), "a first")] == ["a", "b"]
