"""Who may do what: every route and method of a Flask app, asked as everybody, with four observations an
answer.

Measured for each request, on a fresh app with fresh rows: the status; secrets of others in the body or a
header, whatever the status; rows that changed, whatever the status; and routes of `url_map` that the policy
does not name. No single one of the four finds every fault: a redirect can carry the page it protects, and a
refusal can come after the write.

    who = identities(owner="ada-token", other="ben-token", admin="root-token")
    reading = measure_access(make_world, who, policy, {"doc_id": "1"})
    print(reading)              # the matrix, then one line a violation
    assert reading.holds        # or, as a pytest fixture: access_fixture.py

What it can't see: doors that are not routes of this app (middleware, another service), data that the policy
names no secret for, and a policy that is itself wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import run_wsgi_app

from course_lib.instruments.access.reading import AccessReading, Answer, Cell, Policy, judge


@dataclass(frozen=True)
class Request:
    """What is sent. `path` is unquoted; header values are text, sent as UTF-8, or the very bytes."""

    method: str
    path: str | bytes
    headers: Mapping[str, str | bytes] = field(default_factory=dict)
    query: str = ""
    body: bytes = b""
    content_type: str | None = None
    remote: str = "203.0.113.9"


@dataclass(frozen=True)
class Identity:
    """How somebody presents themselves: headers, query parameters, and fields put into every JSON body."""

    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """One fresh app, and a function that returns every row it can change: `{key: {field: value}}`."""

    app: Flask
    rows: Callable[[], Mapping[str, Mapping[str, Any]]] = dict


SPOOFED: Mapping[str, str] = {
    "X-Role": "admin",
    "X-User-Role": "admin",
    "X-Admin": "true",
    "X-Is-Admin": "1",
    "X-Forwarded-For": "127.0.0.1",
    "X-Real-IP": "127.0.0.1",
    "X-Forwarded-Host": "localhost",
    "X-Internal": "1",
    "Cookie": "role=admin; admin=1",
}
"""Headers that anybody can send and no app may believe; `spoofed` adds whom they claim to be."""


def spoofed(user_id: str) -> dict[str, str]:
    """SPOOFED, claiming to be that user as well."""
    names = (
        "X-User-Id",
        "X-User",
        "X-Username",
        "X-Owner",
        "X-Forwarded-User",
        "X-Remote-User",
        "Remote-User",
    )
    return {**SPOOFED, **dict.fromkeys(names, user_id)}


def identities(**tokens: str) -> dict[str, Identity]:
    """Nobody, each token's bearer, and the first token presented in every way that must not count."""
    bearers = {name.replace("_", " "): Identity({"Authorization": f"Bearer {t}"}) for name, t in tokens.items()}
    first = next(iter(tokens.values()), "")
    wrong = {
        "unknown token": Identity({"Authorization": "Bearer no-such-token"}),
        "empty token": Identity({"Authorization": "Bearer"}),
        "token without scheme": Identity({"Authorization": first}),
        "token as Basic": Identity({"Authorization": f"Basic {first}"}),
        "token in the query": Identity(query={"token": first, "access_token": first}),
        "token in a cookie": Identity({"Cookie": f"token={first}; Authorization=Bearer {first}"}),
        "token in another header": Identity({"X-Auth-Token": first, "X-Api-Key": first}),
        "token in the body": Identity(fields={"token": first, "access_token": first}),
    }
    return {"nobody": Identity(), **bearers, **wrong}


def ask(app: Callable[..., Any], request: Request) -> Answer:
    """The app's answer to one request, made as a server would; an exception that comes out of it is noted."""
    try:
        chunks, status, headers = run_wsgi_app(app, _environ(request), buffered=True)
        return Answer(int(status.split(" ", 1)[0]), tuple(headers.to_wsgi_list()), b"".join(chunks))
    except Exception as error:
        return Answer(500, (), b"", type(error).__name__)


def paths(app: Flask, samples: Mapping[str, str], static: bool = False) -> list[tuple[str, str, tuple[str, ...]]]:
    """(rule, a path that it matches, its methods) for every rule, those of static folders only if asked for.

    Arguments come from `samples` by name or under "*"; HEAD and OPTIONS, which Flask adds, are left out.
    """
    rules = [rule for rule in app.url_map.iter_rules() if static or not _is_static(rule)]
    return [(rule.rule, _fill(rule, samples), _methods(rule)) for rule in rules]


