"""Reviews read from six formats, and written as SARIF: each reader gives claims and says what it could not read.

`sarif` 2.1.0 · `codex` (findings with a code_location) · `claude` (claude-code-security-review: findings with file and
line) · `coderabbit` (one JSON event a line, no lines of the file) · `rdjsonl` (reviewdog, one diagnostic a line) ·
`plain`: a list of `(line, hazard)`, or prose. Where a format carries no line, it is taken from the comment's text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from course_lib.review.claims import KEPT_TEXT, Claim, Place, is_file, lines_in, ordered, paths_in, places_in
from course_lib.review.hazard_words import hazard_in

FORMATS = ("plain", "sarif", "codex", "claude", "coderabbit", "rdjsonl")
MOST = 5_000  # results that are read
HEAD = 20  # lines of a comment by which it is told what it speaks of
NAMED = 3  # passages that were left out and are told one by one
NOWHERE = "nothing in it names a hazard and where it is"
_OBEYED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_HTML = re.compile(
    r"</[a-z][a-z0-9]*\s*>|<(?:script|style|img|iframe|svg|a|b|i|p|br|div|span|details|object|embed|form|input)\b[^<>]*>",
    re.IGNORECASE,
)


class Unreadable(Exception):
    """Nothing could be read in the format that was named; the message is the sentence to show."""


@dataclass(frozen=True)
class ReadReview:
    """The claims of a review, the format it was read in, and sentences on what could not be read."""

    format: str
    claims: tuple[Claim, ...]
    notes: tuple[str, ...] = ()


def read_review(text: str, wanted: str = "auto", file: str = "lockers.py") -> ReadReview:
    """The review in that text; raises Unreadable where it is not in the format that was named."""
    text = text.lstrip("\ufeff")
    if wanted == "plain":
        return _not_empty(_plain(text, file), "it names no hazard with its lines, so there is nothing to score")
    documents, broken = _documents(_without_fence(text))
    found = _format_of(documents)
    if wanted == "auto" and (found is None or not documents):
        return _plain(text, file, _looks_broken(text, documents))
    if wanted not in ("auto", found):
        raise Unreadable(_why_not(wanted, found, documents, broken))
    name = str(found)
    results = list(_results(name, documents))
    claims = [_READERS[name](one) for one in results[:MOST]]
    readable = tuple(claim for claim in claims if claim is not None)
    lost = len(claims) - len(readable) + (broken if name in ("coderabbit", "rdjsonl") else 0)
    notes = [f"{lost} of the results could not be read: they are no {name}"] if lost else []
    read = ReadReview(name, readable, (*notes, *_too_many(len(results)), *_obeyed(readable)))
    return read if wanted == "auto" or not results else _not_empty(read, f"none of its results is one of {name}")


def _not_empty(read: ReadReview, otherwise: str) -> ReadReview:
    if not read.claims:
        raise Unreadable(otherwise)
    return read


def _too_many(results: int) -> list[str]:
    return [f"it holds {results:,} results, of which the first {MOST:,} were read"] if results > MOST else []


def _obeyed(claims: Iterable[Claim]) -> list[str]:
    """A sentence on what stands in claims and is shown, not done: by a terminal, or by a page."""
    texts = [text for one in claims for text in (one.file, one.text)]
    written_out = any(map(_OBEYED.search, texts))
    told = ["characters that a terminal would obey are written out in its claims"] if written_out else []
    return [*told, *(["HTML in its claims is shown as text"] if any(map(_HTML.search, texts)) else [])]


# Finding the format


def _without_fence(text: str) -> str:
    """What stands in the first block that is fenced as JSON, where an assistant put it into one; else the text."""
    opened = re.search(r"^```(?:json|jsonl|ndjson|sarif)[ \t]*$", text, re.MULTILINE)
    if not opened:
        return text
    inside = text[opened.end() :]
    return inside.partition("\n```")[0]


def _documents(text: str) -> tuple[list[Any], int]:
    """The JSON in a text: one document, or one a line; and how many lines were none."""
    try:
        return [json.loads(text)], 0
    except (ValueError, RecursionError):
        pass
    documents: list[Any] = []
    broken = 0
    for line in filter(str.strip, text.splitlines()):
        try:
            documents.append(json.loads(line))
        except (ValueError, RecursionError):
            broken += 1
    return [one for one in documents if isinstance(one, dict)], broken


def _format_of(documents: list[Any]) -> str | None:
    """The format of the first document that has one."""
    return next(filter(None, map(_format_of_one, documents)), None)


def _format_of_one(document: Any) -> str | None:
    if not isinstance(document, dict):
        return None
    if isinstance(document.get("runs"), list):
        return "sarif"
    if isinstance(document.get("findings"), list):
        return _kind_of_findings(document)
    if isinstance(document.get("diagnostics"), list) or isinstance(document.get("location"), dict):
        return "rdjsonl"
    return "coderabbit" if "fileName" in document or isinstance(document.get("type"), str) else None


def _kind_of_findings(document: dict[str, Any]) -> str:
    finding = next((one for one in document["findings"] if isinstance(one, dict)), {})
    has_codex = "code_location" in finding or "overall_correctness" in document
    return "codex" if has_codex else "claude"


def _looks_broken(text: str, documents: list[Any]) -> str:
    """What is wrong with the JSON that a text seems to be, or ""."""
    begins = text.lstrip()[:1]
    if begins not in ("{", "[") or documents:
        return ""
    try:
        json.loads(text)
    except ValueError as error:
        return f"it begins like JSON and is not whole (line {getattr(error, 'lineno', '?')})"
    except RecursionError:
        return "it is JSON that is nested too deep"
    return ""


def _why_not(wanted: str, found: str | None, documents: list[Any], broken: int) -> str:
    if not documents:
        return f"there is no whole JSON in it, so it can't be read as {wanted}" + (
            f" ({broken} lines are broken)" if broken > 1 else ""
        )
    return f"it is {found or 'JSON of no known shape'}, and not {wanted}; leave --format out to have it told"


# The readers of JSON


def _results(name: str, documents: list[Any]) -> Iterator[Any]:
    for document in documents:
        if not isinstance(document, dict):
            yield document
        elif name == "sarif":
            for run in _listed(document, "runs"):
                yield from _listed(run, "results")
        elif name in ("codex", "claude"):
            yield from _listed(document, "findings")
        elif name == "rdjsonl":
            yield from _listed(document, "diagnostics") if "diagnostics" in document else (document,)
        elif document.get("type", "finding") == "finding":
            yield document


def _listed(value: Any, key: str) -> list[Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _at(value: Any, *path: str | int) -> Any:
    """What lies under these keys and positions, or None."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and len(value) > step else None
    return value


