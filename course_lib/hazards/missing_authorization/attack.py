"""Judges one request of Ben's that is to reach what is another's: rows of others that changed, secrets that came back.

The office of `example_accounts`: Ada's documents, Ben's and the administrator's; the request carries Ben's own token.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from course_lib.instruments.access.reading import Answer
from course_lib.instruments.access.requests import Request, ask
from course_lib.testbeds.accounts import example_accounts
from course_lib.widgets.attacked import Attacked, Told, attacked

WHO, TOKEN = "ben", "ben-token"
METHODS = frozenset(["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE"])


def breaks(create: Callable[..., Any], method: str, path: str, body: Any = None) -> Attacked:
    """Whether that request, with Ben's token and a JSON body where one is given, reaches what is another's."""
    if method not in METHODS or not str(path).startswith("/"):
        return Attacked(Told(None, 'the attack is one request: a method such as "GET", a path that begins with "/".'))
    return attacked(lambda: _judged(create, method, path, body))


def _judged(create: Callable[..., Any], method: str, path: str, body: Any) -> Told:
    store, keeper = example_accounts()
    before = keeper.rows()
    headers = {"Authorization": f"Bearer {TOKEN}"}
    sent = b"" if body is None else json.dumps(body).encode()
    request = Request(method, path, headers, body=sent, content_type="application/json" if sent else None)
    answer = ask(create(store), request)
    after = keeper.rows()
    others = {name: row for name, row in before.items() if row["owner"] != WHO}
    changed = [name for name, row in others.items() if after.get(name) != row]
    seen = [row["id"] for row in others.values() if _came_back(answer, row, str(body))]
    told = [f"document {name}, which is {others[name]['owner']}'s, was changed" for name in changed]
    told += [f"document {name}, which is {others[name]['owner']}'s, came back" for name in seen]
    what = "; ".join(told) or "nothing of anybody else's was read or changed"
    return Told(bool(told), f"status {answer.status}; {what}.", _rows(before, after))


def _came_back(answer: Answer, row: dict[str, str], sent: str) -> bool:
    """Whether the answer holds something of that document that was not in the request itself."""
    return any(answer.holds(row[part]) and row[part] not in sent for part in ("title", "body"))


def _rows(before: dict[str, Any], after: dict[str, Any]) -> str:
    """The documents that are no longer what they were."""
    return "\n".join(
        f"document {name}: {before.get(name)} -> {after.get(name)}"
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    )
