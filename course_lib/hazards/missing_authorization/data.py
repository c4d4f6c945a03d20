"""Judges `create_app`: one user's private data, to that user and to admins, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from course_lib.hazards import families
from course_lib.hazards.missing_authorization import tokens
from course_lib.hazards.missing_authorization.answers import DENIED, Due, served, status
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
from course_lib.hazards.missing_authorization.tokens import token_of
from course_lib.hazards.plainly import shown
from course_lib.hazards.terms import Observe
from course_lib.instruments.access.tricks import (
    ODD_BODIES,
    ODD_HEADERS,
    ODD_SEGMENTS,
    ORDINARY_HEADERS,
    UNUSUAL_METHODS,
    bearer,
    lies,
    odd_paths,
    without_token,
)
from course_lib.reading import Check
from course_lib.testbeds.accounts import User

SERVES = "serves the user and admins"
UNKNOWN = "401 without a valid token"
REFUSES = "refuses everybody else"
FRESH = "asks the store each time"

USERS = ["mira", "otto", "mir", "Mira", "mira ", "7", "07", "zo\u00eb", "zoe\u0308"]
USERS += ["a.b", "50%", "q?#&+", "admin", "None", "%41", "A"]
"""Members; some look like another to code that trims, folds, converts or searches instead of comparing."""

ADMIN, BARE, EMPTY = "root", "nadia", "emil"
"""The administrator has data too; nadia has none (None), emil's are empty ({})."""

ALIKE = [text for text in families.texts("mira", longest=300) if text and "/" not in text] + families.signed("mira")
"""Ids around one word: every member of the family is another person."""

SERVED = [user for user in ALIKE if "\n" not in user]
"""Flask's own `path` converter matches no line feed, so nobody needs to be reached by one."""


NOTHINGS: dict[str, Any] = {
    "left": None,
    "married": False,
    "children": 0,
    "balance": -0.0,
    "nickname": "",
    "cars": [],
    "limits": {},
    "": "no name",
    "_note": {"7": None, "None": [False, ""]},
    "account": 2**53 + 1,
    "rate": 1e-07,
}
"""What is easily dropped or made another thing: each key comes back with its value."""


def data_of(user: str) -> dict[str, Any]:
    """Private data of every type; `_mark` stands in them wherever a text or a number says something."""
    mark = _mark(user)
    return {
        "name": f"Person {mark}",
        "email": f"p{mark}@mail.example",
        "iban": f"iban-{mark}",
        "salary": int(mark),
        "ratio": 0.5,
        **NOTHINGS,
        f"loan-{mark}": "",
        "contacts": [{"name": f"contact-{mark}", "friend": True}, None, []],
        "stra\u00dfe": "Z\u00fcrich \u2603" + ", by the lake" * (100 if user in ("mira", ADMIN) else 0),
    }


_MARKS = {user: str(100_000_007 + 7_919_017 * n) for n, user in enumerate(dict.fromkeys([*USERS, ADMIN, *ALIKE]))}


def _mark(user: str) -> str:
    """Digits that turn up in this person's data and nowhere else."""
    return _MARKS[user]


def _world(members: Sequence[str], **without: Any) -> dict[str, Any]:
    roles = {**dict.fromkeys([*members, *without], "member"), ADMIN: "admin"}
    data = {**{user: data_of(user) for user in [*members, ADMIN]}, **without}
    return {"users": roles, "tokens": {token_of(user): user for user in roles}, "data": data, "documents": []}


WORLD = _world(USERS, nadia=None, emil={})

TWIN = {
    **WORLD,
    "data": {user: data if user == "otto" or not data else {"x": [user]} for user, data in WORLD["data"].items()},
}
"""The same but for the data of others, which otto may not know anything of."""


def _data_due(now: Now, user: User, user_id: str, _ask: Ask) -> Due:
    data = now.tables["data"].get(user_id)
    if user.id != user_id and user.role != "admin":
        return DENIED
    if data is not None:
        return served(data)
    null = Due((404, 200), lambda seen: "got 200 with another content" if seen.status == 200 and seen.content else None)
    return null if user.id == user_id else status(404)


