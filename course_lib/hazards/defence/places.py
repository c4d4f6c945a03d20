"""What a pull request under review holds: its planted faults and its clean places, each with its twin.

A place is a piece of the pull request's text that stands in it once, with the hazard that one might see there. The twin
of a planted place is its repair; the twin of a clean one has the fault that it was suspected of. So every claim can
be run on both, and an instrument that tells the two apart has shown that it can.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

HAZARDS = tuple(
    "resource_leaks unbounded_growth error_handling race_conditions "
    "n_plus_one_queries data_structures sql_injection missing_authorization".split()
)
TEXTS = Path(__file__).with_name("pull_requests")


@dataclass(frozen=True)
class Place:
    """Some lines under one suspicion; `because` says in a sentence why it is right, or wrong."""

    name: str
    hazard: str
    planted: bool
    code: str
    twin: str
    because: str


@dataclass(frozen=True)
class PullRequest:
    """One new file, its title, and the places in it."""

    name: str
    title: str
    places: tuple[Place, ...]

    @property
    def file(self) -> str:
        """The name of the file that it adds."""
        return f"{self.name}.py"

    @cached_property
    def text(self) -> str:
        """The file as it stands."""
        return (TEXTS / f"{self.file}.txt").read_text("utf-8")

    @property
    def planted(self) -> tuple[Place, ...]:
        """The faults to be found, in the file's order."""
        return tuple(place for place in self.places if place.planted)

    def lines(self, place: Place) -> tuple[int, int]:
        """The first and the last line of a place, counted from 1."""
        before, _, _ = self.text.partition(place.code)
        first = before.count("\n") + 1
        return first, first + place.code.count("\n") - 1

    def with_twins(self, *places: Place) -> str:
        """The file with these places exchanged for their twins."""
        text = self.text
        for place in places:
            if text.count(place.code) != 1:
                raise ValueError(f"the lines of {place.name} do not stand in {self.file} exactly once")
            text = text.replace(place.code, place.twin)
        return text


@dataclass(frozen=True)
class Finding:
    """One claim of a review, by its lines and its hazard."""

    first: int
    last: int
    hazard: str


SLACK = 3  # lines by which a finding may miss a place
LONGEST = 40  # lines of a finding that points at something; the whole file is no place


def is_near(finding: Finding, first: int, last: int) -> bool:
    """Whether a finding points at these lines."""
    short = finding.last - finding.first < LONGEST
    return short and finding.first <= last + SLACK and finding.last >= first - SLACK


def hit_by(finding: Finding, pull_request: PullRequest, places: Sequence[Place]) -> Place | None:
    """That one of the places which a finding points at and names rightly; the nearest, where it is near to several."""
    near = [
        place
        for place in places
        if place.hazard == finding.hazard and is_near(finding, *pull_request.lines(place))
    ]
    return min(near, key=lambda place: _distance(finding, *pull_request.lines(place)), default=None)


def _distance(finding: Finding, first: int, last: int) -> int:
    return max(first - finding.last, finding.first - last, 0)


def pull_requests() -> dict[str, PullRequest]:
    """Every pull request of the course by its name."""
    from course_lib.hazards.defence import places_of_lockers, places_of_rooms, places_of_tools

    found = [places_of_lockers.LOCKERS, places_of_rooms.ROOMS, places_of_tools.TOOLS]
    return {one.name: one for one in found}
