"""The three ways in which a number in the prose may be true, and the answers of the predictions.

`Made`: the lesson's own code gives it again. `Cited`: it stands in the source that the same cell names. `Chosen`: it
was not measured, and the entry says what it is instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.figures.prose import plain


class Made:
    """Words of the prose with each of their figures in braces, and one expression in the lesson's names for each.

    It is evaluated once the cells above the prose have run, or after the cell `after`. A figure that differs from
    machine to machine has no braces: the value of its one expression lies `between` two bounds.
    """

    def __init__(self, words: str, *by: str, after: str = "", between: tuple[float, float] | None = None) -> None:
        self.words, self.by, self.after, self.between = words, by, after, between

    @property
    def text(self) -> str:
        """The words as they stand."""
        return plain(re.sub(r"[{}]", "", self.words))

    @property
    def figures(self) -> list[str]:
        """What stands in braces, in order."""
        return re.findall(r"\{([^}]*)\}", self.words)


@dataclass(frozen=True)
class Cited:
    """Words of the prose, and the words in the same cell that name their source."""

    words: str
    source: str

    @property
    def text(self) -> str:
        return plain(self.words)


@dataclass(frozen=True)
class Chosen:
    """Words of the prose whose number nobody measured, and what it is instead."""

    words: str
    why: str

    @property
    def text(self) -> str:
        return plain(self.words)


Entry = Made | Cited | Chosen


@dataclass(frozen=True)
class Answer:
    """What a prediction's measurement gives, by an expression; `tells` is what would give it away in other words.

    `value` is None where it differs from machine to machine, and then it lies `between` two bounds.
    """

    key: str
    by: str
    value: float | None
    tells: str
    between: tuple[float, float] | None = None
