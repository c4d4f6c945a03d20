"""One experiment for each place of the pull request `lockers`, by the place's name."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

from course_lib.instruments.access import EVERYBODY, Policy, World, identities, measure_access
from course_lib.instruments.injection import name_attacks
from course_lib.instruments.work import CountedText
from course_lib.review.measuring import (
    Experiment,
    NotRun,
    Run,
    asks_for_each,
    compares_each_with_each,
    grows,
    hides_failures,
    leaves_open,
    lets_a_value_act,
    loses,
    swallows,
)

SCHEMA = """
CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE parcels (id TEXT PRIMARY KEY, member_id INTEGER, carrier TEXT, size TEXT, state TEXT, arrived TEXT);
CREATE TABLE compartments (id INTEGER PRIMARY KEY, size TEXT, parcel_id TEXT);
CREATE TABLE orders (id INTEGER);
CREATE TABLE customers (user_id INTEGER, card TEXT);
INSERT INTO parcels VALUES ('p1', 1, 'hare', 'small', 'arrived', '2026-03-01');
"""
NOTE = "parcel for Ada, second shelf"


def _depot(size: int) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    numbers = range(1, size + 1)
    connection.executemany("INSERT INTO members VALUES (?, ?)", [(one, f"member {one}") for one in numbers])
    connection.executemany("INSERT INTO compartments VALUES (?, 'small', NULL)", [(one,) for one in numbers])
    return connection


def _manifest(folder: Path) -> Path:
    path = folder / "manifest.csv"
    path.write_text("id,state\np1,moved\n", "utf-8")
    return path


def _archives(folder: Path) -> list[Path]:
    return [_archive(folder, year) for year in (2024, 2025)]


def _archive(folder: Path, year: int) -> Path:
    path = folder / f"{year}.db"
    with closing(sqlite3.connect(path)) as archive:
        archive.executescript(SCHEMA)
    return path


def _parcels(size: int) -> list[dict[str, str]]:
    return [{"id": CountedText(number), "state": CountedText("moved")} for number in range(size)]


def _import_one_twice(module: ModuleType) -> Any:
    with closing(_depot(1)) as connection:
        row = ("p2", 1, "hare", "small", "arrived", "2026-03-01")
        return module.import_parcels(connection, [row, row])


def _notes(text: str) -> Callable[[Any], None]:
    return lambda journal: setattr(journal, text, journal.note(text))


def _keeps_what_it_promises(journal: Any) -> bool:
    """Each line once, under a number that no other has and its writer was told; who read earlier saw the beginning."""
    lines, told = journal.recent(), [(journal.came, "came"), (journal.went, "went")]
    return journal.came != journal.went and sorted(lines) == sorted(told) and lines[: len(journal.read)] == journal.read


class _Store:
    """One parcel, which is Ada's."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {"7": {"member": "ada", "note": NOTE, "state": "arrived"}}

    def member_for_token(self, token: str) -> str | None:
        return {"ada-token": "ada", "ben-token": "ben"}.get(token)

    def parcel(self, number: str) -> dict[str, Any] | None:
        return dict(self.rows[number]) if number in self.rows else None

    def parcels(self) -> list[dict[str, Any]]:
        return [dict(row) for row in self.rows.values()]

    def parcels_of(self, member: str) -> list[dict[str, Any]]:
        return [row for row in self.parcels() if row["member"] == member]

    def mark_collected(self, number: str) -> None:
        self.rows[number]["state"] = "collected"


_COLLECT = "POST /parcels/<number>/collected"
_POLICY = Policy(
    allowed={
        "GET /health": EVERYBODY,
        "GET /parcels": {"ada", "ben"},
        "GET /parcels/<number>": {"ada"},
        _COLLECT: {"ada"},
    },
    sees={NOTE: {"ada"}},
    changes={"7": {"ada"}},
)


def _lets_strangers_in(route: str) -> Experiment:
    """Whether a route serves, shows or changes what is Ada's for somebody else."""

    def run(module: ModuleType, _folder: Path) -> Run:
        def make_world() -> World:
            store = _Store()
            return World(module.create_app(store), lambda: store.rows)

        seen = measure_access(make_world, identities(ada="ada-token", ben="ben-token"), _POLICY, {"number": "7"})
        cells = [cell for cell in seen.cells if cell.route == route]
        if not cells or seen.trouble:
            raise NotRun(seen.trouble or f"nobody could ask for {route}")
        wrong = [cell for cell in cells if cell.outcome.isupper()]
        told = f"{len(cells)} requests to {route}, {len(wrong)} against the policy"
        return Run(bool(wrong), f"{told}; {wrong[0]}" if wrong else told)

    return run


EXPERIMENTS: dict[str, Experiment] = {
    "open_manifest": leaves_open(lambda m, path: m.read_manifest(path), "a manifest is read", _manifest),
    "waiting_only": compares_each_with_each(_parcels, lambda m, given: m.waiting_only(given), "16 to 256 parcels"),
    "newcomers": compares_each_with_each(
        lambda size: (_parcels(size), [CountedText(-1 - number) for number in range(size)]),
        lambda m, given: m.newcomers(*given),
        "16 to 256 rows and as many known ones",
    ),
    "import_parcels": swallows(_import_one_twice, "the same parcel twice in one delivery"),
    "parcels_of": lets_a_value_act("parcels_of", {"member_id": 1}, "member_id", SCHEMA),
    "yearly_totals": leaves_open(lambda m, paths: m.yearly_totals(paths), "two archives are counted", _archives),
    "search": lets_a_value_act("search", {"carrier": "hare", "state": "moved"}, "state", SCHEMA),
    "free_by_size": asks_for_each(_depot, lambda m, db: m.free_by_size(db), "more compartments"),
    "arrivals": lets_a_value_act("arrivals", {"sort_by": "size"}, "sort_by", SCHEMA, name_attacks()),
    "reminders": asks_for_each(_depot, lambda m, db: m.reminders(db), "more members"),
    "Journal": grows(lambda m: (lambda journal: lambda n: journal.note(f"line {n}"))(m.Journal()), "lines noted"),
    "Journal.note": loses(
        "Journal",
        (),
        [_notes("came"), _notes("went"), lambda journal: setattr(journal, "read", journal.recent())],
        _keeps_what_it_promises,
        "two threads note a line each while a third reads",
    ),
    "StatusCache.put": grows(
        lambda m: (lambda cache: lambda n: cache.put(f"parcel {n}", "moved"))(m.StatusCache(500)),
        "new parcels put into a cache for 500",
    ),
    "district": grows(lambda m: lambda n: m.district(f"AB {n}"), "new postcodes looked up"),
    "Compartments.take": loses(
        "Compartments",
        ({"small": 1},),
        [lambda one: one.take("small")] * 2,
        lambda one: one.free("small") >= 0,
        "two threads take the last compartment",
    ),
    "Compartments.swap": loses(
        "Compartments",
        ({"small": 0, "large": 1},),
        [lambda one: one.swap("small", "large"), lambda one: one.give_back("small")],
        lambda one: (one.free("small"), one.free("large")) == (2, 0),
        "one thread swaps while another gives back",
    ),
    "announce": hides_failures(lambda m, url: m.announce(url, "p1", 3), "a carrier that fails is told"),
    "carrier_status": hides_failures(lambda m, url: m.carrier_status(url, "p1"), "a carrier that fails is asked"),
    "health": _lets_strangers_in("GET /health"),
    "show": _lets_strangers_in("GET /parcels/<number>"),
    "collected": _lets_strangers_in(_COLLECT),
}
