"""What is tried on every route: tokens that are none, tokens in the wrong place, claims that anybody can make, odd
input.

Plain data. A trick is a note and the parts of a `Request` that it replaces or adds; it is combined with any method,
path and identity. None of them may change what an app answers, whom it serves or what it writes.
"""

from __future__ import annotations

import base64
import json
from typing import Any

Headers = dict[str, Any]
Trick = tuple[str, dict[str, Any]]


def bearer(token: str) -> Headers:
    """The one way in which a token counts."""
    return {"Authorization": f"Bearer {token}"}


NAMES = ["token", "access_token", "session", "Authorization", "authorization"]
NAMES += ["auth", "auth_token", "api_key", "jwt", "bearer"]
"""What a token is called where it should not be: in a cookie, in a query."""


def without_token(token: str) -> list[Trick]:
    """(note, parts of a request) that present no valid token, though most of them hold one somewhere."""
    return [*misspelt(token), *misplaced(token)]


def misspelt(token: str) -> list[Trick]:
    """An `Authorization` that is none; those of one kind stand side by side."""
    pair = base64.b64encode(f"{token}:{token}".encode()).decode()
    headers = [
        ("empty header", {"Authorization": ""}),
        ("a blank header", {"Authorization": " "}),
        ("'Bearer' alone", {"Authorization": "Bearer"}),
        ("an empty token", {"Authorization": "Bearer "}),
        ("an unknown token", bearer("no-such-token")),
        ("a token cut short", bearer(token[:-1])),
        ("a token with more behind it", bearer(f"{token}x")),
        ("a token with a dot behind it", bearer(f"{token}.x")),
        ("a token with a comma behind it", bearer(f"{token},")),
        ("a token with padding behind it", bearer(f"{token}==")),
        ("a token in quotes", bearer(f'"{token}"')),
        ("a token in brackets", bearer(f"<{token}>")),
        ("a token in other letters", bearer(token.swapcase())),
        ("'None' for a token", bearer("None")),
        ("'null' for a token", bearer("null")),
        ("a token without a scheme", {"Authorization": token}),
        ("the scheme Basic", {"Authorization": f"Basic {token}"}),
        ("the scheme Token", {"Authorization": f"Token {token}"}),
        ("a scheme before Bearer", {"Authorization": f"Token Bearer {token}"}),
        ("a token behind another", bearer(f"no-such-token {token}")),
        ("a second Bearer behind a comma", bearer(f"no-such-token, Bearer {token}")),
        ("Basic credentials", {"Authorization": "Basic bWlyYTptaXJh"}),
        ("a token for a name and a password", {"Authorization": f"Basic {pair}"}),
        # plain ASCII: on other letters Werkzeug 3.1's own reader of Basic raises, which is no fault of a view's
        ("a broken Basic header", {"Authorization": "Basic %%%="}),
        ("a Digest header", {"Authorization": 'Digest username="mira"'}),
        ("a header that is no UTF-8", {"Authorization": b"Bearer \xff\xfe"}),
        ("a scheme of other letters", {"Authorization": f"Bear\u00ebr {token}"}),
        ("other letters alone", {"Authorization": "\u2603"}),
        ("a token of other letters", bearer("m\u00efra-\u2603")),
        ("a header with a NUL", {"Authorization": b"Bearer \x00"}),
        ("a token of 5,000 letters", bearer("a" * 5_000)),
        ("a token that is a path", bearer("../../etc/passwd")),
    ]
    return [(note, {"headers": sent}) for note, sent in headers]


