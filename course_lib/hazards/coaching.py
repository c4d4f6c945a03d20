"""Hints and good answers, one Markdown file in each hazard's room, read into records.

## task_name
### hint 1 where to look · ### hint 2 … · ### hint 3 … · ### hint aside: what it answers
serves: names of the checks that this hint helps with, between semicolons
### good answer: title        (a sentence, a ```python block, when to prefer it)

The numbered hints climb towards the hazard's cure. What stands aside helps with a check that the starter passes, and is
given where such a check has failed alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from course_lib.syllabus import Lesson


@dataclass(frozen=True)
class GoodAnswer:
    """One way to do it right: a title, the code, and the prose around it (why, and when to prefer it)."""

    title: str
    code: str
    prose: str


@dataclass(frozen=True)
class Hint:
    """One hint: where it stands among those of its task, from 1; its title, its Markdown, the checks that it serves."""

    number: int
    title: str
    text: str
    serves: frozenset[str]

    @property
    def aside(self) -> bool:
        return self.title.startswith("aside")


@dataclass(frozen=True)
class Coaching:
    """What helps with one task: hints from the vaguest to the plainest, and good answers."""

    hints: tuple[Hint, ...]
    answers: tuple[GoodAnswer, ...]

    def ladder(self, check: str | None = None) -> tuple[Hint, ...]:
        """The hints that serve that check, one aside first; the numbered ones where none does, or none is known."""
        serving = sorted((hint for hint in self.hints if check in hint.serves), key=lambda hint: not hint.aside)
        return tuple(serving) or tuple(hint for hint in self.hints if not hint.aside)


def coaching_for(lesson: Lesson, task: str) -> Coaching:
    """The hints and good answers of one task; empty where none are written."""
    path = Path(__file__).parent / lesson.slug / "coaching.md"
    text = path.read_text("utf-8") if path.exists() else ""
    section = dict(_sections(text, "## ")).get(task, "")
    parts = _sections(section, "### ")
    hinted = [(title.removeprefix("hint").strip(), body) for title, body in parts if title.startswith("hint")]
    hints = tuple(_hint(number, *one) for number, one in enumerate(hinted, 1))
    answers = tuple(_answer(title, body) for title, body in parts if title.startswith("good answer"))
    return Coaching(hints, answers)


def _sections(text: str, mark: str) -> list[tuple[str, str]]:
    """(title, body) of each heading of one level; headings inside code fences don't count."""
    sections: list[tuple[str, list[str]]] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        if line.startswith(mark) and not fenced:
            sections.append((line[len(mark) :].strip(), []))
        elif sections:
            sections[-1][1].append(line)
    return [(title, "\n".join(body)) for title, body in sections]


def _hint(number: int, title: str, body: str) -> Hint:
    first, _, rest = body.strip().partition("\n")
    if not first.startswith("serves:"):
        return Hint(number, title.lstrip("0123456789 "), body.strip(), frozenset())
    serves = frozenset(name.strip() for name in first.removeprefix("serves:").split(";"))
    return Hint(number, title.lstrip("0123456789 "), rest.strip(), serves)


def _answer(title: str, body: str) -> GoodAnswer:
    code = re.search(r"^```python\n(.*?)^```", body, re.DOTALL | re.MULTILINE)
    prose = re.sub(r"^```python\n.*?^```\n?", "", body, flags=re.DOTALL | re.MULTILINE)
    return GoodAnswer(title.partition(":")[2].strip(), code[1] if code else "", prose.strip())
