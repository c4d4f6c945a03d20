"""Judges `create_documents_app`: lists, one document, changes to it, and who may do which of these.

Rows are compared before and after every request, whatever its status, and so are the writes in the store's
journal: a refusal that came after the write, or that took it back, is no refusal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, partial
from itertools import cycle, islice, product
from typing import Any
from urllib.parse import quote

from course_lib.hazards import families
from course_lib.hazards.missing_authorization.answers import (
    DENIED,
    Due,
    deleted,
    either,
    listed,
    refused,
    served,
    status,
    written,
)
from course_lib.hazards.missing_authorization.bodies import bodies, content, no_changes, some_unreadable
from course_lib.hazards.missing_authorization.data import FRESH, UNKNOWN
from course_lib.hazards.missing_authorization.judging import CRASHES, NAMED, Stated, judge_site
from course_lib.hazards.missing_authorization.site import (
    Ask,
    Body,
    Filing,
    Keep,
    Now,
    Script,
    Secrets,
    Site,
    Step,
    among_twins,
    ask,
    asks,
)
from course_lib.hazards.missing_authorization.tokens import encoded, token_of
from course_lib.hazards.plainly import shown
from course_lib.hazards.terms import Observe
from course_lib.instruments.access.tricks import (
    ODD_BODIES,
    ODD_HEADERS,
    ODD_SEGMENTS,
    ORDINARY_HEADERS,
    Trick,
    bearer,
    lies,
    misplaced,
    misspelt,
    odd_paths,
)
from course_lib.reading import Check
from course_lib.testbeds.accounts import User

SERVES = "serves owners and admins"
WRITES = "PUT and DELETE do what they promise"
READS = "nobody reads what is another's"
CHANGES = "nobody changes what is another's"

LIST = "/api/documents"
ADMIN, NEW = "root", "neu"
MEMBERS = ["mira", "otto", "mir", "Mira", "mira ", "admin", "None", NEW]

OWNERS = {
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


LONG_TEXT = " goes on,\n\tand on" * 200 + " \n"


BLANK = ("mira", "of-nobody")  # documents whose body is empty, of one the title as well


def user_id(name: str) -> str:
    """The id under which a member is known to the store: nothing else contains it."""
    return name if name in ("None", "admin", "") else f"u~{name}"


def _document(number: int, document_id: str, owner: str) -> dict[str, Any]:
    mark = 71_000_003 + 1_000_003 * number
    title = "" if document_id in ("doc-3", "of-nobody") else f"title-{mark} \u2603 "
    body = f"body-{mark}" + LONG_TEXT * (document_id in ("01", "doc-3")) if document_id not in BLANK else ""
    return {"id": document_id, "owner": user_id(owner), "title": title, "body": body}


def _world(owners: dict[str, str]) -> dict[str, Any]:
    return {
        "users": {**{user_id(name): "member" for name in MEMBERS}, user_id(ADMIN): "admin"},
        "tokens": {token_of(name): user_id(name) for name in [*MEMBERS, ADMIN]},
        "documents": [_document(n, each, owner) for n, (each, owner) in enumerate(owners.items())],
    }


WORLD = _world(OWNERS)

TWIN = {
    **WORLD,
    "documents": [
        row if row["owner"] == "u~otto" else {**row, "title": "taken", "body": row["id"]} for row in WORLD["documents"]
    ]
    + [{"id": "one-more", "owner": "u~mira", "title": "one", "body": "more"}],
}
"""The same but for the documents of others, of which otto may know nothing but their ids, and cannot guess a title."""


COPIES = {
    **WORLD,
    "documents": [
        {"id": f"copy-{number}", "owner": user_id(owner), "title": "Minutes", "body": "The same as ever."}
        for number, owner in enumerate(("mira", "mira", "mira", "otto"), 1)
    ],
}
"""Documents that differ in their id alone, and one of another owner that says the same."""

PAGES = "mine me my own all count search latest recent last first newest export drafts shared public trash stats"
"""Words that stand for a page of its own in other sites; here they are ids, of which there is no document."""


def _may(user: User, row: dict[str, Any]) -> bool:
    return bool(row.get("owner") == user.id or user.role == "admin")


def _list_due(now: Now, user: User, _id: str, _ask: Ask) -> Due:
    return listed([row for row in now.rows.values() if _may(user, row)])


def _read_due(now: Now, user: User, document_id: str, _ask: Ask) -> Due:
    row = now.rows.get(document_id)
    if row is None:
        return status(404)
    return served(row) if _may(user, row) else DENIED


def _put_due(now: Now, user: User, document_id: str, asked: Ask) -> Due:
    row, body = now.rows.get(document_id), asked.sends or TAKEN
    if row is None:
        return status(404, *body.refusals)
    if not _may(user, row):
        return status(403, 404, *body.refusals, *((413,) if body.refusals else ()))
    refusal = [refused(*body.refusals)] if body.refusals else []
    return either(*(written(document_id, changes) for changes in body.changes), *refusal)


def _delete_due(now: Now, user: User, document_id: str, _ask: Ask) -> Due:
    row = now.rows.get(document_id)
    if row is None:
        return status(404)
    return deleted(document_id) if _may(user, row) else DENIED


def _secrets(now: Now, user: User | None) -> Secrets:
    """Bodies and titles that stand in no document of one's own, and who owns the others'."""
    if user and user.role == "admin":
        return ()
    others = {each: row for each, row in now.rows.items() if user is None or not _may(user, row)}
    own = {text for each, row in now.rows.items() if each not in others for _, text in _texts(row)}
    found = [(text, f"the {name} of document {each!r}") for each, row in others.items() for name, text in _texts(row)]
    if others and (user is None or user.id.strip().lower() not in ("u~mira", "u~mir")):
        found.append((user_id("mira"), "the name of an owner"))
    return tuple((text, what) for text, what in found if text not in own)


def _texts(row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """(field, first word) of what is long enough to be told from chance."""
    return _first_words(*(row[name] if isinstance(row.get(name), str) else "" for name in ("body", "title")))


@lru_cache(maxsize=4096)
def _first_words(body: str, title: str) -> tuple[tuple[str, str], ...]:
    """Of the same few documents, asked for at each moment and for each user."""
    words = (("body", body.partition(" ")[0]), ("title", title.partition(" ")[0]))
    return tuple((name, word) for name, word in words if len(word) > 4)


SITE = Site(
    WORLD,
    {
        LIST: {"GET": _list_due},
        f"{LIST}/<doc_id>": {"GET": _read_due, "PUT": _put_due, "DELETE": _delete_due},
    },
    _secrets,
    Filing(UNKNOWN, READS, CHANGES, frozenset((SERVES, READS, CRASHES))),
)


TAKEN = content({"title": "taken"})


def _doc(document_id: str | bytes) -> str | bytes:
    return b"/api/documents/" + document_id if isinstance(document_id, bytes) else f"{LIST}/{document_id}"


DOC = "/api/documents/1"
ONE_BY_ONE = (("GET", LIST), ("GET", DOC), ("PUT", DOC), ("DELETE", DOC))
OTHER_ROUTES = (("GET", LIST), ("PUT", DOC), ("DELETE", DOC))
"""Those that take turns where tricks of one kind stand side by side: each route meets each kind."""


def _put(check: str, who: str | None, document_id: str, body: Body) -> Ask:
    return ask(check, who, "PUT", _doc(document_id), sends=body)


def _serves() -> Iterator[Step]:
    for who in [*MEMBERS, ADMIN]:
        yield ask(SERVES, who, "GET", LIST)
        owned = [each for each, owner in OWNERS.items() if who in (owner, ADMIN)]
        yield from asks(SERVES, [who], "GET", map(_doc, owned))
        yield ask(SERVES, who, "HEAD", LIST)
    yield from asks(SERVES, ("mira", ADMIN), "HEAD", [DOC])
    for note, parts in lies(user_id("otto")):
        yield from asks(SERVES, ["mira"], "GET", (DOC, LIST), note, **parts)
    for note, headers in ORDINARY_HEADERS:
        yield from asks(SERVES, ["mira"], "GET", (DOC, LIST), note, headers=headers)
    yield from asks(SERVES, ("mira", NEW, ADMIN), "GET HEAD", [_doc("gone")])
    yield from asks(SERVES, ["mira"], "GET", map(_doc, PAGES.split()))


def _writes() -> Iterator[Step]:
    """Every PUT and DELETE by somebody who may, or where there is nothing."""
    people = ("mira", NEW, ADMIN)
    yield from asks(WRITES, people, "DELETE PUT", [_doc("gone")], sends=TAKEN)
    yield from (_put(WRITES, who, "gone", Body(b"[", (), (400,), note="half a list")) for who in people)
    yield from (_put(WRITES, "mira", "1", body) for body in bodies())
    yield from (_put(WRITES, ADMIN, "1", body) for body in [*islice(bodies(), 8), *some_unreadable()])
    for note, headers in ORDINARY_HEADERS:
        yield ask(WRITES, "mira", "PUT", DOC, note, sends=content({"title": note}), headers=headers)
    yield from asks(WRITES, ["mira"], "PUT", [DOC], "with other texts in the query", sends=TAKEN, query=OTHER_TEXTS)
    yield _put(WRITES, "mira", "1", content({"title": "for many"}, "with the ids of others in the body", **SEVERAL))
    yield ask(WRITES, "mira", "GET", DOC, "after many PUTs")
    yield from _one_after_another()


def _one_after_another() -> Iterator[Step]:
    """PUTs that follow one another at several documents: nothing of one, served or refused, is in the next."""
    refused = Body(b'{"title": "refused", "body": 7}', (), (400,), note="a body that is a number")
    for who, first, second in (("mira", "1", "doc-3"), ("mira", "doc-3", "a.b"), (ADMIN, "of-nobody", "1")):
        yield _put(WRITES, who, first, content({"title": f"new for {first}"}, "title alone"))
        yield _put(WRITES, who, second, content({"body": f"new for {second}"}, f"body alone, after {first}'s title"))
        yield _put(WRITES, who, first, content({}, f"an empty object, after {second}'s body"))
        yield _put(WRITES, who, first, refused)
        yield _put(WRITES, who, second, content({}, "an empty object, after one that was refused"))
        yield from asks(WRITES, [who], "GET", map(_doc, (first, second)), "after PUTs at both")


_IDS = ["doc-3", "a.b", "01"]
SEVERAL: dict[str, Any] = {
    **dict.fromkeys(("ids", "doc_ids", "document_ids", "also"), _IDS),
    "documents": [{"id": each, "title": "for many"} for each in _IDS],
}
"""What names more documents than the path does: two of mira's, and one of otto's."""


def _several() -> Iterator[Step]:
    """A request is about the document in its path, whatever else its body and its query name."""
    named, many = "with the ids of others in the ", ",".join(_IDS)
    yield ask(WRITES, "mira", "DELETE", DOC, f"{named}body", sends=content(SEVERAL))
    yield ask(WRITES, "mira", "DELETE", _doc("x y"), f"{named}body, a list", sends=Body(json.dumps(_IDS).encode()))
    yield ask(WRITES, "mira", "DELETE", _doc("50%"), f"{named}query", query=f"ids={many}&also={many}&ids[]=doc-3")
    yield ask(WRITES, "mira", "GET", LIST, "after three deletions")


def _copies() -> Iterator[Step]:
    """In the world of `COPIES`: each of them is listed, changed and deleted alone."""
    note = "of which there are copies"
    yield from asks(SERVES, ("mira", ADMIN), "GET", [LIST], "with documents that are alike")
    yield _put(WRITES, "mira", "copy-1", content({}, "an empty object, where there are copies"))
    yield _put(WRITES, "mira", "copy-1", content({"body": "Not quite."}, note))
    yield ask(WRITES, ADMIN, "DELETE", _doc("copy-2"), note)
    yield from asks(WRITES, ("mira", "otto", ADMIN), "GET", [LIST], "after one of the copies was deleted")


OTHER_TEXTS = "title=from+the+query&body=from+the+query&owner=u~otto"


def _deletion(who: str, document_id: str) -> Iterator[Step]:
    path = _doc(document_id)
    yield ask(WRITES, who, "DELETE", path)
    yield ask(WRITES, who, "GET", path, "after it was deleted")
    yield ask(WRITES, who, "DELETE", path, "for the second time")
    yield ask(WRITES, who, "PUT", path, "after it was deleted", sends=TAKEN)
    yield ask(WRITES, who, "GET", LIST, "after a deletion")


DELETIONS = (("mira", "1"), ("mira", "doc-3"), (ADMIN, "1"), (ADMIN, "of-nobody"), ("mira", "q?#&+"))


def _unknown() -> Iterator[Step]:
    for trick in [*misplaced(token_of("mira")), *lies(user_id("mira"))]:
        yield from (_tricked(trick, *route) for route in ONE_BY_ONE)
    for trick, route in zip(misspelt(token_of("mira")), cycle(OTHER_ROUTES), strict=False):
        yield _tricked(trick, "GET", DOC)
        yield _tricked(trick, *route)
    for token in encoded(token_of("mira")):
        yield _tricked((f"with the token {shown(token)}", {"headers": bearer(token)}), "GET", DOC)
    yield from asks(UNKNOWN, [None], "HEAD", (LIST, DOC))
    yield from asks(UNKNOWN, [None], "GET PUT DELETE", map(_doc, ("gone", "None", "of-nobody")))
    yield from (_put(UNKNOWN, None, "1", body) for body in (*no_changes(), *some_unreadable()))
    yield from asks(UNKNOWN, [None], "PUT DELETE", [DOC], sends=TAKEN, **IF_AS_IT_WAS)
    yield from asks(SERVES, ("mira", ADMIN), "GET", (DOC, LIST), "after many requests without a token")


def _tricked(trick: Trick, method: str, path: str) -> Ask:
    note, parts = trick
    sent = {"sends": TAKEN} if method == "PUT" and "body" not in parts else {}
    return ask(UNKNOWN, None, method, path, note, **sent, **parts)


def _visit() -> Iterator[Step]:
    """A cookie that the app set is no token, nor is the mark of what it served."""
    yield ask(UNKNOWN, "mira", "GET", DOC, cookies=True)
    after: dict[str, Any] = {"note": "with the cookies of mira's visit", "cookies": True}
    yield from asks(UNKNOWN, [None], "GET", (DOC, LIST), **after)
    yield ask(READS, "otto", "GET", DOC, **after)
    yield ask(CHANGES, "otto", "DELETE", DOC, **after)
    given: dict[str, Any] = {"note": "if it is not what mira was given", "mark": True}
    yield ask(UNKNOWN, None, "GET", DOC, **given)
    yield ask(READS, "otto", "GET", DOC, **given)


def _reads() -> Iterator[Step]:
    for who in MEMBERS:
        yield from asks(READS, [who], "GET", map(_doc, _others_documents(who)))
    yield from asks(READS, [*MEMBERS, ADMIN], "GET", [LIST])
    yield ask(READS, "otto", "HEAD", DOC)
    yield ask(READS, "mira", "GET", DOC, **ELSEWHERE)
    for note, parts in lies(user_id("mira")):
        yield from asks(READS, ["otto"], "GET", (DOC, LIST), note, **parts)
        yield ask(READS, NEW, "GET", LIST, note, **parts)
    for note, query in WIDER:
        yield from asks(READS, ("otto", NEW), "GET", [LIST], note, query=query)
    told = Body(b'{"owner": "u~mira", "user_id": "u~mira", "role": "admin"}', note="with a body that lies")
    yield from asks(READS, ["otto"], "GET", (LIST, DOC), sends=told)


def _others_documents(who: str) -> list[str]:
    """All that are another's, for two people; for the rest, one of each owner's and those with an id like a name."""
    others = {each: owner for each, owner in OWNERS.items() if owner != who}
    if who in ("mira", "otto"):
        return [*others]
    firsts = {owner: each for each, owner in reversed(others.items())}.values()
    return [each for each in others if each in firsts or each.strip().lower() in map(str.lower, MEMBERS)]


_SEARCH, _ALL_IDS = "q query search s term text filter title name contains like", quote(",".join(OWNERS))
WIDER = (
    ("searching for what all titles have", "&".join(f"{name}=title" for name in _SEARCH.split())),
    ("naming all documents", "&".join(f"{name}={_ALL_IDS}" for name in ("ids", "id", "doc_ids", "documents"))),
    ("asking for more", "include=others&with=all&shared=1&public=true&everyone=1&visibility=public&mine=0&view=all"),
)
"""(note, query) with which a list may be made longer; each holds for every document of otto's own."""

