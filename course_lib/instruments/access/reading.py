"""What the access matrix says: the policy it is held against, the verdict on one answer, the table as text.

Knows nothing of Flask: an answer is a status, headers and a body, and rows are plain dicts before and after.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

Rows = Mapping[str, Mapping[str, Any]]

PLAIN = "plain"
"""The name of the request without any trick."""

OUTCOMES = ("CHANGED", "LEAKED", "CRASHED", "SERVED", "UNDECLARED", "DENIED", "served", "refused")
"""From the worst to the best; capitals are violations. DENIED: refused to somebody whom the policy allows."""


SAYS_SOMETHING = ("served", "CHANGED", "LEAKED", "SERVED")
"""Outcomes that prove what they say by themselves; a refusal proves something where somebody is served."""


class _Everybody(frozenset[str]):
    def __contains__(self, name: object) -> bool:
        return True


EVERYBODY = _Everybody()
"""Whom a public route serves: `allowed={"GET /health": EVERYBODY}`."""


@dataclass(frozen=True)
class Policy:
    """What is meant to be true, declared by hand: intent is not in the code."""

    allowed: Mapping[str, Collection[str]]
    """ "METHOD rule" to the names of those whom it serves, or EVERYBODY. What is missing is denied.

    HEAD follows GET unless it is named. OPTIONS is asked where the app answers it itself, not where Flask does.
    """

    sees: Mapping[str, Collection[str]] = field(default_factory=dict)
    """A secret text to the names of those who may read it, wherever it turns up."""

    changes: Mapping[str, Collection[str]] = field(default_factory=dict)
    """A row's key to the names of those who may change it, by other methods than GET, HEAD and OPTIONS.

    A row that is missing here is nobody's to change.
    """

    fixed: Collection[str] = ()
    """Fields of a row that no request changes, whoever asks."""


@dataclass(frozen=True)
class Answer:
    """What came back; `raised` names an exception that came out of the app instead."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    raised: str | None = None

    def holds(self, secret: str) -> bool:
        """True where the text stands in the body or a header, plain or escaped as JSON escapes it."""
        everything = self.body + "\n".join(f"{name}: {value}" for name, value in self.headers).encode()
        return secret.encode() in everything or json.dumps(secret)[1:-1].encode() in everything


@dataclass(frozen=True)
class Cell:
    """One request and what it came to."""

    route: str
    who: str
    variant: str
    status: int
    outcome: str
    detail: str

    def __str__(self) -> str:
        asked = f"{self.who}: {self.route} ({self.variant})"
        return f"{self.outcome:<10} {asked} answered {self.status}; {self.detail}"


@dataclass(frozen=True)
class AccessReading:
    """All cells; `absent` are routes that the policy names and the app lacks; `trouble` is why it says nothing."""

    cells: tuple[Cell, ...]
    absent: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def unmeasured(self) -> str:
        """Why this reading says nothing about who may do what; empty where it does."""
        if self.trouble:
            return self.trouble
        if not self.cells:
            return "nothing was asked: the app has no routes, or there is nobody to ask as"
        if all(cell.status >= 500 for cell in self.cells):
            return f"every request crashed ({self.cells[0].detail})"
        if not any(cell.outcome in SAYS_SOMETHING for cell in self.cells):
            return "nothing was served to anybody as the policy allows it, so a refusal proves nothing"
        return ""

    @property
    def violations(self) -> tuple[Cell, ...]:
        """The cells that break the policy."""
        return tuple(cell for cell in self.cells if cell.outcome.isupper())

    @property
    def findings(self) -> tuple[Cell, ...]:
        """The violations, each kind once for a route and a person: the plainest request that shows it."""
        plainest = {(cell.route, cell.who, cell.outcome): cell for cell in reversed(self.violations)}
        return tuple(cell for cell in self.violations if plainest[cell.route, cell.who, cell.outcome] is cell)

    @property
    def holds(self) -> bool:
        """True where something was measured, nothing breaks the policy and every route that it names exists."""
        return not self.unmeasured and not self.violations and not self.absent

    @property
    def people(self) -> list[str]:
        """The columns."""
        return list(dict.fromkeys(cell.who for cell in self.cells))

    @property
    def table(self) -> dict[str, dict[str, str]]:
        """route -> who -> the worst outcome over all variants."""
        rows: dict[str, dict[str, str]] = {}
        for cell in self.cells:
            row = rows.setdefault(cell.route, {})
            row[cell.who] = min(row.get(cell.who, "refused"), cell.outcome, key=OUTCOMES.index)
        return rows

    def __str__(self) -> str:
        """The matrix as text, people down and routes across, then each finding."""
        table = self.table
        keys = {route: str(number) for number, route in enumerate(table, 1)}
        wide = max((len(name) for name in self.people), default=0)
        lines = [f"  {key:>2}  {route}" for route, key in keys.items()]
        lines.append("")
        lines.append(" " * wide + "".join(f"  {key:<10}" for key in keys.values()).rstrip())
        for who in self.people:
            cells = "".join(f"  {table[route].get(who, ''):<10}" for route in table)
            lines.append(f"{who:<{wide}}{cells}".rstrip())
        lines.append("")
        found = self.findings
        lines.append(f"{len(self.cells)} requests, {len(self.violations)} violations")
        if self.unmeasured:
            lines.append(f"UNMEASURED: {self.unmeasured}")
        lines += [f"  {cell}" for cell in found[:20]]
        if len(found) > 20:
            lines.append(f"  and {len(found) - 20} more")
        lines += [f"  ABSENT     {route}: the policy names it, the app lacks it" for route in self.absent]
        return "\n".join(lines)


def judge(
    policy: Policy, route: str, who: str, variant: str, answer: Answer, before: Rows, after: Rows
) -> tuple[str, str]:
    """(outcome, detail) of one answer: the worst of the four observations."""
    declared = policy.allowed.get(route, policy.allowed.get(_rule(route)))
    allowed = declared is not None and who in declared
    success = 200 <= answer.status < 300
    trespass = _trespass(policy, who, allowed and not route.startswith(READING), before, after)
    if trespass:
        return "CHANGED", trespass
    for secret, readers in policy.sees.items():
        if who not in readers and answer.holds(secret):
            return "LEAKED", f"the answer holds {secret!r}"
    if answer.status >= 500:
        return "CRASHED", f"raised {answer.raised}" if answer.raised else "the app failed"
    if declared is None:
        return "UNDECLARED", "the policy does not name this route"
    if success and not allowed:
        return "SERVED", "the policy denies it"
    if allowed and not success and variant == PLAIN:
        return "DENIED", "the policy allows it"
    return ("served", "") if success else ("refused", "")


READING = ("GET ", "HEAD ", "OPTIONS ")
"""Methods that change nothing, whoever asks."""


def _rule(route: str) -> str:
    return f"GET {route[5:]}" if route.startswith("HEAD ") else route


def _trespass(policy: Policy, who: str, may_write: bool, before: Rows, after: Rows) -> str:
    """What this person changed and may not, as a sentence; empty where all is well."""
    for key in sorted({*before, *after}, key=str):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if not may_write or who not in policy.changes.get(key, ()):
            return f"row {key!r} {_verb(old, new)}"
        fixed = [name for name in policy.fixed if old and new and old.get(name) != new.get(name)]
        if fixed:
            return f"row {key!r}: {', '.join(fixed)} changed"
    return ""


def _verb(old: Any, new: Any) -> str:
    if old is None:
        return "appeared"
    return "is gone" if new is None else "changed"