def _words(*values: Any) -> list[str]:
    return [value if isinstance(value, str) else "" for value in values]


def _claim(path: Any, lines: tuple[Any, Any], label: Any, title: Any, *bodies: Any) -> Claim | None:
    """A claim from what a format carries; None where neither a path nor a word is there."""
    label, title, *rest = _words(label, title, *bodies)
    text = " ".join(filter(None, [title, *rest]))[:KEPT_TEXT]
    if not isinstance(path, str) or not (label or text):
        return None
    first, last = ordered(*lines)
    if first is None:
        first, last = lines_in(text)
    return Claim(path[:KEPT_TEXT], first, last, hazard_in(label, title, " ".join(rest)), text or label[:KEPT_TEXT])


def _from_sarif(result: Any) -> Claim | None:
    place = _at(result, "locations", 0, "physicalLocation")
    lines = (_at(place, "region", "startLine"), _at(place, "region", "endLine"))
    rule = _at(result, "ruleId") or _at(result, "rule", "id")
    said = _at(result, "message", "text") or _at(result, "message", "markdown")
    return _claim(_at(place, "artifactLocation", "uri"), lines, rule, "", said)


def _from_codex(finding: Any) -> Claim | None:
    place = _at(finding, "code_location")
    lines = (_at(place, "line_range", "start"), _at(place, "line_range", "end"))
    return _claim(_at(place, "absolute_file_path"), lines, "", _at(finding, "title"), _at(finding, "body"))


