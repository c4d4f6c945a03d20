"""TEACHING.md names wrong answers that the corpus holds, each under the check that it must fall over."""

from __future__ import annotations

import re

from course_lib.syllabus import LESSONS
from tests.samples import samples
from tests.wrong_answers import BEGIN, END, TEACHING, section, with_section

KNOWN = {(one.task, one.fails, one.name.partition("__")[2].replace("_", " ")) for one in samples("near_misses")}


def untrue(text: str) -> list[str]:
    """Every example between the marks that is no wrong repair of its task, or falls over another check."""
    found = []
    for part in text.partition(BEGIN)[2].partition(END)[0].split("\n**`")[1:]:
        task = part.partition("`**")[0]
        for line in re.findall(r"^- (.*)$", part, re.MULTILINE):
            check, _, names = line.rpartition(": ")
            found += [f"{task}: {line}" for one in names.split("; ") if one != "…" and (task, check, one) not in KNOWN]
    return found


def test_the_wrong_answers_are_those_of_the_corpus() -> None:
    """When one is renamed or moved to another check: python -m tests.wrong_answers."""
    text = TEACHING.read_text("utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert untrue(text) == []
    assert [task for one in LESSONS for task in one.tasks if f"\n**`{task}`** " not in text] == []


def test_every_task_has_its_question_and_its_wrong_answers() -> None:
    told = section()
    for lesson in LESSONS:
        for task in lesson.tasks:
            head, _, rest = told.partition(f"**`{task}`** ")[2].partition("\n\n- ")
            assert head.endswith((".", "?", "!")) and rest, task


def test_an_answer_that_is_none_is_seen() -> None:
    fresh = with_section(f"a{BEGIN}old{END}b")
    assert fresh == f"a{BEGIN}\n\n{section()}\n\n{END}b" and untrue(fresh) == []
    assert untrue(fresh.replace("close without calling it", "close with calling it"))
    assert untrue(fresh.replace("- closes every file itself:", "- closes no file itself:"))