ELSEWHERE: dict[str, Any] = {
    "query": "id=01&doc_id=01&document_id=01",
    "note": "with another's document in the query",
}


IF_AS_IT_WAS: dict[str, Any] = {
    "headers": {"If-Match": '"as-it-was"', "If-Unmodified-Since": "Mon, 01 Jan 1990 00:00:00 GMT"},
    "note": "if it is still as it was",
}
"""A condition that nobody meets, and that is only for those to hear of who may change the document."""


def _changes() -> Iterator[Step]:
    strangers = [(who, "1") for who in ("otto", "mir", "Mira", "mira ", "admin")]
    strangers += [(NEW, "of-nobody"), *(("mira", each) for each in ("mira", "01", "of-root"))]
    for who, each in strangers:
        yield from asks(CHANGES, [who], "PUT DELETE", [_doc(each)], sends=TAKEN)
    extras: list[dict[str, Any]] = [{"owner": user_id("otto")}, {"id": "2"}, {"user_id": user_id("mira")}]
    for extra in (*extras, {"role": "admin"}):
        yield _put(CHANGES, "otto", "1", content({"title": "taken"}, f"with {extra}", **extra))
    for note, parts in lies(user_id("mira")):
        yield from asks(CHANGES, ["otto"], "PUT DELETE", [DOC], note, sends=TAKEN, **parts)
        yield ask(CHANGES, "mira", "GET", DOC, note, free=True, **parts)
    yield from asks(CHANGES, ["otto"], "PUT DELETE", [DOC], sends=TAKEN, **IF_AS_IT_WAS)
    yield from (_put(CHANGES, "otto", "1", body) for body in (*no_changes(), *some_unreadable()))
    yield _put(CHANGES, "otto", "1", Body(TAKEN.content, (), (400,), "text/plain", "as plain text"))
    foreign = content({"title": "taken"}, "with a foreign id in the body", id="1", owner=user_id("mira"))
    yield _put(CHANGES, "otto", "2", foreign)
    yield from asks(CHANGES, ["mira"], "PUT DELETE", [DOC], sends=TAKEN, **ELSEWHERE)


