"""A scored review written as SARIF 2.1.0, which editors and code hosts show at the lines."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from course_lib.review.scoring import Judged, ScoredReview, printable
from course_lib.syllabus import HAZARDS

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"proved": "error", "refuted": "none", "could not run": "warning"}
_KINDS = {"refuted": "pass"}  # a level of none is for what did not fail
_NO_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")


def to_sarif(review: ScoredReview) -> dict[str, Any]:
    """The review as one SARIF run: a result a claim, its level by what came of running it."""
    rules = [{"id": _rule(slug)} for slug in (*HAZARDS, "")]
    driver = {"name": "course_lib review", "rules": rules}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": [_result(one) for one in review.judged]}],
    }


def _rule(slug: str) -> str:
    return f"hazard/{slug.replace('_', '-')}" if slug else "hazard/none-named"


def _uri(path: str) -> str:
    """The path as a URI reference; what is one already stays as it is."""
    escaped = _NO_ESCAPE.sub("%25", path.replace("\\", "/"))
    return quote(escaped, safe="/:?#@!$&'()*+,;=~%", errors="replace")


def _result(one: Judged) -> dict[str, Any]:
    claim = one.claim
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(claim.file)}}
    if claim.first is not None:
        place["region"] = {"startLine": claim.first, "endLine": claim.last}
    return {
        "ruleId": _rule(claim.hazard),
        "kind": _KINDS.get(one.verdict, "fail"),
        "level": _LEVELS[one.verdict],
        "message": {"text": f"{printable(claim.text)} ({one.verdict}: {one.evidence})"},
        "locations": [{"physicalLocation": place}],
        "properties": {"verdict": one.verdict, "evidence": one.evidence},
    }