def _secrets(now: Now, user: User | None) -> Secrets:
    if user and user.role == "admin":
        return ()
    others = [each for each, data in now.tables["data"].items() if data and each in _MARKS and not _is(user, each)]
    return tuple((_mark(each), f"data of {each!r}") for each in others)


def _is(user: User | None, user_id: str) -> bool:
    return user is not None and user.id == user_id


SITE = Site(
    WORLD,
    {"/api/users/<user_id>/data": {"GET": _data_due}},
    _secrets,
    Filing(UNKNOWN, REFUSES, REFUSES, frozenset()),
)


def _path(user: str | bytes) -> str | bytes:
    return b"/api/users/" + user + b"/data" if isinstance(user, bytes) else f"/api/users/{user}/data"


MIRA = "/api/users/mira/data"
OTHERS = [*USERS[1:], BARE, EMPTY]


def _serves() -> Iterator[Step]:
    for user in [*USERS, ADMIN, EMPTY]:
        yield from asks(SERVES, (user, ADMIN), "GET", [_path(user)])
        yield ask(SERVES, user, "HEAD", _path(user))
    yield from asks(SERVES, [ADMIN], "GET", map(_path, (BARE, "ghost", "mir a")))
    yield ask(SERVES, BARE, "GET", _path(BARE))
    for note, parts in lies("otto"):
        yield ask(SERVES, "mira", "GET", MIRA, note, **parts)
    for note, headers in ORDINARY_HEADERS:
        yield from asks(SERVES, ("mira", ADMIN), "GET", [MIRA], note, headers=headers)


def _unknown() -> Iterator[Step]:
    for note, parts in [*without_token(token_of("mira")), *lies("mira")]:
        yield ask(UNKNOWN, None, "GET", MIRA, note, **parts)
    yield from asks(UNKNOWN, [None], "GET", map(_path, ("ghost", BARE, ADMIN, "None")))
    yield ask(UNKNOWN, None, "HEAD", MIRA)
    yield from asks(SERVES, ("mira", ADMIN), "GET", [MIRA], "after many requests without a token")


def _visit() -> Iterator[Step]:
    """A cookie that the app set is no token, nor is the mark of what it served."""
    yield ask(UNKNOWN, "mira", "GET", MIRA, cookies=True)
    for check, who in ((UNKNOWN, None), (REFUSES, "otto")):
        yield ask(check, who, "GET", MIRA, "with the cookies of mira's visit", cookies=True)
        yield ask(check, who, "GET", MIRA, "if it is not what mira was given", mark=True)


def _refuses() -> Iterator[Step]:
    yield from asks(REFUSES, OTHERS, "GET", [MIRA])
    yield from asks(REFUSES, ["mira"], "GET", map(_path, OTHERS))
    for one, other in (("7", "07"), ("zo\u00eb", "zoe\u0308"), ("%41", "A")):
        yield ask(REFUSES, one, "GET", _path(other))
        yield ask(REFUSES, other, "GET", _path(one))
    yield ask(REFUSES, "admin", "GET", _path(ADMIN))
    yield from asks(REFUSES, ["otto"], "GET", map(_path, (ADMIN, "ghost", "me", "self", "mine", "current", "whoami")))
    yield ask(REFUSES, "otto", "HEAD", MIRA)
    for note, parts in lies("mira"):
        yield ask(REFUSES, "otto", "GET", MIRA, note, **parts)
    told = Body(b'{"user_id": "mira", "role": "admin"}', note="with a body that lies")
    yield ask(REFUSES, "otto", "GET", MIRA, sends=told)


