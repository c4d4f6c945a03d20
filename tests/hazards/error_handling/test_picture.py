"""Readings side by side: every outcome in its place, in text as well, and only the rows that differ where asked."""

from __future__ import annotations

from course_lib.hazards.error_handling.picture import fault_matrix
from course_lib.instruments.faults import Cell, FaultReading

ONE = FaultReading((Cell("good", "", "data", ""), Cell("HTML", "", "crash", "")))
OTHER = FaultReading((Cell("good", "", "data", ""), Cell("HTML", "", "declared error", "")))


def test_every_outcome_is_in_its_place() -> None:
    matrix = fault_matrix({"before": ONE, "after": OTHER}, title="Two clients")

    assert matrix.rows == ["good", "HTML"]
    assert matrix.columns == ["before", "after"]
    assert matrix.cells == [["data", "data"], ["crash", "declared error"]]
    assert (matrix.count("good"), matrix.count("bad")) == (3, 1)
    assert "✗ crash" in str(matrix)
    assert "Two clients" in str(matrix)


def test_rows_in_which_all_agree_can_be_left_out() -> None:
    matrix = fault_matrix({"before": ONE, "after": OTHER}, differing=True)

    assert matrix.rows == ["HTML"]
