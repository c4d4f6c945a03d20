"""The learner's own items: kept at the end of a lesson, gathered in lesson 9."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_lib.checklist import NONE_YET, own_checklist
from course_lib.exercise_files import ROOT, read_notebook, source_of
from course_lib.syllabus import LESSONS
from course_lib.widgets.own_items import LONGEST, MOST, OwnItems, items_in, own_items


@pytest.fixture(autouse=True)
def own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    return tmp_path / "progress.jsonl"


def test_before_anything_is_kept_it_is_said_where_to_do_so() -> None:
    assert str(own_checklist()) == NONE_YET
    assert NONE_YET in own_checklist().to_html()


def test_what_is_kept_in_the_lessons_is_gathered_in_their_order() -> None:
    own_items("03_error_handling", "Who hears of it?")
    form = OwnItems("01_resource_leaks")
    form.field.value = "Who closes <this>?\n\n  And  when it raises?  "
    form.keep.click()
    assert form.told == "Kept for lesson 9."
    assert str(own_checklist()).splitlines() == [
        "Resource leaks",
        "  [ ] Who closes <this>?",
        "  [ ] And when it raises?",
        "False-confidence error handling",
        "  [ ] Who hears of it?",
    ]
    assert "<li>Who closes &lt;this&gt;?</li>" in own_checklist().to_html()


def test_what_was_kept_last_counts_and_an_empty_text_takes_it_out() -> None:
    own_items("01_resource_leaks", "One")
    assert OwnItems("01_resource_leaks").field.value == "One"
    assert own_items("01_resource_leaks", "Two").kept == ["Two"]
    assert own_items("01_resource_leaks").kept == ["Two"]
    assert own_items("01_resource_leaks", " ").told == "Nothing is kept for this lesson."
    assert str(own_checklist()) == NONE_YET


def test_an_item_is_a_line_of_letters() -> None:
    assert items_in("a \x1b[31m b\na [31m b\n" + "x" * 999) == ["a b", "a [31m b", "x" * LONGEST]
    assert len(items_in("\n".join(map(str, range(99))))) == MOST


def test_a_form_without_a_kernel_holds_every_word() -> None:
    form = own_items("01_resource_leaks", "Who closes it?")
    for word in ("What will you ask", "Who closes it?", "Kept for lesson 9."):
        assert word in str(form)
        assert word in form.to_html()


@pytest.mark.parametrize("damaged", [{}, {"lesson": "01_resource_leaks"}, {"lesson": 1, "text": []}])
def test_damaged_lines_are_passed_over(own_progress: Path, damaged: dict[str, object]) -> None:
    own_progress.write_text(json.dumps({"kind": "checklist_items", **damaged}) + "\n", encoding="utf-8")
    assert str(own_checklist()) == NONE_YET


def test_a_progress_file_that_can_not_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path))
    assert own_items("01_resource_leaks", "One").told.startswith("Not kept: progress could not be saved")


def test_each_lesson_on_a_hazard_asks_for_items_and_lesson_9_gathers_them() -> None:
    *hazards, last = LESSONS
    for lesson in hazards:
        cells = read_notebook(ROOT / "notebooks" / f"{lesson.stem}.ipynb")["cells"]
        assert f'own_items("{lesson.stem}")' in source_of(cells[-2]), lesson.stem
    notebook = read_notebook(ROOT / "notebooks" / f"{last.stem}.ipynb")
    assert any("own_checklist()" in source_of(cell) for cell in notebook["cells"])
