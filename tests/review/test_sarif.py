"""SARIF out is SARIF 2.1.0: against the part of its schema that a scored review uses, written out here by hand.

The whole schema has a hundred kilobytes, and is not at hand without a network. What stands here is narrower: what the
schema calls optional and a review does not write is refused, so that whatever holds here holds there.
"""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest

from course_lib.review.claims import Claim, is_file
from course_lib.review.formats import read_review
from course_lib.review.sarif import to_sarif
from course_lib.review.scoring import ScoredReview, score
from course_lib.review.shipped import pull_request, score_text, shipped_review

URI_REFERENCE = r"^(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$"  # the letters of RFC 3986
TEXT = {"type": "string"}
LINE = {"type": "integer", "minimum": 1}


def closed(required: str, **properties: Any) -> dict[str, Any]:
    """An object with these properties and no others."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required.split(),
        "properties": properties,
    }


def listed(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


PLACE = closed(
    "artifactLocation",
    artifactLocation=closed("uri", uri={"type": "string", "pattern": URI_REFERENCE}),
    region=closed("startLine endLine", startLine=LINE, endLine=LINE),
)
RESULT = closed(
    "ruleId kind level message locations",
    ruleId=TEXT,
    kind={"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
    level={"enum": ["none", "note", "warning", "error"]},
    message=closed("text", text=TEXT),
    locations=listed(closed("physicalLocation", physicalLocation=PLACE)),
    properties={"type": "object"},
)
DRIVER = closed("name rules", name=TEXT, rules=listed(closed("id", id=TEXT), uniqueItems=True))
LOG = closed(
    "$schema version runs",
    version={"enum": ["2.1.0"]},
    runs=listed(closed("tool results", tool=closed("driver", driver=DRIVER), results=listed(RESULT))),
)
LOG["properties"]["$schema"] = {"type": "string", "pattern": f"^https://{URI_REFERENCE[1:]}"}


def problems(log: Any) -> list[str]:
    """What is no SARIF in it."""
    return [f"{error.json_path}: {error.message[:80]}" for error in jsonschema.Draft7Validator(LOG).iter_errors(log)]


HOSTILE = [
    "lockers.py", "/srv/a b/lockers.py", "C:\\work\\lockers.py", "file:///srv/lockers.py", "../../lockers.py",
    "b/Übung/lockers.py", "100%/lockers.py", "a%20b/lockers.py", "[x]/{y}|`/lockers.py", "\x1b[31m/lockers.py",
    "\udcff/lockers.py", "<b>\"/lockers.py", "other.py", "",
]  # fmt: skip


def hostile() -> ScoredReview:
    """A review that names odd paths, lines and words, all of it run as far as it can be."""
    claims = [Claim(file, 86, 87, "sql_injection", f"in {file}") for file in HOSTILE]
    claims += [Claim("lockers.py", None, None, "", "\x00\x1b]0;x\x07 \ud800"), Claim("lockers.py", 1, 1, "", "")]
    return score(claims, pull_request())


@pytest.mark.parametrize("scored", [lambda: score_text(shipped_review()), hostile, lambda: score([], pull_request())])
def test_a_scored_review_is_written_as_sarif(scored: Any) -> None:
    review = scored()
    log = json.loads(json.dumps(to_sarif(review)))

    assert problems(log) == []
    [run] = log["runs"]
    assert len(run["results"]) == len(review.judged)
    for result, one in zip(run["results"], review.judged, strict=True):
        assert (result["kind"] == "fail") == (result["level"] != "none"), "without a severity is what did not fail"
        assert (result["kind"] == "pass") == (one.verdict == "refuted")
        assert result["ruleId"] in {rule["id"] for rule in run["tool"]["driver"]["rules"]}


def test_a_path_that_was_written_as_a_uri_still_means_its_file() -> None:
    read = read_review(json.dumps(to_sarif(hostile())))
    meant = [is_file(claim.file, "lockers.py") for claim in read.claims]
    assert meant[: len(HOSTILE)] == [path.endswith("lockers.py") for path in HOSTILE]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["version"], "2.0.0"),
        (["runs", 0, "tool"], {}),
        (["runs", 0, "results", 0, "level"], "severe"),
        (["runs", 0, "results", 0, "message"], "in words"),
        (["runs", 0, "results", 0, "verdict"], "proved"),
        (["runs", 0, "results", 0, "locations", 0, "physicalLocation", "region", "startLine"], 0),
        (["runs", 0, "results", 0, "locations", 0, "physicalLocation", "artifactLocation", "uri"], "a b.py"),
    ],
    ids=lambda value: str(value[-1]) if isinstance(value, list) else "",
)
def test_what_is_no_sarif_is_seen(path: list[Any], value: Any) -> None:
    log = copy.deepcopy(to_sarif(score([Claim("lockers.py", 1, 1, "", "words")], pull_request())))
    assert problems(log) == []
    inner: Any = log
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert problems(log)