def misplaced(token: str) -> list[Trick]:
    """No token where it belongs: none at all, or the right one in another place."""
    body = json.dumps({"token": token, "access_token": token, "Authorization": f"Bearer {token}"}).encode()
    form, whole = f"token={token}&access_token={token}".encode(), f"Bearer {token}"
    headers: list[tuple[str, Headers]] = [
        ("no token", {}),
        ("a token in X-Auth-Token", {"X-Auth-Token": token, "X-Access-Token": token, "X-Api-Key": token}),
        ("Bearer and a token in X-Auth-Token", dict.fromkeys(("X-Auth-Token", "X-Access-Token", "X-Api-Key"), whole)),
        ("a token in Proxy-Authorization", {"Proxy-Authorization": f"Bearer {token}"}),
        ("a token in X-Authorization", {"X-Authorization": f"Bearer {token}", "Token": token}),
        ("a token in a cookie", {"Cookie": "; ".join(f"{name}={token}" for name in NAMES)}),
        ("Bearer and a token in a cookie", {"Cookie": "; ".join(f'{name}="{whole}"' for name in NAMES)}),
    ]
    return [
        *((note, {"headers": sent}) for note, sent in headers),
        ("a token in the query", {"query": "&".join(f"{name}={token}" for name in NAMES)}),
        ("Bearer and a token in the query", {"query": "&".join(f"{name}=Bearer+{token}" for name in NAMES)}),
        ("a token in a JSON body", {"body": body, "content_type": "application/json"}),
        ("a token in a form", {"body": form, "content_type": "application/x-www-form-urlencoded"}),
        ("no token, from the machine itself", {"remote": "127.0.0.1"}),
    ]


def lies(claimed: str) -> list[Trick]:
    """(note, parts of a request) with which somebody claims to be that user or an admin."""
    names: tuple[str, ...] = (
        "X-User-Id",
        "X-User-ID",
        "X-User",
        "X-Username",
        "X-Owner",
        "X-Remote-User",
        "Remote-User",
    )
    names += ("X-Forwarded-User", "X-Authenticated-User", "X-Original-User", "From")
    roles = ("X-Role", "X-User-Role", "Role", "X-Roles", "X-Forwarded-Role")
    flags = ("X-Admin", "X-Is-Admin", "Admin", "X-Internal", "X-Debug", "X-Test", "X-Requested-By")
    near = ("X-Forwarded-For", "X-Real-IP", "X-Client-IP", "X-Forwarded-Host", "Forwarded", "Host")
    query = f"id={claimed}&user_id={claimed}&user={claimed}&owner={claimed}&as={claimed}"
    query += "&role=admin&admin=1&all=1&scope=all&debug=1&_method=DELETE"
    return [
        ("claiming to be the owner", {"headers": dict.fromkeys(names, claimed)}),
        ("claiming to be an admin", {"headers": dict.fromkeys(roles, "admin")}),
        (
            "with the headers of a tool",
            {
                "headers": {
                    **dict.fromkeys(flags, "true"),
                    "User-Agent": "kube-probe/1.3",
                    "Referer": "http://localhost/admin",
                }
            },
        ),
        ("claiming to be the machine itself", {"headers": dict.fromkeys(near, "127.0.0.1"), "remote": "127.0.0.1"}),
        ("with a query that lies", {"query": query}),
        ("with a cookie that lies", {"headers": {"Cookie": f"user_id={claimed}; user={claimed}; role=admin; admin=1"}}),
        ("asking for another method", {"headers": {"X-HTTP-Method-Override": "DELETE", "X-Method-Override": "PUT"}}),
        (
            "asking for another path",
            {"headers": {"X-Original-URL": "/", "X-Rewrite-URL": "/", "X-Forwarded-Prefix": "/"}},
        ),
    ]


ORDINARY_HEADERS: list[tuple[str, Headers]] = [
    ("with Accept: text/html", {"Accept": "text/html"}),
    ("with Accept: image/*", {"Accept": "image/*", "Accept-Language": "hr", "Accept-Charset": "iso-8859-2"}),
    ("with Accept: application/vnd.api+json", {"Accept": "application/vnd.api+json"}),
    ("with Content-Type: application/json", {"Content-Type": "application/json"}),
    ("from another program", {"User-Agent": "", "X-Requested-With": "fetch", "Origin": "https://else.example"}),
]
"""What clients say of themselves, and what changes nothing of an answer that nobody promised to fit to it."""

