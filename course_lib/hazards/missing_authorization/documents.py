"""Judges `create_documents_app`: lists, one document, changes to it, and who may do which of these.

Rows are compared before and after every request, whatever its status, and so are the writes in the store's
journal: a refusal that came after the write, or that took it back, is no refusal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from course_lib.hazards.missing_authorization.attacks import (
    ODD_BODIES,
    ODD_HEADERS,
    ODD_SEGMENTS,
    bearer,
    lies,
    with_headers,
    without_token,
)
from course_lib.hazards.missing_authorization.judging import Plan, Sweep, judge_plan
from course_lib.hazards.missing_authorization.office import (
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
from course_lib.hazards.missing_authorization.over_time import FRESH, fresh
from course_lib.hazards.missing_authorization.scripts import CRASHES, Script, anything, empty, served, status
from course_lib.hazards.missing_authorization.writes import WRITES, deleted, writes
from course_lib.hazards.terms import Observe
from course_lib.reading import Check

NAMED = "nothing is open that is not named"
_POINTING_ELSEWHERE = {"query": "id=01&doc_id=01&document_id=01", "note": "with another's document in the query"}


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
    steps.append(request_by(READS, "mira", "GET", doc("1"), served(ROWS["1"]), **_POINTING_ELSEWHERE))
    for note, parts in lies(user_id("mira")):
        steps.append(request_by(READS, "otto", "GET", doc("1"), DENIED, note=note, **parts))
        steps.append(request_by(READS, "otto", "GET", LIST, listed(documents_of("otto")), note=note, **parts))
        steps.append(request_by(READS, NEW, "GET", LIST, listed([]), note=note, **parts))
    told = {"body": b'{"owner": "u~mira", "user_id": "u~mira", "role": "admin"}', "content_type": JSON}
    for path, expect in ((LIST, listed(documents_of("otto"))), (doc("1"), DENIED)):
        steps.append(request_by(READS, "otto", "GET", path, expect, note="with a body that lies", **told))
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
    kept = written("1", {"title": "kept"})
    steps.append(put_by(CHANGES, "mira", "1", {"title": "kept"}, kept, may_change=True, **_POINTING_ELSEWHERE))
    gone = deleted("1")
    steps.append(request_by(CHANGES, "mira", "DELETE", doc("1"), gone, may_change=True, **_POINTING_ELSEWHERE))
    return [Script((WORLD,), tuple(steps))]


def _survives() -> list[Script]:
    steps = []
    for note, headers in ODD_HEADERS:
        for method, path in (("GET", LIST), ("GET", doc("1")), ("PUT", doc("a.b")), ("DELETE", doc("1"))):
            for who in ("otto", None):
                ask = request_by(CRASHES, who, method, path, anything, note=note, body=b'{"title": "x"}')
                steps.append(replace(ask, request=with_headers(ask.request, headers)))
        owner = put_by(CRASHES, "mira", "a.b", {"title": "x"}, anything, note=note, may_change=True)
        steps.append(replace(owner, request=with_headers(owner.request, headers)))
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
    for note, parts in lies(user_id("mira")):
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
        (FRESH, "each answer rests on what the store says at that moment", fresh),
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
