"""The pull requests and the assistant's reviews that come with the course, by name, and scores in one call.

    pull_request("lockers")                  # 7 planted, 14 clean; "rooms" and "tools": 3 planted, 6 clean, twins
    score_findings(FINDINGS)                 # a learner's list of (line, hazard) or (first, last, hazard)
    score_text(shipped_review("lockers"))    # anybody's review, in any of the six formats

The reviews were written for the course in the manner of an assistant.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from course_lib.hazards.defence.places import TEXTS, PullRequest
from course_lib.hazards.defence.places_of_lockers import LOCKERS
from course_lib.hazards.defence.places_of_rooms import ROOMS
from course_lib.hazards.defence.places_of_tools import TOOLS
from course_lib.review.claims import Claim
from course_lib.review.formats import read_review
from course_lib.review.scoring import ScoredReview, score

_PULL_REQUESTS = {one.name: one for one in (LOCKERS, ROOMS, TOOLS)}
REVIEWED = ("lockers", "rooms", "desk")  # those of which a review is shipped


def pull_request(name: str = "lockers") -> PullRequest:
    """One pull request of the course: "lockers", or the short ones "rooms" and "tools"."""
    return _PULL_REQUESTS[name]


def shipped_review(name: str = "lockers") -> str:
    """The assistant's review of that pull request, or of the module "desk"."""
    return (TEXTS / f"{name}_review.md").read_text("utf-8")


def desk() -> str:
    """The module that the claims to be demonstrated are about."""
    return (TEXTS / "desk.py.txt").read_text("utf-8")


def score_text(text: str, name: str = "lockers", wanted: str = "auto") -> ScoredReview:
    """A review as text, read and scored; raises Unreadable where it is not in the format that was named."""
    reviewed = pull_request(name)
    read = read_review(text, wanted, reviewed.file)
    return score(read.claims, reviewed, notes=read.notes)


def score_findings(findings: Iterable[tuple[Any, ...]], name: str = "lockers") -> ScoredReview:
    """A list of (line, hazard) or (first, last, hazard), scored; every claim that can be run is run."""
    reviewed = pull_request(name)
    claims = [Claim(reviewed.file, int(one[0]), int(one[-2]), str(one[-1]), str(one[-1])) for one in findings]
    return score(claims, reviewed)
