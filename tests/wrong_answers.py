"""The wrong answers to expect, for TEACHING.md, made from the wrong repairs that the tests hold against the judge.

    python -m tests.wrong_answers          writes the part of TEACHING.md between its two marks anew

For each task: what to ask first (the first hint's first sentence), and the checks that most of the known wrong repairs
fall over, with some of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from course_lib.hazards.coaching import coaching_for
from course_lib.syllabus import LESSONS, Lesson
from tests.samples import Sample, samples

TEACHING = Path(__file__).resolve().parents[1] / "TEACHING.md"
BEGIN, END = "<!-- made by python -m tests.wrong_answers -->", "<!-- to here -->"
CHECKS, EXAMPLES = 4, 4  # of each task, and of each check


def section() -> str:
    """The whole part as Markdown."""
    by_task: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples("near_misses"):
        by_task[sample.task].append(sample)
    told = [_lesson(lesson, by_task) for lesson in LESSONS]
    return "\n\n".join(told)


def _lesson(lesson: Lesson, by_task: dict[str, list[Sample]]) -> str:
    tasks = (_task(lesson, task, by_task[task]) for task in lesson.tasks)
    return f"### {lesson.number}. {lesson.title}\n\n" + "\n\n".join(tasks)


def _task(lesson: Lesson, task: str, wrong: list[Sample]) -> str:
    by_check: dict[str, list[str]] = defaultdict(list)
    for sample in wrong:
        by_check[sample.fails].append(sample.name.partition("__")[2].replace("_", " "))
    common = sorted(by_check.items(), key=lambda one: (-len(one[1]), one[0]))
    lines = [f"- {check}: {_some(names)}" for check, names in common[:CHECKS]]
    return f"**`{task}`** {_question(lesson, task)}\n\n" + "\n".join(lines)


def _question(lesson: Lesson, task: str) -> str:
    ladder = coaching_for(lesson, task).ladder()
    first = " ".join(ladder[0].text.split()) if ladder else ""
    return re.split(r"(?<=[.?!])\s", first)[0]


def _some(names: list[str]) -> str:
    return "; ".join(names[:EXAMPLES]) + ("; …" if len(names) > EXAMPLES else "")


def with_section(text: str) -> str:
    """The document with that part as it is now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{section()}\n\n{END}{after}"


def main() -> None:
    TEACHING.write_text(with_section(TEACHING.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
