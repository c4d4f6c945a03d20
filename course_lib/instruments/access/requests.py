"""Who may do what: every route and method of a Flask app, asked as everybody, with four observations an answer.

Measured for each request, on fresh rows: the status; secrets of others in the body or a header,
whatever the status; rows that changed, whatever the status; and routes of `url_map` that the policy does not name. No
single one of the four finds every fault: a redirect can carry the page it protects, and a refusal can come after the
write. What is refused plainly is asked again in all the ways of `tricks`: with tokens that are none, with claims that
anybody can make in headers, query, cookie and body, under other spellings of the path.

    who = identities(owner="ada-token", other="ben-token", admin="root-token")
    reading = measure_access(make_world, who, policy, {"doc_id": "1"})
    print(reading)                        # the matrix, then a line for each thing found
    assert reading.holds, str(reading)    # false too where nothing could be measured; or the fixture: fixture.py

Where people log in with a session: `{**identities(), "ada": logged_in(app, user_id=1)}`.

What it can't see: doors that are not routes of this app (middleware, another service), data that the policy
names no secret for, two requests that race each other, and a policy that is itself wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from course_lib.instruments.access.reading import EVERYBODY, PLAIN, READING, AccessReading, Answer, Cell, Policy, judge
from course_lib.instruments.access.tricks import Trick, bearer, lies, odd_paths, without_token

if TYPE_CHECKING:  # whoever has an app has imported Flask; the tricks and the policy need none of it
    from flask import Flask
    from werkzeug.routing import Rule


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
    """How somebody presents themselves: headers, query parameters, and fields put into every JSON body.

    `ways` are further ways in which they try to pass for somebody else, each tried on every route.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    ways: Sequence[Trick] = ()


@dataclass(frozen=True)
class World:
    """One fresh app, and a function that returns every row it can change.

    Rows are `{key: {field: value}}`. A key is any text that no other row has (`"document 7"`), the same before and
    after a request; fields are compared with `==`. What every request changes (a counter of visits) is left out.
    """

    app: Flask
    rows: Callable[[], Mapping[str, Mapping[str, Any]]] = dict


def identities(**tokens: str) -> dict[str, Identity]:
    """Nobody, and each token's bearer. Nobody also presents the first token in every way that must not count."""
    first = next(iter(tokens.values()), None)
    nobody = Identity(ways=without_token(first) if first is not None else ())
    return {"nobody": nobody, **{name.replace("_", " "): Identity(bearer(t)) for name, t in tokens.items()}}


def logged_in(app: Flask, **session: Any) -> Identity:
    """Somebody whose session holds these values: `user_id=1`, or `_user_id="1"` where Flask-Login keeps it.

    Every world needs the same `secret_key`; a session that is kept on the server needs a store that worlds share.
    ValueError where the app sets no cookie for it.
    """
    client = app.test_client()
    with client.session_transaction() as kept:
        kept.update(session)
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name, app.config["SESSION_COOKIE_DOMAIN"] or "localhost")
    if cookie is None:
        raise ValueError(f"the app set no cookie {name!r}, so a session cannot be made here")
    return Identity({"Cookie": f"{name}={cookie.value}"})


def ask(app: Callable[..., Any], request: Request) -> Answer:
    """The app's answer to one request, made as a server would; an exception that comes out of it is noted."""
    from werkzeug.test import run_wsgi_app

    try:
        chunks, status, headers = run_wsgi_app(app, _environ(request), buffered=True)
        return _as_sent(Answer(int(status.split(" ", 1)[0]), tuple(headers.to_wsgi_list()), b"".join(chunks)))
    except Exception as error:
        return Answer(500, (), b"", type(error).__name__)


def _as_sent(answer: Answer) -> Answer:
    """The answer as a server sends it: a header that is no Latin-1 ends the connection instead."""
    for name, value in answer.headers:
        try:
            f"{name}: {value}".encode("latin-1")
        except UnicodeEncodeError as error:
            return Answer(500, (), b"", f"{type(error).__name__} in the header {name}")
    return answer


def paths(app: Flask, samples: Mapping[str, str], static: bool = False) -> list[tuple[str, str, tuple[str, ...]]]:
    """(rule, a path that it matches, its methods) for every rule, those of static folders only if asked for.

    Arguments come from `samples` by name or under "*"; HEAD and OPTIONS, where Flask adds them, are left out.
    """
    rules = [rule for rule in app.url_map.iter_rules() if static or not _is_static(rule)]
    return [(rule.rule, _fill(rule, samples), _methods(rule)) for rule in rules]