def _from_claude(finding: Any) -> Claim | None:
    line = _at(finding, "line")
    first, _, last = line.partition("-") if isinstance(line, str) else (line, "", None)
    said = [_at(finding, key) for key in ("description", "exploit_scenario", "recommendation")]
    return _claim(_at(finding, "file"), (first, last or None), _at(finding, "category"), said[0], *said[1:])


def _from_coderabbit(event: Any) -> Claim | None:
    said = _at(event, "comment") or _at(event, "codegenInstructions")
    return _claim(_at(event, "fileName"), (None, None), "", "", said)


def _from_rdjsonl(diagnostic: Any) -> Claim | None:
    place = _at(diagnostic, "location")
    lines = (_at(place, "range", "start", "line"), _at(place, "range", "end", "line"))
    return _claim(_at(place, "path"), lines, _at(diagnostic, "code", "value"), "", _at(diagnostic, "message"))


_READERS: dict[str, Callable[[Any], Claim | None]] = {
    "sarif": _from_sarif,
    "codex": _from_codex,
    "claude": _from_claude,
    "coderabbit": _from_coderabbit,
    "rdjsonl": _from_rdjsonl,
}


# Prose

_TUPLE = re.compile(r"[(\[]\s*(\d{1,8})\s*(?:,\s*(\d{1,8})\s*)?,\s*['\"]([\w-]+)['\"]\s*[)\]]")
_BEGINS = re.compile(r"\s*(?:[-*+•]\s|\d{1,3}[.)]\s|#{1,6}\s|\||[\w./\\-]+\.py\b)")
_ENDS = re.compile(r"[.!?][`'\"*_)]*$")  # a sentence
_OPENS = re.compile(r"\s*(?:\d{1,3}[.)]\s|#{1,6}\s)")  # begins a comment of its own, whatever it lacks
_LEADING = re.compile(r"[\s|*-]*(?:L)?(\d{1,8})(?:\s*[-–]\s*(\d{1,8}))?(?=[\s|:,])(?!\.)")


def _plain(text: str, file: str, broken: str = "") -> ReadReview:
    """A list of findings, or prose; `broken` is why it could not be read as the JSON that it seems to be."""
    as_prose = [f"{broken}, so it was read as prose"] if broken else []
    if tuples := _TUPLE.findall(text):
        claims_of_tuples = tuple(_from_tuple(one, file) for one in tuples[:MOST])
        return ReadReview("plain", claims_of_tuples, (*as_prose, *_too_many(len(tuples))))
    claims: list[Claim] = []
    without_hazard: list[str] = []
    without_lines: list[str] = []
    heading = ""  # of the comment that comes next, where it names a hazard and no lines
    passages = _passages(text)
    for passage in _gathered(passages[:MOST]):
        claim = _from_passage(passage, file)
        if claim is not None:
            claims.append(claim)
            if heading and hazard_in(heading) == claim.hazard:
                without_lines.pop()
        elif any(lines_in(passage)):
            without_hazard.append(passage)
        elif hazard_in(passage):
            without_lines.append(passage)
        heading = passage if claim is None and passage in without_lines[-1:] and _OPENS.match(passage) else ""
    left_out = (
        *_left_out("lines and claim no hazard", without_hazard, text),
        *_left_out("a hazard and no lines", without_lines, text),
    )
    if not claims:
        because = f"{broken}, and {NOWHERE}" if broken else NOWHERE
        as_prose = [f"no claim could be read from it: {because}"]
    notes = (*as_prose, *_too_many(len(passages)), *_obeyed(claims), *left_out)
    return ReadReview("plain", tuple(claims), notes)


