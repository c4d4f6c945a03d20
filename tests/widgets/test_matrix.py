"""A matrix says the same in text and in HTML, and no tone is told by colour alone."""

from __future__ import annotations

import pytest

from course_lib.widgets.matrix import Matrix, Tone

LEGEND: dict[str, tuple[Tone, str]] = {
    "leaked": ("bad", "foreign rows came back"),
    "refused": ("good", "the value stayed data"),
    "unused": ("note", "never seen"),
}


@pytest.fixture
def matrix() -> Matrix:
    return Matrix(
        ["quote", "<union>"], ["id", "status"], [["refused", "leaked"], ["12", "leaked"]], LEGEND, "T", "attack"
    )


def test_prints_as_an_aligned_table_with_the_legend_that_was_used(matrix: Matrix) -> None:
    assert str(matrix) == (
        "T\n\n"
        "attack   id         status\n"
        "-------  ---------  --------\n"
        "quote    ✓ refused  ✗ leaked\n"
        "<union>    12       ✗ leaked\n\n"
        "✗ leaked: foreign rows came back\n"
        "✓ refused: the value stayed data"
    )


def test_html_holds_every_word_of_the_text_with_headers_for_both_directions(matrix: Matrix) -> None:
    html = matrix.to_html()
    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == 2
    assert "&lt;union&gt;" in html
    assert html.count("✗ leaked") == 3
    assert "never seen" not in html


def test_the_same_matrix_gives_the_same_bundle(matrix: Matrix) -> None:
    assert matrix._repr_mimebundle_() == {"text/plain": str(matrix), "text/html": matrix.to_html()}


def test_cells_are_counted_by_tone(matrix: Matrix) -> None:
    assert [matrix.count(tone) for tone in ("good", "bad", "note", "plain")] == [1, 2, 0, 1]


@pytest.mark.parametrize("cells", [[], [["a", "b"]], [["a"], ["b"]]])
def test_a_shape_that_does_not_fit_is_refused(cells: list[list[str]]) -> None:
    with pytest.raises(ValueError, match="2 rows of 2 columns"):
        Matrix(["r", "s"], ["c", "d"], cells)
