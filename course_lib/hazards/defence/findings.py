"""Judges a review of the pull request by where it points and at what: five of seven found, two false alarms at most.

What is wrong with one finding is never told, and neither is which of them hit: a review is made by reading and running,
not by asking the judge. A finding that can't be read is told in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from course_lib.hazards.defence.places import LONGEST, Finding, Place, PullRequest, hit_by, is_near
from course_lib.hazards.defence.places_of_lockers import LOCKERS
from course_lib.hazards.plainly import counted, shown, then
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.reading import Check, failed, passed
from course_lib.syllabus import HAZARDS

READS, FINDS, SPARES = "can be read", "finds five of the seven", "raises two false alarms at most"
WANTED, ALLOWED = 5, 2
MOST = 1_000  # findings that are looked at; nobody has so many


def _judge(observe: Observe) -> list[Check]:
    [seen] = observe([{}])
    found = seen["findings"]
    readable = _can_be_read(found)
    if readable.status != "pass":
        return then(readable, list, [FINDS, SPARES], "counted once the review can be read")
    hits, misses = scored([_finding(one) for one in found], LOCKERS)
    return [readable, _finds(hits), _spares(hits, misses)]


def _can_be_read(found: Any) -> Check:
    trouble = next(_troubles(found, LOCKERS), None)
    if trouble is None:
        return passed(READS, counted(len(found), "finding"))
    expected = "a list of (line, hazard) or (first, last, hazard), hazards by their slugs"
    return failed(READS, trouble, expected, trouble)


def _troubles(found: Any, pull_request: PullRequest) -> Iterator[str]:
    """What keeps the review from being read, one sentence a finding."""
    if type(found) is not list:
        yield f"FINDINGS is {shown(found)}, not a list"
        return
    if len(found) > MOST:
        yield f"{counted(len(found), 'finding')} are no review; {MOST:,} are looked at"
        return
    lines = pull_request.text.count("\n")
    for number, finding in enumerate(found, 1):
        if trouble := _trouble_with(finding, lines, pull_request.file):
            yield f"finding {number}, {shown(finding)}: {trouble}"


def _trouble_with(finding: Any, lines: int, file: str) -> str:
    if type(finding) not in (tuple, list) or len(finding) not in (2, 3):
        return "write (line, hazard) or (first, last, hazard)"
    *numbers, hazard = finding
    if any(type(number) is not int for number in numbers):
        return "a line is a whole number"
    if type(hazard) is not str or hazard not in HAZARDS:
        return _no_hazard(hazard)
    if numbers[0] > numbers[-1]:
        return "the first line comes after the last"
    if numbers[0] < 1 or numbers[-1] > lines:
        return f"{file} has the lines 1 to {lines}"
    return ""


def _no_hazard(hazard: Any) -> str:
    """A sentence on a hazard that is none, with the one that was perhaps meant."""
    close = get_close_matches(hazard, HAZARDS, 1, 0.5) if type(hazard) is str and len(hazard) < 100 else []
    meant = f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(HAZARDS)}"
    return f"{shown(hazard)} is no hazard{meant}"


def _finding(plain: Sequence[Any]) -> Finding:
    *numbers, hazard = plain
    return Finding(numbers[0], numbers[-1], hazard)


def scored(findings: Sequence[Finding], pull_request: PullRequest) -> tuple[list[Place], list[Finding]]:
    """The planted places that were found, each once, and the findings that hit none."""
    hits: dict[str, Place] = {}
    misses = []
    for finding in findings:
        place = hit_by(finding, pull_request, pull_request.planted)
        if place is None:
            misses.append(finding)
        else:
            hits[place.name] = place
    return list(hits.values()), misses


def _finds(hits: list[Place]) -> Check:
    planted = len(LOCKERS.planted)
    measured = f"{len(hits)} of {planted} found"
    if len(hits) >= WANTED:
        return passed(FINDS, measured)
    named = (
        "is named, with its lines and its hazard" if len(hits) == 1 else "are named, with their lines and their hazard"
    )
    told = f"{len(hits)} of the {planted} planted faults {named}"
    return failed(FINDS, measured, f"{WANTED} or more", told)


def _spares(hits: list[Place], misses: list[Finding]) -> Check:
    measured = f"{counted(len(misses), 'finding')} that hit nothing"
    if len(misses) <= ALLOWED:
        return passed(SPARES, measured)
    expected = f"{ALLOWED} at most"
    points = "points" if len(misses) == 1 else "point"
    told = f"{counted(len(misses), 'finding')} of yours {points} at nothing that was planted"
    return failed(SPARES, measured, expected, told + _seen_otherwise(hits, misses) + _too_wide(misses))


def _seen_otherwise(hits: list[Place], misses: list[Finding]) -> str:
    """How many of them stand, under another hazard's name, at a planted fault that is not found yet."""
    hidden = [place for place in LOCKERS.planted if place not in hits]
    near = sum(any(is_near(miss, LOCKERS.spans(place)) for place in hidden) for miss in misses)
    return f"; {near} of them at the right lines, under another hazard's name" if near else ""


def _too_wide(misses: list[Finding]) -> str:
    wide = sum(miss.last - miss.first >= LONGEST for miss in misses)
    return f"; {wide} of them cover more than {LONGEST} lines, which points at nothing" if wide else ""


FINDINGS = Task(
    _judge,
    Control({}, lambda seen: seen["findings"] == []),
)
