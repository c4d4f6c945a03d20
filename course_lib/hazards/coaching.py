"""Hints, good answers and words on known approaches, one Markdown file in each hazard's room, read into records.

## task_name
### hint 1 where to look · ### hint 2 … · ### hint 3 … · ### hint aside: what it answers
serves: names of the checks that this hint helps with, between semicolons
### good answer: title        (a sentence, a ```python block, when to prefer it)
### approach: title
known by: a rule of `structure.py`, then what it costs and where it stops being right; {name of a check} is its figure

The numbered hints climb towards the hazard's cure. What stands aside helps with a check that the starter passes, and is
given where such a check has failed alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from course_lib.structure import features, holds
from course_lib.syllabus import Lesson

_BEGINNING = re.compile(r"(?:^|(?<=\. ))[a-z]")  # of a sentence: a figure may stand there


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
class Approach:
    """A shape of right answers: its title, what it is known by, what it costs and where it stops being right."""

    title: str
    known_by: str
    text: str

    @property
    def figures(self) -> list[str]:
        """The names of the checks whose figures it tells."""
        return re.findall(r"\{([^}]+)\}", " ".join(self.text.split()))

    def in_words(self, measured: Mapping[str, str]) -> str:
        """Title and text, with the figures of the checks that it names."""
        told = re.sub(r"\{([^}]+)\}", lambda name: measured.get(name[1], ""), " ".join(self.text.split()))
        return f"{self.title}. {_BEGINNING.sub(lambda letter: letter[0].upper(), told)}"


@dataclass(frozen=True)
class Coaching:
    """What helps with one task: hints from the vaguest to the plainest, and good answers."""

    hints: tuple[Hint, ...]
    answers: tuple[GoodAnswer, ...]
    approaches: tuple[Approach, ...] = ()

    def approach(self, source: str) -> Approach | None:
        """The first approach that the source is known by, or None: then nothing is said of it."""
        found = features(source)
        return next((one for one in self.approaches if holds(one.known_by, found)), None)

    def ladder(self, check: str | None = None) -> tuple[Hint, ...]:
        """The hints that serve that check, one aside first; the numbered ones where none does, or none is known."""
        serving = sorted((hint for hint in self.hints if check in hint.serves), key=lambda hint: not hint.aside)
        return tuple(serving) or tuple(hint for hint in self.hints if not hint.aside)


def coaching_for(lesson: Lesson, task: str) -> Coaching:
    """The hints and good answers of one task; empty where none are written."""
    path = Path(__file__).parent / lesson.slug / "coaching.md"
    text = path.read_text("utf-8") if path.exists() else ""
    section = dict(sections(text, "## ")).get(task, "")
    parts = sections(section, "### ")
    hinted = [(title.removeprefix("hint").strip(), body) for title, body in parts if title.startswith("hint")]
    hints = tuple(_hint(number, *one) for number, one in enumerate(hinted, 1))
    answers = tuple(_answer(title, body) for title, body in parts if title.startswith("good answer"))
    approaches = tuple(_approach(title, body) for title, body in parts if title.startswith("approach"))
    return Coaching(hints, answers, approaches)


def sections(text: str, mark: str) -> list[tuple[str, str]]:
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


def _approach(title: str, body: str) -> Approach:
    rule, _, text = body.strip().partition("\n")
    return Approach(title.partition(":")[2].strip(), rule.removeprefix("known by:").strip(), text.strip())


def _answer(title: str, body: str) -> GoodAnswer:
    code = re.search(r"^```python\n(.*?)^```", body, re.DOTALL | re.MULTILINE)
    prose = re.sub(r"^```python\n.*?^```\n?", "", body, flags=re.DOTALL | re.MULTILINE)
    return GoodAnswer(title.partition(":")[2].strip(), code[1] if code else "", prose.strip())
