"""Finds the numbers in a notebook's prose that a reader may take for measured, and the words that they stand in.

What counts is digits, and number words from six upwards; smaller words are the grammar of a sentence as often as a
figure. What is no figure wherever it stands (a version, a lesson's number, code between backticks, an address) is a
pattern of NO_FIGURE. What it can't see: a figure told without a number ("twice", "most of them").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {
    **{word: number for number, word in enumerate(("six", "seven", "eight", "nine", *TEENS), 6)},
    **{word: 10 * number for number, word in enumerate(TENS, 2)},
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
}
NUMBER = re.compile(rf"(?<![\w.])\d(?:[\d,.]*\d)?|\b(?:{'|'.join(WORDS)})(?:s|fold)?\b", re.I)

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

NO_FIGURE = {
    r"<details>.*?</details>": "a question from another lesson, and its answer",
    r"\b\d+ minutes\.": "what the title says of the reader's time, which the syllabus holds",
    r"<!-- made by .*?<!-- until here -->": "a table that its own command makes",
    r"\b(?:five|ten)[ -]thousand(?:th)?\b(?! times)": "a way of saying many",
    r"\b(?=[a-f]*\d)[0-9a-f]{7}\b": "the name of a commit",
    r"```.*?```|`[^`]*`|<code>.*?</code>": "code",
    r"\]\([^)]*\)|\b[\w.-]+\.(?:com|org|net|uk|dev)\b(?:/[\w./-]*)?|arXiv [\d.]+|\b10\.\d{4,}/[\w.]+": "an address",
    r"(?i)\b(?:lessons?|exercise|practice|issue|line|comment) \d+": "the number of a lesson, an issue or a line",
    r"\b(?:C?Python|[Ff]rom|to) 3\.\d+\b": "a version of Python",
    r"\b(?:UTF|HTTP/1|Latin|sqlite|psycopg|GPT|COMP|Django|BSD)[- .]?\d(?:\.\d)?\b": "a name",
    rf"\b(?:19|20)\d\d\b|\b\d{{1,2}} (?:{MONTHS})\b|\b\d\d:\d\d\b": "a date or a time of day",
    r"\b(?:CVE-\d+-\d+|[A-Z]{1,4}\d{3,4}|incident \w+)\b": "the name of a rule, a fault or an incident",
    r"\b[1-5]\d\d\b(?= (?:with|without|from|for|where)\b)|\b(?:status|error|a|with) (?:[1-5]\d\d|24)\b": "a status",
}


def plain(text: str) -> str:
    """The text as one line: where a line breaks is no matter of the words."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Number:
    """A number of the prose: the cell, where in its plain text, as it stands, and a few words around it."""

    cell: str
    start: int
    text: str
    around: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.text!r} in “{self.around}”"


def prose(notebook: dict[str, Any]) -> dict[str, str]:
    """The Markdown cells by id, each as one line, tables and the numbers of a list left out."""
    found = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            lines = re.sub(r"^\|.*$|^\d+\. ", "", "".join(cell["source"]), flags=re.M)
            found[cell["id"]] = plain(lines)
    return found


def numbers(cell: str, text: str) -> Iterator[Number]:
    """Every number of a cell's plain text that may be taken for a figure."""
    spans = [match.span() for pattern in NO_FIGURE for match in re.finditer(pattern, text)]
    for match in NUMBER.finditer(text):
        if not any(start <= match.start() < end for start, end in spans):
            around = text[max(0, match.start() - 40) : match.end() + 40]
            yield Number(cell, match.start(), match.group(), around)


def value(words: str) -> float:
    """What a number says, in digits or in a word."""
    return float(WORDS[words.lower()]) if words.lower() in WORDS else float(words.replace(",", ""))
