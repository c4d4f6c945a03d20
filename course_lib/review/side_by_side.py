"""Two reviews of one pull request beside each other: what each found, what both did, what neither did."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from course_lib.hazards.defence.places import Place
from course_lib.hazards.plainly import counted
from course_lib.reading import table
from course_lib.review.scoring import ScoredReview
from course_lib.widgets.page import GREEN, GREY, View, marked, table_html

FOUND, MISSED = "found", "missed"


@dataclass(frozen=True, repr=False)
class SideBySide(View):
    """Two scored reviews; a row a fault, planted or proved, and the overlap in words."""

    mine: ScoredReview
    theirs: ScoredReview
    names: tuple[str, str] = ("you", "the assistant")

    @property
    def faults(self) -> list[Place]:
        """Every planted fault, and what either review has proved beyond them, in the file's order."""
        known = {place.name: place for place in (*self.mine.pull_request.planted, *self.mine.finds, *self.theirs.finds)}
        return sorted(known.values(), key=self.mine.pull_request.lines)

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

    def _rows(self) -> list[tuple[Place, str, str]]:
        found = [{place.name for place in one.finds} for one in (self.mine, self.theirs)]
        words = [[FOUND if place.name in names else MISSED for names in found] for place in self.faults]
        return [(place, mine, theirs) for place, (mine, theirs) in zip(self.faults, words, strict=True)]

    def _lines(self, place: Place) -> str:
        first, last = self.mine.pull_request.lines(place)
        return f"{first}-{last}" if first != last else str(first)

    def __str__(self) -> str:
        rows = [[self._lines(place), place.hazard, mine, theirs] for place, mine, theirs in self._rows()]
        return f"{table([('lines', 'hazard', *self.names), *rows])}\n\n{self.in_words()}"

    def to_html(self) -> str:
        """The same as a table, with why each fault is one."""
        head = ("lines", "hazard", *self.names, "why")
        rows = [
            [self._lines(place), place.hazard, _mark(mine), _mark(theirs), escape(place.because)]
            for place, mine, theirs in self._rows()
        ]
        cell = "text-align:left;vertical-align:top"
        return f"{table_html(head, rows, cell)}<p>{escape(self.in_words())}</p>"


def _mark(word: str) -> str:
    return marked("✓", word, GREEN, "solid") if word == FOUND else marked("◦", word, GREY, "dotted")
