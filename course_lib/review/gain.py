"""What a learner found in a short pull request before the course, and in its twin after it: kept, and put side by side.

    keep_gain("before", score_findings(form.findings, "rooms"))
    keep_gain("after", score_findings(form.findings, "tools"))
    gain()                       # found and false alarms by hazard, before and after

Kept with the learner's progress, and no part of any mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from course_lib.hazards.plainly import counted
from course_lib.progress import ProgressNotSaved, events, record
from course_lib.reading import table
from course_lib.syllabus import HAZARDS
from course_lib.widgets.page import View, table_html

if TYPE_CHECKING:  # the course map asks for what is kept, and needs none of the instruments
    from course_lib.review.scoring import ScoredReview

When = Literal["before", "after"]
Counts = Mapping[str, tuple[int, int]]
KIND = "short_review"
ON: dict[When, str] = {"before": "rooms", "after": "tools"}


@dataclass(frozen=True, repr=False)
class Gain(View):
    """(found, false alarms) by hazard, before and after; None for a review that was not made."""

    before: Counts | None
    after: Counts | None

    def rows(self) -> list[list[object]]:
        """A row a hazard that either review speaks of, and one for all of them."""
        known = {**(self.before or {}), **(self.after or {})}
        rows: list[list[object]] = [
            [slug, *_cells(self.before, slug), *_cells(self.after, slug)] for slug in HAZARDS if slug in known
        ]
        return [*rows, ["all", *_sums(self.before), *_sums(self.after)]]

    def in_words(self) -> str:
        """What is there to compare, in a sentence."""
        if self.before is None and self.after is None:
            return "Neither short review has been made yet."
        if self.before is None or self.after is None:
            return f"The review {'before' if self.before is None else 'after'} the course has not been made."
        sums = (_sums(self.before), _sums(self.after))
        told = [f"{found} found, {counted(wrong or 0, 'false alarm')}" for found, wrong in sums]
        return f"Before: {told[0]}. After: {told[1]}. Three were planted each time."

    def __str__(self) -> str:
        return f"{table([_HEAD, *self.rows()])}\n\n{self.in_words()}"

    def to_html(self) -> str:
        """The same as a table."""
        cells = [[escape("" if cell is None else str(cell)) for cell in row] for row in self.rows()]
        return f"{table_html(_HEAD, cells)}<p>{escape(self.in_words())}</p>"


_HEAD = ("hazard", "found before", "false alarms before", "found after", "false alarms after")


def keep_gain(when: When, review: ScoredReview) -> str:
    """Keeps the score of one of the two short reviews; the sentence that says so, or that it could not be kept."""
    counts = {slug: list(pair) for slug, pair in review.by_hazard().items()}
    try:
        record(KIND, when=when, pull_request=review.pull_request.name, counts=counts)
    except ProgressNotSaved as problem:
        return str(problem)
    return f"Kept. {review.summary()}."


def gain() -> Gain:
    """The last score that was kept of each of the two."""
    kept: dict[str, Counts] = {}
    for event in events(KIND):
        if event.get("pull_request") == ON.get(event.get("when", "")):
            kept[event["when"]] = _counts(event.get("counts"))
    return Gain(kept.get("before"), kept.get("after"))


def _counts(plain: Any) -> Counts:
    pairs = plain.items() if isinstance(plain, dict) else ()
    return {slug: (int(pair[0]), int(pair[1])) for slug, pair in pairs if slug in HAZARDS and len(pair) == 2}


def _cells(counts: Counts | None, slug: str) -> tuple[int | None, int | None]:
    return (None, None) if counts is None else counts.get(slug, (0, 0))


def _sums(counts: Counts | None) -> tuple[int | None, int | None]:
    if counts is None:
        return None, None
    return sum(found for found, _ in counts.values()), sum(wrong for _, wrong in counts.values())