ODD_HEADERS: list[tuple[str, Headers]] = [
    ("Content-Length: abc", {"Content-Length": "abc"}),
    ("Content-Length: -1", {"Content-Length": "-1"}),
    ("Content-Type: no UTF-8", {"Content-Type": b"\xff\xfe"}),
    ("a multipart type without boundary", {"Content-Type": "multipart/form-data"}),
    ("an unknown charset", {"Content-Type": "application/json; charset=none-such"}),
    (
        "a broken cookie, and nonsense in Accept",
        {
            "Accept": ";;;,q=",
            "Accept-Language": "\u2603",
            "Accept-Encoding": "br;q=x",
            "Cookie": b"\xff=\xfe; ;;; =; session=.eJx.bad",
        },
    ),
    (
        "a broken Range, and a header of 8,000 letters",
        {"Range": "bytes=9-1,x", "If-Match": '"', "If-Modified-Since": "never", "X-Long": "a" * 8_000},
    ),
    ("a broken Host", {"Host": "[::1"}),
    ("a Host that is no UTF-8", {"Host": b"\xff"}),
    ("Transfer-Encoding: chunked", {"Transfer-Encoding": "chunked"}),
    ("lower-case bearer and blanks", {"Authorization": "bearer   x y"}),
    ("Bearer with commas", {"Authorization": "Bearer a, Bearer b"}),
    ("Bearer with parameters", {"Authorization": 'Bearer realm="x", error="y"'}),
]
"""Headers that must not make any route answer 500."""

ODD_SEGMENTS: list[str | bytes] = [
    b"\xff\xfe",
    b"\xc3",
    "\x00",
    "%",
    "%2F",
    "%00",
    "..",
    ".",
    " ",
    "\n",
    "\r\nX-Evil: 1",
    "\u2603",
    "a" * 4_000,
    "1e9999",
    "9" * 5_000,
    "-1",
    "None",
    "null",
    "[]",
    "{}",
    "' OR '1'='1",
    "<script>",
    "__class__",
    "{0.__class__}",
    "%s%d",
    ";",
    "\\",
    "a:b",
]
"""Ids that nothing has, and that must not make any route answer 500."""

ODD_BODIES: list[tuple[str, bytes]] = [
    ("no body", b""),
    ("white space", b"  \n"),
    ("no JSON", b"title=x&body=y"),
    ("half an object", b'{"title": "x"'),
    ("no UTF-8", b"\xff\xfe\xfd"),
    ("NUL bytes", b"\x00\x00\x00\x00"),
    ("NaN", b"NaN"),
    ("null", b"null"),
    ("true", b"true"),
    ("a number", b"7"),
    ("a number of 6,000 digits", b"7" * 6_000),
    ("a text", b'"title"'),
    ("an empty list", b"[]"),
    ("a list of an object", b'[{"title": "x"}]'),
    ("a list of pairs", b'[["title", "x"], ["body", "y"]]'),
    ("lists 20,000 deep", b"[" * 20_000),
    ("objects 20,000 deep", b'{"":' * 20_000),
    ("two objects", b'{"title": "x"}{"title": "y"}'),
    ("a trailing comma", b'{"title": "x", "body": "y",}'),
    ("a comment", b'{"title": "x" /* y */}'),
    ("a line of comment", b'// x\n{"title": "x"}'),
    ("a bare key", b'{title: "x"}'),
    ("YAML", b"title: x\nbody: y\n"),
    ("an object and more", b'{"title": "x"} x'),
    ("single quotes", b"{'title': 'x'}"),
]
"""Bodies that are no JSON object."""

UNUSUAL_METHODS = "POST PUT PATCH DELETE TRACE PURGE"


def odd_paths(path: str) -> list[str]:
    """The path in spellings that a server may take for the same, and a check may not."""
    head, _, last = path.rpartition("/")
    return [f"{path}/", f"/{path}", f"{head}//{last}", f"{head}%2F{last}"]
