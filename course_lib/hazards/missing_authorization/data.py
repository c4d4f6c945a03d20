"""Judges `create_app`: one user's private data, to that user and to admins, and to nobody else."""

from __future__ import annotations

import json
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
from course_lib.hazards.missing_authorization.scripts import (
    CRASHES,
    Ask,
    Expectation,
    Keep,
    Script,
    anything,
    empty,
    served,
    status,
)
from course_lib.hazards.terms import Observe
from course_lib.reading import Check

SERVES = "serves the user and admins"
UNKNOWN = "401 without a valid token"
REFUSES = "refuses everybody else"
FRESH = "asks the store each time"
NAMED = "nothing is open that is not named"

USERS = [
    "mira",
    "otto",
    "mir",
    "Mira",
    "mira ",
    "7",
    "07",
    "zo\u00eb",
    "zoe\u0308",
    "a.b",
    "50%",
    "q?#&+",
    "admin",
    "None",
    "%41",
    "A",
]
"""Members; some look like another to code that trims, folds, converts or searches instead of comparing."""

ADMIN, BARE, EMPTY = "root", "nadia", "emil"
"""The administrator has data too; nadia has none (None), emil's are empty ({})."""

DENIED = status(403, 404)
NOWHERE = status(404, 401)


def _token(user: str) -> str:
    return f"Tk_{user.encode().hex()}-x1"


def _data(user: str) -> dict[str, Any]:
    """Private data with two texts, a number and a key that turn up nowhere else."""
    mark = str(100_000_007 + 7_919_017 * [*USERS, ADMIN].index(user))
    return {
        "iban": f"iban-{mark}",
        "salary": int(mark),
        "ratio": 0.5,
        f"loan-{mark}": "",
        "contacts": [{"name": f"contact-{mark}", "friend": True}, None, []],
        "stra\u00dfe": "Z\u00fcrich \u2603",
    }


def _world() -> dict[str, Any]:
    roles = {**dict.fromkeys([*USERS, BARE, EMPTY], "member"), ADMIN: "admin"}
    data = {**{user: _data(user) for user in [*USERS, ADMIN]}, BARE: None, EMPTY: {}}
    return {"users": roles, "tokens": {_token(user): user for user in roles}, "data": data, "documents": []}


WORLD = _world()


def _secrets(reader: str | None) -> tuple[tuple[str, str], ...]:
    """(text, what it is) of everything that this person may not read."""
    if reader == ADMIN:
        return ()
    others = [user for user in [*USERS, ADMIN] if user != reader]
    return tuple((str(_data(user)["salary"]), f"data of {user!r}") for user in others)


def _path(user: str | bytes) -> str | bytes:
    return b"/api/users/" + user + b"/data" if isinstance(user, bytes) else f"/api/users/{user}/data"


def _ask(
    check: str,
    who: str | None,
    path: str | bytes,
    expect: Expectation,
    method: str = "GET",
    note: str = "",
    **parts: Any,
) -> Ask:
    """A request with that person's token, or with none; other parts of the request come on top."""
    headers = {**parts.pop("headers", {}), **(bearer(_token(who)) if who is not None else {})}
    request = {"method": method, "path": path, "headers": headers, **parts}
    leak = REFUSES if who is not None else UNKNOWN
    return Ask(check, who or "nobody", request, expect, _secrets(who), leak, note=note)


def _serves() -> list[Script]:
    steps = []
    for user in [*USERS, ADMIN, EMPTY]:
        right = served(WORLD["data"][user])
        steps += [_ask(SERVES, user, _path(user), right), _ask(SERVES, ADMIN, _path(user), right)]
        steps += [_ask(SERVES, user, _path(user), empty(status(200)), "HEAD")]
    steps += [_ask(SERVES, ADMIN, _path(user), status(404)) for user in (BARE, "ghost", "mir a")]
    steps.append(_ask(SERVES, BARE, _path(BARE), _null_or_missing))
    steps += [_ask(SERVES, "mira", _path("mira"), served(_data("mira")), note=n, **parts) for n, parts in lies("otto")]
    return [Script((WORLD,), tuple(steps))]


def _null_or_missing(seen: Any) -> str | None:
    if seen.status == 404 or (seen.status == 200 and seen.content is None):
        return None
    return f"got {seen.status} instead of 404, or 200 with null"


