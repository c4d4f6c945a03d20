"""States what `create_documents_app` owes over time: each answer rests on what the store says at that moment.

Tokens are revoked and issued again, owners and roles change, documents appear, change and go, all behind the app's
back; and two apps on two stores are asked in turn.
"""

from __future__ import annotations

from typing import Any

from course_lib.hazards.missing_authorization.attacks import bearer
from course_lib.hazards.missing_authorization.office import (
    ADMIN,
    DENIED,
    LIST,
    ROWS,
    WORLD,
    doc,
    documents_of,
    listed,
    put_by,
    request_by,
    token_of,
    user_id,
    written,
)
from course_lib.hazards.missing_authorization.scripts import Ask, Expectation, Keep, Script, Seen, served, status

FRESH = "asks the store each time"


def fresh() -> list[Script]:
    """Requests with changes to the store in between, and two apps side by side."""
    moved, edited = {**ROWS["1"], "owner": user_id("otto")}, {**ROWS["doc-3"], "body": "edited elsewhere"}
    left = [row for row in documents_of("mira") if row["id"] != "1"]
    note = "after document 1 went to otto"
    gone = [edited if row["id"] == "doc-3" else row for row in left]
    late = {"id": "late", "owner": user_id("mira"), "title": "late", "body": "late"}
    steps: list[Ask | Keep] = [
        request_by(FRESH, ADMIN, "GET", LIST, listed(documents_of(ADMIN))),
        request_by(FRESH, "mira", "GET", doc("1"), served(ROWS["1"])),
        request_by(FRESH, "mira", "GET", LIST, listed(documents_of("mira"))),
        request_by(FRESH, "otto", "GET", doc("1"), DENIED),
        Keep("put_document", (moved,)),
        request_by(FRESH, "mira", "GET", doc("1"), DENIED, note=note),
        request_by(FRESH, "mira", "GET", LIST, listed(left), note=note),
        put_by(FRESH, "mira", "1", {"title": "still mine"}, DENIED, note=note),
        request_by(FRESH, "mira", "DELETE", doc("1"), DENIED, note=note),
        _owner("otto", served(moved), note),
        Keep("put_document", (edited,)),
        request_by(FRESH, "mira", "GET", doc("doc-3"), served(edited), note="after it was edited elsewhere"),
        request_by(FRESH, "mira", "GET", LIST, listed(gone), note="after doc-3 was edited elsewhere"),
        put_by(FRESH, "mira", "doc-3", {"title": "t"}, written("doc-3", {"title": "t"}), may_change=True),
        Keep("remove_document", ("doc-3",)),
        request_by(FRESH, ADMIN, "GET", LIST, _without("doc-3"), note="after doc-3 was removed elsewhere"),
        request_by(FRESH, "mira", "GET", doc("doc-3"), status(404), note="after it was removed elsewhere"),
        request_by(FRESH, "mira", "GET", doc("late"), status(404), note="before there is one"),
        Keep("put_document", (late,)),
        request_by(FRESH, "mira", "GET", doc("late"), served(late), note="after it was added elsewhere"),
        Keep("add_user", (user_id(ADMIN), "member")),
        _demoted("GET", doc("2"), DENIED),
        _demoted("DELETE", doc("2"), DENIED),
        _demoted("GET", LIST, listed(_mine_of(user_id(ADMIN)))),
        Keep("add_user", (user_id(ADMIN), "admin")),
        Keep("revoke", (token_of("mira"),)),
        request_by(FRESH, "mira", "GET", doc("a.b"), status(401), note="after her token was revoked"),
        request_by(FRESH, "mira", "GET", LIST, status(401), note="after her token was revoked"),
        put_by(FRESH, "mira", "a.b", {"title": "x"}, status(401), note="after her token was revoked"),
        request_by(FRESH, "mira", "DELETE", doc("a.b"), status(401), note="after her token was revoked"),
        Keep("issue", (token_of("mira"), user_id("mira"))),
        request_by(FRESH, "mira", "GET", doc("a.b"), served(ROWS["a.b"]), note="after her token was issued again"),
    ]
    return [Script((WORLD,), tuple(steps)), _two_worlds()]


def _without(gone: str) -> Expectation:
    """200 with a list of every other document."""

    def expect(seen: Seen) -> str | None:
        return listed([row for each, row in seen.before.items() if each != gone])(seen)

    return expect


def _owner(who: str, expect: Expectation, note: str) -> Ask:
    """A request for document 1 by its new owner, from whom nothing of it is hidden."""
    request = {"method": "GET", "path": doc("1"), "headers": bearer(token_of(who))}
    return Ask(FRESH, who, request, expect, note=note)


def _demoted(method: str, path: str | bytes, expect: Expectation) -> Ask:
    request = {"method": method, "path": path, "headers": bearer(token_of(ADMIN))}
    hidden = tuple((row["body"], f"document {each!r}") for each, row in ROWS.items() if each in ("2", "01"))
    return Ask(FRESH, ADMIN, request, expect, hidden, note="no longer an admin")


def _mine_of(user_id: str) -> list[dict[str, Any]]:
    return [row for row in ROWS.values() if row["owner"] == user_id]


def _two_worlds() -> Script:
    """Two apps on two stores, asked in turn: each answers from its own."""
    theirs = {"id": "1", "owner": "u~mira", "title": "other", "body": "other"}
    other = {"users": {"u~mira": "member"}, "tokens": {"Other_1": "u~mira"}, "documents": [theirs]}
    headers, note = bearer("Other_1"), "while a second app serves another store"
    away = {"method": "GET", "path": doc("1"), "headers": headers}
    steps = [
        request_by(FRESH, "mira", "GET", doc("1"), served(ROWS["1"]), note=note),
        Ask(FRESH, "the other mira", away, served(theirs), world=1, note=note),
        Ask(FRESH, "the other mira", away, status(401), note="at the first app"),
        Ask(FRESH, "the other mira", {**away, "path": LIST}, listed([theirs]), world=1, note=note),
        request_by(FRESH, "mira", "GET", LIST, listed(documents_of("mira")), note=note),
    ]
    return Script((WORLD, other), tuple(steps))
