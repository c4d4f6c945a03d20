"""The reviewing form: three steps, the list underneath, the same by mouse, by keyboard and without a page."""

from __future__ import annotations

import ast

import pytest

from course_lib.hazards.defence.review_form import GOOD, NOT_YET, QUESTIONS, ReviewForm
from course_lib.syllabus import HAZARDS


def pressed(form: ReviewForm, lines: tuple[int, ...], hazard: str) -> ReviewForm:
    form.lines.value, form.hazard.value = lines, hazard
    form.keep.click()
    return form


def test_lines_and_a_hazard_make_a_finding() -> None:
    form = pressed(pressed(ReviewForm(), (86, 87), "sql_injection"), (40,), "data_structures")

    assert form.findings == [(86, 87, "sql_injection"), (40, 40, "data_structures")]
    assert (form.lines.value, form.hazard.value) == ((), "")
    assert form.told == "Added: line 40, data_structures."


def test_the_list_underneath_is_python() -> None:
    form = pressed(ReviewForm(), (86, 87), "sql_injection")

    [assignment] = ast.parse(form.as_code()).body
    assert isinstance(assignment, ast.Assign)
    assert ast.literal_eval(assignment.value) == form.findings
    assert form.kept.value == form.as_code()
    assert form.as_code() in str(form)


@pytest.mark.parametrize(
    ("lines", "hazard", "told"),
    [((), "sql_injection", "Choose the lines first."), ((86,), "", "Choose the hazard first.")],
)
def test_half_a_finding_is_asked_for(lines: tuple[int, ...], hazard: str, told: str) -> None:
    form = pressed(ReviewForm(), lines, hazard)
    assert (form.findings, form.told) == ([], told)


def test_what_is_good_has_no_findings_and_the_list_says_so() -> None:
    form = ReviewForm()
    form.verdict.value = GOOD
    assert pressed(form, (86,), "sql_injection").findings == []
    assert NOT_YET in form.told
    form.add(86, 87, "sql_injection")
    form.verdict.value = NOT_YET
    form.verdict.value = GOOD
    assert form.told == "The list holds 1, and it is what counts."


def test_the_last_one_can_be_taken_out() -> None:
    form = pressed(ReviewForm(), (86,), "sql_injection")
    form.drop.click()
    assert (form.findings, form.told) == ([], "Taken out: line 86, sql_injection.")
    form.drop.click()
    assert form.told == "The list is empty."


@pytest.mark.parametrize(("first", "last", "hazard"), [(0, 1, "sql_injection"), (9, 3, "sql_injection"), (1, 2, "x")])
def test_a_finding_that_makes_no_sense_is_refused(first: int, last: int, hazard: str) -> None:
    with pytest.raises(ValueError, match=r"lines 1 to|no hazard"):
        ReviewForm().add(first, last, hazard)


@pytest.mark.parametrize("name", ["lockers", "rooms", "tools"])
def test_every_line_is_there_in_text_page_and_list_box(name: str) -> None:
    form = ReviewForm(name)
    lines = form.text.splitlines()
    assert [number for _, number in form.lines.options] == list(range(1, len(lines) + 1))
    assert all(line.strip() in str(form) for line in lines)
    assert "text/html" in form.static_bundle()
    assert "<script" not in form.to_html()
    assert form._repr_mimebundle_()["text/plain"] == str(form)


def test_the_form_asks_for_the_hazards_of_the_course() -> None:
    assert tuple(QUESTIONS) == HAZARDS
