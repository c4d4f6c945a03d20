"""What must be true of the table and the prose together: one function a rule, each returns the sentences that say what
is not. Nothing is run; whether the figures are still what they were is for `python -m tests.figures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tests.figures.kinds import Answer, Cited, Entry, Made
from tests.figures.prose import WORDS, numbers, plain, prose, value

Notebook = dict[str, Any]


def lost_words(notebook: Notebook, entries: Iterable[Entry]) -> list[str]:
    """Words of the table that no longer stand in the prose, or stand there more than once."""
    told = " | ".join(prose(notebook).values())
    return [
        f"“{entry.text}” stands in the prose {count} times"
        for entry in entries
        if (count := told.count(entry.text)) != 1
    ]


def unknown_numbers(notebook: Notebook, entries: Iterable[Entry]) -> list[str]:
    """Numbers of the prose that no entry speaks of."""
    texts = [entry.text for entry in entries]
    return [
        str(number)
        for cell, told in prose(notebook).items()
        for number in numbers(cell, told)
        if not any(start <= number.start < start + len(text) for text in texts if (start := told.find(text)) >= 0)
    ]


def missing_sources(notebook: Notebook, entries: Iterable[Entry]) -> list[str]:
    """Cited words in whose cell the source is not named."""
    cells = prose(notebook).values()
    return [
        f"“{entry.text}” is cited, and its cell does not name {entry.source}"
        for entry in entries
        if isinstance(entry, Cited) and not any(entry.text in told and entry.source in told for told in cells)
    ]


def unmakeable(entries: Iterable[Entry]) -> list[str]:
    """Made words whose figures and expressions are not as many, or whose figure is no number."""
    found = []
    for entry in entries:
        if not isinstance(entry, Made):
            continue
        if len(entry.by) != (1 if entry.between else len(entry.figures)):
            found.append(f"“{entry.text}” has {len(entry.figures)} figures and {len(entry.by)} expressions")
        found += [f"“{figure}” is no number" for figure in entry.figures if not _is_number(figure)]
    return found


def _is_number(text: str) -> bool:
    try:
        value(text)
    except ValueError:
        return False
    return True


def title_and_question(notebook: Notebook, key: str) -> str:
    """The title of the lesson and the question of its prediction, as one text."""
    told = next(iter(prose(notebook).values()))
    title = re.match(r"# (.*?)(?= \*\*\d+ minutes| \d+ minutes)", told)
    code = " ".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    question = re.search(rf'predict\(\s*"{key}",\s*"([^"]*)"', code)
    return f"{title.group(1)} | {question.group(1)}" if title and question else ""


def given_away(notebook: Notebook, answer: Answer) -> list[str]:
    """The answer of the prediction, where the title or the question tells it."""
    told = title_and_question(notebook, answer.key)
    if not told:
        return [f"no title, or no question of {answer.key}"]
    said = [match.group() for match in re.finditer(rf"\d[\d,.]*\d|\d|\b(?:{'|'.join(SPOKEN)})\b", told, re.I)]
    found = [f"“{one}” is the answer" for one in said if _says(one, answer)]
    return found + [f"“{match.group()}” tells the answer" for match in re.finditer(answer.tells, plain(told), re.I)]


SPOKEN = {"none": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, **WORDS}


def _says(text: str, answer: Answer) -> bool:
    said = SPOKEN[text.lower()] if text.lower() in SPOKEN else value(text)
    if answer.value is not None:
        return said == answer.value
    return answer.between is not None and answer.between[0] <= said <= answer.between[1]