def measure_access(
    make_world: Callable[[], World],
    who: Mapping[str, Identity],
    policy: Policy,
    samples: Mapping[str, str],
    bodies: Sequence[Mapping[str, Any]] = ({},),
    claim: str = "admin",
) -> AccessReading:
    """The matrix of who x what, judged against the policy.

    `samples` gives each path argument the id of the object under test; `bodies` are JSON bodies for the
    methods that take one, the honest one first, then those with extra or foreign fields; `claim` is the id
    that everybody pretends to have. Each person gets a fresh world for each route, and another after a write.
    What `rows` raises propagates; what the first `make_world` raises is why the reading is `unmeasured`.
    """
    try:
        world: Any = make_world()
        found = paths(world.app, samples) if isinstance(world, World) else []
    except Exception as error:
        return AccessReading((), (), f"no app could be asked: {type(error).__name__}: {error}")
    if not isinstance(world, World):
        return AccessReading((), (), f"make_world gave a {type(world).__name__}, not a World")
    cells: list[Cell] = []
    names = {f"{method} {rule}" for rule, _, methods in found for method in methods}
    for rule, path, methods in found:
        for method in [*methods, *(["HEAD"] if "GET" in methods else [])]:
            route = f"{method} {rule}"
            for name, identity in who.items():
                cells += _cells(make_world, policy, route, name, _variants(method, path, identity, bodies, claim))
    absent = tuple(sorted(route for route in policy.allowed if route not in names and _get_of(route) not in names))
    return AccessReading(tuple(cells), absent, _misspelt(world.app, who, policy, samples))


def _get_of(route: str) -> str:
    """The route that answers HEAD where Flask adds it."""
    return f"GET {route[5:]}" if route.startswith("HEAD ") else route


def _misspelt(app: Flask, who: Mapping[str, Identity], policy: Policy, samples: Mapping[str, str]) -> str:
    """Names in the policy or the samples that nothing has, as a sentence, or an empty text."""
    arguments = {name for rule in app.url_map.iter_rules() for name in rule.arguments}
    if missing := sorted(set(samples) - arguments - {"*"}):
        return f"no route has an argument {missing[0]!r}"
    named = [*policy.allowed.values(), *policy.sees.values(), *policy.changes.values()]
    unknown = sorted({name for names in named if names is not EVERYBODY for name in names} - set(who))
    return f"the policy names {unknown[0]!r}, and nobody of that name is asked as" if unknown else ""


def _cells(
    make_world: Callable[[], World], policy: Policy, route: str, name: str, variants: Iterator[tuple[str, Request]]
) -> Iterator[Cell]:
    """One cell a variant; where the plain request breaks the policy already, that one alone."""
    world = _quiet(make_world())
    for variant, request in variants:
        before = _copied(world)
        answer = ask(world.app, request)
        after = _copied(world)
        outcome, detail = judge(policy, route, name, variant, answer, before, after)
        yield Cell(route, name, variant, answer.status, outcome, detail)
        if variant == PLAIN and outcome.isupper():
            return
        if before != after or (answer.status < 300 and not route.startswith(READING)):
            world = _quiet(make_world())


def _quiet(world: World) -> World:
    """The world, with an app that answers 500 where a view raises, as on a server."""
    world.app.config.update(PROPAGATE_EXCEPTIONS=False, TESTING=False, DEBUG=False)
    return world


def _copied(world: World) -> dict[str, dict[str, Any]]:
    return {key: dict(row) for key, row in world.rows().items()}


def _variants(
    method: str, path: str, identity: Identity, bodies: Sequence[Mapping[str, Any]], claim: str
) -> Iterator[tuple[str, Request]]:
    """The same request plain, with each trick, under other spellings of its path, and with each of the other bodies."""
    takes_body = method in ("POST", "PUT", "PATCH")
    plain = _request(method, path, identity, bodies[0] if takes_body and bodies else {})
    yield PLAIN, plain
    for note, parts in [*identity.ways, *lies(claim)]:
        yield note, _tricked(plain, parts)
    yield from ((f"as {other}", replace(plain, path=other)) for other in odd_paths(path))
    for body in bodies[1:] if takes_body else ():
        yield f"body {json.dumps(body)}", _request(method, path, identity, body)


def _request(method: str, path: str, identity: Identity, body: Mapping[str, Any]) -> Request:
    content = {**body, **identity.fields}
    text = json.dumps(content).encode() if content else b""
    kind = "application/json" if content else None
    return Request(method, path, identity.headers, urlencode(identity.query), text, kind)


def _tricked(plain: Request, parts: Mapping[str, Any]) -> Request:
    """The request with the trick's parts; its own headers stay, cookies and queries are joined."""
    headers, own = dict(plain.headers), {_variable(name) for name in plain.headers}
    for name, value in parts.get("headers", {}).items():
        if name == "Cookie" and name in headers:
            headers[name] = f"{headers[name]!s}; {value}"
        elif _variable(name) not in own:
            headers[name] = value
    query = "&".join(filter(None, (plain.query, parts.get("query", ""))))
    return replace(plain, **{**parts, "headers": headers, "query": query})


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
    """The methods that somebody wrote: without the HEAD that follows a GET, and without Flask's own OPTIONS."""
    methods = rule.methods or set()
    added = {"HEAD"} & methods if "GET" in methods else set()
    return tuple(sorted(methods - added - ({"OPTIONS"} if getattr(rule, "provide_automatic_options", True) else set())))


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
