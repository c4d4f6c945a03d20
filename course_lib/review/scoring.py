"""A review scored: what it found, its false alarms, and every claim with what came of running it.

A claim that points at a planted fault and names it is a find; so is one that is not planted and comes out red. A second
claim on the same fault counts neither way, and neither does a hazard in the right file without a line. All others are
false alarms, also those that could not be run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, Literal, NamedTuple

from course_lib.hazards.defence.places import Finding, Place, PullRequest, hit_by
from course_lib.hazards.plainly import counted
from course_lib.reading import figure, table
from course_lib.review.claims import Claim, is_file
from course_lib.review.measuring import Run
from course_lib.review.running import run_places
from course_lib.syllabus import HAZARDS
from course_lib.widgets.page import GREEN, GREY, VERMILION, View, marked, table_html

Verdict = Literal["proved", "refuted", "could not run"]
SHOWN = 60  # claims that a text or a page shows
LETTERS = 160
WHAT_RAN = (
    "What was run is the course's own trigger for that place and that hazard, never the words of a claim. Where the "
    "course has none, a claim about these lines could not run, and counts as a false alarm also where it is true."
)
_LOOKS = {
    "proved": ("✓", GREEN, "solid"),
    "refuted": ("✗", VERMILION, "double"),
    "could not run": ("◦", GREY, "dotted"),
}


class Judged(NamedTuple):
    """One claim, what came of running it, and the figures or the reason; the place that it points at, where known."""

    claim: Claim
    verdict: Verdict
    evidence: str
    place: Place | None
    failed: bool = False
    """True where there is an instrument for it and the instrument could not run."""

    def to_plain(self) -> dict[str, Any]:
        """The claim as the contract's JSON has it."""
        claim = self.claim
        at = {"file": claim.file, "first": claim.first, "last": claim.last, "hazard": claim.hazard}
        return {**at, "verdict": self.verdict, "evidence": self.evidence}


@dataclass(frozen=True, repr=False)
class ScoredReview(View):
    """Every claim of one review of a pull request, run; prints as a table, and shows as one in a notebook."""

    pull_request: PullRequest
    judged: tuple[Judged, ...]
    notes: tuple[str, ...] = ()

    @cached_property
    def finds(self) -> tuple[Place, ...]:
        """The faults that were found, planted or proved, each once, in the review's order."""
        found = {one.place.name: one.place for one in self.judged if one.place and _counts(one)}
        return tuple(found.values())

    @property
    def no_hits(self) -> tuple[Judged, ...]:
        """The claims that found nothing, in the review's order: refuted, or not run and nowhere near a fault."""
        return tuple(one for one in self.judged if not _counts(one))

    @cached_property
    def false_alarms(self) -> int:
        """How many claims hit nothing and were not proved."""
        return sum(_is_false_alarm(one, self.pull_request.file) for one in self.judged)

    @property
    def planted(self) -> int:
        """How many faults were planted."""
        return len(self.pull_request.planted)

    @property
    def could_be_run(self) -> bool:
        """False where an instrument that a claim asks for could not run at all."""
        return not any(one.failed for one in self.judged)

    def count(self, verdict: Verdict) -> int:
        """How many claims came to that verdict."""
        return sum(one.verdict == verdict for one in self.judged)

    def by_hazard(self) -> dict[str, tuple[int, int]]:
        """(found, false alarms) for each hazard that the review speaks of, in the course's order."""
        found = [place.hazard for place in self.finds]
        wrong = [one.claim.hazard for one in self.judged if _is_false_alarm(one, self.pull_request.file)]
        return {slug: (found.count(slug), wrong.count(slug)) for slug in HAZARDS if slug in found or slug in wrong}

    def to_plain(self) -> dict[str, Any]:
        """The score as the contract's JSON object."""
        head = {"found": len(self.finds), "planted": self.planted, "false_alarms": self.false_alarms}
        return {**head, "claims": [one.to_plain() for one in self.judged], "notes": list(self.notes)}

    def summary(self) -> str:
        """Found and false alarms in one line; where there is no claim, why."""
        if not self.judged:
            because = "; ".join(map(printable, self.notes)) or "no claim was found to score"
            return f"{self.pull_request.file}: found 0 of {self.planted}, since {because}"
        wrong = self.false_alarms
        them = "is a false alarm" if 1 in (wrong, len(self.judged)) else "are false alarms"
        alarms = f"{figure(wrong)} of {counted(len(self.judged), 'claim')} {them}"
        placeless = sum(_is_without_a_line(one, self.pull_request.file) for one in self.judged)
        beside = (
            f"; {placeless} without a line {'counts' if placeless == 1 else 'count'} neither way" if placeless else ""
        )
        return f"{self.pull_request.file}: found {len(self.finds)} of {self.planted}; {alarms}{beside}"

    def __str__(self) -> str:
        if not self.judged:
            return self.summary()
        parts = [self.summary(), self._table(), self._rest(), WHAT_RAN, *map(printable, self.notes)]
        return "\n\n".join(filter(None, parts))

    def _table(self) -> str:
        """A row a claim, and under each the claim's words."""
        shown = self.judged[:SHOWN]
        rows = [
            (str(number), one.verdict, where(one.claim), one.claim.hazard or "-", cut(one.evidence))
            for number, one in enumerate(shown, 1)
        ]
        head, *lines = table([("", "verdict", "where", "hazard", "what running it showed"), *rows]).split("\n")
        words = [f"    {cut(one.claim.text)}".rstrip() for one in shown]
        return "\n".join([head, *(line for pair in zip(lines, words, strict=True) for line in pair if line)])

    def _rest(self) -> str:
        more = len(self.judged) - SHOWN
        return f"… and {counted(more, 'claim')} more, which --json has" if more > 0 else ""

    def to_html(self) -> str:
        """The same as a table, every word of the review escaped."""
        summary = f"<p><strong>{escape(self.summary())}</strong></p>"
        if not self.judged:
            return summary
        head = ("", "verdict", "where", "hazard", "the claim", "what running it showed")
        rows = [[str(number), *cells_of(one)] for number, one in enumerate(self.judged[:SHOWN], 1)]
        under = filter(None, [self._rest(), WHAT_RAN, *self.notes])
        told = "".join(f"<p>{escape(printable(note))}</p>" for note in under)
        cell = "text-align:left;vertical-align:top;overflow-wrap:anywhere"
        return f"{summary}{table_html(head, rows, cell)}{told}"


