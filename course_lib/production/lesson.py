"""What lesson 10 asks for by a word: a load, the pager's sentence, the board, the post-mortem.

run_load()          # all of production, drawn while it goes
hypothesis(3)       # the pager of incident 3, and what you think before you run it
run_load(3)
told(3)             # your hypothesis beside what was seen
post_mortem(3)
board()             # where you stand with all eight
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from html import escape
from pathlib import Path

from course_lib.production.command import OWN, keep
from course_lib.production.gauges import NAMED
from course_lib.production.incidents import FILES, INCIDENTS, Incident, incident
from course_lib.production.report import Run
from course_lib.production.running import Production
from course_lib.progress import events
from course_lib.reading import table
from course_lib.syllabus import LESSONS
from course_lib.widgets import prose
from course_lib.widgets.dashboard import Dashboard
from course_lib.widgets.hypothesis import QUESTIONS, HypothesisForm, hypothesis_on
from course_lib.widgets.page import View, table_html
from course_lib.widgets.post_mortem import PostMortemForm, post_mortem_on

SECONDS, SECONDS_OF_ALL = 15.0, 14.0
_SAYS = {one.key: one.says for one in NAMED}


def run_load(number: int | None = None, seconds: float | None = None, seed: int = 1) -> Run:
    """Runs one load against your own service, or all of production, drawn while it goes; the result is kept."""
    from IPython.display import display

    _known(number)
    lasting = seconds or (SECONDS if number else SECONDS_OF_ALL)
    dashboard: list[Dashboard] = []

    def watch(second: float, values: Mapping[str, float]) -> None:
        for one in dashboard:
            one.add(second, {_SAYS[key]: value for key, value in values.items()})

    with Production(OWN, lasting, seed, number, watch) as production:
        production.start()
        limits = production.gauges.limits
        dashboard.append(Dashboard(_title(number), "second", {one.says: limits.get(one.key) for one in NAMED}))
        display(dashboard[0])  # type: ignore[no-untyped-call]  # IPython has no types
        run = production.run()
    dashboard[0].finish(f"{run.headline}.")
    keep(run)
    return run


def _known(number: int | None) -> None:
    if number is not None and number not in {one.number for one in INCIDENTS}:
        raise ValueError(f"there is no incident {number!r}; they are numbered 1 to {len(INCIDENTS)}")


def _title(number: int | None) -> str:
    return incident(number).title if number else "The whole of production"


def hypothesis(number: int, hazard: str = "", file: str = "", gauge: str = "", sure: int = 50) -> HypothesisForm:
    """The pager's sentence and the form; with a hazard, a file and a gauge given here, that is kept at once."""
    _known(number)
    choices = {
        "hazard": {lesson.slug: lesson.title for lesson in LESSONS[:8]},
        "file": {name: name for name in FILES},
        "gauge": _SAYS,
    }
    form = HypothesisForm(incident(number).title, incident(number).pager, choices)
    if hazard or file or gauge:
        form.keep_hypothesis({"hazard": hazard, "file": file, "gauge": gauge}, sure)
    return form


def post_mortem(number: int) -> PostMortemForm:
    """The form for the post-mortem of an incident."""
    _known(number)
    return PostMortemForm(incident(number).title)


class Printed(View):
    """What a command printed."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text

    def to_html(self) -> str:
        return f'<pre style="white-space:pre-wrap">{escape(self.text)}</pre>'


class Files(View):
    """The service's files: lines, and what each says of itself."""

    HEAD = ("file", "lines", "what it says of itself")

    def __init__(self) -> None:
        self.rows = [_of_file(path) for path in sorted(OWN.glob("*.py")) if path.name not in ("conftest.py",)]

    def __str__(self) -> str:
        return table([self.HEAD, *self.rows])

    def to_html(self) -> str:
        """The same as a table."""
        return table_html(self.HEAD, [[prose.line(str(cell)) for cell in row] for row in self.rows])


def _of_file(path: Path) -> tuple[str, int, str]:
    text = path.read_text("utf-8", "replace")
    with suppress(SyntaxError, ValueError):
        said = ast.get_docstring(ast.parse(text)) or ""
        return (path.name, len(text.splitlines()), " ".join(said.partition("\n\n")[0].split()))
    return (path.name, len(text.splitlines()), "is no Python at the moment")


