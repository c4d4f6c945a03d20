"""A table of text: columns that line up, figures to the right, and the same text each time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.reading import figure, table

CELLS = st.none() | st.booleans() | st.integers() | st.floats() | st.text("ab 1,.%×-é", max_size=6)


def test_figures_stand_to_the_right_under_their_name_and_words_to_the_left() -> None:
    rows = [["size", "", "growth"], [64, 8.25, "none"], [1024, 1_000_000, "in proportion"]]

    head, first, second = table(rows).split("\n")
    assert head == " size             growth"
    assert first == "   64       8.25  none"
    assert second == "1,024  1,000,000  in proportion"


def test_rows_without_names_line_up_as_well() -> None:
    assert table([["plain", 7], ["union all", 12]], indent="  ") == "  plain       7\n  union all  12"


@pytest.mark.parametrize("figure", ["12", "1,024", "-0.5", "−3", "1e+06", "35 %", "3.5×", ".5"])
def test_a_text_that_reads_as_a_figure_is_one(figure: str) -> None:
    assert table([["a long name"], [figure]]).splitlines()[1] == figure.rjust(11)


@pytest.mark.parametrize("word", ["-", "2 users", "v1.2.3", "12:30", "1 of 3", "%"])
def test_a_text_that_only_begins_with_a_figure_is_a_word(word: str) -> None:
    assert table([["a long name"], [word]]).splitlines()[1] == word


def test_one_word_makes_a_column_of_words_and_a_blank_does_not() -> None:
    assert table([["found"], [1], ["none"]]) == "found\n1\nnone"
    assert table([["found"], [1], [None], [""]]) == "found\n    1\n\n"


def test_rows_of_different_lengths_and_no_rows_at_all() -> None:
    assert table([["a"], ["b", 1]]) == "a\nb  1"
    assert table([]) == table(iter([])) == ""


def test_true_is_a_word() -> None:
    assert table([["held by the code"], [True]]).splitlines()[1] == "True"


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5))
def test_there_is_a_line_a_row_and_no_blank_at_an_end(rows: list[list[object]]) -> None:
    lines = table(rows).split("\n") if rows else []

    assert len(lines) == len(rows)
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "0"), (1, "1"), (1.0, "1"), (-0.0004, "0"), (2.5, "2.5"), (0.04, "0.04"), (5612.34, "5,612"), (-3, "-3")],
)
def test_a_number_in_a_sentence_is_plain(value: float, told: str) -> None:
    assert figure(value) == told


@given(st.floats(-1e12, 1e12))
def test_no_number_is_told_with_an_exponent_or_as_minus_nothing(value: float) -> None:
    assert set(figure(value)) <= set("-,.0123456789")
    assert figure(value) != "-0"
