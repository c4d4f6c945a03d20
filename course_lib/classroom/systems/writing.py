"""Where the files for other systems are put: beside a class's report, or where `check --out` names."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from course_lib.classroom.gradebook import Gradebook
from course_lib.classroom.names import file_names
from course_lib.classroom.results import Results
from course_lib.classroom.roster import Roster
from course_lib.classroom.systems import classroom50, gradescope, prairielearn, tables
from course_lib.classroom.systems.points import Line, lines
from course_lib.reading import Verdict
from course_lib.reports.folder import put
from course_lib.reports.legible import legible

TABLES: Mapping[str, Callable[[Gradebook, Roster | None], str]] = {
    "canvas": tables.canvas,
    "moodle": tables.moodle,
    "nbgrader": tables.nbgrader,
}
ONE_EACH = ("gradescope", "classroom50", "prairielearn")
SYSTEMS = (*ONE_EACH, *TABLES)


def check_roster(system: str, roster: Roster | None) -> None:
    """Raises UnfitRoster where the roster is of no use to the system; before anything is judged."""
    if system in TABLES and roster is not None:
        tables.needs_columns(system, roster)


def write_for(system: str, book: Gradebook, results: Results, roster: Roster | None, out: Path) -> str:
    """Writes the class for the system; where to, and what an instructor must know of it."""
    if system in TABLES:
        place, told = out / f"{system}.csv", _said_of_table(system, book, roster)
        put(place, TABLES[system](book, roster))
    else:
        place = out / system
        told = _write_each(system, book, results, place)
    return "\n".join(filter(None, [f"For {system}: {legible(str(place))}", told]))


def _said_of_table(system: str, book: Gradebook, roster: Roster | None) -> str:
    if roster is None and system not in tables.FINDS:
        return ""
    if roster is None:
        return f"{system}.csv has names alone: a --roster with {', '.join(tables.FINDS[system])} tells who is who."
    left = [legible(one) for one in book.students if one not in roster]
    return f"{system}.csv leaves out who is not on the roster: {', '.join(left)}" if left else ""


def _write_each(system: str, book: Gradebook, results: Results, folder: Path) -> str:
    names, without, written = file_names(list(book.students)), [], set()
    for student in book.students:
        handed_in = [one for lesson in book.lessons if (one := book.hand_in(student, lesson)) is not None]
        verdicts = [one_told for one in handed_in if (one_told := results.verdict(one)) is not None]
        if not verdicts:
            continue
        newest = max(one.changed for one in handed_in) // 1_000_000_000
        told = _object(system, lines(verdicts), student, _time(newest), {})
        if told is None:
            without.append(legible(student))
            continue
        written.add(f"{names[student]}.json")
        put(folder / f"{names[student]}.json", json.dumps(told, indent=1) + "\n")
    for path in folder.glob("*.json"):
        if path.name not in written:
            path.unlink()
    return f"No file for {system}, since something is unmeasured: {', '.join(without)}" if without else ""


def write_check(system: str, verdict: Verdict, out: Path) -> bool:
    """Writes one verdict to that file; whether there is one."""
    environment = os.environ
    owner = environment.get("GITHUB_REPOSITORY_OWNER") or environment.get("GITHUB_ACTOR") or "unknown"
    now = int(datetime.datetime.now(datetime.UTC).timestamp())
    told = _object(system, lines([verdict]), owner, _time(now), environment)
    if told is None:
        return False
    put(out, json.dumps(told, indent=1) + "\n")
    return True


def _object(
    system: str, told: Sequence[Line], owner: str, when: str, environment: Mapping[str, str]
) -> dict[str, Any] | None:
    if system == "gradescope":
        return gradescope.results(told)
    if system == "prairielearn":
        return prairielearn.results(told)
    return classroom50.result(told, owner, when, environment)


def _time(seconds: int) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