ALIKE = [text for text in families.texts("doc", longest=300) if text and "/" not in text] + families.signed("doc")
SERVED = [text for text in ALIKE if "\n" not in text]  # Flask's own `path` converter matches no line feed
MIRAS = dict.fromkeys(SERVED[::2], "mira")
OTTOS = dict.fromkeys((text for text in ALIKE if text not in MIRAS), "otto")
"""Ids around one word, of which mira has every second one that she needs to reach, and otto the others."""


def _look_alikes() -> Iterator[Step]:
    yield from asks(SERVES, ["mira"], "GET", map(_doc, MIRAS))
    yield from asks(READS, ["mira"], "GET", map(_doc, OTTOS))
    yield from asks(CHANGES, ["otto"], "DELETE", map(_doc, MIRAS))
    yield from asks(SERVES, ("mira", ADMIN), "GET", [LIST])
    yield from asks(WRITES, ["mira"], "PUT DELETE", map(_doc, MIRAS), sends=TAKEN)
    yield from asks(SERVES, ["otto"], "GET", map(_doc, SERVED[1::2]))
    yield from asks(CRASHES, ["otto"], "GET", [_doc(text) for text in OTTOS if text not in SERVED], free=True)


FOREIGN = ("1", "of-root", "of-nobody")
MANY = _world({f"n{number}": "otto" if number % 400 == 7 else "mira" for number in range(1_100)})