def score(
    claims: Iterable[Claim], pull_request: PullRequest, source: str = "", notes: Sequence[str] = ()
) -> ScoredReview:
    """Every claim run and judged; `source` is a variant of the pull request's text to run in its place."""
    pointed = [(claim, _place_of(claim, pull_request)) for claim in claims]
    results = run_places(pull_request, [place for _, place in pointed if place], source)
    judged = tuple(_judged(claim, place, results, pull_request) for claim, place in pointed)
    return ScoredReview(pull_request, judged, tuple(notes))


def _place_of(claim: Claim, pull_request: PullRequest) -> Place | None:
    """The place that a claim points at: a planted one before a clean one."""
    if claim.first is None or claim.last is None or not is_file(claim.file, pull_request.file):
        return None
    finding = Finding(claim.first, claim.last, claim.hazard)
    return hit_by(finding, pull_request, pull_request.planted) or hit_by(finding, pull_request, pull_request.places)


def _judged(claim: Claim, place: Place | None, results: dict[str, Run | str], pull_request: PullRequest) -> Judged:
    if place is None:
        return Judged(claim, "could not run", _why_not(claim, pull_request), None)
    result = results[place.name]
    if isinstance(result, str):
        return Judged(claim, "could not run", result, place, failed=True)
    return Judged(claim, "proved" if result.red else "refuted", result.evidence, place)


def _why_not(claim: Claim, pull_request: PullRequest) -> str:
    if not is_file(claim.file, pull_request.file):
        return f"it is about another file than {pull_request.file}"
    if claim.first is None:
        return "it names no line"
    if not claim.hazard:
        return "it names none of the eight hazards"
    return f"no instrument of the course measures {claim.hazard} at these lines"


def _counts(one: Judged) -> bool:
    return one.place is not None and (one.place.planted or one.verdict == "proved")


def _is_false_alarm(one: Judged, file: str) -> bool:
    return not _counts(one) and not _is_without_a_line(one, file)


def _is_without_a_line(one: Judged, file: str) -> bool:
    return one.claim.first is None and is_file(one.claim.file, file)


def where(claim: Claim) -> str:
    """The file and the lines of a claim, as they are shown."""
    if claim.first is None:
        return cut(claim.file, 30)
    lines = f"{claim.first}" if claim.first == claim.last else f"{claim.first}-{claim.last}"
    return f"{cut(claim.file, 30)}:{lines}"


def cells_of(one: Judged) -> list[str]:
    """One claim as HTML: its verdict, where, its hazard, its words, what running it showed."""
    mark, colour, border = _LOOKS[one.verdict]
    names = [_whole(where(one.claim)), _whole(one.claim.hazard or "-")]
    words = map(escape, [cut(one.claim.text, 300), cut(one.evidence, 300)])
    return [marked(mark, one.verdict, colour, border), *names, *words]


def _whole(name: str) -> str:
    """A name that is not broken across lines."""
    return f'<span style="white-space:nowrap">{escape(name)}</span>'


def cut(text: str, longest: int = LETTERS) -> str:
    """The beginning of a text on one line, without anything that a terminal would act upon."""
    plain = printable(" ".join(text.split()))
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def printable(text: str) -> str:
    """The text without anything that a terminal would act upon."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in text)
