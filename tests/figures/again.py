"""Figures made again: a cell for each expression of the table, beside a lesson's own, and what it says after a run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import nbformat

from course_lib.exercise_files import ROOT
from tests.figures.kinds import Answer, Made
from tests.figures.prose import prose, value
from tests.figures.table import ANSWERS, FIGURES

MARK = "figure-"
ASK = """\
from tests.figures.beside import evaluated as _evaluated
print("figure-" + _evaluated({expressions!r}, globals()))
"""


def cell_of(made: Made | Answer, notebook: dict[str, Any]) -> str:
    """The cell after which the figure is made: the one that the entry names, or the prose that quotes it."""
    if isinstance(made, Answer):
        return next(cell["id"] for cell in notebook["cells"] if f'compare("{made.key}"' in cell["source"])
    return made.after or next(cell for cell, text in prose(notebook).items() if made.text in text)


def delivered(stem: str) -> Any:
    """The notebook as it is delivered."""
    return nbformat.read(ROOT / "notebooks" / f"{stem}.ipynb", as_version=4)


def wanted(stem: str) -> list[Made | Answer]:
    """What is made again in that notebook."""
    return [*(entry for entry in FIGURES[stem] if isinstance(entry, Made)), *ANSWERS.get(stem, ())]


def with_expressions(notebook: Any, entries: list[Made | Answer]) -> Any:
    """The notebook with a cell for each entry, in its place."""
    after: dict[str, list[Any]] = {}
    for number, entry in enumerate(entries):
        expressions = entry.by if isinstance(entry, Made) else (entry.by,)
        cell = nbformat.v4.new_code_cell(ASK.format(expressions=expressions), id=f"{MARK}{number}")
        after.setdefault(cell_of(entry, notebook), []).append(cell)
    notebook["cells"] = [one for cell in notebook["cells"] for one in (cell, *after.get(cell["id"], ()))]
    return notebook


def drifted_in(notebook: dict[str, Any], entries: list[Made | Answer]) -> list[str]:
    """What is no longer what the prose says, in such a notebook after it was run."""
    told = {cell["id"]: cell["outputs"] for cell in notebook["cells"] if cell["id"].startswith(MARK)}
    made = [values_in(told[f"{MARK}{number}"]) for number in range(len(entries))]
    return [line for entry, values in zip(entries, made, strict=True) for line in drifted(entry, values)]


def values_in(outputs: list[Any]) -> list[float]:
    """What a cell of ours printed, whatever its expressions printed besides, in whatever pieces it came."""
    printed = "".join("".join(output["text"]) for output in outputs if output.get("name") == "stdout")
    values: list[float] = json.loads(printed.rpartition(MARK)[2])
    return values


def drifted(entry: Made | Answer, values: list[float]) -> Iterator[str]:
    """What the prose says and what it is now, where the two differ."""
    name = entry.text if isinstance(entry, Made) else f"the answer to {entry.key}"
    if entry.between:
        low, high = entry.between
        yield from (
            f"“{name}”: {one:g} is not between {low:g} and {high:g}" for one in values if not low <= one <= high
        )
        return
    said = list(map(value, entry.figures)) if isinstance(entry, Made) else [entry.value]
    if said != values:
        yield f"“{name}”: it is now {', '.join(f'{one:g}' for one in values)}"