def _many() -> Iterator[Step]:
    """A list is whole, however long."""
    yield from asks(SERVES, ("mira", ADMIN), "GET", [LIST])


NOT_HIS = [
    *asks(READS, ["otto"], "GET HEAD", (LIST, _doc("01")), free=True),
    *asks(READS, ["otto"], "GET HEAD PUT DELETE", map(_doc, FOREIGN), free=True, sends=TAKEN),
    *asks(READS, ["otto"], "OPTIONS PATCH", [DOC], free=True, sends=TAKEN),
    *asks(READS, ["otto"], "PUT", map(_doc, FOREIGN), "half a list", free=True, sends=Body(b"[", (), (400,))),
]


def _survives() -> Iterator[Step]:
    for (note, headers), turn in zip(ODD_HEADERS, cycle(ONE_BY_ONE), strict=False):
        with_it: dict[str, Any] = {"note": note, "free": True, "sends": TAKEN, "headers": headers}
        for who, (method, path) in [*product(["otto"], ONE_BY_ONE), (None, turn), ("mira", ("PUT", _doc("a.b")))]:
            yield ask(CRASHES, who, method, path, **with_it)
    odd = [_doc(segment) for segment in ODD_SEGMENTS]
    yield from asks(CRASHES, ["mira"], "GET", odd, free=True)
    yield from asks(CRASHES, [None], "GET", odd[::4], free=True)
    yield from asks(CRASHES, ["mira"], "DELETE", odd[::2], free=True, sends=TAKEN)
    yield from asks(CRASHES, ["mira"], "PUT", odd[1::2], free=True, sends=TAKEN)
    paths = [*odd_paths(DOC), f"{LIST}/", f"/{LIST}"]
    yield from asks(CRASHES, ("mira", "otto", None), "GET", paths, free=True)
    for note, body in ODD_BODIES:
        yield ask(CRASHES, "mira", "GET", LIST, note, free=True, sends=Body(body))
    yield ask(CRASHES, "otto", "GET", LIST, free=True, query="%ff&=&a=%00&owner=x&owner[]=x&page=-1&limit=x")


