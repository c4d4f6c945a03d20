"""States what PUT and DELETE of `create_documents_app` owe to those who may: what changes, and what gets 400.

A body that the contract leaves open (the same key twice, UTF-16, a byte that is no UTF-8) may be read or refused, but
is never half done and never a 500.
"""

from __future__ import annotations

from typing import Any

from course_lib.hazards.missing_authorization.attacks import LARGE, ODD_BODIES
from course_lib.hazards.missing_authorization.office import (
    ADMIN,
    LIST,
    NEW,
    WORLD,
    doc,
    documents_of,
    either,
    holding,
    put_by,
    refused,
    request_by,
    user_id,
    written,
)
from course_lib.hazards.missing_authorization.scripts import Ask, Expectation, Script, Seen, same, served, status

WRITES = "PUT and DELETE do what they promise"


def _put_cases() -> list[tuple[str, Any, Expectation, dict[str, Any]]]:
    """(note, content, expectation, parts) of what the owner of document 1 may send."""
    both = {"title": " New \u2603 <b>&amp;</b> ", "body": '\t"Text"\r\n\n'}
    other_keys = {"title": "Other", "id": "2", "owner": user_id("otto"), "role": "admin", "created": [1, {"a": None}]}
    found: list[tuple[str, Any, Expectation, dict[str, Any]]] = [
        ("title and body", both, written("1", both), {}),
        ("title alone", {"title": "T"}, written("1", {"title": "T"}), {}),
        ("body alone", {"body": "B"}, written("1", {"body": "B"}), {}),
        ("empty texts", {"title": "", "body": ""}, written("1", {"title": "", "body": ""}), {}),
        ("an empty object", {}, written("1", {}), {}),
        ("its own text again", both, written("1", both), {}),
        ("other keys too", other_keys, either(written("1", {"title": "Other"}), refused(400)), {}),
        ("other keys alone", {"owner": user_id("otto")}, either(written("1", {}), refused(400)), {}),
    ]
    for kind in (
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/xml",
        "x",
    ):
        content = {"title": f"as {kind}"}
        right = either(written("1", content), refused(400))
        found.append((f"Content-Type {kind}", content, right, {"content_type": kind}))
    wrongs: tuple[Any, ...] = (None, 7, True, 1.5, [], {}, ["a"])
    for wrong in wrongs:
        found.append((f"title {wrong!r}", {"title": wrong, "body": "b"}, refused(400), {}))
        found.append((f"body {wrong!r}", {"title": "a", "body": wrong}, refused(400), {}))
    for note, body in ODD_BODIES:
        right = refused(400, 413) if len(body) > LARGE else refused(400)
        found.append((note, body, right, {}))
        found.append((f"{note} as plain text", body, right, {"content_type": "text/plain"}))
    found.append(("NaN for a title", b'{"title": NaN}', refused(400), {}))
    found.append(("a form", b"title=x&body=y", refused(400), {"content_type": "application/x-www-form-urlencoded"}))
    return found


def _loose_cases() -> list[tuple[str, bytes, tuple[str, ...]]]:
    """(note, body, title) of bodies that may be read or refused with 400, but never half done."""
    deep = b'{"title": "deep", "x": ' + b"[" * 400 + b"]" * 400 + b"}"
    return [
        ("the same key twice", b'{"title": "first", "title": "second"}', ("first", "second")),
        ("a byte that is no UTF-8", b'{"title": "\xff"}', ("\ufffd", "\u00ff", "\udcff", "")),
        ("half a surrogate pair", b'{"title": "\\ud800"}', ("\ud800", "\ufffd", "?")),
        ("a byte order mark", b'\xef\xbb\xbf{"title": "marked"}', ("marked",)),
        ("UTF-16", '{"title": "wide"}'.encode("utf-16"), ("wide",)),
        ("NaN under another key", b'{"title": "nan", "x": NaN}', ("nan",)),
        ("a long number under another key", b'{"title": "long", "x": ' + b"7" * 6_000 + b"}", ("long",)),
        ("lists 400 deep under another key", deep, ("deep",)),
        ("lists 20,000 deep under another key", deep.replace(b"[" * 400, b"[" * 20_000), ("deep",)),
        ("a title of 300,000 letters", b'{"title": "' + b"a" * 300_000 + b'"}', ("a" * 300_000,)),
    ]


def _loosely(titles: tuple[str, ...]) -> Expectation:
    """Read with one of these titles, or refused as too large or unreadable."""

    def expect(seen: Seen) -> str | None:
        if any(written("1", {"title": title})(seen) is None for title in titles):
            return None
        return refused(400, 413)(seen)

    return expect


def writes() -> list[Script]:
    """Every PUT and DELETE by somebody who may."""
    steps = _missing()
    for who in ("mira", ADMIN):
        for note, content, expect, parts in _put_cases():
            steps.append(put_by(WRITES, who, "1", content, expect, note=note, may_change=True, **parts))
    for note, body, titles in _loose_cases():
        steps.append(put_by(WRITES, "mira", "1", body, _loosely(titles), note=note, may_change=True))
    steps.append(
        request_by(WRITES, "mira", "GET", doc("1"), lambda seen: served(seen.before["1"])(seen), note="after many PUTs")
    )
    return [Script((WORLD,), tuple(steps)), *_deletions()]


def deleted(document_id: str) -> Expectation:
    """200 or 204, and that row alone is gone."""

    def expect(seen: Seen) -> str | None:
        if seen.status not in (200, 204):
            return f"got {seen.status} instead of 200 or 204"
        left = {key: row for key, row in seen.before.items() if key != document_id}
        return None if same(seen.after, left) else "left other rows in the store than it should"

    return expect


def _missing() -> list[Ask]:
    """PUT and DELETE where there is no document: nothing appears."""
    steps = []
    for who in ("mira", NEW, ADMIN):
        steps.append(request_by(WRITES, who, "DELETE", doc("gone"), status(404)))
        steps.append(put_by(WRITES, who, "gone", {"title": "a", "body": "b"}, refused(404), may_change=True))
        steps.append(put_by(WRITES, who, "gone", b"[", refused(400, 404), may_change=True, note="half a list"))
    return steps


def _deletions() -> list[Script]:
    scripts = []
    for who, each in (("mira", "1"), ("mira", "doc-3"), (ADMIN, "1"), (ADMIN, "of-nobody"), ("mira", "q?#&+")):
        rest = [row for row in documents_of(who) if row["id"] != each]
        scripts.append(
            Script(
                (WORLD,),
                (
                    request_by(WRITES, who, "DELETE", doc(each), deleted(each), may_change=True),
                    request_by(WRITES, who, "GET", doc(each), status(404), note="after it was deleted"),
                    request_by(WRITES, who, "DELETE", doc(each), status(404), note="for the second time"),
                    put_by(WRITES, who, each, {"title": "again"}, status(404), note="after it was deleted"),
                    request_by(WRITES, who, "GET", LIST, holding(rest, each), note="after a deletion"),
                ),
            )
        )
    return scripts