def files() -> Files:
    """The files of your own service as they are now."""
    return Files()


def own_tests() -> Printed:
    """What the service's own tests say, run in a process of their own."""
    return _printed("-m", "pytest", "-q", "-p", "no:cacheprovider", "--color=no", str(OWN))


def measure(number: int) -> Printed:
    """What the judge counts of the hazard that your hypothesis names; it knows nothing of the incident."""
    _known(number)
    kept = hypothesis_on(incident(number).title)
    if kept is None:
        return Printed("Keep a hypothesis first: what is counted is the hazard that it names.")
    return _printed("-m", "course_lib", "check", OWN.name, str(OWN), "--task", kept.chosen["hazard"])


def _printed(*command: str) -> Printed:
    """The output of a Python command, without what a terminal would act upon."""
    done = subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        cwd=OWN.parents[1],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    return Printed((done.stdout + done.stderr).strip())


class Told(View):
    """A hypothesis beside what was seen. The gauge is told after a run, the rest once the load, run alone, has held."""

    def __init__(self, one: Incident) -> None:
        self.title, kept = one.title, hypothesis_on(one.title)
        alone = [
            event["held"] for event in events("production") if event["incident"] == one.title and event.get("alone")
        ]
        self.rows: list[tuple[str, str, str]] = []
        if kept is None:
            self.closing = "No hypothesis was kept: hypothesis(number) asks for one."
        elif not kept.locked:
            self.closing = "The hypothesis is kept; run the load now."
        else:
            solved = bool(alone and alone[-1])
            right = {"hazard": (one.cause.hazard,), "file": one.cause.files, "gauge": (one.cause.gauge,)}
            for question in QUESTIONS:
                is_told = solved or question == "gauge"
                is_right = kept.chosen[question] in right[question]
                verdict = ("right" if is_right else _instead(question, right[question])) if is_told else NOT_YET
                self.rows.append((question, _in_words(question, kept.chosen[question]), verdict))
            self.closing = "" if solved else "Repair it, run the same load again, and the rest is told."

    def __str__(self) -> str:
        rows = table([("", "you said", ""), *self.rows]) if self.rows else ""
        return "\n\n".join(filter(None, [self.title, rows, self.closing]))

    def to_html(self) -> str:
        """The same as a table."""
        rows = table_html(("", "you said", ""), [[escape(cell) for cell in row] for row in self.rows])
        shown = rows if self.rows else ""
        return f"<p><strong>{escape(self.title)}</strong></p>{shown}<p>{escape(self.closing)}</p>"


NOT_YET = "told when the load holds"


def _instead(question: str, right: tuple[str, ...]) -> str:
    return f"it was {' or '.join(_in_words(question, one) for one in right)}"


def _in_words(question: str, value: str) -> str:
    if question == "gauge":
        return _SAYS.get(value, value)
    return {lesson.slug: lesson.title for lesson in LESSONS}.get(value, value)


def told(number: int) -> Told:
    """Your hypothesis on an incident, beside what was seen."""
    _known(number)
    return Told(incident(number))


class Board(View):
    """The eight incidents and how far you are with each; made from the progress file, so it survives everything."""

    HEAD = ("", "incident", "hypothesis", "went down", "last run", "post-mortem")

    def __init__(self) -> None:
        self.rows = [self._row(one) for one in INCIDENTS]

    @staticmethod
    def _row(one: Incident) -> tuple[str, ...]:
        runs = [event["held"] for event in events("production") if event["incident"] == one.title]
        went_down = "yes" if False in runs else ""
        last = ("held" if runs[-1] else "went down") if runs else ""
        kept = "kept" if hypothesis_on(one.title) else ""
        written = "written" if post_mortem_on(one.title) else ""
        return (str(one.number), one.title, kept, went_down, last, written)

    def __str__(self) -> str:
        return table([self.HEAD, *self.rows])

    def to_html(self) -> str:
        """The same as a table."""
        return table_html(self.HEAD, [[escape(cell) for cell in row] for row in self.rows])


def board() -> Board:
    """Where you stand with the eight incidents."""
    return Board()
