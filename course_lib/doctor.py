"""What this machine offers the course, and what is lost where something is missing: `python -m course_lib doctor`.

Each line is found out here and now: the judge starts a run, which says what held it; the browser is the first on the
PATH that the tests would take. What it can't see: what another user of it has, and whether it will be calm when
something is measured.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_lib.pythons import folders, found_in
from course_lib.reading import Confinement
from course_lib.runner.chosen import judge_in_force
from course_lib.runner.confinement import box
from course_lib.runner.parent import ParentLost

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
POSTGRES, NO_LESSONS, ANSWERS_WITHIN = "COURSE_POSTGRES", "lessons 5 and 7 stop at their first cell", 3
ANSWER = b"""
def common_ids(left, right):
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]
"""


@dataclass(frozen=True)
class Finding:
    """One thing that the course can use: what there is of it, and what is lost, nothing where it is whole."""

    what: str
    found: str
    lost: str = ""

    def __str__(self) -> str:
        return f"{self.what:<12} {self.found}" + (f"; {self.lost}" if self.lost else "")


def findings() -> Iterator[Finding]:
    """Every finding, the judge's first."""
    yield from _judge()
    yield _box()
    yield _pythons()
    yield _browser()
    yield _postgres()


def show() -> bool:
    """Prints a line for each; whether submissions can be judged here."""
    told = list(findings())
    for each in told:
        print(each)
    return told[0].found != "none"


def _judge() -> Iterator[Finding]:
    try:
        name = judge_in_force()
        held = _confinement()
    except ParentLost as problem:
        yield Finding("judge", "none", f"{problem}; nothing can be judged, the lessons run all the same")
        return
    if name == "fork":
        yield Finding("judge", "fork (a warm Python forks one process for each run)")
    else:
        slower = "each check takes a second or two longer, and a loop that does not end is not told by its line"
        yield Finding("judge", "spawn (a fresh Python for each run)", slower)
    if held.complete:
        yield Finding("confinement", held.told)
    else:
        yield Finding("confinement", f"not whole: {held.told}", "judge only what you would run yourself")


def _confinement() -> Confinement:
    """What held the process of a right answer; raises ParentLost where it could not be judged."""
    from course_lib.runner.chosen import parent_of
    from course_lib.runner.judge import judge
    from course_lib.runner.source import Cell, Submission
    from course_lib.syllabus import lesson_of_task

    lesson = lesson_of_task("common_ids")
    assert lesson is not None
    parent = parent_of(lesson.slug)
    try:
        verdict = judge(lesson, Submission((Cell("answer.py", ANSWER),), notebook=False), parent, ["common_ids"])
    finally:
        parent.close()
    if verdict.confinement is None or verdict.status != "pass":
        raise ParentLost(f"a right answer was judged {verdict.status}: {verdict.tasks[0].reason}")
    return verdict.confinement


def _box() -> Finding:
    """The wall that a class has around the confinement."""
    if because := box.trouble():
        return Finding("box", because, "a class is held by the confinement alone")
    return Finding("box", "bubblewrap works (for `grade`)")


def _pythons() -> Finding:
    """This one, and the others that the course runs on."""
    this = platform.python_version()
    found = {minor for minor, _ in found_in(folders())} - {sys.version_info.minor}
    if found:
        return Finding("Python", f"{this} (here), {', '.join(f'3.{minor}' for minor in sorted(found))}")
    return Finding("Python", f"{this} (here)", "no second one: the tests run on this one alone")


def find_chromium() -> str | None:
    """The path of the system's own Chromium, or None; rather the one without windows, which works less."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _browser() -> Finding:
    found = find_chromium()
    if found is None:
        lost = "the browser tests are skipped; to read, any browser does, by the address that `make lab` prints"
        return Finding("browser", "no Chromium on the PATH", lost)
    return Finding("browser", f"{Path(found).name} (for the browser tests)")


def _postgres() -> Finding:
    address, lost = os.environ.get(POSTGRES, ""), "lessons 5 and 7 run on SQLite"
    if not address:
        return Finding("PostgreSQL", f"none named ({POSTGRES} holds no address)", lost)
    if importlib.util.find_spec("psycopg") is None:
        return Finding("PostgreSQL", f"named by {POSTGRES}, without its driver (requirements-postgres.txt)", NO_LESSONS)
    psycopg = importlib.import_module("psycopg")
    try:
        with psycopg.connect(address, connect_timeout=ANSWERS_WITHIN) as connection:
            return Finding("PostgreSQL", f"version {connection.info.server_version // 10_000} answers")
    except psycopg.Error as problem:
        reason = " ".join(str(problem).split())
        return Finding("PostgreSQL", f"named by {POSTGRES}, and does not answer ({reason})", NO_LESSONS)
