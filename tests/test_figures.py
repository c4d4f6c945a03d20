"""The numbers in the lessons' prose: each is known to the table, and each rule about them can fail."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from course_lib.syllabus import EXERCISES, Lesson
from tests.figures import beside, held
from tests.figures.again import cell_of, drifted, drifted_in, values_in, with_expressions
from tests.figures.kinds import Answer, Chosen, Cited, Made
from tests.figures.table import ANSWERS, FIGURES

ROOT = Path(__file__).resolve().parents[1]
KNOWN = sorted(FIGURES)


def load(stem: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / "notebooks" / f"{stem}.ipynb").read_text("utf-8"))
    for cell in loaded["cells"]:
        cell["source"] = "".join(cell["source"])
    return loaded


@pytest.mark.parametrize("stem", KNOWN)
def test_every_number_in_the_prose_is_made_cited_or_chosen(stem: str) -> None:
    notebook, entries = load(stem), FIGURES[stem]
    assert held.unknown_numbers(notebook, entries) == []
    assert held.lost_words(notebook, entries) == []
    assert held.missing_sources(notebook, entries) == []
    assert held.unmakeable(entries) == []


@pytest.mark.parametrize("stem", KNOWN)
def test_every_figure_has_a_cell_after_which_it_is_made(stem: str) -> None:
    notebook = load(stem)
    ids = {cell["id"] for cell in notebook["cells"]}
    assert {cell_of(made, notebook) for made in FIGURES[stem] if isinstance(made, Made)} <= ids


@pytest.mark.parametrize("stem", sorted(ANSWERS))
def test_neither_title_nor_question_gives_the_prediction_away(stem: str) -> None:
    assert [words for answer in ANSWERS[stem] for words in held.given_away(load(stem), answer)] == []


def test_every_lesson_is_in_the_table() -> None:
    assert set(ANSWERS) == {lesson.stem for lesson in EXERCISES} == set(FIGURES) - {"00_start_here"}


@pytest.mark.parametrize("lesson", EXERCISES, ids=lambda lesson: lesson.stem)
def test_the_minutes_are_the_same_wherever_they_stand(lesson: Lesson) -> None:
    title = load(lesson.stem)["cells"][0]["source"]
    start, readme = load("00_start_here")["cells"], (ROOT / "README.md").read_text("utf-8")
    rows = "\n".join([*(cell["source"] for cell in start), readme])

    assert re.search(rf"\b{lesson.minutes} minutes\.", title)
    assert re.findall(rf"^\| {lesson.number} \|.*?\| (\d+) \|", rows, re.M) == [str(lesson.minutes)] * 2


# That each of these rules can fail

TOLD = "It opened 50 files, of 1,000 that stood\nthere (Ada, 1943), and `x = 7` was Lesson 3."
OPENED, STOOD = Made("opened {50} files", "len(files)"), Cited("1,000 that stood there", "Ada, 1943")
ANSWER = Answer("01_x", "reached", 150, r"comes to (the|its) end")


def notebook_of(told: str, title: str = "Files", question: str = "Where does it stop?") -> dict[str, Any]:
    return {
        "cells": [
            {"cell_type": "markdown", "id": "title", "source": f"# {title}\n\n**30 minutes.** Afterwards"},
            {"cell_type": "code", "id": "asked", "source": f'predict("01_x", "{question}", "users")'},
            {"cell_type": "markdown", "id": "told", "source": told},
            {"cell_type": "code", "id": "compare", "source": 'compare("01_x", reached)'},
        ]
    }


def test_a_known_number_is_silent() -> None:
    notebook = notebook_of(TOLD)
    assert held.unknown_numbers(notebook, [OPENED, STOOD]) == []
    assert held.lost_words(notebook, [OPENED, STOOD]) == []
    assert held.missing_sources(notebook, [OPENED, STOOD]) == []


@pytest.mark.parametrize("more", ["96 more", "Seven more", "a thousandfold", "with 12.5 % more"])
def test_a_number_that_nobody_made_is_found(more: str) -> None:
    [found] = held.unknown_numbers(notebook_of(f"{TOLD} There are {more}."), [OPENED, STOOD])
    assert found.startswith("told: ")


def test_words_that_are_gone_or_stand_twice_are_found() -> None:
    assert held.lost_words(notebook_of(TOLD), [Made("opened {51} files", "1")])
    assert held.lost_words(notebook_of(TOLD + TOLD), [OPENED])


def test_a_source_that_is_not_named_is_found() -> None:
    assert held.missing_sources(notebook_of(TOLD), [Cited("1,000 that stood", "Babbage")])


def test_as_many_figures_as_expressions() -> None:
    assert held.unmakeable([Made("{1} of {2}", "1")])
    assert held.unmakeable([Made("{some} files", "1")])
    assert not held.unmakeable([Made("{1} of {Twelve}", "1", "12"), Made("a third", "x", between=(0.2, 0.4))])


@pytest.mark.parametrize(
    ("title", "question"),
    [("Files", "Where does it stop (150: nowhere)?"), ("It comes to its end", "Where?"), ("All 150", "Where?")],
)
def test_an_answer_in_the_title_or_the_question_is_found(title: str, question: str) -> None:
    assert held.given_away(notebook_of(TOLD, title, question), ANSWER)


def test_an_answer_in_words_or_between_two_bounds_is_found() -> None:
    asked = notebook_of(TOLD, "Four of six", "How many?")
    assert held.given_away(asked, Answer("01_x", "lost", 4, "never said"))
    assert held.given_away(asked, Answer("01_x", "lost", None, "never said", between=(3, 5)))
    assert not held.given_away(asked, Answer("01_x", "lost", 5, "never said"))


def test_a_question_that_is_not_asked_is_found() -> None:
    assert held.given_away(notebook_of(TOLD), Answer("02_y", "lost", 5, "never said"))


def test_a_figure_that_has_drifted_is_told_and_one_that_holds_is_not() -> None:
    assert list(drifted(OPENED, [50.0])) == []
    assert list(drifted(OPENED, [51.0])) == ["“opened 50 files”: it is now 51"]
    assert list(drifted(ANSWER, [149.0])) == ["“the answer to 01_x”: it is now 149"]


def test_a_range_holds_at_its_bounds_and_no_further() -> None:
    third = Made("about a third", "x", between=(0.2, 0.4))
    assert [list(drifted(third, [value])) == [] for value in (0.19, 0.2, 0.4, 0.41)] == [False, True, True, False]


def test_a_figure_is_made_where_its_words_stand_or_where_the_entry_says() -> None:
    made = with_expressions(notebook_of(TOLD), [OPENED, ANSWER, Made("of {1,000}", "1", after="asked")])
    names = [cell["id"] for cell in made["cells"]]
    assert names == ["title", "asked", "figure-2", "told", "figure-0", "compare", "figure-1"]
    assert "len(files)" in made["cells"][4]["source"]


def test_values_are_read_out_of_whatever_pieces_a_cell_printed() -> None:
    pieces = (("stdout", "one of ours\nfigure-[7.0,"), ("stderr", "a warning"), ("stdout", " 0.5]\n"))
    outputs = [{"output_type": "stream", "name": name, "text": text} for name, text in pieces]
    assert values_in([*outputs, {"output_type": "display_data", "data": {}}]) == [7.0, 0.5]


def test_what_has_drifted_is_found_in_a_notebook_that_was_run() -> None:
    made = with_expressions(notebook_of(TOLD), [OPENED, ANSWER])
    for cell in made["cells"]:
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["figure-", "[50]\n"]}]

    assert drifted_in(made, [OPENED, ANSWER]) == ["“the answer to 01_x”: it is now 50"]


def half_covered(number: int) -> str:
    if number:
        return "a number"
    return "none"


def test_coverage_is_that_of_all_calls_together() -> None:
    assert beside.coverage(half_covered, [(0,), (1,)]) == 100
    assert beside.coverage(half_covered, [(1,)]) == pytest.approx(200 / 3)


def test_chosen_numbers_are_known_as_well() -> None:
    assert held.unknown_numbers(notebook_of("At 100 requests"), [Chosen("At 100 requests", "a size")]) == []
