"""One experiment for each place of the two short pull requests, by the place's name."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

from course_lib.instruments.work import CountedText
from course_lib.review.measuring import (
    Experiment,
    asks_for_each,
    compares_each_with_each,
    grows,
    leaves_open,
    lets_a_value_act,
    loses,
    swallows,
)

SCHEMA = """
CREATE TABLE bookings (id INTEGER PRIMARY KEY, member TEXT, floor TEXT, starts TEXT);
CREATE TABLE loans (id INTEGER PRIMARY KEY, borrower TEXT, kind TEXT, since TEXT);
CREATE TABLE orders (id INTEGER);
CREATE TABLE customers (user_id INTEGER, card TEXT);
INSERT INTO bookings VALUES (1, 'ada', 'first', '2026-03-01 09:00'), (2, 'ben', 'first', '2026-03-01 10:00');
INSERT INTO loans VALUES (1, 'ada', 'hand', '2026-03-01'), (2, 'ben', 'power', '2026-03-02');
"""


def _filled(table: str, kind: str) -> Callable[[int], sqlite3.Connection]:
    def make(size: int) -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:")
        connection.executescript(SCHEMA)
        rows = [(10 + number, "ada", kind, "2026-03-01") for number in range(size)]
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", rows)  # noqa: S608  # our own table's name
        return connection

    return make


def _written(folder: Path) -> Path:
    path = folder / "written.json"
    path.write_text("no JSON", "utf-8")
    return path


def _things(key: str, value: str) -> Callable[[int], list[dict[str, Any]]]:
    def make(size: int) -> list[dict[str, Any]]:
        return [{"id": CountedText(number), key: CountedText(value)} for number in range(size)]

    return make


def _renumbered(call: Callable[[ModuleType, sqlite3.Connection], Any]) -> Callable[[ModuleType], Any]:
    def run(module: ModuleType) -> Any:
        with closing(_filled("loans", "hand")(0)) as connection:
            return call(module, connection)

    return run


ON_ROOMS: dict[str, Experiment] = {
    "read_plan": leaves_open(lambda m, path: m.read_plan(path), "a plan that is no JSON", _written),
    "door_list": leaves_open(lambda m, folder: m.door_list(folder, "blue", [object()]), "a name that JSON can't hold"),
    "on_our_floors": compares_each_with_each(
        _things("floor", "first"), lambda m, given: m.on_our_floors(given), "16 to 256 bookings"
    ),
    "bookings_on": lets_a_value_act("bookings_on", {"day": "2026-03-01"}, "day", SCHEMA),
    "per_floor": asks_for_each(_filled("bookings", "first"), lambda m, db: m.per_floor(db), "more bookings"),
    "bookings_of": lets_a_value_act("bookings_of", {"member": "ada"}, "member", SCHEMA),
    "move": swallows(_renumbered(lambda m, db: m.move(db, 1, 2)), "a booking takes another's number"),
    "Desks.note": grows(lambda m: (lambda desks: lambda n: desks.note(f"member {n}"))(m.Desks(1)), "members noted"),
    "Desks.take": loses(
        "Desks",
        (1,),
        [lambda desks: desks.take("ada"), lambda desks: desks.take("ben")],
        lambda desks: desks._free >= 0,
        "two threads take the last desk",
    ),
}

ON_TOOLS: dict[str, Experiment] = {
    "Carts.write_down": grows(
        lambda m: (lambda carts: lambda n: carts.write_down(f"line {n}"))(m.Carts(1)), "lines written"
    ),
    "Carts.fetch": loses(
        "Carts",
        (1,),
        [lambda carts: carts.fetch("ada"), lambda carts: carts.fetch("ben")],
        lambda carts: carts._waiting >= 0,
        "two threads fetch the last cart",
    ),
    "per_kind": asks_for_each(_filled("loans", "hand"), lambda m, db: m.per_kind(db), "more loans"),
    "lent_since": lets_a_value_act("lent_since", {"day": "2026-03-01"}, "day", SCHEMA),
    "lent_to": lets_a_value_act("lent_to", {"borrower": "ada", "kind": "hand"}, "borrower", SCHEMA),
    "renumber": swallows(_renumbered(lambda m, db: m.renumber(db, 1, 2)), "a loan takes another's number"),
    "of_known_kinds": compares_each_with_each(
        _things("kind", "hand"), lambda m, given: m.of_known_kinds(given), "16 to 256 loans"
    ),
    "read_slip": leaves_open(lambda m, path: m.read_slip(path), "a slip that is no JSON", _written),
    "write_slip": leaves_open(lambda m, folder: m.write_slip(folder, 1, {"a": object()}), "a loan beyond JSON"),
}