def _named() -> Iterator[Step]:
    new, people = Body(b'{"id": "9", "title": "x", "body": "y"}'), ("mira", ADMIN, "otto", None)
    yield from asks(NAMED, people, "POST PUT PATCH DELETE", [LIST], sends=new)
    yield from asks(NAMED, people, "POST PATCH PURGE", [DOC], sends=new)
    for note, parts in lies(user_id("mira")):
        yield ask(NAMED, "mira", "POST", DOC, note, **parts)
    near = "/ /api /documents /documents/1 /api/documents/1/body /api/documents/1/2 /api/users /api/documentsx"
    yield from asks(NAMED, ("mira", ADMIN, None), "GET", near.split())
    yield from asks(NAMED, ("mira", "otto", None), "OPTIONS", (LIST, DOC))


def _fresh() -> Iterator[Step]:
    """Requests with changes to the store in between: tokens, roles, owners, documents."""
    rows = {row["id"]: row for row in WORLD["documents"]}
    doc_3, late, other = _doc("doc-3"), _doc("late"), _doc("a.b")
    yield from asks(FRESH, (ADMIN, "mira"), "GET", [LIST])
    yield from asks(FRESH, ("mira", "otto"), "GET", [DOC])
    yield Keep("put_document", ({**rows["1"], "owner": user_id("otto")},))
    yield from asks(FRESH, ["mira"], "GET PUT DELETE", [DOC], "after document 1 went to otto", sends=TAKEN)
    yield ask(FRESH, "mira", "GET", LIST, "after document 1 went to otto")
    yield ask(FRESH, "otto", "GET", DOC, "after document 1 went to otto")
    yield Keep("put_document", ({**rows["doc-3"], "body": "edited elsewhere"},))
    yield from asks(FRESH, ["mira"], "GET", (doc_3, LIST), "after doc-3 was edited elsewhere")
    yield _put(FRESH, "mira", "doc-3", TAKEN)
    for number, changes in enumerate(({"title": "t"}, {"body": "b"}, {})):
        yield Keep("put_document", ({**rows["doc-3"], "title": f"their title {number}", "body": f"their {number}"},))
        yield _put(FRESH, "mira", "doc-3", content(changes, "at once after doc-3 was edited elsewhere"))
        yield ask(FRESH, "mira", "GET", doc_3, "after both had edited it")
    for changes in ({"title": "t"}, {"title": "T", "body": "B"}):
        for _ in range(2):
            yield Keep("put_document", ({**rows["doc-3"], "title": "as it was", "body": "as it was"},))
            yield _put(FRESH, "mira", "doc-3", content(changes, "once more, after doc-3 was put back elsewhere"))
            yield ask(FRESH, "mira", "GET", doc_3, "after it was changed once more")
    yield Keep("remove_document", ("doc-3",))
    yield ask(FRESH, ADMIN, "GET", LIST, "after doc-3 was removed elsewhere")
    yield ask(FRESH, "mira", "GET", doc_3, "after it was removed elsewhere")
    yield ask(FRESH, "mira", "GET", late, "before there is one")
    yield Keep("put_document", ({"id": "late", "owner": user_id("mira"), "title": "late", "body": "late"},))
    yield ask(FRESH, "mira", "GET", late, "after it was added elsewhere")
    yield ask(FRESH, "mira", "DELETE", late)
    yield ask(FRESH, "mira", "GET", late, "after she deleted it")
    yield Keep("put_document", ({"id": "late", "owner": user_id("mira"), "title": "again", "body": "there"},))
    yield from asks(FRESH, ("mira", ADMIN), "GET", (late, LIST), "after one of that id was added again")
    yield from asks(FRESH, ["mira"], "PUT DELETE", [late], "after one of that id was added again", sends=TAKEN)
    yield Keep("put_document", ({"id": "late", "owner": user_id("otto"), "title": "at last", "body": "his"},))
    yield from asks(FRESH, ("mira", "otto"), "GET PUT DELETE", [late], "now that it is otto's", sends=TAKEN)
    yield Keep("add_user", (user_id(ADMIN), "member"))
    yield from asks(FRESH, [ADMIN], "GET DELETE", [_doc("2")], "no longer an admin")
    yield ask(FRESH, ADMIN, "GET", LIST, "no longer an admin")
    yield Keep("add_user", (user_id(ADMIN), "admin"))
    yield Keep("revoke", (token_of("mira"),))
    yield from asks(FRESH, ["mira"], "GET PUT DELETE", [other], "after her token was revoked", sends=TAKEN)
    yield ask(FRESH, "mira", "GET", LIST, "after her token was revoked")
    yield Keep("issue", (token_of("mira"), user_id("mira")))
    yield ask(FRESH, "mira", "GET", other, "after her token was issued again")


