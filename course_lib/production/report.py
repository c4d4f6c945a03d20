"""What a run showed: each incident with its pager, its evidence and thirty lines of the log, and the gauges.

Prints fully as text; `to_plain` is the same for programs. The log is the run's own: nothing in it is staged.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from course_lib.hazards.plainly import counted
from course_lib.production.clients import Counts
from course_lib.production.gauges import Gauges
from course_lib.production.incidents import GENERAL, INCIDENTS, OTHER, incident
from course_lib.production.service import Log
from course_lib.widgets import prose
from course_lib.widgets.page import View

LINES = 30
LONGEST_LINE = 150
A_RUN_IS_REAL = (
    "A run is real: threads and clocks differ from run to run, and a fault may hold once. The verdict on a repair is "
    "that of `python -m course_lib check 10_capstone FOLDER`, which counts."
)
NO_LIMIT = "This system has no limit of open files that a process can lower, so the service ran without one."


@dataclass(frozen=True)
class Raised:
    """One incident of a run: when, at which request, and what was seen."""

    incident: int
    request: int
    second: float
    seen: str

    @property
    def title(self) -> str:
        return incident(self.incident).title if self.incident != GENERAL else "Something else"

    @property
    def pager(self) -> str:
        return incident(self.incident).pager if self.incident != GENERAL else OTHER


@dataclass(frozen=True, repr=False)
class Run(View):
    """One run of production, as it went."""

    folder: Path
    seed: int
    seconds: float
    counts: Counts
    restarts: int
    only: int | None
    raised: list[Raised]
    gauges: Gauges
    log: Log

    @property
    def held(self) -> bool:
        """Whether the pager stayed silent."""
        return not self.raised

    @property
    def headline(self) -> str:
        """The run in a sentence."""
        load = incident(self.only).title if self.only else "The whole of production"
        went = "held" if self.held else f"went down: {counted(len(self.raised), 'incident')}"
        told = f"{counted(self.counts.requests, 'request')} in {self.seconds:.0f} s, seed {self.seed}"
        return f"{load}: {went} ({told}, {counted(self.restarts, 'restart')})"

    def by_load(self) -> dict[str, bool]:
        """Whether each load of the run held, by its title; something else that went down is nobody's load."""
        wanted = [one for one in INCIDENTS if self.only in (None, one.number)]
        return {one.title: not self._was_raised(one.number) for one in wanted}

    def log_of(self, raised: Raised) -> list[str]:
        """Thirty lines of the log up to the one of that incident's request."""
        logged = self.log.requests.get(raised.request)
        at = self.log.at(raised.second) if logged is None else logged.at
        return [_legible(line) for line in self.log.up_to(at, LINES)]

    def gauges_of(self, raised: Raised) -> str:
        """A line for each gauge, up to that incident and a moment after."""
        linger = incident(raised.incident).linger if raised.incident != GENERAL else 0.5
        return self.gauges.strip(raised.second + linger)

    def __str__(self) -> str:
        quiet = [title for title, held in self.by_load().items() if held]
        held = [f"Held: {', '.join(quiet)}."] if quiet else []
        gauges = [f"The gauges over the whole run:\n{self.gauges.strip()}"]
        return "\n\n".join([self.headline, *map(self.in_words, self.raised), *held, *gauges, self.last_word])

    @property
    def last_word(self) -> str:
        """What a run is worth, and what this system could not show in it."""
        return A_RUN_IS_REAL if find_spec("resource") else f"{A_RUN_IS_REAL} {NO_LIMIT}"

    def _was_raised(self, number: int) -> bool:
        return any(raised.incident == number for raised in self.raised)

    def in_words(self, raised: Raised) -> str:
        """One incident: the pager's sentence, what was seen and where, the log, the gauges up to then."""
        lines = "\n".join(f"    {line}" for line in self.log_of(raised))
        return (
            f"== {raised.title}\n{raised.pager}\n\n"
            f"  seen at second {raised.second:.1f}, request {raised.request}: {_legible(raised.seen)}\n\n"
            f"  the log up to then\n{lines}\n\n"
            f"{_indented(self.gauges_of(raised))}"
        )

    def to_plain(self) -> dict[str, Any]:
        """The run as plain data, in one JSON object."""
        incidents = [
            {
                "incident": raised.incident,
                "title": raised.title,
                "pager": raised.pager,
                "second": round(raised.second, 2),
                "request": raised.request,
                "seen": raised.seen,
                "log": self.log_of(raised),
                "gauges": self.gauges_of(raised).splitlines(),
            }
            for raised in self.raised
        ]
        return {
            "held": self.held,
            "seconds": round(self.seconds, 2),
            "seed": self.seed,
            "requests": self.counts.requests,
            "restarts": self.restarts,
            "incidents": incidents,
            "gauges": self.gauges.to_plain(),
        }

    def to_html(self) -> str:
        """The incidents, for a notebook: the same words, the log and the gauges folded."""
        held = ", ".join(title for title, held in self.by_load().items() if held)
        quiet = f"<p>Held: {escape(held)}.</p>" if held else ""
        incidents = "".join(map(self._incident_html, self.raised))
        return f"<p><strong>{escape(self.headline)}</strong></p>{incidents}{quiet}<p>{prose.line(self.last_word)}</p>"

    def _incident_html(self, raised: Raised) -> str:
        alone = self.only is not None
        log, gauges = "\n".join(self.log_of(raised)), self.gauges_of(raised)
        seen = f"seen at second {raised.second:.1f}, request {raised.request}: {_legible(raised.seen)}"
        return (
            f'<div style="margin-bottom:1.5em"><p><strong>{escape(raised.title)}</strong><br>{escape(raised.pager)}</p>'
            f"<p>{escape(seen)}</p>"
            f"{_folded('The log up to then', log, alone)}{_folded('The gauges up to then', gauges, alone)}</div>"
        )


def _folded(summary: str, text: str, is_open: bool) -> str:
    shown = f'<pre style="font-size:11px;line-height:1.35;overflow-x:auto">{escape(text)}</pre>'
    return f"<details{' open' * is_open}><summary>{summary}</summary>{shown}</details>"


def _legible(line: str) -> str:
    """The line without anything that a terminal would act upon, cut where it is very long."""
    shown = line if line.isprintable() else "".join(one if one.isprintable() else ascii(one)[1:-1] for one in line)
    return shown if len(shown) <= LONGEST_LINE else f"{shown[: LONGEST_LINE - 2]} …"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