def _left_out(what: str, passages: list[str], text: str) -> list[str]:
    """A sentence on the passages that name only that and make no claim: how many, and where the first few begin."""
    if not passages:
        return []
    lines = [line.strip() for line in text.splitlines()]
    named = []
    for passage in passages[:NAMED]:
        number = next((at for at, line in enumerate(lines, 1) if line and passage.startswith(line)), 1)
        named.append(f"line {number}, \u201c{shorten(passage, 40, placeholder='…')}\u201d")
    more = ["…"] if len(passages) > NAMED else []
    return [f"passages that name {what} were left out: {len(passages)} ({'; '.join([*named, *more])})"]


def _from_tuple(written: tuple[str, str, str], file: str) -> Claim:
    first, last, hazard = written
    return Claim(file, *ordered(first, last or None), hazard_in(hazard), hazard)


def _passages(text: str) -> list[str]:
    """The comments of a prose review: a bullet, number, heading or path begins one; what follows belongs to it."""
    passages: list[list[str]] = []
    after_blank = True
    for line in text.splitlines():
        if not line.strip():
            after_blank = True
            continue
        if not passages or _BEGINS.match(line) or _begins_another(line, passages[-1], after_blank):
            passages.append([])
        passages[-1].append(line.strip())
        after_blank = False
    return [" ".join(lines) for lines in passages]


def _begins_another(line: str, comment: list[str], after_blank: bool) -> bool:
    """Whether a line without a mark begins a comment: a sentence that lacks nothing, after one that lacks nothing."""
    if after_blank:
        return any(lines_in(line)) or bool(_LEADING.match(line)) or _is_of_another(line, comment)
    return bool(_ENDS.search(comment[-1])) and _is_whole(line) and _is_whole(" ".join(comment[:HEAD]))


def _is_of_another(line: str, comment: list[str]) -> bool:
    """Whether a paragraph that begins so speaks of another hazard than the comment before it, which lacks nothing."""
    before = " ".join(comment[:HEAD])[:KEPT_TEXT]
    return _is_whole(before) and hazard_in(line) not in ("", hazard_in(before))


def _gathered(passages: list[str]) -> list[str]:
    """The passages, where one that lacks the hazard or the lines is put to the one before that lacks something too.

    So a heading with a hazard, and bullets under it for the file, the lines and the reason, make one comment.
    """
    gathered: list[str] = []
    open_still = False
    for passage in passages:
        whole = _is_whole(passage)
        if open_still and not whole and not _OPENS.match(passage):
            gathered[-1] = f"{gathered[-1]} {passage}"[:KEPT_TEXT]
            open_still = not _is_whole(gathered[-1])
        else:
            gathered.append(passage)
            open_still = not whole
    return gathered


def _is_whole(passage: str) -> bool:
    has_lines = any(lines_in(passage)) or bool(_LEADING.match(passage))
    return has_lines and bool(hazard_in(passage))


def _from_passage(passage: str, file: str) -> Claim | None:
    """The claim that a passage makes; None where it names no hazard, or neither a line nor a file."""
    passage = passage[:KEPT_TEXT]
    hazard, place = hazard_in(passage), _place_of(passage, file)
    return Claim(*place, hazard, passage) if hazard and place else None


def _place_of(passage: str, file: str) -> Place | None:
    """What a passage speaks of: lines that stand beside the reviewed file, else beside no path, else beside another.

    Lines beside no path are the reviewed file's, unless the passage names another alone. None without lines and path.
    """
    places, paths = places_in(passage), paths_in(passage)
    own = next((path for path in paths if is_file(path, file)), None)
    loose = next((place for place in places if not place.path), None)
    if loose is None and (leading := _LEADING.match(passage)):
        loose = Place("", *ordered(leading[1], leading[2]))
    for place in places:
        if is_file(place.path, file):
            return place
    others = [path for path in paths if path not in [place.path for place in places]]
    if loose is not None and loose.first is not None:
        return loose._replace(path=own or (others[0] if others else file))
    if places:
        return places[0]
    return Place(own or paths[0], None, None) if paths else None
