"""Two reviews of one pull request beside each other: what each found, what both did, what neither did.

    beside_the_assistant(form.findings)    # opens at five findings; what nobody found stays closed

Under the table stand those claims of the assistant that were no hits, so that a reader sees which ones were false.
Which faults neither found is told in a number, and in lines only to whoever has passed the exercise or asks for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from course_lib.hazards.defence.places import Place
from course_lib.hazards.plainly import counted
from course_lib.progress import events
from course_lib.reading import table
from course_lib.review.scoring import SHOWN, Judged, ScoredReview, cells_of, cut, where
from course_lib.review.shipped import score_findings, score_text, shipped_review
from course_lib.widgets.page import GREEN, GREY, View, marked, table_html
from course_lib.widgets.verdict import Note

FOUND, MISSED = "found", "missed"
OPENS_AT = 5  # findings that a review must hold before another one is shown beside it


@dataclass(frozen=True, repr=False)
class SideBySide(View):
    """Two scored reviews: a row a fault, planted or proved; the overlap in words; what the other claimed in vain."""

    mine: ScoredReview
    theirs: ScoredReview
    names: tuple[str, str] = ("you", "the assistant")
    show_all: bool = False

    @property
    def faults(self) -> list[Place]:
        """Every planted fault, and what either review has proved beyond them, in the file's order."""
        known = {place.name: place for place in (*self.mine.pull_request.planted, *self.mine.finds, *self.theirs.finds)}
        return sorted(known.values(), key=self.mine.pull_request.lines)

    @property
    def shown(self) -> list[Place]:
        """Those of the faults that stand in the table."""
        found = {place.name for one in (self.mine, self.theirs) for place in one.finds}
        return [place for place in self.faults if self.show_all or place.name in found]

    def overlap(self) -> dict[str, int]:
        """How many faults both found, each alone, and neither."""
        mine, theirs = ({place.name for place in one.finds} for one in (self.mine, self.theirs))
        faults = {place.name for place in self.faults}
        first, second = self.names
        return {
            "both": len(mine & theirs),
            f"only {first}": len(mine - theirs),
            f"only {second}": len(theirs - mine),
            "neither": len(faults - mine - theirs),
        }

    def in_words(self) -> str:
        """The overlap and the false alarms in two sentences."""
        shared = ", ".join(f"{who} {count}" for who, count in self.overlap().items())
        alarms = [f"{name} {one.false_alarms}" for name, one in zip(self.names, (self.mine, self.theirs), strict=True)]
        return f"Of {counted(len(self.faults), 'fault')}: {shared}. False alarms: {', '.join(alarms)}."

    @property
    def _no_hits(self) -> tuple[Judged, ...]:
        return self.theirs.no_hits[:SHOWN]

    def _on_no_hits(self) -> str:
        count, who = len(self.theirs.no_hits), self.names[1]
        told = f"{counted(count, 'claim')} of {who} {'was no hit' if count == 1 else 'were no hits'}"
        return f"{told}; the first {SHOWN}:" if count > SHOWN else f"{told}{':' if count else '.'}"

    def _rows(self) -> list[tuple[Place, str, str]]:
        found = [{place.name for place in one.finds} for one in (self.mine, self.theirs)]
        words = [[FOUND if place.name in names else MISSED for names in found] for place in self.shown]
        return [(place, mine, theirs) for place, (mine, theirs) in zip(self.shown, words, strict=True)]

    def _lines(self, place: Place) -> str:
        first, last = self.mine.pull_request.lines(place)
        return f"{first}-{last}" if first != last else str(first)

    def __str__(self) -> str:
        rows = [[self._lines(place), place.hazard, mine, theirs] for place, mine, theirs in self._rows()]
        claims = [
            f"  {where(one.claim)}  {one.verdict}: {cut(one.evidence)}\n    {cut(one.claim.text, 300)}"
            for one in self._no_hits
        ]
        told = "\n".join([self._on_no_hits(), *claims])
        return f"{table([('lines', 'hazard', *self.names), *rows])}\n\n{self.in_words()}\n\n{told}"

    def to_html(self) -> str:
        """The same as a table, with why each fault is one."""
        head = ("lines", "hazard", *self.names, "why")
        rows = [
            [self._lines(place), place.hazard, _mark(mine), _mark(theirs), escape(place.because)]
            for place, mine, theirs in self._rows()
        ]
        cell = "text-align:left;vertical-align:top"
        told = f"<p>{escape(self.in_words())}</p><p>{escape(self._on_no_hits())}</p>"
        claims = [cells_of(one) for one in self._no_hits]
        columns = ("verdict", "where", "hazard", "the claim", "what running it showed")
        return table_html(head, rows, cell) + told + (table_html(columns, claims, cell) if claims else "")


def beside_the_assistant(findings: Sequence[tuple[Any, ...]], show_all: bool = False) -> SideBySide | Note:
    """The learner's findings in the exercise's pull request beside the shipped review of it, from five findings on.

    What neither found is shown once the exercise is passed, or with `show_all`.
    """
    if len(findings) < OPENS_AT and not show_all:
        has = f"Your list has {counted(len(findings), 'finding')}: the assistant's review opens at {OPENS_AT}."
        return Note(f"{has} To give up on your own list: beside_the_assistant(form.findings, show_all=True)")
    mine, theirs = score_findings(findings), score_text(shipped_review("lockers"))
    return SideBySide(mine, theirs, show_all=show_all or _has_passed())


def _has_passed() -> bool:
    return any(event.get("task") == "FINDINGS" and event.get("status") == "pass" for event in events("check"))


def _mark(word: str) -> str:
    return marked("✓", word, GREEN, "solid") if word == FOUND else marked("◦", word, GREY, "dotted")
