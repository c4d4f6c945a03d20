"""Two services of a few lines, one careless and one careful: each judgement begins and ends with telling them apart."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from types import SimpleNamespace
from typing import Any

from flask import Flask

ROUNDS = 20
CASE: dict[str, Any] = {
    "kind": "script", "customers": {}, "stock": {}, "orders": [], "till": 0, "catalogue": 1,
    "courier": "http://127.0.0.1:9", "steps": [{"ask": {"method": "GET", "path": "/health"}}, {"descriptors": None}],
}  # fmt: skip


def careful(settings: dict[str, Any]) -> SimpleNamespace:
    """Asks once and leaves nothing open."""
    return _service(settings, 1)


def careless(settings: dict[str, Any]) -> SimpleNamespace:
    """Asks again and again, and leaves something open each time."""
    return _service(settings, ROUNDS)


def _service(settings: dict[str, Any], rounds: int) -> SimpleNamespace:
    app = Flask("control", static_folder=None)
    kept: list[int] = []

    def health() -> dict[str, str]:
        with closing(sqlite3.connect(settings["database"])) as connection:
            for _ in range(rounds):
                connection.execute("SELECT balance FROM till").fetchall()
                if rounds > 1:
                    kept.append(os.dup(0))
        return {"status": "ok"}

    def close() -> None:
        while kept:
            os.close(kept.pop())

    app.add_url_rule("/health", "health", health)
    return SimpleNamespace(app=app, close=close)
