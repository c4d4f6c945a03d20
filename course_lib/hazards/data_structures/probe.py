"""Drives a directory and an id intersection at several sizes, with keys that count themselves; reports counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from course_lib.hazards.attempt import attempt
from course_lib.hazards.settling import settled
from course_lib.instruments.work.operations import (
    CountedNumber,
    CountedText,
    Work,
    count_database_steps,
    count_work,
)


def before_load(_task: str) -> None:
    count_database_steps()


class _Emails:
    """E-mails by number, of fixed width: in no order or, where asked for, sorted by number.

    Each is a new object, so that identity never stands in for equality.
    """

    def __init__(self, case: dict[str, Any]) -> None:
        self.kind = CountedText if case["counted"] else str
        self.factor = 1 if case.get("sorted") else 2_654_435_761

    def __call__(self, number: int) -> Any:
        return self.kind(f"u{number * self.factor % 4_294_967_296:010d}@example.org")

    def users(self, count: int, first: int = 0) -> list[dict[str, Any]]:
        return [{"email": self(number), "number": number} for number in range(first, first + count)]


def _plain_work(work: Work) -> dict[str, int]:
    return {"keys": work.keys, "steps": work.steps, "bytes": work.taken, "database": work.sqlite}


def _measured(action: Callable[[], Any], steps: bool = True) -> dict[str, Any]:
    """The counts of a call, with what it raised, if it raised."""
    work, outcome = count_work(lambda: attempt(action), steps)
    if "raised" in outcome:
        return {"raised": outcome}
    return _plain_work(work)


def user_directory(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    return _DIRECTORY[case["kind"]](subject, case)


def _script(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    """Runs calls on one directory: [("find", email) | ("add", user)], with what each gave."""
    users = [dict(user) for user in case["users"]]
    given = (user for user in users) if case["iterable"] == "generator" else users
    made = attempt(subject, given)
    if "raised" in made:
        return {"made": made, "answers": []}
    directory = made["returned"]
    answers = []
    for verb, argument in case["calls"]:
        if verb == "find":
            answers.append(settled(lambda text: directory.find_by_email(text), "".join(list(argument)))[0])
        else:
            outcome = attempt(lambda user: directory.add(user), dict(argument))
            answers.append({} if "returned" in outcome else outcome)
    return {"made": {}, "answers": answers}


def _building(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    """The work of building a directory and of its first lookup together."""
    emails = _Emails(case)
    users, wanted = emails.users(case["users"]), emails(case["users"] - 1)
    return {"work": _measured(lambda: subject(users).find_by_email(wanted))}


def _lookups(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    """The work of single lookups, hits and misses, before and after additions.

    Among many users few are added: an `add` may cost as much as building.
    """
    emails, size = _Emails(case), case["users"]
    made = attempt(lambda: subject(emails.users(size)))
    if "raised" in made:
        return {"raised": made}
    directory = made["returned"]
    warm = attempt(lambda: directory.find_by_email(emails(1)))
    if "raised" in warm:
        return {"raised": warm}
    before = _each(directory, emails, [0, 2, size // 2, size - 1], size)
    added = attempt(lambda: directory.add(emails.users(1, size)[0]))
    if "raised" in added:
        return {"raised": added}
    after = _each(directory, emails, [3, size // 2 + 1, size - 2, size], size)
    more = min(size // 8, 640_000 // size)
    for user in emails.users(more, size + 1):
        directory.add(user)
    attempt(lambda: directory.find_by_email(emails(4)))
    grown = _each(directory, emails, [5, size + 1, size + more // 2, size + more], 2 * size)
    return {"before": before, "after": after, "grown": grown}


def _each(directory: Any, emails: _Emails, hits: list[int], size: int) -> list[dict[str, Any]]:
    misses = [10 * size + 7, 20 * size + 11]
    return [_measured(partial(directory.find_by_email, emails(number))) for number in (*hits, *misses)]


_DIRECTORY = {"script": _script, "building": _building, "lookups": _lookups}


def common_ids(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    if case["kind"] == "result":
        outcome, (left, right) = settled(subject, list(case["left"]), list(case["right"]))
        return {"outcome": outcome, "left": left, "right": right}
    left, right = _ids(case["shape"], case["size"], case["type"], case["counted"])
    return {"work": _measured(lambda: subject(left, right), case.get("steps", True))}


def _ids(shape: str, size: int, kind: str, counted: bool) -> tuple[list[Any], list[Any]]:
    ones, others = _SHAPES[shape](size)
    make = _MAKERS[kind, counted]
    return [make(number) for number in ones], [make(number) for number in others]


_SHAPES: dict[str, Callable[[int], tuple[Any, Any]]] = {
    "the same ids": lambda n: (range(n, 0, -1), range(1, n + 1)),
    "no common id": lambda n: (range(n), range(3 * n, 2 * n, -1)),
    "few ids, often repeated": lambda n: ([number % 8 for number in range(n)], [number % 8 for number in range(n)]),
    "left repeats one id": lambda n: ([1] * n, range(n)),
    "right repeats one id": lambda n: (range(n), [n // 2] * n),
}
_MAKERS: dict[tuple[str, bool], Callable[[int], Any]] = {
    ("int", True): lambda number: CountedNumber(number + 1_000_000),
    ("int", False): lambda number: number + 1_000_000,
    ("str", True): lambda number: CountedText(f"id-{number:08d}"),
    ("str", False): lambda number: f"id-{number:08d}",
}


class _ScanningDirectory:
    def __init__(self, users: Any) -> None:
        self.users = list(users)

    def find_by_email(self, email: str) -> Any:
        return next((user for user in self.users if user["email"] == email), None)

    def add(self, user: dict[str, Any]) -> None:
        self.users.append(user)


class _IndexedDirectory:
    def __init__(self, users: Any) -> None:
        self.index: dict[str, Any] = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email: str) -> Any:
        return self.index.get(email)

    def add(self, user: dict[str, Any]) -> None:
        self.index.setdefault(user["email"], user)


def _scanned(left: list[Any], right: list[Any]) -> list[Any]:
    found: list[Any] = []
    for one in left:
        if one in right and one not in found:
            found.append(one)
    return found


def _hashed(left: list[Any], right: list[Any]) -> list[Any]:
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]


PROBES: dict[str, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {
    "UserDirectory": user_directory,
    "common_ids": common_ids,
}
CONTROLS = {"UserDirectory": (_ScanningDirectory, _IndexedDirectory), "common_ids": (_scanned, _hashed)}
