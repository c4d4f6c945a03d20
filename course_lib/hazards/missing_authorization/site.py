"""A site in one description: what the store holds, which routes there are, who is owed what, what is a secret to whom.

From it follows what every request is owed, at every moment: a grader lists requests and changes to the store, and
states no expectation with them. `Now` follows the store as the keeper changes it, and as the app does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from typing import Any
from urllib.parse import quote

from course_lib.hazards.missing_authorization.answers import Due, Rows, status
from course_lib.hazards.missing_authorization.tokens import token_of
from course_lib.instruments.access.tricks import bearer
from course_lib.testbeds.accounts import User

JSON = "application/json"
Secrets = tuple[tuple[str, str], ...]
"""(text, what it is) of everything that somebody may not read."""

PUTS = {"add_user": "users", "issue": "tokens", "put_data": "data"}
"""Operations of the keeper that put a value under a key, and where."""


class Now:
    """What the store says at this moment; `rows` are its documents by id."""

    def __init__(self, world: dict[str, Any]) -> None:
        self.tables = {name: dict(world.get(name, {})) for name in ("users", "tokens", "data")}
        self.rows: Rows = {}
        self.secrets: dict[Any, Secrets] = {}

    def keep(self, operation: str, arguments: tuple[Any, ...]) -> None:
        """The keeper did this. Changes to documents are seen in the rows before the next request."""
        self.secrets.clear()
        if operation in PUTS:
            key, value = arguments
            self.tables[PUTS[operation]][key] = value
        elif operation == "revoke":
            del self.tables["tokens"][arguments[0]]

    def see(self, rows: Rows) -> None:
        """These are the documents by now."""
        if rows is not self.rows:
            self.secrets.clear()
        self.rows = rows

    def user_of(self, token: str | None) -> User | None:
        """The user whose token this is at present."""
        user_id = self.tables["tokens"].get(token)
        role = self.tables["users"].get(user_id)
        return User(user_id, role) if user_id is not None and role is not None else None


@dataclass(frozen=True)
class Body:
    """What a PUT sends: the changes it may come to (none: it can't be read), and the statuses that may refuse it."""

    content: bytes
    changes: tuple[dict[str, Any], ...] = ()
    refusals: tuple[int, ...] = ()
    content_type: str | None = JSON
    note: str = ""


@dataclass(frozen=True)
class Ask:
    """One request of `who` with that token (None: with no valid one), filed under `check`.

    `parts` of the request, tricks mostly, win over the others. With `free`, nothing is owed but what holds of every
    answer. With `cookies`, those that the app has set so far are sent; with `mark`, it asks for what is not as the
    last ETag says that came with a 200.
    """

    check: str
    who: str
    token: str | None
    method: str
    path: str | bytes
    note: str = ""
    sends: Body | None = None
    free: bool = False
    cookies: bool = False
    mark: bool = False
    world: int = 0
    parts: Mapping[str, Any] = field(default_factory=dict)

    def case(self) -> dict[str, Any]:
        """The request as the probe is given it."""
        sent = {"body": self.sends.content, "content_type": self.sends.content_type} if self.sends else {}
        headers = {**({} if self.token is None else bearer(self.token)), **self.parts.get("headers", {})}
        request = {"method": self.method, "path": self.path, **sent, **self.parts, "headers": headers}
        kept = {name: True for name in ("cookies", "mark") if getattr(self, name)}
        return {"world": self.world, "ask": {**request, **kept}}

    def holds(self, text: str) -> bool:
        """True where the asker says this text themselves, so that an answer may repeat it."""
        sent = self.sends.content if self.sends else b""
        return text in str(self.path) or text in str(self.parts) or text.encode() in sent

    def told(self) -> str:
        """Who asked for what, in words."""
        shown = _as_typed(self.path)
        where = shown if len(shown) <= 60 else f"{shown[:57]}..."
        note = self.note or (self.sends.note if self.sends else "")
        who = self.who if self.who.isprintable() and self.who == self.who.strip() else repr(self.who)
        return f"{who}: {self.method} {where}{f' ({note})' if note else ''}"


def _as_typed(path: str | bytes) -> str:
    """The path as an address has it, but for letters that can be read: a blank at its end is seen."""
    if isinstance(path, bytes):
        return quote(path)
    return "".join(one if _is_plain(one) else quote(one) for one in path)


def _is_plain(letter: str) -> bool:
    return letter.isprintable() and letter not in " %?#" and not unicodedata.combining(letter)


@dataclass(frozen=True)
class Keep:
    """A change to the store behind the app's back: an operation of the keeper's with its arguments."""

    operation: str
    arguments: tuple[Any, ...]

    def case(self) -> dict[str, Any]:
        """The change as the probe is given it."""
        return {"keep": [self.operation, list(self.arguments)]}


Step = Ask | Keep


def ask(check: str, who: str | None, method: str, path: str | bytes, note: str = "", **rest: Any) -> Ask:
    """A request with that person's token, or with none; what `Ask` does not have is a part of the request."""
    own = {name: rest.pop(name) for name in ("sends", "free", "cookies", "mark", "world") if name in rest}
    return Ask(check, who or "nobody", token_of(who) if who else None, method, path, note, parts=rest, **own)


def asks(
    check: str, people: Iterable[str | None], methods: str, paths: Iterable[str | bytes], note: str = "", **rest: Any
) -> Iterator[Ask]:
    """Each of the paths, with each of the methods (`"GET PUT"`), asked by each of the people."""
    for path, method, who in product(paths, methods.split(), people):
        yield ask(check, who, method, path, note, **rest)


ROUNDS = 3


@dataclass(frozen=True)
class Script:
    """One fresh start: what happens, in order; each of the worlds (none given: the site's) has an app of its own."""

    steps: Callable[[], Iterable[Step]]
    worlds: tuple[dict[str, Any], ...] = ()
    twins: bool = False
    """Each request is made in two worlds in turn, `ROUNDS` times: they differ in what the asker may not know."""


def among_twins(asked: Iterable[Ask], world: dict[str, Any], twin: dict[str, Any]) -> Script:
    """The script in which each of these requests is made in the world and in its twin, again and again."""
    in_turn = [0, 1] * ROUNDS
    return Script(lambda: [replace(one, world=which) for one in asked for which in in_turn], (world, twin), twins=True)


@dataclass(frozen=True)
class Filing:
    """The checks under which the things are filed that may go wrong with any request."""

    unknown: str
    reads: str
    changes: str
    reading: frozenset[str]
    """Checks that are about reading: a change made by a request of theirs is filed under `changes`."""

    def leak(self, ask: Ask) -> str:
        """Where it is filed that an answer holds what it may not."""
        return self.unknown if ask.token is None else self.reads

    def change(self, ask: Ask) -> str:
        """Where it is filed that a row changed."""
        if ask.token is None:
            return self.unknown
        return self.changes if ask.check in self.reading else ask.check


@dataclass(frozen=True)
class Site:
    """The whole site. `routes` has, for each rule and method, what is owed to a user with a valid token.

    `may` is given the moment, the user, the id in the path and the request; `secrets` the moment and the user or None.
    """

    world: dict[str, Any]
    routes: Mapping[str, Mapping[str, Callable[[Now, User, str, Ask], Due]]]
    secrets: Callable[[Now, User | None], Secrets]
    filing: Filing

    def due(self, ask: Ask, now: Now) -> Due:
        """What this request is owed at this moment."""
        user, method = now.user_of(ask.token), "GET" if ask.method == "HEAD" else ask.method
        right = self._owed(ask, method, now, user)
        if ask.free:
            return Due(judges_rows=right.judges_rows)
        return right.to_head() if ask.method == "HEAD" else right

    def _owed(self, ask: Ask, method: str, now: Now, user: User | None) -> Due:
        if method == "OPTIONS":
            return Due()
        found = self._found(ask.path)
        if found is None:
            return status(404, 401)
        methods, object_id = found
        if method not in methods:
            return status(405) if user else status(405, 401)
        return methods[method](now, user, object_id, ask) if user else status(401)

    def hidden(self, ask: Ask, now: Now) -> Secrets:
        """What the answer to this request may not hold."""
        user = now.user_of(ask.token)
        who = (user.id, user.role) if user else None
        if who not in now.secrets:
            now.secrets[who] = self.secrets(now, user)
        return now.secrets[who]

    def _found(self, path: str | bytes) -> tuple[Mapping[str, Any], str] | None:
        """The methods of the rule that the path matches, and the id in it."""
        for rule, methods in self.routes.items():
            if matched := _pattern(rule).fullmatch(str(path)):
                return methods, "".join(matched.groups())
        return None


@cache
def _pattern(rule: str) -> re.Pattern[str]:
    return re.compile(re.sub("<.*?>", "([^/]+)", rule))
