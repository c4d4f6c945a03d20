"""The table of what the tools find, made from what is stored, and the two documents in which it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from course_lib.exercise_files import ROOT, notebook_text, read_notebook, source_of
from tests.peers.asking import OURS, READERS, RUNNERS
from tests.peers.programs import HAZARDS, SAMPLES, Program, programs

STORED = SAMPLES / "measured.json"
BEGIN, END = "<!-- made by `make peers` -->", "<!-- until here -->"
HEAD = ("Hazard", *READERS, "while it runs", OURS)
Said = dict[str, dict[str, Any]]


def stored() -> dict[str, Any]:
    """`{"versions": {…}, "said": {program: {"found": {tool: […]}, "spoke": […]}}}`."""
    if not STORED.exists():
        return {"versions": {}, "said": {}}
    told: dict[str, Any] = json.loads(STORED.read_text("utf-8"))
    return told


def in_words(told: dict[str, Any]) -> str:
    """The table and the sentences under it, as markdown."""
    said, every = told["said"], programs()
    samples, exercises = ([one for one in every if one.kind == kind] for kind in ("samples", "exercises"))
    rows = [[f"{lesson.number} {lesson.title}", *_row([one for one in samples if one.lesson == lesson], said)]
            for lesson in HAZARDS]  # fmt: skip
    rows.append([f"**all {_of(samples)}**", *_row(samples, said)])
    rows.append([f"the code of the exercises, {_of(exercises)}", *_row(exercises, said)])
    table = [HEAD, ["---"] * len(HEAD), *rows]
    lines = [f"| {' | '.join(row)} |" for row in table]
    return "\n".join([*lines, "", *_under(told, every)])


def _of(group: list[Program]) -> str:
    broken = sum(one.broken for one in group)
    return f"{broken} / {len(group) - broken}"


def _row(group: list[Program], said: Said) -> Iterator[str]:
    for tool in READERS:
        yield _cell(group, said, tool)
    beside = [f"{tool} {_cell(group, said, tool)}" for tool in RUNNERS if _asked(group, said, tool)]
    yield ", ".join(beside) or "–"
    yield _cell(group, said, OURS)


def _asked(group: list[Program], said: Said, tool: str) -> list[Program]:
    return [one for one in group if said[one.name]["found"].get(tool) is not None]


def _cell(group: list[Program], said: Said, tool: str) -> str:
    asked = _asked(group, said, tool)
    found, alarms = (sum(bool(said[one.name]["found"][tool]) for one in asked if one.broken is kind)
                     for kind in (True, False))  # fmt: skip
    left_out = len(asked) < len(group) and tool in RUNNERS
    broken = sum(one.broken for one in asked)
    return f"{found} of {broken} / {alarms} of {len(asked) - broken}" if left_out else f"{found} / {alarms}"


def _under(told: dict[str, Any], every: list[Program]) -> Iterator[str]:
    versions = ", ".join(f"{name} {version}" for name, version in told["versions"].items())
    yield (
        "Found of five broken samples / accused of two repaired ones, for each hazard; in the last row of the code of "
        "the exercises as delivered and repaired. A tool has found where a rule of its that names the hazard fires, "
        f"all rules and extensions switched on ({versions}); the course, where a check about the hazard fails. "
        "One author wrote the samples and the course: its column is an upper bound, the others are a probe and no "
        "survey."
    )
    yield ""
    noise = [f"{tool} about {_spoken(every, told['said'], tool)}" for tool in READERS]
    yield f"Whatever the message is about, a tool says something: {'; '.join(noise)}."
    if beyond := list(_beyond(every, told["said"])):
        words = "of these the course says that they do not work, and asks no more"
        yield f"\nNamed by a tool and not by the course: {'; '.join(beyond)}; {words}."


def _spoken(every: list[Program], said: Said, tool: str) -> str:
    kinds = [(word, [one for one in every if one.broken is broken])
             for word, broken in (("broken", True), ("repaired", False))]  # fmt: skip
    told = (f"{sum(tool in said[one.name]['spoke'] for one in group)} of {len(group)} {word}" for word, group in kinds)
    return " and ".join(told)


def _beyond(every: list[Program], said: Said) -> Iterator[str]:
    for one in every:
        found = said[one.name]["found"]
        tools = [tool for tool, rules in found.items() if rules and tool != OURS]
        if one.broken and tools and not found[OURS]:
            yield f"{one.name} ({', '.join(tools)})"


# Where it stands


def put(text: str, table: str) -> str:
    """The document with the table between its two marks."""
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"the document has no {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def documents() -> Iterable[Path]:
    """The README and lesson 9."""
    return ROOT / "README.md", ROOT / "notebooks" / "09_defence.ipynb"


def with_table(path: Path, table: str) -> str:
    """The whole document as it should be."""
    if path.suffix != ".ipynb":
        return put(path.read_text("utf-8"), table)
    notebook = read_notebook(path)
    [cell] = [cell for cell in notebook["cells"] if BEGIN in source_of(cell)]
    cell["source"] = put(source_of(cell), table).splitlines(keepends=True)
    return notebook_text(notebook)
