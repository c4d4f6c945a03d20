"""Judges `create_documents_app`: lists, one document, changes to it, and who may do which of these.

Rows are compared before and after every request, whatever its status, and so are the writes in the store's
journal: a refusal that came after the write, or that took it back, is no refusal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from course_lib.graders import Observe
from course_lib.graders.access_attacks import (
    ODD_BODIES,
    ODD_HEADERS,
    ODD_SEGMENTS,
    bearer,
    lies,
    with_headers,
    without_token,
)
from course_lib.graders.access_judging import Plan, Sweep, judge_plan
from course_lib.graders.access_office import (
    ADMIN,
    CHANGES,
    DENIED,
    JSON,
    LIST,
    MEMBERS,
    NEW,
    NOWHERE,
    READS,
    ROWS,
    SERVES,
    UNKNOWN,
    WORLD,
    doc,
    documents_of,
    either,
    holding,
    listed,
    put_by,
    refused,
    request_by,
    token_of,
    user_id,
    written,
)
from course_lib.graders.access_scripts import CRASHES, Ask, Expectation, Keep, Script, anything, empty, served, status
from course_lib.graders.access_writes import WRITES, writes
from course_lib.reading import Check

NAMED = "nothing is open that is not named"
FRESH = "asks the store each time"


def _serves() -> list[Script]:
    steps = []
    for who in [*MEMBERS, ADMIN]:
        steps.append(request_by(SERVES, who, "GET", LIST, holding(documents_of(who))))
        steps += [request_by(SERVES, who, "GET", doc(row["id"]), served(row)) for row in documents_of(who)]
        steps.append(request_by(SERVES, who, "HEAD", LIST, empty(status(200))))
    steps += [request_by(SERVES, who, "HEAD", doc("1"), empty(status(200))) for who in ("mira", ADMIN)]
    for note, parts in lies(user_id("otto")):
        steps.append(request_by(SERVES, "mira", "GET", doc("1"), served(ROWS["1"]), note=note, **parts))
        steps.append(request_by(SERVES, "mira", "GET", LIST, holding(documents_of("mira")), note=note, **parts))
    for who in ("mira", NEW, ADMIN):
        steps += [request_by(SERVES, who, method, doc("gone"), status(404)) for method in ("GET", "HEAD")]
    return [Script((WORLD,), tuple(steps))]


def _unknown() -> list[Script]:
    steps, body = [], {"body": b'{"title": "x"}', "content_type": JSON}
    for note, parts in [*without_token(token_of("mira")), *lies(user_id("mira"))]:
        for method, path in (("GET", LIST), ("GET", doc("1")), ("PUT", doc("1")), ("DELETE", doc("1"))):
            sent = {**body, **parts} if method == "PUT" else parts
            steps.append(request_by(UNKNOWN, None, method, path, status(401), note=note, **sent))
    heads = (LIST, doc("1"))
    steps += [request_by(UNKNOWN, None, "HEAD", path, empty(status(401)), note="no token") for path in heads]
    for each in ("gone", "None", "of-nobody"):
        steps += [request_by(UNKNOWN, None, method, doc(each), status(401)) for method in ("GET", "PUT", "DELETE")]
    steps += [put_by(UNKNOWN, None, "1", body, status(401), note=note) for note, body in ODD_BODIES]
    return [Script((WORLD,), tuple(steps)), _remembered()]


def _remembered() -> Script:
    """A cookie that the app set is no token."""
    cookies, note = {"cookies": True}, "with the cookies of mira's visit"
    steps = [request_by(UNKNOWN, "mira", "GET", doc("1"), status(200), **cookies)]
    steps.append(request_by(UNKNOWN, None, "GET", doc("1"), status(401), note=note, **cookies))
    steps.append(request_by(UNKNOWN, None, "GET", LIST, status(401), note=note, **cookies))
    steps.append(request_by(READS, "otto", "GET", doc("1"), DENIED, note=note, **cookies))
    steps.append(request_by(CHANGES, "otto", "DELETE", doc("1"), DENIED, note=note, **cookies))
    return Script((WORLD,), tuple(steps))


def _reads() -> list[Script]:
    steps = []
    for who in MEMBERS:
        foreign = [row["id"] for row in ROWS.values() if row["owner"] != user_id(who)]
        steps += [request_by(READS, who, "GET", doc(each), DENIED) for each in foreign]
    steps += [request_by(READS, who, "GET", LIST, listed(documents_of(who))) for who in [*MEMBERS, ADMIN]]
    steps.append(request_by(READS, "otto", "HEAD", doc("1"), empty(DENIED)))
    for note, parts in lies(user_id("mira")):
        steps.append(request_by(READS, "otto", "GET", doc("1"), DENIED, note=note, **parts))
        steps.append(request_by(READS, "otto", "GET", LIST, listed(documents_of("otto")), note=note, **parts))
        steps.append(request_by(READS, NEW, "GET", LIST, listed([]), note=note, **parts))
    return [Script((WORLD,), tuple(steps))]


def _changes() -> list[Script]:
    steps = []
    for who, each in [("otto", "1"), ("mir", "1"), ("Mira", "1"), ("mira ", "1"), ("admin", "1"), (NEW, "of-nobody")]:
        steps.append(put_by(CHANGES, who, each, {"title": "taken"}, DENIED))
        steps.append(request_by(CHANGES, who, "DELETE", doc(each), DENIED))
    steps += [
        put_by(CHANGES, "mira", each, {"title": "taken", "body": "taken"}, DENIED) for each in ("mira", "01", "of-root")
    ]
    steps += [request_by(CHANGES, "mira", "DELETE", doc(each), DENIED) for each in ("mira", "01", "of-root")]
    for extra in ({"owner": user_id("otto")}, {"id": "2"}, {"user_id": user_id("mira")}, {"role": "admin"}):
        steps.append(
            put_by(CHANGES, "otto", "1", {"title": "taken", **extra}, status(400, 403, 404), note=f"with {extra}")
        )
    for note, parts in lies(user_id("mira")):
        steps.append(put_by(CHANGES, "otto", "1", {"title": "taken"}, DENIED, note=note, **parts))
        steps.append(request_by(CHANGES, "otto", "DELETE", doc("1"), DENIED, note=note, **parts))
        steps.append(request_by(CHANGES, "mira", "GET", doc("1"), anything, note=note, **parts))
    late = status(400, 403, 404)
    wrongs: tuple[Any, ...] = (None, 7, [])
    steps += [put_by(CHANGES, "otto", "1", body, status(400, 403, 404, 413), note=note) for note, body in ODD_BODIES]
    steps += [put_by(CHANGES, "otto", "1", {"title": wrong}, late, note=f"title {wrong!r}") for wrong in wrongs]
    steps.append(
        put_by(CHANGES, "otto", "1", {"title": "taken"}, late, note="as plain text", content_type="text/plain")
    )
    foreign = {"title": "taken", "id": "1", "owner": user_id("mira")}
    right = either(written("2", {"title": "taken"}), refused(400))
    steps.append(put_by(CHANGES, "otto", "2", foreign, right, note="with a foreign id in the body", may_change=True))
    return [Script((WORLD,), tuple(steps))]


def _fresh() -> list[Script]:
    moved, edited = {**ROWS["1"], "owner": user_id("otto")}, {**ROWS["doc-3"], "body": "edited elsewhere"}
    left = [row for row in documents_of("mira") if row["id"] != "1"]
    note = "after document 1 went to otto"
    gone = [edited if row["id"] == "doc-3" else row for row in left]
    steps: list[Ask | Keep] = [
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
        request_by(FRESH, "mira", "GET", doc("doc-3"), status(404), note="after it was removed elsewhere"),
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


def _survives() -> list[Script]:
    steps = []
    for note, headers in ODD_HEADERS:
        for method, path in (("GET", LIST), ("GET", doc("1")), ("PUT", doc("a.b")), ("DELETE", doc("1"))):
            for who in ("otto", None):
                ask = request_by(CRASHES, who, method, path, anything, note=note, body=b'{"title": "x"}')
                steps.append(replace(ask, request=with_headers(ask.request, headers)))
    for segment in ODD_SEGMENTS:
        steps += [request_by(CRASHES, who, "GET", doc(segment), anything) for who in ("mira", None)]
        steps.append(request_by(CRASHES, "mira", "DELETE", doc(segment), anything))
        sent = {"body": b'{"title": "x"}', "content_type": JSON}
        steps.append(request_by(CRASHES, "mira", "PUT", doc(segment), anything, **sent))
    for path in (f"{LIST}/", f"/{LIST}/1", f"{LIST}/1/", "/api//documents", f"{LIST}%2F1"):
        steps += [request_by(CRASHES, who, "GET", path, anything) for who in ("mira", "otto", None)]
    for note, body in ODD_BODIES:
        steps.append(request_by(CRASHES, "mira", "GET", LIST, anything, note=note, body=body, content_type=JSON))
    steps.append(
        request_by(CRASHES, "otto", "GET", LIST, anything, query="%ff&=&a=%00&owner=x&owner[]=x&page=-1&limit=x")
    )
    return [Script((WORLD,), tuple(steps))]


def _named() -> list[Script]:
    steps = []
    for method, path in [(m, LIST) for m in ("POST", "PUT", "PATCH", "DELETE")] + [
        (m, doc("1")) for m in ("POST", "PATCH", "PURGE")
    ]:
        sent = {"body": b'{"id": "9", "title": "x", "body": "y"}', "content_type": JSON}
        steps += [request_by(NAMED, who, method, path, status(405), **sent) for who in ("mira", ADMIN, "otto")]
        steps.append(request_by(NAMED, None, method, path, status(405, 401), **sent))
    for note, parts in lies(user_id("mira"))[6:]:
        steps.append(request_by(NAMED, "mira", "POST", doc("1"), status(405), note=note, **parts))
    for path in (
        "/",
        "/api",
        "/documents",
        "/documents/1",
        f"{LIST}/1/body",
        f"{LIST}/1/2",
        "/api/users",
        "/api/documentsx",
    ):
        steps += [request_by(NAMED, who, "GET", path, NOWHERE) for who in ("mira", ADMIN, None)]
    for path in (LIST, doc("1")):
        steps += [request_by(NAMED, who, "OPTIONS", path, anything) for who in ("mira", "otto", None)]
    return [Script((WORLD,), tuple(steps))]


_EVERYDAY = tuple(
    (method, path)
    for sample in ("mira", "1")
    for method, path in (("GET", LIST), *((each, f"{LIST}/{sample}") for each in ("GET", "PUT", "DELETE")))
)

PLAN = Plan(
    works=(
        SERVES,
        "lists with exactly one's own documents (an admin's: all); each document to its owner and admins",
        _serves,
    ),
    checks=(
        (
            WRITES,
            "PUT changes title and body alone, or answers 400 and changes nothing; DELETE removes that document",
            writes,
        ),
        (
            UNKNOWN,
            "401 on every request without `Authorization: Bearer` and a token that the store knows now",
            _unknown,
        ),
        (CRASHES, "no header, path or body makes a route answer 500", _survives),
        (NAMED, "405 for other methods, 404 (or 401) for other paths", _named),
        (READS, "403 or 404 to every other member, with nothing of the document in the answer", _reads),
        (CHANGES, "403 or 404 to every other member, and no row of another's written", _changes),
        (FRESH, "each answer rests on what the store says at that moment", _fresh),
    ),
    sweep=Sweep(
        NAMED,
        WORLD,
        named=_EVERYDAY,
        people={"nobody": {}, "otto": bearer(token_of("otto")), ADMIN: bearer(token_of(ADMIN))},
        samples=({"*": "mira"}, {"*": "1"}),
    ),
)


def judge_create_documents_app(observe: Observe) -> list[Check]:
    """The checks of `create_documents_app`."""
    return judge_plan(observe, PLAN)