def _look_alikes() -> Iterator[Step]:
    for user in SERVED:
        yield ask(SERVES, user, "GET", _path(user))
    for user in ALIKE:
        if user not in SERVED:
            yield ask(CRASHES, user, "GET", _path(user), free=True)
    yield from asks(REFUSES, ALIKE[1:], "GET", [MIRA])
    yield from asks(REFUSES, ["mira"], "GET", map(_path, ALIKE[1:]))
    yield ask(SERVES, "mira", "GET", MIRA, "after many that were refused")


def _similar_tokens() -> Iterator[Step]:
    """In the world of `SIMILAR`: each token is one member's, whole."""
    for token, user in tokens.ALIKE.items():
        yield Ask(SERVES, user, token, "GET", _path(user))
        yield Ask(REFUSES, user, token, "GET", _path("member-0" if user != "member-0" else "member-1"))
    for token in (*tokens.unknown(), *tokens.all_encoded()):
        yield Ask(
            UNKNOWN,
            "nobody",
            None,
            "GET",
            _path("member-0"),
            f"with the token {shown(token)}",
            parts={"headers": bearer(token)},
        )
    token, user = next(iter(tokens.ALIKE.items()))
    yield Ask(SERVES, user, token, "GET", _path(user), "after many unknown tokens")


SIMILAR = {
    "users": dict.fromkeys(tokens.ALIKE.values(), "member"),
    "tokens": tokens.ALIKE,
    "data": {user: {"iban": user} for user in tokens.ALIKE.values()},
    "documents": [],
}

NAMES = "id _id user_id userId uid user owner owner_id account_id username login name sub manager created_by"
LISTS = "shared_with users members viewers readers friends team allowed access owners"
SAYS_OTHERWISE = {
    **dict.fromkeys(NAMES.split(), "otto"),
    **{name: ["otto", "mira"] for name in LISTS.split()},
    **dict.fromkeys(("public", "is_public", "shared", "admin", "is_admin"), True),
    **dict.fromkeys(("private", "is_private", "active"), False),
    "visibility": "public",
    "role": "admin",
    "roles": ["admin"],
    "deleted": True,
    "error": "not found",
    "status": 404,
}
"""Data that name somebody else, and say who may read them: they are data, and no word of them is about the route."""

SAYING = {
    **_world(("mira", "otto")),
    "data": {user: {**data_of(user), **SAYS_OTHERWISE} for user in ("mira", "otto", ADMIN)},
}

SAID = "where the data name other people and roles"


def _what_data_say() -> Iterator[Step]:
    """In the world of `SAYING`: only the path and the token tell who may read."""
    yield from asks(SERVES, ("mira", ADMIN), "GET", [MIRA], SAID)
    yield from asks(REFUSES, ["otto"], "GET", [MIRA, _path(ADMIN)], SAID)
    yield ask(REFUSES, "mira", "GET", _path("otto"), SAID)


NOT_HIS = [
    ask(REFUSES, "otto", method, _path(user))
    for user in ("mira", "mir", "7", ADMIN, BARE)
    for method in ("GET", "HEAD")
]


def _survives() -> Iterator[Step]:
    some = ("mira", "otto", None)
    for note, headers in ODD_HEADERS:
        yield from asks(CRASHES, some, "GET", [MIRA], note, free=True, headers=headers)
    yield from asks(CRASHES, ("mira", ADMIN), "GET", map(_path, ODD_SEGMENTS), free=True)
    yield from asks(CRASHES, [None], "GET", map(_path, ODD_SEGMENTS[::4]), free=True)
    for note, content in ODD_BODIES:
        yield ask(CRASHES, "mira", "GET", MIRA, note, free=True, sends=Body(content))
    yield from asks(CRASHES, some, "GET", ["/api/users//data", *odd_paths(MIRA)], free=True)
    yield ask(CRASHES, "otto", "GET", MIRA, free=True, query="%ff&=&a=%00&user_id=mira&user_id[]=mira")