def _unknown() -> list[Script]:
    steps = []
    for note, parts in without_token(_token("mira")):
        steps.append(_ask(UNKNOWN, None, _path("mira"), status(401), note=note, **parts))
    for note, parts in lies("mira"):
        steps.append(_ask(UNKNOWN, None, _path("mira"), status(401), note=note, **parts))
    others = ("ghost", BARE, ADMIN, "None")
    steps += [_ask(UNKNOWN, None, _path(user), status(401), note="no token") for user in others]
    steps.append(_ask(UNKNOWN, None, _path("mira"), empty(status(401)), "HEAD", note="no token"))
    return [Script((WORLD,), tuple(steps)), _remembered()]


def _remembered() -> Script:
    """A cookie that the app set is no token."""
    cookies: dict[str, Any] = {"cookies": True}
    return Script(
        (WORLD,),
        (
            _ask(UNKNOWN, "mira", _path("mira"), status(200), **cookies),
            _ask(UNKNOWN, None, _path("mira"), status(401), note="with the cookies of mira's visit", **cookies),
            _ask(REFUSES, "otto", _path("mira"), DENIED, note="with the cookies of mira's visit", **cookies),
        ),
    )


def _refuses() -> list[Script]:
    steps = []
    for user in [*USERS[1:], BARE, EMPTY]:
        steps += [_ask(REFUSES, user, _path("mira"), DENIED), _ask(REFUSES, "mira", _path(user), DENIED)]
    for reader, user in [
        ("7", "07"),
        ("07", "7"),
        ("zo\u00eb", "zoe\u0308"),
        ("zoe\u0308", "zo\u00eb"),
        ("admin", ADMIN),
        ("%41", "A"),
        ("A", "%41"),
    ]:
        steps.append(_ask(REFUSES, reader, _path(user), DENIED))
    steps += [_ask(REFUSES, "otto", _path(user), DENIED) for user in (ADMIN, "ghost", "me", "self")]
    steps.append(_ask(REFUSES, "otto", _path("mira"), empty(DENIED), "HEAD"))
    for note, parts in lies("mira"):
        steps.append(_ask(REFUSES, "otto", _path("mira"), DENIED, note=note, **parts))
    body = json.dumps({"user_id": "mira", "role": "admin"}).encode()
    told: dict[str, Any] = {"body": body, "content_type": "application/json"}
    steps.append(_ask(REFUSES, "otto", _path("mira"), DENIED, note="with a body that lies", **told))
    return [Script((WORLD,), tuple(steps))]


def _survives() -> list[Script]:
    steps = []
    for note, headers in ODD_HEADERS:
        for who in ("mira", "otto", None):
            ask = _ask(CRASHES, who, _path("mira"), anything, note=note)
            steps.append(replace(ask, request=with_headers(ask.request, headers)))
    for segment in ODD_SEGMENTS:
        steps += [_ask(CRASHES, who, _path(segment), anything) for who in ("mira", ADMIN, None)]
    for note, body in ODD_BODIES:
        sent: dict[str, Any] = {"body": body, "content_type": "application/json"}
        steps.append(_ask(CRASHES, "mira", _path("mira"), anything, note=note, **sent))
    for path in ("/api/users/mira/data/", "//api/users/mira/data", "/api/users//data", "/api/users/mira%2Fdata"):
        steps += [_ask(CRASHES, who, path, anything) for who in ("mira", "otto", None)]
    steps.append(_ask(CRASHES, "otto", _path("mira"), anything, query="%ff&=&a=%00&user_id=mira&user_id[]=mira"))
    return [Script((WORLD,), tuple(steps))]


