"""Judges `count_rows`: the counts first, then who closed the connections, also when a table is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course_lib.hazards.plainly import counted, first_wrong, raised, same, shown
from course_lib.hazards.resource_leaks.checks import (
    BUDGET,
    SIZES,
    Observation,
    Wrong,
    around_the_ledger,
    closes_all,
    few_open,
    long_run,
    what_it_did,
)
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, failed, passed, skipped

COUNTS = "counts the rows of every database"
MISSING = "a missing table raises sqlite3.OperationalError"
CLOSES = "closes every connection itself"
CLOSES_ON_ERROR = "closes every connection itself when a table is missing"
FEW = f"at most {BUDGET} connections are open at once"
HAZARD = (CLOSES, CLOSES_ON_ERROR, FEW)

MANY, SHARDS = 1203, 101  # paths, more than Python's stack holds, for a recursion; the databases that they lead to
CLOSED_AFTER = (
    *(f"{size} databases" for size in SIZES),
    "tables of every size",
    "names of every kind",
    f"{MANY:,} databases",
)
MISSING_AT = (0, 13)  # the database, counted from 0, that lacks the table
EMPTY_AT = 9  # the one that is a file without a byte, so without a table
LACKING = (*((at, "lacked the table") for at in MISSING_AT), (EMPTY_AT, "was an empty file"))
LARGE = 10_007  # rows: more than a program that reads in portions takes for granted
OWN_NAMES = ("rows", "counts", "counted", "n", "result", "results", "total", "t", "shard", "source", "copy")
UNUSUAL_NAMES = (
    "a b.db", 'it\'s "one".db', "zoë_東京.sqlite3", "no_suffix", "UPPER.DB", "a.b.c", "-1.db", "a?mode=memory", "#1.db",
    "20%25 off.db", "100%.db", "a+b&c=d;e.db", "north/1.db", "south/1.db",
    "$HOME.db", "${TMPDIR}.db", "%HOME%.db", "~/1.db", "~.db", ".hidden", " 1.db", "1.db ", "\t2.db", "3\n.db",
    "[12].db",
    "*.db", "1\\2.db", "e\u0301.db", "\xe9.db", "..db", "%(x)s {0}.db",
)  # fmt: skip


def numbered_databases(count: int, keep: bool, missing: int | None = None) -> dict[str, Any]:
    """`count` databases, paths of both kinds in turn; None rows means that the table is missing."""
    rows = [None if number == missing else (number * 7) % 11 + 1 for number in range(count)]
    databases = [[("str", "Path")[n % 2], f"databases/shard_{n}.db", some] for n, some in enumerate(rows)]
    return {"databases": databases, "table": "events", "keep": keep}


def _awkward_databases() -> dict[str, Any]:
    """An empty table, a large one, one path twice, the same file as str and as Path, another letter case.

    Of one database, the newest rows stand in its write-ahead log alone.
    """
    databases = [
        ["str", "databases/a.db", 4],
        ["Path", "databases/a.db", 4],
        ["Path", "databases/empty.db", 0],
        ["str", "databases/a.db", 4],
        ["str", "databases/long.db", 300],
        ["Path", "databases/large.db", LARGE],
        ["str", "databases/in_use.db", 12],
    ]
    held = {"table": "page_views", "held": "Page_Views", "logged": [len(databases) - 1]}
    return {"databases": databases, **held, "keep": True}


def _unusual_names() -> dict[str, Any]:
    """Names that mean something to a shell, a URI or SQL; the table, asked for in capitals, has no `rowid`."""
    databases = [
        [kind, f"databases/{name}", turn + 1] for turn, name in enumerate(UNUSUAL_NAMES) for kind in ("str", "Path")
    ]
    return {"databases": databases, "table": "VISITS_2", "held": "visits_2", "keep": True, "shape": "keyed"}


def _counted_before() -> dict[str, Any]:
    """Each has a row more than when it was counted before, by the same path, and than the database says elsewhere."""
    databases = [["str", "databases/new.db", 1], ["Path", "databases/b.db", 6], ["str", "databases/c.db", 301]]
    return {"databases": databases, "table": "events", "keep": True, "grow": True, "shape": "told"}


def _many_databases() -> dict[str, Any]:
    """Far more paths than in any other run, each several times, in turns."""
    return {**numbered_databases(SHARDS, keep=False), "length": MANY}


def _called_as_answers_call_things() -> list[dict[str, Any]]:
    """Tables whose names are those that a query may have given to something of its own."""
    return [
        {"databases": [["str", f"databases/of_{name}.db", 3]], "table": name, "keep": True, "shape": "keyed"}
        for name in OWN_NAMES
    ]


def judge_count_rows(observe: Observe) -> list[Check]:
    """Five checks; the last four are skipped where the counts are not right. The long run comes last."""
    cases = [_awkward_databases(), _unusual_names(), numbered_databases(0, keep=False)]
    again = _counted_before()
    cases += [numbered_databases(size, keep) for keep in (False, True) for size in SIZES]
    cases[4]["meets"] = True  # the larger one, of those whose peak counts
    lacking = [numbered_databases(SIZES[0], keep=True, missing=at) for at in MISSING_AT]
    lacking.append({**numbered_databases(SIZES[0], keep=True), "empty": [EMPTY_AT]})
    besides = [again, *_called_as_answers_call_things()]
    seen = observe([*cases, *lacking, *besides])
    right, cut_short = seen[: len(cases)], seen[len(cases) : -len(besides)]
    wrong = first_wrong(map(_wrong, [*cases, *besides], [*right, *seen[-len(besides) :]]))
    if wrong:
        return _not_right_first(wrong)
    worked, sizes = [*right[5:], *right[:2]], list(zip(SIZES, right[3:5], strict=True))
    hazard = _hazard(worked, cut_short, sizes)
    if all(check.status == "pass" for check in hazard):
        many = _many_databases()
        last = long_run(observe, many)
        wrong = _wrong(many, last)
        hazard = _hazard([*worked, last], cut_short, [*sizes, (MANY, last)])
    works_on = f"{SIZES[0]} and {SIZES[1]} databases, str and Path, one path twice, an empty table"
    works = failed(COUNTS, *wrong) if wrong else passed(COUNTS, works_on)
    return [works, _raises_missing(cut_short), *hazard]


def _hazard(
    worked: Sequence[Observation], cut_short: Sequence[Observation], sizes: Sequence[tuple[int, Observation]]
) -> list[Check]:
    """Who closed the connections of the runs that worked and of those cut short; how many were open at each size."""
    places = [f"when database number {at + 1} {lack}" for at, lack in LACKING]
    return around_the_ledger(HAZARD, "connection", [*worked, *(one for _, one in sizes)]) or [
        closes_all(CLOSES, "connection", list(zip(CLOSED_AFTER, worked, strict=False))),
        closes_all(CLOSES_ON_ERROR, "connection", list(zip(places, cut_short, strict=True))),
        few_open(FEW, "connection", sizes),
    ]


def _not_right_first(wrong: Wrong) -> list[Check]:
    return [failed(COUNTS, *wrong), *(skipped(name, "the counts must be right first") for name in (MISSING, *HAZARD))]


def _wrong(case: dict[str, Any], seen: Observation) -> Wrong | None:
    """The first thing that is wrong with the counts, or None."""
    outcome, many = seen["outcome"], counted(case.get("length", len(case["databases"])), "database")
    if "raised" in outcome:
        told = raised(outcome)
        return told, "{path: rows}", f"with {many} it raised {told}"
    if "rows" not in outcome:
        got = shown(outcome["returned"])
        return got, "a dict", f"for {many} it returned {got}, not a dict of path and number of rows"
    expected = {(kind, path): rows for kind, path, rows in case["databases"]}
    found = {(kind, path): rows for kind, path, rows in outcome["rows"]}
    wrong = first_wrong(_wrong_rows(kind, path, rows, found) for (kind, path), rows in expected.items())
    extra = [f"{path} as {kind}" if path else f"a {kind}" for kind, path in found if (kind, path) not in expected]
    if wrong or not extra:
        return wrong
    told = f"{counted(len(extra), 'key')} not given, the first one {extra[0]}"
    return told, "a key for each given path", f"the result has {told}"


def _wrong_rows(kind: str, path: str, rows: int, found: dict[tuple[str, str], Any]) -> Wrong | None:
    got = found.get((kind, path))
    if same(got, rows):
        return None
    told = shown(got) if (kind, path) in found else "no such key"
    has = f"{path}, given as a {kind}, has {counted(rows, 'row')}"
    return f"{path}: {told}", f"{path}: {rows}", f"{has}; the result has {told}"


def _raises_missing(seen: Sequence[Observation]) -> Check:
    """Whether the database's own error came out, wherever in the list the table was missing."""
    for (at, lack), one in zip(LACKING, seen, strict=True):
        if not one["outcome"].get("sqlite3"):
            did = what_it_did(one["outcome"])
            told = f"database number {at + 1} of {SIZES[0]} {lack}, and count_rows {did}"
            return failed(MISSING, f"it {did}", "sqlite3.OperationalError propagates", told)
    return passed(MISSING, "it propagated, from the first database and from a later one")