def _fresh() -> Iterator[Step]:
    data, token = data_of("mira"), token_of("mira")
    changed = {"iban": "new", "salary": data["salary"]}
    yield from asks(FRESH, ("mira", "otto"), "GET", [MIRA])
    yield Keep("revoke", (token,))
    yield from asks(FRESH, ["mira"], "GET HEAD", [MIRA], "after her token was revoked")
    yield Keep("issue", (token, "mira"))
    yield ask(FRESH, "mira", "GET", MIRA, "after her token was issued again")
    yield Keep("put_data", ("mira", changed))
    yield from asks(FRESH, ("mira", ADMIN), "GET", [MIRA], "after her data changed")
    yield Keep("put_data", ("mira", None))
    yield ask(FRESH, ADMIN, "GET", MIRA, "after her data were removed")
    yield Keep("put_data", ("mira", data))
    yield ask(FRESH, ADMIN, "GET", MIRA, "after her data came back")
    yield Keep("add_user", (ADMIN, "member"))
    yield ask(FRESH, ADMIN, "GET", MIRA, "no longer an admin")
    yield Keep("add_user", (ADMIN, "admin"))
    yield ask(FRESH, ADMIN, "GET", MIRA, "an admin again")
    yield Keep("add_user", ("otto", "admin"))
    yield ask(FRESH, "otto", "GET", MIRA, "an admin by now")
    yield Keep("issue", (token, "mir"))
    yield Ask(FRESH, "mir", token, "GET", MIRA, "by mira's old token")


OTHER_WORLD = {
    "users": {"mira": "member"},
    "tokens": {"Other_1": "mira"},
    "data": {"mira": {"iban": "other"}},
    "documents": [],
}


def _side_by_side() -> Iterator[Step]:
    """Two apps on two stores, asked in turn: each answers from its own."""
    note = "while a second app serves another store"
    other = Ask(FRESH, "the other mira", "Other_1", "GET", MIRA, note, world=1)
    yield ask(FRESH, "mira", "GET", MIRA, note)
    yield other
    yield replace(other, world=0, note="at the first app")
    yield ask(FRESH, "mira", "GET", MIRA, "at the second app", world=1)
    yield ask(FRESH, "mira", "GET", MIRA, note)


def _named() -> Iterator[Step]:
    yield from asks(NAMED, ("mira", ADMIN, "otto", None), UNUSUAL_METHODS, [MIRA])
    for note, parts in lies("mira"):
        yield ask(NAMED, "mira", "POST", MIRA, note, **parts)
    near = "/ /api /api/users /api/users/mira /api/users/mira/data/iban /api/data /users/mira/data"
    yield from asks(NAMED, ("mira", ADMIN, None), "GET", near.split())
    yield from asks(NAMED, ("mira", "otto", None), "OPTIONS", [MIRA])


CHECKS: tuple[Stated, ...] = (
    (
        SERVES,
        "200 with the user's data as JSON to that user and to admins; 404 to an admin where there are none",
        (Script(_serves),),
    ),
    (
        UNKNOWN,
        "401 on every request without `Authorization: Bearer` and a token that the store knows now",
        (Script(_unknown), Script(_visit), Script(_similar_tokens, (SIMILAR,))),
    ),
    (CRASHES, "no header, path or body makes a route answer 500", (Script(_survives),)),
    (NAMED, "405 for other methods, 404 (or 401) for other paths", (Script(_named),)),
    (
        REFUSES,
        "403 or 404 to every other member, with nothing of the data in the answer",
        (
            Script(_refuses),
            Script(_look_alikes, (_world(ALIKE),)),
            Script(_what_data_say, (SAYING,)),
            among_twins(NOT_HIS, WORLD, TWIN),
        ),
    ),
    (
        FRESH,
        "each answer rests on what the store says at that moment",
        (Script(_fresh), Script(_side_by_side, (WORLD, OTHER_WORLD))),
    ),
)


def judge_create_app(observe: Observe) -> list[Check]:
    """The checks of `create_app`."""
    return judge_site(observe, SITE, CHECKS)
