"""The known-bad samples of the controls and their repaired twins, whose work is counted as a submission's is."""

from __future__ import annotations

from typing import Any


class ScanningDirectory:
    def __init__(self, users: Any) -> None:
        self.users = list(users)

    def find_by_email(self, email: str) -> Any:
        return next((user for user in self.users if user["email"] == email), None)

    def add(self, user: dict[str, Any]) -> None:
        self.users.append(user)


class IndexedDirectory:
    def __init__(self, users: Any) -> None:
        self.index: dict[str, Any] = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email: str) -> Any:
        return self.index.get(email)

    def add(self, user: dict[str, Any]) -> None:
        self.index.setdefault(user["email"], user)


def scanned(left: list[Any], right: list[Any]) -> list[Any]:
    found: list[Any] = []
    for one in left:
        if one in right and one not in found:
            found.append(one)
    return found


def hashed(left: list[Any], right: list[Any]) -> list[Any]:
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]