def _fresh() -> list[Script]:
    mira, data = _path("mira"), _data("mira")
    changed = {"iban": "new", "salary": data["salary"]}
    steps: list[Ask | Keep] = [
        _ask(FRESH, "mira", mira, served(data)),
        Keep("revoke", (_token("mira"),)),
        _ask(FRESH, "mira", mira, status(401), note="after her token was revoked"),
        _ask(FRESH, "mira", mira, empty(status(401)), "HEAD", note="after her token was revoked"),
        Keep("issue", (_token("mira"), "mira")),
        _ask(FRESH, "mira", mira, served(data), note="after her token was issued again"),
        Keep("put_data", ("mira", changed)),
        _ask(FRESH, "mira", mira, served(changed), note="after her data changed"),
        _ask(FRESH, ADMIN, mira, served(changed), note="after her data changed"),
        Keep("put_data", ("mira", None)),
        _ask(FRESH, ADMIN, mira, status(404), note="after her data were removed"),
        Keep("put_data", ("mira", data)),
        _ask(FRESH, ADMIN, mira, served(data), note="after her data came back"),
        Keep("add_user", (ADMIN, "member")),
        Ask(FRESH, ADMIN, _ask("", ADMIN, mira, anything).request, DENIED, _secrets("-"), note="no longer an admin"),
        Keep("add_user", ("otto", "admin")),
        Ask(FRESH, "otto", _ask("", "otto", mira, anything).request, served(data), note="an admin by now"),
        Keep("issue", (_token("mira"), "mir")),
        Ask(
            FRESH, "mir", _ask("", "mira", mira, anything).request, DENIED, _secrets("mir"), note="by mira's old token"
        ),
    ]
    return [Script((WORLD,), tuple(steps)), _two_worlds()]


def _two_worlds() -> Script:
    """Two apps on two stores, asked in turn: each answers from its own."""
    other = {"users": {"mira": "member"}, "tokens": {"Other_1": "mira"}, "data": {"mira": {"iban": "other"}}}
    mine, theirs = (
        _ask("", "mira", _path("mira"), anything).request,
        {"method": "GET", "path": _path("mira"), "headers": bearer("Other_1")},
    )
    right, note = served(_data("mira")), "while a second app serves another store"
    steps = [
        Ask(FRESH, "mira", mine, right, note=note),
        Ask(FRESH, "the other mira", theirs, served({"iban": "other"}), world=1, note=note),
        Ask(FRESH, "the other mira", theirs, status(401), note="at the first app"),
        Ask(FRESH, "mira", mine, status(401), world=1, note="at the second app"),
        Ask(FRESH, "mira", mine, right, note=note),
    ]
    return Script((WORLD, {**other, "documents": []}), tuple(steps))


def _named() -> list[Script]:
    steps = []
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "PURGE"):
        steps += [_ask(NAMED, who, _path("mira"), status(405), method) for who in ("mira", ADMIN, "otto")]
        steps.append(_ask(NAMED, None, _path("mira"), status(405, 401), method))
    for note, parts in lies("mira"):
        steps.append(_ask(NAMED, "mira", _path("mira"), status(405), "POST", note, **parts))
    for path in (
        "/",
        "/api",
        "/api/users",
        "/api/users/mira",
        "/api/users/mira/data/iban",
        "/api/data",
        "/users/mira/data",
    ):
        steps += [_ask(NAMED, who, path, NOWHERE) for who in ("mira", ADMIN, None)]
    steps += [_ask(NAMED, who, _path("mira"), anything, "OPTIONS") for who in ("mira", "otto", None)]
    return [Script((WORLD,), tuple(steps))]


PLAN = Plan(
    works=(
        SERVES,
        "200 with the user's data as JSON to that user and to admins; 404 to an admin where there are none",
        _serves,
    ),
    checks=(
        (
            UNKNOWN,
            "401 on every request without `Authorization: Bearer` and a token that the store knows now",
            _unknown,
        ),
        (CRASHES, "no header, path or body makes a route answer 500", _survives),
        (NAMED, "405 for other methods, 404 (or 401) for other paths", _named),
        (REFUSES, "403 or 404 to every other member, with nothing of the data in the answer", _refuses),
        (FRESH, "each answer rests on what the store says at that moment", _fresh),
    ),
    sweep=Sweep(
        NAMED,
        WORLD,
        named=(("GET", "/api/users/mira/data"), ("GET", "/api/users/1/data")),
        people={"nobody": {}, "otto": bearer(_token("otto")), ADMIN: bearer(_token(ADMIN))},
        samples=({"*": "mira"}, {"*": "1"}),
    ),
)


def judge_create_app(observe: Observe) -> list[Check]:
    """The checks of `create_app`."""
    return judge_plan(observe, PLAN)
