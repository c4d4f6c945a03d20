"""Scripts of requests, and what is true of each answer: the language in which hazard 8's graders state their
cases.

A script is one fresh world, requests in order, and changes to the store in between. Whatever a request
expects, three things hold of every answer: it is no 5xx, it holds no secret that the asker may not read,
and it changed no row that the request may not change. A complaint is one sentence in the learner's own
numbers, filed under a check.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from course_lib.reading import Check, failed, passed, skipped

Rows = dict[str, dict[str, Any]]

CRASHES = "never answers 500"


@dataclass(frozen=True)
class Seen:
    """One answer, with the rows before and after it and the journal's writes."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    crash: dict[str, Any] | None
    before: Rows
    after: Rows
    writes: tuple[Any, ...]

    @property
    def content(self) -> Any:
        """The body as JSON; an object that equals nothing where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return object()

    @property
    def changed(self) -> list[str]:
        """The ids whose rows changed, for good or for a while."""
        lasting = {key for key in {*self.before, *self.after} if self.before.get(key) != self.after.get(key)}
        passing = {key for _, key, before, after in self.writes if before != after}
        return sorted(lasting | passing)

    def holds(self, secret: str) -> bool:
        """True where the text stands in the body or a header."""
        return secret.encode() in self.body or any(secret in name or secret in value for name, value in self.headers)


Expectation = Callable[[Seen], "str | None"]
"""What is wrong with an answer, as the end of a sentence that begins with who asked for what; None if
nothing.
"""


@dataclass(frozen=True)
class Ask:
    """One request of a script: `who` asks, `expect` must hold, no secret of `hidden` may come back.

    `may_change` tells whether the expectation judges the rows by itself; otherwise no row may change. A
    leak and a change may be filed under checks of their own.
    """

    check: str
    who: str
    request: dict[str, Any]
    expect: Expectation
    hidden: tuple[tuple[str, str], ...] = ()
    leak_check: str = ""
    change_check: str = ""
    may_change: bool = False
    world: int = 0
    note: str = ""

    def told(self) -> str:
        """Who asked for what, in words."""
        path = self.request["path"]
        shown = path if isinstance(path, str) else path.decode("latin-1")
        where = shown if len(shown) <= 60 else f"{shown[:57]}..."
        return f"{self.who}: {self.request['method']} {where}{f' ({self.note})' if self.note else ''}"


@dataclass(frozen=True)
class Keep:
    """A change to the store behind the app's back: an operation of the keeper's with its arguments."""

    operation: str
    arguments: tuple[Any, ...]
    world: int = 0


@dataclass(frozen=True)
class Script:
    """One fresh start: the worlds, and what happens in them."""

    worlds: tuple[dict[str, Any], ...]
    steps: tuple[Ask | Keep, ...]

    def case(self) -> dict[str, Any]:
        """The script as the probe is given it: no expectation, no secret."""
        return {"worlds": list(self.worlds), "steps": [_plain(step) for step in self.steps]}


def _plain(step: Ask | Keep) -> dict[str, Any]:
    if isinstance(step, Keep):
        return {"world": step.world, "keep": [step.operation, list(step.arguments)]}
    return {"world": step.world, "ask": step.request}


@dataclass
class Ledger:
    """How many requests each check looked at, and the complaints as (method, how special the request was,
    sentence).
    """

    asked: dict[str, int] = field(default_factory=dict)
    complaints: dict[str, list[tuple[str, int, str]]] = field(default_factory=dict)

    def count(self, *checks: str) -> None:
        """One more request that each of these checks looked at."""
        for check in {*checks} - {""}:
            self.asked[check] = self.asked.get(check, 0) + 1

    def complain(self, check: str, sentence: str, method: str = "", special: int = 0) -> None:
        """Files one sentence; a request with nothing special about it is quoted before others."""
        self.complaints.setdefault(check, []).append((method, special, sentence))

    def check(self, name: str, expected: str) -> Check:
        """The verdict on one check: how many requests were answered as promised, and the plainest that were
        not.
        """
        wrong, asked = self.complaints.get(name, []), self.asked.get(name, 0)
        if not asked and not wrong:
            return skipped(name, "nothing was asked")
        if not wrong:
            return passed(name, f"{asked} requests, each answered as promised", expected)
        more = f"; and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        told = "; ".join(_plainest(wrong)) + more
        return failed(name, f"{len(wrong)} of {asked} requests answered otherwise", expected, f"{told}.")


def _plainest(wrong: list[tuple[str, int, str]]) -> list[str]:
    """Three sentences, of different methods where there are several."""
    ordered = sorted(wrong, key=lambda each: each[1])
    first_of_method = {method: sentence for method, _, sentence in reversed(ordered)}
    chosen = [sentence for method, _, sentence in ordered if first_of_method.get(method) == sentence]
    rest = [sentence for _, _, sentence in ordered if sentence not in chosen]
    return [*dict.fromkeys(chosen), *dict.fromkeys(rest)][:3]


def answers(observation: dict[str, Any], script: Script) -> Iterator[tuple[Ask, Seen]]:
    """Each request of the script with what came back."""
    last: dict[int, Rows] = {}
    asks = [step for step in script.steps if isinstance(step, Ask)]
    for ask, raw in zip(asks, observation["answers"], strict=True):
        seen = seen_from(raw, last.get(ask.world, {}))
        last[ask.world] = seen.after
        yield ask, seen


def seen_from(raw: dict[str, Any], last: Rows) -> Seen:
    """The record of one raw answer; rows that the probe left out are as they were."""
    before = last if raw["before"] is None else raw["before"]
    after = before if raw["after"] is None else raw["after"]
    headers = tuple((str(name), str(value)) for name, value in raw["headers"])
    return Seen(raw["status"], headers, raw["body"], raw["crash"], before, after, tuple(raw["writes"]))


def hold(ledger: Ledger, ask: Ask, seen: Seen, works: str) -> None:
    """Files what is wrong with one answer, at most one sentence a check; a crash also means that `works` does
    not.
    """
    leak, change = ask.leak_check or ask.check, ask.change_check or ask.check
    judged = ask.check if seen.status < 500 or ask.check == works else ""
    ledger.count(judged, CRASHES, leak if ask.hidden else "", "" if ask.may_change else change)
    found: dict[str, str] = {}
    if leaked := next((what for secret, what in ask.hidden if seen.holds(secret)), None):
        found[leak] = f"got {seen.status} and {leaked}"
    if seen.changed and not ask.may_change:
        found.setdefault(change, f"got {seen.status} and changed {_listed(seen.changed)}")
    if seen.status >= 500:
        found.update(dict.fromkeys({CRASHES, judged} - {""}, f"got {seen.status}{_because(seen.crash)}"))
    elif wrong := ask.expect(seen):
        found.setdefault(ask.check, wrong)
    for check, what in found.items():
        special = bool(ask.note) + (ask.check in (CRASHES, "")) * 2
        ledger.complain(check, f"{ask.told()} {what}", ask.request["method"], special)


def _because(crash: dict[str, Any] | None) -> str:
    if not crash:
        return ""
    line = f" on line {crash['line']}" if crash.get("line") else ""
    return f": {crash['raised']}{line}"


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(f"document {each!r}" for each in ids[:3])


def status(*allowed: int) -> Expectation:
    """The status is one of these."""
    words = " or ".join(map(str, allowed))

    def expect(seen: Seen) -> str | None:
        return None if seen.status in allowed else f"got {seen.status} instead of {words}"

    return expect


def served(value: Any) -> Expectation:
    """200 with exactly this value as JSON."""
    return lambda seen: _not_ok(seen) or (None if same(seen.content, value) else "got 200 with another content")


def _not_ok(seen: Seen) -> str | None:
    return None if seen.status == 200 else f"got {seen.status} instead of 200"


def empty(allowed: Expectation) -> Expectation:
    """As `allowed`, and without a body, as an answer to HEAD is."""
    return lambda seen: allowed(seen) or ("got a body" if seen.body else None)


def anything(_: Seen) -> str | None:
    """Nothing is asked beyond what holds of every answer."""
    return None


def same(left: Any, right: Any) -> bool:
    """Equal, and of the same types all the way down: 1 is not True and not 1.0."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)
