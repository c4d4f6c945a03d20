"""One answer of an app, and what may be owed: a status, a content, rows that change or stay.

A complaint is the end of a sentence that begins with who asked for what.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from course_lib.hazards.plainly import counted, same

Rows = dict[str, dict[str, Any]]


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

    @cached_property
    def changed(self) -> list[str]:
        """The ids whose rows changed, for good or for a while."""
        if self.before is self.after and not self.writes:
            return []
        lasting = {key for key in {*self.before, *self.after} if self.before.get(key) != self.after.get(key)}
        passing = {key for _, key, before, after in self.writes if before != after}
        return sorted(lasting | passing)

    @cached_property
    def text(self) -> str:
        """Body and headers in one text, in which a secret of plain ASCII can be looked for."""
        return "\n".join([self.body.decode("latin-1"), *(f"{name}: {value}" for name, value in self.headers)])


def seen_from(raw: dict[str, Any], last: Rows) -> Seen:
    """The record of one raw answer; rows that the probe left out are as they were."""
    before = last if raw["before"] is None else raw["before"]
    after = before if raw["after"] is None else _changed(before, raw["after"])
    headers = tuple((str(name), str(value)) for name, value in raw["headers"])
    return Seen(raw["status"], headers, raw["body"], raw["crash"], before, after, tuple(raw["writes"]))


def _changed(rows: Rows, changes: dict[str, Any]) -> Rows:
    """The rows after some were put in and some taken out; the others are the same objects."""
    left = {key: row for key, row in rows.items() if key not in changes["gone"]}
    return {**left, **changes["put"]}


class TooMuch(str):
    """A complaint about an answer that gives more than is due: filed as a leak."""


def _nothing(_: Seen) -> str | None:
    return None


@dataclass(frozen=True)
class Due:
    """What an answer owes: one of the statuses (none given: any), and that `complaint` finds nothing to say.

    `judges_rows` tells that the complaint looks at the rows; otherwise no row may change.
    """

    statuses: Collection[int] = ()
    complaint: Callable[[Seen], str | None] = _nothing
    judges_rows: bool = False

    def wrong(self, seen: Seen) -> str | None:
        """What is wrong with the answer, or None."""
        if self.statuses and seen.status not in self.statuses:
            return f"got {seen.status} instead of {' or '.join(map(str, self.statuses))}"
        return self.complaint(seen)

    def to_head(self) -> Due:
        """The same to a HEAD request: the status, and no body."""
        return replace(self, complaint=lambda seen: "got a body" if seen.body else None)


def status(*allowed: int) -> Due:
    """One of these statuses."""
    return Due(allowed)


DENIED = status(403, 404)


def served(value: Any) -> Due:
    """200 with exactly this value as JSON."""
    return Due((200,), lambda seen: None if same(seen.content, value) else "got 200 with another content")


def listed(rows: list[dict[str, Any]]) -> Due:
    """200 with a JSON list of exactly these documents, whole, in any order."""

    def complaint(seen: Seen) -> str | None:
        found = seen.content
        if type(found) is not list:
            return "got 200 with something that is no JSON list"
        by_id: dict[str, list[Any]] = {}
        for each in found:
            by_id.setdefault(str(each.get("id")) if isinstance(each, dict) else "", []).append(each)
        missing = [row for row in rows if sum(same(each, row) for each in by_id.get(row["id"], [])) != 1]
        if missing:
            return f"got a list without {len(missing)} of the {len(rows)} documents due, as they stand in the store"
        more = f"got {counted(len(found), 'document')} where {len(rows)} are due"
        return TooMuch(more) if len(found) > len(rows) else None

    return Due((200,), complaint)


def written(document_id: str, changes: dict[str, Any]) -> Due:
    """200 with the document, changed by just this, in the answer and in the store; no other row changed."""

    def complaint(seen: Seen) -> str | None:
        right = {**seen.before[document_id], **changes}
        if not same(seen.after, {**seen.before, document_id: right}):
            return f"got 200 and {_difference(seen.after, {**seen.before, document_id: right})}"
        return None if same(seen.content, right) else "got 200 without the document as it is now"

    return Due((200,), complaint, judges_rows=True)


def deleted(document_id: str) -> Due:
    """200 or 204, and that row alone is gone."""

    def complaint(seen: Seen) -> str | None:
        left = {key: row for key, row in seen.before.items() if key != document_id}
        return None if same(seen.after, left) else f"got {seen.status} and {_difference(seen.after, left)}"

    return Due((200, 204), complaint, judges_rows=True)


def _difference(rows: Rows, right: Rows) -> str:
    """What was done to the first row that is not as it should be."""
    match _first_unlike(rows, right):
        case "missing", key:
            return f"removed document {key!r}"
        case "more", key:
            return f"left document {key!r} in the store"
        case "other", key:
            return f"left document {key!r} with {_other_field(rows[key], right[key])}"
    return "left other rows in the store than it should"


def _other_field(row: dict[str, Any], right: dict[str, Any]) -> str:
    match _first_unlike(row, right):
        case "missing", name:
            return f"no {name!r}"
        case "more", name:
            return f"a key {name!r} that it should not have"
        case "other", name:
            return f"another {name!r} than it should"
    return "another content than it should"


def _first_unlike(found: dict[str, Any], right: dict[str, Any]) -> tuple[str, str] | None:
    """How the two differ at the first key at which they do ("missing", "more" or "other"), and the key."""
    for key in {**right, **found}:
        if key not in found:
            return "missing", key
        if key not in right:
            return "more", key
        if not same(found[key], right[key]):
            return "other", key
    return None


def refused(*allowed: int) -> Due:
    """One of these statuses, and nothing written, not even for a while."""

    def complaint(seen: Seen) -> str | None:
        return f"got {seen.status} and wrote document {seen.changed[0]!r}" if seen.changed else None

    return Due(allowed, complaint, judges_rows=True)


def either(*dues: Due) -> Due:
    """What satisfies one of them; complains as the first does."""

    def complaint(seen: Seen) -> str | None:
        return None if any(due.wrong(seen) is None for due in dues) else dues[0].wrong(seen)

    return Due((), complaint, judges_rows=True)
