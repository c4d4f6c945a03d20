"""`make bench`: what the checks cost, as medians and as ratios measured in one run.

Every figure is a median of interleaved rounds, so that a busy moment falls on both sides of a ratio. Nothing here is a
test: times belong to the machine. The floor of a check is starting Python and importing what its task needs.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from course_lib.exercise_files import ROOT, answer_cells, read_notebook, solution_path, source_of
from course_lib.production.command import produce
from course_lib.runner.judge import judge
from course_lib.runner.source import Submission, notebook_submission, read_folder
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import CAPSTONE, LESSONS, Lesson

ROUNDS = 7
SERVICE, PRODUCTION_SECONDS = ROOT / "solutions" / CAPSTONE.exercise, 60
MEASURING = ("access", "faults", "handles", "injection", "memory", "queries", "work")
NEEDS = {
    "resource_leaks": "import json, pathlib, sqlite3",
    "unbounded_growth": "import collections, functools",
    "error_handling": "import requests, json",
    "race_conditions": "import threading",
    "n_plus_one_queries": "import course_lib.testbeds.blog, course_lib.testbeds.feed",
    "data_structures": "import bisect",
    "sql_injection": "import sqlite3",
    "missing_authorization": "import flask",
}
HAZARDS = [lesson for lesson in LESSONS if lesson.slug in NEEDS]  # lesson 9 judges tests and reviews, for minutes


def seconds(action: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def medians(actions: dict[str, Callable[[], Any]], rounds: int = ROUNDS) -> dict[str, float]:
    """The median of each action, in milliseconds, over interleaved rounds."""
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            taken[name].append(1000 * seconds(action))
    return {name: statistics.median(times) for name, times in taken.items()}


def python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=False)


def solved() -> Iterator[tuple[Lesson, str, str]]:
    """(lesson, task, source) of every solution that stands."""
    for lesson in HAZARDS:
        if solution_path(lesson).exists():
            for task, cell in answer_cells(read_notebook(solution_path(lesson))).items():
                yield lesson, task, source_of(cell)


def show(title: str, rows: list[tuple[str, ...]], headings: tuple[str, ...]) -> None:
    widths = [max(len(row[column]) for row in (headings, *rows)) for column in range(len(headings))]
    print(f"\n{title}")
    for first, *others in (headings, *rows):
        figures = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        print("  " + "  ".join([first.ljust(widths[0]), *figures]))


def command_line() -> None:
    """`python -m course_lib check` of each task against its floor."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for lesson, task, source in solved():
            path = Path(folder) / f"{task}.py"
            path.write_text(source)
            taken = medians(
                {
                    "floor": lambda lesson=lesson: python("-c", NEEDS[lesson.slug]),
                    "check": lambda lesson=lesson, task=task, path=path: python(
                        "-m", "course_lib", "check", lesson.stem, str(path), "--task", task, "--json"
                    ),
                }
            )
            ratio = f"{taken['check'] / taken['floor']:.1f}"
            rows.append((f"{lesson.stem} {task}", f"{taken['floor']:.0f}", f"{taken['check']:.0f}", ratio))
    show("check from the command line", rows, ("task", "floor ms", "check ms", "ratio"))


def running_notebook() -> None:
    """A check by the judge that a notebook keeps warm, and what a submission twice as long costs."""
    rows = []
    for lesson in HAZARDS:
        parent = WarmParent.spawned(lesson.slug)
        for task, source in [(task, source) for one, task, source in solved() if one is lesson]:
            actions = {
                f"{longer} cells more": partial(judge, lesson, _longer(source, longer), parent, [task])
                for longer in (0, 400, 800)
            }
            actions["0 cells more"]()
            rows.append((f"{lesson.stem} {task}", *(f"{taken:.0f}" for taken in medians(actions, 5).values())))
        parent.close()
    together = [sum(float(row[column]) for row in rows) for column in (1, 2, 3)]
    rows.append(("all together", *(f"{taken:.0f}" for taken in together)))
    show("check in a running notebook, ms", rows, ("task", "the solution", "400 cells more", "800 cells more"))


def _longer(source: str, cells: int) -> Submission:
    padding = [(f"cell {number}", f"def unused_{number}():\n    return {number}\n") for number in range(cells)]
    return notebook_submission([*padding, ("answer", source)])


def overhead() -> None:
    """What each instrument costs the code it watches: the same work with it on and off."""
    from tests.bench_instruments import INSTRUMENTS

    rows = []
    for name, (off, on) in INSTRUMENTS.items():
        taken = medians({"off": off, "on": on}, 5)
        rows.append(
            (name, f"{taken['off']:.1f}", f"{taken['on']:.1f}", f"{taken['on'] / max(taken['off'], 0.001):.1f}")
        )
    show("instrument overhead on the measured code", rows, ("instrument and work", "off ms", "on ms", "ratio"))


def imports() -> None:
    """What a test pays for importing an instrument, beside Python and pytest themselves."""
    names = ["pytest", "course_lib.pytest_plugin", *(f"course_lib.instruments.{name}" for name in MEASURING)]
    actions = {name: partial(python, "-c", f"import {name}") for name in [*names, "course_lib.interleavings"]}
    taken = medians({"nothing": partial(python, "-c", "pass"), **actions})
    rows = [
        (name, f"{time - taken['nothing']:.0f}", f"{time / taken['nothing']:.2f}")
        for name, time in taken.items()
        if name != "nothing"
    ]
    show("imports, beside Python's own start", rows, ("module", "more ms", "ratio"))


def interleavings() -> None:
    """Interleavings explored a second, and how many until the first failure."""
    code = "import json; from tests.bench_instruments import explored; print(json.dumps(explored()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    rows = [(name, *map(str, figures)) for name, figures in json.loads(done.stdout).items()]
    show("interleavings", rows, ("program", "explored", "exhausted", "a second", "until the first failure"))


def capstone() -> None:
    """A check of lesson 10's solution, whole and by task; and production that holds, with the most memory it took."""
    submission, parent = read_folder(SERVICE, CAPSTONE.entry or ("", "")), WarmParent.spawned(CAPSTONE.slug)
    by_task = {task: seconds(partial(judge, CAPSTONE, submission, parent, [task])) for task in CAPSTONE.tasks}
    parent.close()
    rows = [("all tasks", f"{sum(by_task.values()):.1f}"), *((task, f"{took:.1f}") for task, took in by_task.items())]
    show("check of lesson 10's solution", rows, ("task", "seconds"))
    run = produce(SERVICE, PRODUCTION_SECONDS, 1, None)
    most = max(value for _, value in run.gauges.line("memory"))
    ours = psutil.Process().memory_info().rss / (1 << 20)
    told = (run.headline, f"{most:.0f}", f"{ours:.0f}")
    show("production", [told], ("run", "MiB of the service at most", "MiB of what drives it"))


def main() -> None:
    command_line()
    running_notebook()
    capstone()
    running_notebook()
    imports()
    overhead()
    interleavings()


if __name__ == "__main__":
    main()
