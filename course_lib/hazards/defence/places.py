"""What a pull request under review holds: its planted faults and its clean places, each with its twin.

A place is a piece of the pull request's text that stands in it once, with the hazard that one might see there. The twin
of a planted place is its repair; the twin of a clean one has the fault that it was suspected of. So every claim can
be run on both, and an instrument that tells the two apart has shown that it can.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

TEXTS = Path(__file__).with_name("pull_requests")


@dataclass(frozen=True)
class Place:
    """Some lines under one suspicion; `because` says in a sentence why it is right, or wrong.

    `also` are lines elsewhere that belong to it: where the attribute is made, say, that grows in another method.
    """

    name: str
    hazard: str
    planted: bool
    code: str
    twin: str
    because: str
    also: str = ""


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
        """The faults to be found."""
        return tuple(place for place in self.places if place.planted)

    def lines(self, place: Place) -> tuple[int, int]:
        """The first and the last line of a place, counted from 1."""
        return self._spans[place.name][0]

    def spans(self, place: Place) -> list[tuple[int, int]]:
        """All lines that belong to a place: its own, the function around them, and those elsewhere."""
        return self._spans[place.name]

    @cached_property
    def _spans(self) -> dict[str, list[tuple[int, int]]]:
        return {place.name: self._spans_of(place) for place in self.places}

    def _spans_of(self, place: Place) -> list[tuple[int, int]]:
        own = _where(self.text, place.code)
        around = [
            (node.lineno, node.end_lineno or node.lineno)
            for node in ast.walk(ast.parse(self.text))
            if isinstance(node, ast.FunctionDef) and node.lineno <= own[0] and own[1] <= (node.end_lineno or 0)
        ]
        innermost = sorted(around, key=lambda span: span[1] - span[0])[:1]
        return [own, *innermost, *([_where(self.text, place.also)] if place.also else [])]

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


def is_near(finding: Finding, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a finding points at one of these stretches of lines."""
    return finding.last - finding.first < LONGEST and _distance(finding, spans) <= SLACK


def hit_by(finding: Finding, pull_request: PullRequest, places: Sequence[Place]) -> Place | None:
    """That one of the places which a finding points at and names rightly; the nearest, where it is near to several."""
    named = [place for place in places if place.hazard == finding.hazard]
    near = [place for place in named if is_near(finding, pull_request.spans(place))]
    return min(near, key=lambda place: _distance(finding, pull_request.spans(place)), default=None)


def _distance(finding: Finding, spans: Sequence[tuple[int, int]]) -> int:
    """How many lines a finding is away from the nearest of these; 0 where it overlaps one."""
    return min(max(first - finding.last, finding.first - last, 0) for first, last in spans)


def _where(text: str, code: str) -> tuple[int, int]:
    first = text.partition(code)[0].count("\n") + 1
    return first, first + code.count("\n") - 1
