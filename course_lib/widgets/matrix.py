"""A table of outcomes, one thing against another: fault x client, attack x argument, who x what.

    Matrix(
        rows=["plain quote", "union"],
        columns=["user_id", "status"],
        cells=[["refused", "leaked"], ["refused", "refused"]],
        legend={"leaked": ("bad", "foreign rows came back"), "refused": ("good", "the value stayed data")},
    )

`print` shows all of it as text; a notebook shows the same words as an accessible table. A tone is told by
its mark, by its border and by its colour, so that no reader depends on one of them, and the colours are laid
over whatever background the theme has. The same matrix always gives the same text and the same HTML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from course_lib.reading import table
from course_lib.widgets.page import GREEN, GREY, ORANGE, VERMILION, View, marked

Tone = Literal["good", "bad", "note", "plain"]

_MARKS: dict[Tone, str] = {"good": "✓", "bad": "✗", "note": "◦", "plain": " "}
_BORDERS: dict[Tone, str] = {"good": "solid", "bad": "double", "note": "dotted", "plain": "none"}
_COLOURS: dict[Tone, str] = {"good": GREEN, "bad": VERMILION, "note": ORANGE, "plain": GREY}
_LEFT = 'style="text-align: left"'
_HEAD = 'style="text-align: left; overflow-wrap: anywhere"'  # a route is one long word, its column's cells are short


@dataclass(frozen=True, repr=False)
class Matrix(View):
    """Outcomes in words, `cells[row][column]`; `legend` gives each word a tone and a meaning.

    A cell may be any text; one that the legend lacks is plain. Raises ValueError where the shape is wrong.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[str]]
    legend: Mapping[str, tuple[Tone, str]] = field(default_factory=dict)
    title: str = ""
    corner: str = ""

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.rows) or any(len(line) != len(self.columns) for line in self.cells):
            raise ValueError(f"cells must be {len(self.rows)} rows of {len(self.columns)} columns")

    def tone(self, cell: str) -> Tone:
        """The tone of a cell's word."""
        return self.legend[cell][0] if cell in self.legend else "plain"

    def count(self, tone: Tone) -> int:
        """How many cells have that tone."""
        return sum(self.tone(cell) == tone for line in self.cells for cell in line)

    def __str__(self) -> str:
        head = [self.corner, *self.columns]
        body = [[name, *map(self._marked, line)] for name, line in zip(self.rows, self.cells, strict=True)]
        rule = ["-" * max(map(len, column)) for column in zip(head, *body, strict=True)]
        used = [f"{self._marked(word)}: {meaning}" for word, (_, meaning) in self._used_legend()]
        return "\n\n".join(filter(None, [self.title, table([head, rule, *body]), "\n".join(used)]))

    def _marked(self, cell: str) -> str:
        return f"{_MARKS[self.tone(cell)]} {cell}".rstrip()

    def _used_legend(self) -> list[tuple[str, tuple[Tone, str]]]:
        used = {cell for line in self.cells for cell in line}
        return [(word, entry) for word, entry in self.legend.items() if word in used]

    def to_html(self) -> str:
        """The table with row and column headers, and the legend under it as a list."""
        caption = f'<caption style="caption-side: top; text-align: left">{escape(self.title)}</caption>'
        heads = "".join(f'<th scope="col" {_HEAD}>{_broken(name)}</th>' for name in [self.corner, *self.columns])
        lines = [self._html_row(name, line) for name, line in zip(self.rows, self.cells, strict=True)]
        legend = "".join(
            f'<li style="list-style: none; margin: 2px 0">{self._html_word(word)} {escape(meaning)}</li>'
            for word, (_, meaning) in self._used_legend()
        )
        return (
            f"<table>{caption if self.title else ''}"
            f"<thead><tr>{heads}</tr></thead>"
            f"<tbody>{''.join(lines)}</tbody></table>"
            + (f'<ul style="padding-left: 0">{legend}</ul>' if legend else "")
        )

    def _html_row(self, name: str, line: Sequence[str]) -> str:
        cells = "".join(f"<td {_LEFT}>{self._html_word(cell)}</td>" for cell in line)
        return f'<tr><th scope="row" {_LEFT}>{escape(name)}</th>{cells}</tr>'

    def _html_word(self, cell: str) -> str:
        tone = self.tone(cell)
        if tone == "plain":
            return f"<span>{escape(cell)}</span>"
        return marked(_MARKS[tone], cell, _COLOURS[tone], _BORDERS[tone])


def _broken(name: str) -> str:
    """A header that may go on in the next line before each slash, where JupyterLab takes the styles out as well."""
    return escape(name).replace("/", "<wbr>/")