def measure_access(
    make_world: Callable[[], World],
    who: Mapping[str, Identity],
    policy: Policy,
    samples: Mapping[str, str],
    bodies: Sequence[Mapping[str, Any]] = ({},),
    claim: str = "",
) -> AccessReading:
    """The matrix of who x what, judged against the policy.

    `samples` gives each path argument the id of the object under test; `bodies` are JSON bodies for the
    methods that take one, the honest one first, then those with extra or foreign fields; `claim` is the id
    that spoofed headers pretend to be. One fresh world a request.
    """
    cells, found = [], paths(make_world().app, samples)
    names = {f"{method} {rule}" for rule, _, methods in found for method in methods}
    for rule, path, methods in found:
        for method in [*methods, *(["HEAD"] if "GET" in methods else [])]:
            for name, identity in who.items():
                for variant, request in _variants(method, path, identity, bodies, claim):
                    cells.append(_cell(make_world(), f"{method} {rule}", name, variant, request, policy))
    return AccessReading(tuple(cells), tuple(sorted(set(policy.allowed) - names)))


def _cell(world: World, route: str, name: str, variant: str, request: Request, policy: Policy) -> Cell:
    world.app.config.update(PROPAGATE_EXCEPTIONS=False, TESTING=False, DEBUG=False)
    before = {key: dict(row) for key, row in world.rows().items()}
    answer = ask(world.app, request)
    after = {key: dict(row) for key, row in world.rows().items()}
    outcome, detail = judge(policy, route, name, variant, answer, before, after)
    return Cell(route, name, variant, answer.status, outcome, detail)


def _variants(
    method: str, path: str, identity: Identity, bodies: Sequence[Mapping[str, Any]], claim: str
) -> Iterator[tuple[str, Request]]:
    """The same request plain, with headers that lie, and with each of the other bodies."""
    takes_body = method in ("POST", "PUT", "PATCH")
    honest = bodies[0] if takes_body else {}
    yield "plain", _request(method, path, identity, honest)
    liar = Identity({**spoofed(claim), **identity.headers}, identity.query, identity.fields)
    yield "spoofed headers", _request(method, path, liar, honest)
    for body in bodies[1:] if takes_body else ():
        yield f"body {json.dumps(body)}", _request(method, path, identity, body)


def _request(method: str, path: str, identity: Identity, body: Mapping[str, Any]) -> Request:
    content = {**body, **identity.fields}
    text = json.dumps(content).encode() if content else b""
    kind = "application/json" if content else None
    return Request(method, path, identity.headers, urlencode(identity.query), text, kind)


def _environ(request: Request) -> dict[str, Any]:
    """The WSGI environment: text is the latin-1 reading of the bytes on the wire."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _wire(request.path),
        "QUERY_STRING": request.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": request.remote,
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if request.content_type is not None:
        environ["CONTENT_TYPE"] = request.content_type
    for name, value in request.headers.items():
        environ[_variable(name)] = _wire(value)
    return environ


def _variable(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"


def _wire(value: str | bytes) -> str:
    return (value if isinstance(value, bytes) else value.encode()).decode("latin-1")


def _methods(rule: Rule) -> tuple[str, ...]:
    return tuple(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))


def _is_static(rule: Rule) -> bool:
    return bool(rule.endpoint == "static" or rule.endpoint.endswith(".static"))


def _fill(rule: Rule, samples: Mapping[str, str]) -> str:
    """The rule with its arguments put in: samples for texts, a number or a UUID where the rule wants one."""
    parts = []
    for literal in rule.rule.split("<"):
        argument, closing, rest = literal.partition(">")
        parts.append(_sample(argument, samples) + rest if closing else literal)
    return "".join(parts)


def _sample(argument: str, samples: Mapping[str, str]) -> str:
    """What fills `name` or `converter:name`; samples are found by name, or under "*", or it is "1"."""
    converter, _, name = argument.rpartition(":")
    kind = converter.partition("(")[0]
    if kind == "uuid":
        return "00000000-0000-4000-8000-000000000001"
    fallback = "1.0" if kind == "float" else "1"
    sample = samples.get(name, samples.get("*", fallback))
    return sample if kind not in ("int", "float") or sample.replace(".", "").isdigit() else fallback
