"""What lesson 10 asks for by a word: hypotheses that lock, post-mortems that are kept, a board that survives."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.certificate import Certificate
from course_lib.production import lesson
from course_lib.production.incidents import FILES, INCIDENTS
from course_lib.progress import events, record
from course_lib.syllabus import LESSONS

TITLE = INCIDENTS[0].title
RIGHT = {"hazard": "resource_leaks", "file": "reports.py", "gauge": "descriptors"}
WRONG = {"hazard": "race_conditions", "file": "labels.py", "gauge": "memory"}


@pytest.fixture(autouse=True)
def own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))


def ran(held: bool, alone: bool = True) -> None:
    record("production", incident=TITLE, held=held, alone=alone)


def test_a_hypothesis_is_kept_at_once_and_locked_by_the_run_after_it() -> None:
    ran(held=False)
    assert "Now run it" in lesson.hypothesis(1, **WRONG, sure=75).told
    assert "Now run it" in lesson.hypothesis(1, **RIGHT).told
    ran(held=False)
    form = lesson.hypothesis(1, **WRONG)
    assert "Resource leaks" in form.told
    assert "locked" in form.told
    assert form.keep.disabled
    assert len(list(events("hypothesis"))) == 2


def test_the_gauge_is_told_after_the_run_and_the_rest_when_it_holds_alone() -> None:
    assert "No hypothesis" in str(lesson.told(1))
    lesson.hypothesis(1, **(WRONG | {"gauge": "descriptors"}))
    assert "run the load now" in str(lesson.told(1))
    ran(held=False)
    ran(held=True, alone=False)
    assert [row[2] for row in lesson.told(1).rows] == [lesson.NOT_YET, lesson.NOT_YET, "right"]
    assert "Resource leaks" not in str(lesson.told(1)) + lesson.told(1).to_html()
    ran(held=True)
    assert [row[2] for row in lesson.told(1).rows] == ["it was Resource leaks", "it was reports.py", "right"]


def test_choices_are_complete_and_others_are_refused() -> None:
    form = lesson.hypothesis(1)
    assert list(form.choices["hazard"]) == [one.slug for one in LESSONS[:8]]
    form.fields["hazard"].value = "resource_leaks"
    form.keep.click()
    assert "three questions" in form.told
    assert "is one of" in lesson.hypothesis(1, hazard="magic", file="orders.py", gauge="wrong").told
    assert list(events("hypothesis")) == []


def test_each_cause_is_one_of_the_choices_and_no_hazard_is_there_twice() -> None:
    choices = lesson.hypothesis(1).choices
    assert {one.cause.hazard for one in INCIDENTS} == set(choices["hazard"])
    assert {one.cause.gauge for one in INCIDENTS} <= set(choices["gauge"])
    assert {name for one in INCIDENTS for name in one.cause.files} <= set(FILES)
    delivered = {path.name for path in lesson.OWN.glob("*.py")}
    assert set(FILES) == delivered - {"conftest.py", "test_service.py"}


def test_a_post_mortem_is_kept_whole_and_stands_on_the_page() -> None:
    form = lesson.post_mortem(1)
    form.keep_answers({"trigger": "four exports", "seen": "a gauge", "missed": " ", "test": "count"})
    assert "Why the tests missed it" in form.told
    form.keep_answers({"trigger": "four exports", "seen": "a gauge", "missed": "one user", "test": "count"})
    assert "four exports" in str(lesson.post_mortem(1))
    assert "<code>python -m course_lib certificate</code>" in form.to_html()
    assert "one user" in str(Certificate())


def test_the_board_says_how_far_each_incident_is() -> None:
    ran(held=False)
    lesson.hypothesis(1, **RIGHT)
    ran(held=True)
    assert lesson.board().rows[0] == ("1", TITLE, "kept", "yes", "held", "")
    assert lesson.board().rows[1][2:] == ("", "", "", "")
    assert TITLE in lesson.board().to_html()


@pytest.mark.parametrize("ask", [lesson.hypothesis, lesson.told, lesson.post_mortem, lesson.measure, lesson.run_load])
def test_a_number_that_is_none_is_said(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(ValueError, match="numbered 1 to 8"):
        ask(9)


def test_the_files_are_listed_as_they_are() -> None:
    assert [row[0] for row in lesson.files().rows if row[0] in FILES] == list(FILES)


def test_what_a_file_says_of_itself_shows_its_code_as_code() -> None:
    shown = lesson.files().to_html()
    assert "<code>create_service(settings)</code>" in shown
    assert "`" not in shown


def test_without_a_hypothesis_nothing_is_counted() -> None:
    assert "Keep a hypothesis first" in str(lesson.measure(1))


@pytest.mark.slow
def test_the_instrument_counts_the_hazard_that_the_hypothesis_names() -> None:
    lesson.hypothesis(1, **(WRONG | {"hazard": "data_structures"}))
    assert "data_structures: NOT YET" in str(lesson.measure(1))
