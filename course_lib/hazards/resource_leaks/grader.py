"""Judges `export_profiles` and `count_rows`: right results first, then who closed what was opened."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from course_lib.hazards.plainly import first_wrong, raised, same, shown
from course_lib.hazards.resource_leaks.checks import (
    BUDGET,
    SIZES,
    Observation,
    Wrong,
    around_the_ledger,
    closes_all,
    few_open,
    what_it_did,
)
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.reading import Check, failed, passed, skipped

FAILS_AT = 13  # the call, counted from 0, at which something raises

WRITES = "writes every profile and returns them in order"
PROPAGATES = "an error propagates, and the files before it are complete"
CLOSES_FILES = "closes every file itself"
CLOSES_FILES_ON_ERROR = "closes every file itself when something raises"
FEW_FILES = f"at most {BUDGET} files are open at once"

COUNTS = "counts the rows of every database"
MISSING = "a missing table raises sqlite3.OperationalError"
CLOSES_CONNECTIONS = "closes every connection itself"
CLOSES_CONNECTIONS_ON_ERROR = "closes every connection itself when a table is missing"
FEW_CONNECTIONS = f"at most {BUDGET} connections are open at once"

# What is raised in the middle of an export: where (call of fetch, counted from 0), what, and how it is told.
FAILURES = (
    (FAILS_AT, "FetchFailed", "when fetch raised"),
    (5, "KeyboardInterrupt", "when fetch raised KeyboardInterrupt"),
    (FAILS_AT, "TypeError", "when json raised TypeError"),
)
MISSING_AT = (0, FAILS_AT)


def _profile(user_id: object, turn: int) -> dict[str, Any]:
    return {"id": user_id, "name": f"Zoë Ångström {turn}", "score": turn / 4, "tags": ["a", None, True], "city": "東京"}


def _export_case(count: int, keep: bool, **more: Any) -> dict[str, Any]:
    ids = list(range(100, 100 + count))
    return {"ids": ids, "profiles": [_profile(one, turn) for turn, one in enumerate(ids)], "keep": keep, **more}


def _awkward_export() -> dict[str, Any]:
    """Few users: an id twice, one of text, one of 0, a longer file there already, a large and an empty profile."""
    ids = [3, "ada", 7, 3, 12, 0, 15]
    profiles = [_profile(one, turn) for turn, one in enumerate(ids)]
    profiles[4]["history"] = [f"entry {number} — déjà vu" for number in range(1500)]
    profiles[6] = {}
    existing = {"user_7.json": b'{"old": "' + b"x" * 9000}
    return {"ids": ids, "profiles": profiles, "keep": False, "existing": existing, "waits": True}


def _unwritable_export() -> dict[str, Any]:
    """One profile that json cannot encode, late in a text too long for one buffer."""
    case = _export_case(SIZES[0], keep=True)
    case["profiles"][FAILS_AT] |= {"history": ["entry"] * 3000, "roles": {"editor"}}
    return case


def judge_export_profiles(observe: Observe) -> list[Check]:
    works = [_awkward_export(), _export_case(0, keep=False)]
    works += [_export_case(size, keep) for keep in (False, True) for size in SIZES]
    raising = [_export_case(SIZES[0], keep=True, failure=failure[:2]) for failure in FAILURES[:2]]
    raising.append(_unwritable_export())
    seen = observe([*works, *raising])
    right, cut_short = seen[: len(works)], seen[len(works) :]
    wrong = first_wrong(map(_export_wrong, works, right))
    if wrong:
        rest = (PROPAGATES, CLOSES_FILES, CLOSES_FILES_ON_ERROR, FEW_FILES)
        return [failed(WRITES, *wrong), *(skipped(name, "the files must be right first") for name in rest)]
    hazard = around_the_ledger((CLOSES_FILES, CLOSES_FILES_ON_ERROR, FEW_FILES), "file", [right[0], *right[2:]]) or [
        closes_all(CLOSES_FILES, "file", [(f"{size} users", one) for size, one in zip(SIZES, right[4:], strict=True)]),
        closes_all(CLOSES_FILES_ON_ERROR, "file", list(zip([told for *_, told in FAILURES], cut_short, strict=True))),
        few_open(FEW_FILES, "file", right[2:4]),
    ]
    works_on = f"{SIZES[0]} and {SIZES[1]} users, an id twice, an existing file"
    return [passed(WRITES, works_on), _propagates(raising, cut_short), *hazard]


def _export_wrong(case: dict[str, Any], seen: Observation) -> Wrong | None:
    """The first thing that is wrong with a run in which nothing fails, or None."""
    count, outcome = len(case["ids"]), seen["outcome"]
    if "raised" in outcome:
        told = raised(outcome)
        return told, "the list of data", f"with {count} users it raised {told}"
    if seen["calls"] != case["ids"] or seen["overlapped"]:
        how = "at the same time" if seen["overlapped"] else f"as {shown(seen['calls'])}"
        rule = "fetch is called once for each id of the list, in its order, one after the other"
        return f"fetched {how}", f"fetched as {shown(case['ids'])}", f"{rule}; here the calls came {how}"
    if not same(outcome["returned"], case["profiles"]):
        got = shown(outcome["returned"])
        return got, "the list of what fetch returned, in order", f"for {count} users it returned {got}"
    return _wrong_file(case["ids"], case["profiles"], seen["files"])


def _wrong_file(ids: Sequence[Any], profiles: Sequence[Any], files: dict[str, bytes]) -> Wrong | None:
    """The first file that does not hold what was last fetched for its user, or None."""
    for user_id, profile in dict(zip(ids, profiles, strict=True)).items():
        name = f"user_{user_id}.json"
        problem = _file_problem(files.get(name), profile)
        if problem:
            return f"{name} {problem}", f"{name} holds that user's data as UTF-8 JSON", f"{name} {problem}"
    return None


def _file_problem(content: bytes | None, profile: Any) -> str | None:
    if not content:
        return "does not exist" if content is None else "is empty"
    try:
        loaded = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        return "is not UTF-8"
    except ValueError as problem:
        return f"is not JSON ({problem})"
    return None if same(loaded, profile) else "holds other data than fetch returned for that user"


def _propagates(cases: Sequence[dict[str, Any]], seen: Sequence[Observation]) -> Check:
    """Whether what was raised came out, nothing was fetched after a failed fetch, and the earlier files are whole."""
    for case, one, failure in zip(cases, seen, FAILURES, strict=True):
        wrong = _failure_wrong(case, one, *failure)
        if wrong:
            return failed(PROPAGATES, *wrong)
    return passed(PROPAGATES, "three kinds of failure came out unchanged")


def _failure_wrong(case: dict[str, Any], seen: Observation, at: int, kind: str, when: str) -> Wrong | None:
    if kind not in seen["outcome"].get("bases", ()):
        did = what_it_did(seen["outcome"])
        return f"{when}, it {did}", f"{kind} propagates", f"{when}, export_profiles {did}; the caller gets no {kind}"
    calls = seen["calls"] if "failure" in case else seen["calls"][: at + 1]
    if calls != case["ids"][: at + 1]:
        told = f"{len(calls)} calls of fetch"
        return told, f"{at + 1} calls", f"{when} for user number {at + 1}, there were {told}"
    wrong = _wrong_file(case["ids"][:at], case["profiles"][:at], seen["files"])
    return wrong and (
        wrong[0],
        f"the {at} files before it are complete",
        f"{when} for user number {at + 1}, {wrong[2]}",
    )


def _database_case(count: int, keep: bool, missing: int | None = None) -> dict[str, Any]:
    """`count` databases, paths of both kinds in turn; None rows means that the table is missing."""
    rows = [None if number == missing else (number * 7) % 11 + 1 for number in range(count)]
    databases = [[("str", "Path")[n % 2], f"databases/shard_{n}.db", some] for n, some in enumerate(rows)]
    return {"databases": databases, "table": "events", "keep": keep}


def _awkward_databases() -> dict[str, Any]:
    """An empty table, one path twice, and the same file once as str and once as Path."""
    databases = [
        ["str", "databases/a.db", 4],
        ["Path", "databases/a.db", 4],
        ["Path", "databases/empty.db", 0],
        ["str", "databases/a.db", 4],
        ["str", "databases/long.db", 300],
    ]
    return {"databases": databases, "table": "page_views", "keep": False}


def judge_count_rows(observe: Observe) -> list[Check]:
    works = [_awkward_databases(), _database_case(0, keep=False)]
    works += [_database_case(size, keep) for keep in (False, True) for size in SIZES]
    seen = observe([*works, *(_database_case(SIZES[0], keep=True, missing=at) for at in MISSING_AT)])
    right, cut_short = seen[: len(works)], seen[len(works) :]
    wrong = first_wrong(map(_count_wrong, works, right))
    if wrong:
        rest = (MISSING, CLOSES_CONNECTIONS, CLOSES_CONNECTIONS_ON_ERROR, FEW_CONNECTIONS)
        return [failed(COUNTS, *wrong), *(skipped(name, "the counts must be right first") for name in rest)]
    names = (CLOSES_CONNECTIONS, CLOSES_CONNECTIONS_ON_ERROR, FEW_CONNECTIONS)
    sizes = [f"{size} databases" for size in SIZES]
    places = [f"when database number {at + 1} lacked the table" for at in MISSING_AT]
    hazard = around_the_ledger(names, "connection", [right[0], *right[2:]]) or [
        closes_all(CLOSES_CONNECTIONS, "connection", list(zip(sizes, right[4:], strict=True))),
        closes_all(CLOSES_CONNECTIONS_ON_ERROR, "connection", list(zip(places, cut_short, strict=True))),
        few_open(FEW_CONNECTIONS, "connection", right[2:4]),
    ]
    works_on = f"{SIZES[0]} and {SIZES[1]} databases, str and Path, one path twice, an empty table"
    return [passed(COUNTS, works_on), _raises_missing(cut_short), *hazard]


def _count_wrong(case: dict[str, Any], seen: Observation) -> Wrong | None:
    """The first thing that is wrong with the counts, or None."""
    outcome, count = seen["outcome"], len(case["databases"])
    if "raised" in outcome:
        told = raised(outcome)
        return told, "{path: rows}", f"with {count} databases it raised {told}"
    if "rows" not in outcome:
        got = shown(outcome["returned"])
        return got, "a dict", f"for {count} databases it returned {got}, not a dict of path and number of rows"
    expected = {(kind, path): rows for kind, path, rows in case["databases"]}
    found = {(kind, path): rows for kind, path, rows in outcome["rows"]}
    wrong = first_wrong(_rows_wrong(kind, path, rows, found) for (kind, path), rows in expected.items())
    extra = [f"{path} as {kind}" if path else f"a {kind}" for kind, path in found if (kind, path) not in expected]
    if wrong or not extra:
        return wrong
    told = f"{len(extra)} keys that were not given, the first one {extra[0]}"
    return told, "a key for each given path", f"the result has {told}"


def _rows_wrong(kind: str, path: str, rows: int, found: dict[tuple[str, str], Any]) -> Wrong | None:
    got = found.get((kind, path))
    if same(got, rows):
        return None
    told = shown(got) if (kind, path) in found else "no such key"
    return f"{path}: {told}", f"{path}: {rows}", f"{path}, given as a {kind}, has {rows} rows; the result has {told}"


def _raises_missing(seen: Sequence[Observation]) -> Check:
    """Whether the database's own error came out, wherever in the list the table was missing."""
    for at, one in zip(MISSING_AT, seen, strict=True):
        if not one["outcome"].get("sqlite3"):
            did = what_it_did(one["outcome"])
            told = f"database number {at + 1} of {SIZES[0]} lacked the table, and count_rows {did}"
            return failed(MISSING, f"it {did}", "sqlite3.OperationalError propagates", told)
    return passed(MISSING, "it propagated, from the first database and from a later one")


def _left_something(seen: Observation) -> bool:
    return bool(seen["handles"]["opened"] != seen["handles"]["closed"])


TASKS = {
    "export_profiles": Task(
        judge_export_profiles, Control(_export_case(2, keep=True), _left_something), function={WRITES, PROPAGATES}
    ),
    "count_rows": Task(
        judge_count_rows, Control(_database_case(2, keep=True), _left_something), function={COUNTS, MISSING}
    ),
}