OTHER_WORLD = {
    "users": {"u~mira": "member"},
    "tokens": {"Other_1": "u~mira"},
    "documents": [{"id": "1", "owner": "u~mira", "title": "other", "body": "other"}],
}


def _side_by_side() -> Iterator[Step]:
    """Two apps on two stores, asked in turn: each answers from its own."""
    note = "while a second app serves another store"
    other = Ask(FRESH, "the other mira", "Other_1", "GET", DOC, note, world=1)
    yield ask(FRESH, "mira", "GET", DOC, note)
    yield other
    yield replace(other, world=0, note="at the first app")
    yield replace(other, path=LIST)
    yield ask(FRESH, "mira", "GET", LIST, note)


CHECKS: tuple[Stated, ...] = (
    (
        SERVES,
        "lists with exactly one's own documents (an admin's: all); each document to its owner and admins",
        (Script(_serves),),
    ),
    (
        WRITES,
        "PUT changes title and body alone, or answers 400 and changes nothing; DELETE removes that document",
        (
            Script(_writes),
            Script(_several),
            Script(_copies, (COPIES,)),
            *(Script(partial(_deletion, *each)) for each in DELETIONS),
        ),
    ),
    (
        UNKNOWN,
        "401 on every request without `Authorization: Bearer` and a token that the store knows now",
        (Script(_unknown), Script(_visit)),
    ),
    (CRASHES, "no header, path or body makes a route answer 500", (Script(_survives),)),
    (NAMED, "405 for other methods, 404 (or 401) for other paths", (Script(_named),)),
    (
        READS,
        "403 or 404 to every other member, with nothing of the document in the answer",
        (Script(_reads), Script(_many, (MANY,)), among_twins(NOT_HIS, WORLD, TWIN)),
    ),
    (
        CHANGES,
        "403 or 404 to every other member, and no row of another's written",
        (
            Script(_changes),
            Script(_look_alikes, (_world(dict.fromkeys(MIRAS, "mira") | dict.fromkeys(OTTOS, "otto")),)),
        ),
    ),
    (
        FRESH,
        "each answer rests on what the store says at that moment",
        (Script(_fresh), Script(_side_by_side, (WORLD, OTHER_WORLD))),
    ),
)


def judge_create_documents_app(observe: Observe) -> list[Check]:
    """The checks of `create_documents_app`."""
    return judge_site(observe, SITE, CHECKS)
