"""The office in which `create_documents_app` is judged: members who look alike, documents, who asks and what is owed.

Names ending in `_by` build one request of a script; the rest are expectations about an answer.
"""

from __future__ import annotations

import json
from typing import Any

from course_lib.hazards.missing_authorization.attacks import bearer
from course_lib.hazards.missing_authorization.scripts import CRASHES, Ask, Expectation, Seen, same, status

SERVES = "serves owners and admins"
UNKNOWN = "401 without a valid token"
READS = "nobody reads what is another's"
CHANGES = "nobody changes what is another's"
_CHANGE_CHECKS = dict.fromkeys((SERVES, READS, CRASHES), CHANGES)
"""Where a change is filed that a request of these checks should not have made; elsewhere under its own."""

LIST = "/api/documents"
ADMIN, NEW = "root", "neu"
MEMBERS = ["mira", "otto", "mir", "Mira", "mira ", "admin", "None", NEW]
DENIED = status(403, 404)
NOWHERE = status(404, 401)
JSON = "application/json"

_OWNERS = {
    "1": "mira",
    "01": "otto",
    "2": "otto",
    "doc-3": "mira",
    "mira": "otto",
    "a.b": "mira",
    "x y": "mira",
    "50%": "mira",
    "q?#&+": "mira",
    "\u00fcber": "mira",
    "None": "mir",
    "new": "Mira",
    "of-admin": "admin",
    "of-root": ADMIN,
    "of-nobody": "long-gone",
    "trim": "mira ",
    "tail ": "mira",
    "%41": "mira",
    "A": "otto",
    "u\u0308ber": "otto",
    "of-no-name": "",
}
"""Document id to owner; some ids look like a user's, like another's, or like something with a meaning."""


def _document(number: int, document_id: str, owner: str) -> dict[str, Any]:
    mark = 71_000_003 + 1_000_003 * number
    title = "" if document_id in ("doc-3", "of-nobody") else f"title-{mark} \u2603"
    return {"id": document_id, "owner": owner, "title": title, "body": f"body-{mark}"}


def user_id(name: str) -> str:
    """The id under which a member is known to the store: nothing else contains it."""
    return name if name in ("None", "admin", "") else f"u~{name}"


ROWS = {each: _document(n, each, user_id(owner)) for n, (each, owner) in enumerate(_OWNERS.items())}
_ROLES = {**{user_id(name): "member" for name in MEMBERS}, user_id(ADMIN): "admin"}


def token_of(who: str) -> str:
    """That person's token, as long as it has not been revoked."""
    return f"Tk_{who.encode().hex()}-x1"


WORLD: dict[str, Any] = {
    "users": _ROLES,
    "tokens": {token_of(name): user_id(name) for name in [*MEMBERS, ADMIN]},
    "documents": list(ROWS.values()),
}


def secrets(reader: str | None) -> tuple[tuple[str, str], ...]:
    """(text, what it is) of everything that this person may not read: bodies, titles, and who owns them."""
    if reader == ADMIN:
        return ()
    others = {each: row for each, row in ROWS.items() if reader is None or row["owner"] != user_id(reader)}
    found = [(row["body"], f"the body of document {each!r}") for each, row in others.items()]
    found += [(row["title"].split()[0], f"the title of {each!r}") for each, row in others.items() if row["title"]]
    if reader not in ("mira", "mir", "Mira", "mira "):
        found.append((user_id("mira"), "the name of an owner"))
    return tuple(found)


def request_by(check: str, who: str | None, method: str, path: str | bytes, expect: Expectation, **parts: Any) -> Ask:
    """A request with that person's token, or with none; `note`, `may_change` and parts of the request come on top."""
    note, may_change = parts.pop("note", ""), parts.pop("may_change", False)
    headers = {**parts.pop("headers", {}), **(bearer(token_of(who)) if who is not None else {})}
    request = {"method": method, "path": path, "headers": headers, **parts}
    leak = READS if who is not None else UNKNOWN
    changes = _CHANGE_CHECKS.get(check, check) if who is not None else UNKNOWN
    return Ask(check, who or "nobody", request, expect, secrets(who), leak, changes, may_change, note=note)


def doc(document_id: str | bytes) -> str | bytes:
    """The path of a document."""
    return b"/api/documents/" + document_id if isinstance(document_id, bytes) else f"{LIST}/{document_id}"


def put_by(check: str, who: str | None, document_id: str, content: Any, expect: Expectation, **parts: Any) -> Ask:
    """A PUT of that content as JSON, or of those very bytes."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    parts = {"content_type": JSON, "body": body, **parts}
    return request_by(check, who, "PUT", doc(document_id), expect, **parts)


def documents_of(who: str) -> list[dict[str, Any]]:
    return [row for row in ROWS.values() if who == ADMIN or row["owner"] == user_id(who)]


def listed(rows: list[dict[str, Any]]) -> Expectation:
    """200 with a list of exactly these documents, in any order."""

    def expect(seen: Seen) -> str | None:
        wrong = holding(rows)(seen)
        if wrong or len(seen.content) == len(rows):
            return wrong
        return f"got {len(seen.content)} documents where {len(rows)} are due"

    return expect


def holding(rows: list[dict[str, Any]], gone: str | None = None) -> Expectation:
    """200 with a list that holds each of these documents, whole, and none of the id `gone`."""

    def expect(seen: Seen) -> str | None:
        if seen.status != 200:
            return f"got {seen.status} instead of 200"
        found = seen.content
        if type(found) is not list:
            return "got 200 with something that is no JSON list"
        missing = [row["id"] for row in rows if sum(same(row, each) for each in found) != 1]
        if missing:
            return f"got a list without {len(missing)} of the {len(rows)} documents due, as they stand in the store"
        ids = [each.get("id") for each in found if isinstance(each, dict)]
        return f"got a list with document {gone!r} still in it" if gone is not None and gone in ids else None

    return expect


def written(document_id: str, changes: dict[str, Any]) -> Expectation:
    """200 with the document, changed by just this, in the answer and in the store; no other row changed."""

    def expect(seen: Seen) -> str | None:
        if document_id not in seen.before:
            return "found no document to change"
        right = {**seen.before[document_id], **changes}
        if seen.status != 200:
            return f"got {seen.status} instead of 200"
        if not same(seen.after, {**seen.before, document_id: right}):
            return "got 200 and left other rows in the store than it should"
        return None if same(seen.content, right) else "got 200 without the document as it is now"

    return expect


def refused(*allowed: int) -> Expectation:
    """One of these statuses, and nothing written, not even for a while."""

    def expect(seen: Seen) -> str | None:
        if seen.status not in allowed:
            return f"got {seen.status} instead of {' or '.join(map(str, allowed))}"
        return f"got {seen.status} and wrote document {seen.changed[0]!r}" if seen.changed else None

    return expect


def either(first: Expectation, second: Expectation) -> Expectation:
    """What satisfies one of the two; complains as the first does."""
    return lambda seen: None if second(seen) is None else first(seen)
