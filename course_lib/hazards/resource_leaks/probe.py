"""Runs `export_profiles` and `count_rows` under the handle ledger, on files in the scratch folder.

What is reported: what the call did, in which order it fetched, what the files hold afterwards, and the ledger's counts.
With `keep` in the case, only an explicit close closes a handle; without, CPython closes what is dropped, and the peak
is what was really open. `fsync` returns at once: what is thrown away need not wait for a disk.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import json
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from course_lib.hazards.attempt import attempt
from course_lib.hazards.resource_leaks.probe_meeting import meeting
from course_lib.hazards.settling import settled
from course_lib.instruments.handles import HandleReading, install, watch_handles
from course_lib.instruments.handles.witness import Witness

EXPORTS, DATABASES = "exported", "databases"
PROCESSORS = 64  # what the machine is said to have
SPOILED = 1  # which user's file, counted from 0: of one alone, as some code leaves all its files open
LONG_AGO = 100  # exports: far more than anybody's portion
OTHER_FETCH_WITHIN = 0.5  # seconds that a fetch in one of several threads waits for a second one to begin beside it

_dict_items, _fstat, _isinstance = dict.items, os.fstat, isinstance
_active_count = threading.active_count
_OperationalError = sqlite3.OperationalError
_path_type = type(Path())
# around the instrument, which need not hear of it
_open, _scandir, _remove, _connect = open, os.scandir, os.remove, sqlite3.connect
_runs = itertools.count()
_witness: list[Witness] = []
_templates: dict[tuple[str, int | None, str], bytes] = {}


class FetchFailed(Exception):
    """What a failing `fetch` raises."""


_BUILT_IN = (
    KeyboardInterrupt, SystemExit, ConnectionResetError, ValueError, KeyError, FileNotFoundError, EOFError,
    RecursionError, TimeoutError, RuntimeError,
    StopIteration, GeneratorExit,  # these two mean something to whoever iterates
)  # fmt: skip
RAISED: dict[str, type[BaseException]] = {kind.__name__: kind for kind in (FetchFailed, *_BUILT_IN)}


def _fail(kind: str, message: str) -> None:
    """Raises an exception that knows its place, as no double does; to hold it would hold the frames it came through."""
    error = RAISED[kind](message)
    error.made_at = id(error)  # type: ignore[attr-defined]
    try:
        raise error
    finally:
        del error  # this frame is one of those


class _Interrupted(dict[str, Any]):
    """A part of a profile during whose encoding something is raised, as Ctrl-C is wherever the code happens to be."""

    def __init__(self, kind: str) -> None:
        super().__init__(street="Långgatan")
        self.kind = kind

    def items(self) -> Any:
        _fail(self.kind, f"while {self.kind} was being encoded")


def preload() -> None:
    """Puts the reporting constructors in place for good, once for all the children that are forked from here."""
    install()


def before_load(task: str) -> None:
    """Before any code of the submission runs."""
    gc.disable()  # when a cycle is collected depends on the Python version; a count must not
    for name in ("fsync", "fdatasync"):
        setattr(os, name, _not_to_disk)
    # who opens more the more processors there are does so on every machine
    for name, told in _PROCESSORS_TOLD.items():
        if hasattr(os, name):
            setattr(os, name, told)
    _witness.append(Witness())


_PROCESSORS_TOLD: dict[str, Callable[..., Any]] = {
    "cpu_count": lambda: PROCESSORS,
    "process_cpu_count": lambda: PROCESSORS,
    "sched_getaffinity": lambda _pid: set(range(PROCESSORS)),
}  # which of them there are depends on the system and on Python's version


def _not_to_disk(file: Any) -> None:
    """Raises what `fsync` would for a file that is closed, and leaves the bytes where they are."""
    _fstat(file if _isinstance(file, int) else file.fileno())


def _counts(reading: HandleReading, standing: list[int]) -> dict[str, Any]:
    lines = [
        [line.where, line.opened, line.closed_by_code, line.left_to_collector, line.still_open]
        for line in reading.lines
    ]
    return {
        "opened": reading.opened,
        "closed": reading.closed_by_code,
        "left": reading.left_to_collector,
        "open": reading.still_open,
        "peak": reading.peak_open,
        "standing": standing,
        "lines": lines,
        "unseen": 0,
    }


def _watched(
    case: dict[str, Any], folder: str, call: Callable[[], dict[str, Any]], kinds: Sequence[str] = ()
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the call did, and the counts of the handles it opened, of some kinds or of all."""
    witness = _witness[0]
    witness.watch(folder)
    with watch_handles(keep_alive=case["keep"], kinds=kinds) as ledger:
        outcome = call()
    unseen = witness.unseen
    witness.watch(None)
    return outcome, {**_counts(ledger.reading, ledger.standing), "unseen": unseen}


def _fresh_folder() -> Path:
    folder = Path(f"run_{next(_runs)}").absolute()
    folder.mkdir()
    return folder


class _Fetch:
    """The callback: hands out the profiles in the order of the calls, and may fail at one of them.

    `failure` is (call, what is raised). Where the code has threads, the first fetch waits for a second one: whoever
    fetches in turn starts none, and pays for the wait only in threads.
    """

    def __init__(self, case: dict[str, Any], folder: Path) -> None:
        self.profiles, self.failure = list(case["profiles"]), case.get("failure")
        self.waits, self.tells = bool(case.get("waits")), bool(case.get("tells"))
        self.usual = (sys.stdout, sys.stderr)
        for turn, kind in case.get("interrupted", ()):
            self.profiles[turn] = {**self.profiles[turn], "address": [_Interrupted(kind)]}
        self.calls: list[Any] = []
        self.cleared: list[Any] = []
        self._clears = folder if case.get("clears") else None
        self.overlapped = False
        self._busy, self._second = 0, threading.Event()

    def __call__(self, user_id: Any) -> Any:
        turn = len(self.calls)
        self.calls.append(user_id)
        if self.tells:
            self._tell(user_id)
        self._busy += 1
        try:
            return self._answer(turn)
        finally:
            self._busy -= 1

    def _tell(self, user_id: Any) -> None:
        """On the streams that lead elsewhere by now; on the others it would be shown as printed by the code."""
        for stream, usual in zip((sys.stdout, sys.stderr), self.usual, strict=True):
            if stream is not usual:
                stream.write(f"fetching {user_id}\n")

    def _answer(self, turn: int) -> Any:
        if turn == 0:
            self._second.wait(OTHER_FETCH_WITHIN if self.waits and _has_threads() else 0.0)
        elif self._busy > 1:
            self.overlapped = True
            self._second.set()
        if self._clears and turn >= LONG_AGO:
            self._clear(self._clears, self.calls[turn - LONG_AGO])
        if self.failure and turn == self.failure[0]:
            _fail(self.failure[1], f"call {turn}")
        return self.profiles[turn] if turn < len(self.profiles) else {"call": turn}

    def _clear(self, folder: Path, user_id: Any) -> None:
        """Removes a file that was due long ago: to write over one costs a file system many times a new one."""
        with contextlib.suppress(OSError):
            _remove(f"{folder}/user_{user_id}.json")
            self.cleared.append(user_id)


def _has_threads() -> bool:
    return _active_count() > 1


def export_profiles(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    """The outcome, the fetched ids in order, the exported files' bytes by name, and the counts.

    Where it raised, `itself` tells whether that is the very thing that `fetch` or the data raised.
    Where the case `clears`, files that were due long ago are removed on the way: `cleared` has the ids of those found.
    Where it is `relative`, others have gone before: of one of its users, whose file is no longer right since, and of
    another into a neighbour of the folder; both folders are relative.
    """
    folder = _fresh_folder() / EXPORTS
    folder.mkdir()
    state = _Fetch(case, folder)
    given = Path(folder.name) if case.get("relative") else folder

    def fetch(user_id: Any) -> Any:
        return state(user_id)

    with contextlib.chdir(folder.parent):
        if case.get("relative"):
            with contextlib.chdir(folder.parent):
                _export_and_spoil(subject, case, folder)
            _export_beside(subject, Path("exported before"))
        for name, content in case.get("existing", {}).items():
            (folder / name).write_bytes(content)
        exporting = partial(_attempt_export, subject, list(case["ids"]), given, fetch)
        outcome, handles = _watched(case, EXPORTS, exporting)
    return {
        "outcome": outcome,
        "calls": state.calls,
        "overlapped": state.overlapped,
        "cleared": state.cleared,
        "files": _files_in(folder),
        "handles": handles,
    }


def _attempt_export(subject: Any, ids: list[Any], folder: Path, fetch: Callable[[Any], Any]) -> dict[str, Any]:
    """What the call did, and of what it raised whether it is the very thing that was raised within."""
    itself: list[bool] = []

    def call(*given: Any) -> Any:
        try:
            return subject(*given)
        except BaseException as error:
            itself.append(vars(error).get("made_at") == id(error))
            raise

    outcome, _ = settled(call, ids, folder, fetch)
    return {**outcome, "itself": itself == [True]} if "raised" in outcome else outcome


def _export_beside(subject: Any, folder: Path) -> None:
    """An export of one user that goes before, whatever comes of it."""
    folder.mkdir()
    attempt(subject, [1], folder, lambda user_id: user_id)


def _export_and_spoil(subject: Any, case: dict[str, Any], folder: Path) -> None:
    """An export of one user that goes before, whatever comes of it; then somebody writes over the file."""
    user_id, profile = case["ids"][SPOILED], case["profiles"][SPOILED]
    attempt(subject, [user_id], Path(folder.name), lambda _user_id: profile)
    with _open(folder / f"user_{user_id}.json", "wb") as file:
        file.write(b'"spoiled"')


def _files_in(folder: Path) -> dict[str, bytes]:
    """What each file of the folder holds, by its name."""
    with _scandir(folder) as entries:
        paths = {entry.name: entry.path for entry in entries if entry.is_file()}
    held = {}
    for name in sorted(paths):
        with _open(paths[name], "rb") as file:
            held[name] = file.read()
    return held


def count_rows(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    """The outcome, a returned dict as `[kind, path, count]` rows, and the counts.

    Where it `meets`, connections that several threads open are open at once, however fast each is. Where the tables
    `grow`, each has been counted before, and has got its last row since.
    """
    given = [Path(path) if kind == "Path" else path for kind, path, _ in case["databases"]]
    held = case.get("held", case["table"])
    with contextlib.chdir(_fresh_folder()):
        for path, (_, _, rows) in zip(given, case["databases"], strict=True):
            before = rows if rows is None else rows - bool(case.get("grow"))
            _make_database(Path(path), held, before, case.get("shape", "plain"))
        for at in case.get("empty", ()):
            Path(given[at]).write_bytes(b"")
        for at in case.get("logged", ()):
            _move_into_the_log(Path(given[at]), held)
        if case.get("grow"):
            here = Path.cwd()  # the code may go elsewhere
            attempt(subject, list(given), case["table"])
            for path in {str(path): path for path in given}.values():
                _add_a_row(here / path, held)
        counting = partial(_attempt_count, subject, _in_turns(given, case.get("length")), case["table"])
        with meeting() if case.get("meets") else contextlib.nullcontext():
            outcome, handles = _watched(case, DATABASES, counting, ["SQLite connection"])
    return {"outcome": outcome, "handles": handles}


def _in_turns(paths: list[Any], length: int | None) -> list[Any]:
    """The paths once, or in turns until there are so many."""
    return list(itertools.islice(itertools.cycle(paths), len(paths) if length is None else length))


def _attempt_count(subject: Any, paths: list[Any], table: str) -> dict[str, Any]:
    """What the call did: a dict as rows of keys and counts; whether what was raised is the database module's own."""
    kinds, rows = [], []

    def call(paths: list[Any]) -> Any:
        try:
            counts = subject(paths, table)
        except _OperationalError:
            kinds.append("sqlite3.OperationalError")
            raise
        if isinstance(counts, dict):
            rows.append([[*_key(key), count] for key, count in list(_dict_items(counts))])
        return counts

    outcome, _ = settled(call, paths)
    if "raised" in outcome:
        return {**outcome, "sqlite3": bool(kinds)}
    return {"rows": rows[0]} if rows else outcome


def _key(key: Any) -> tuple[str, str]:
    """A key's kind and text; a kind that was not given is named by its type."""
    kind = type(key)
    if kind is str:
        return "str", key
    return ("Path", str(key)) if kind is _path_type else (kind.__name__, "")


_COLUMNS = {
    "plain": "(note)",
    "keyed": "(note DATE, number INTEGER PRIMARY KEY) WITHOUT ROWID",  # and no note is a date
    "told": "(note, number INTEGER PRIMARY KEY AUTOINCREMENT)",
}


def _make_database(path: Path, table: str, rows: int | None, shape: str) -> None:
    """A database whose table has `rows` rows, some empty, with gaps in their numbers; None leaves the table out.

    A `keyed` table has a key of its own and no `rowid`; of one that is `told` the database says elsewhere too how many
    rows it has, or its last number: both figures are of another time.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if (table, rows, shape) not in _templates:
        _fill_database(path, table, rows, shape)
        with _open(path, "rb") as file:
            _templates[table, rows, shape] = file.read()
    elif not path.exists():
        with _open(path, "wb") as file:
            file.write(_templates[table, rows, shape])


def _fill_database(path: Path, table: str, rows: int | None, shape: str) -> None:
    with contextlib.closing(_connect(path)) as connection:
        connection.execute("PRAGMA page_size = 512")  # hundreds of them are small all the same
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN")  # else each table would be written by itself
        for other in _neighbours(table):
            connection.execute(f'CREATE TABLE "{other}"(note)')
            connection.execute(f'INSERT INTO "{other}" VALUES (1), (2)')
        if rows is not None:
            connection.execute(f"CREATE TABLE {table}{_COLUMNS[shape]}")
            numbers = [(2 * index + 1, None if index % 3 == 0 else "same") for index in range(rows)]
            number = "rowid" if shape == "plain" else "number"
            connection.executemany(f"INSERT INTO {table}({number}, note) VALUES (?, ?)", numbers)
            if shape == "told":
                connection.execute("ANALYZE")
        connection.commit()


def _add_a_row(path: Path, table: str) -> None:
    with contextlib.closing(_connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"INSERT INTO {table}(note) VALUES ('new')")
        connection.commit()


def _move_into_the_log(path: Path, table: str) -> None:
    """Half of the rows stand in the write-ahead log alone, as where a program with the database open was stopped."""
    log = path.with_name(f"{path.name}-wal")
    with contextlib.closing(_connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        rows = connection.execute(f"SELECT rowid, note FROM {table}").fetchall()[1::2]
        connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", [row[:1] for row in rows])
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executemany(f"INSERT INTO {table}(rowid, note) VALUES (?, ?)", rows)
        held = [(file, file.read_bytes()) for file in (path, log)]
    for file, content in held:  # whoever closes the last connection moves the log into the database
        file.write_bytes(content)


def _neighbours(table: str) -> set[str]:
    """Other tables with names that a search might take for this one."""
    return {"other", f"{table}s", f"x{table}", f"{table}_", table.replace("_", "-")} - {table}


def _export_rebinding(user_ids: list[Any], folder: Path, fetch: Callable[[Any], Any]) -> list[Any]:
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        file = open(folder / f"user_{user_id}.json", "w", encoding="utf-8")  # noqa: PTH123, SIM115  # the known-bad
        json.dump(data, file)
        results.append(data)
    return results


def _export_closing(user_ids: list[Any], folder: Path, fetch: Callable[[Any], Any]) -> list[Any]:
    results = []
    for user_id in user_ids:
        data = fetch(user_id)
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:  # noqa: PTH123  # its twin
            json.dump(data, file)
        results.append(data)
    return results


def _count_committing(paths: list[Any], table: str) -> dict[Any, int]:
    counts = {}
    for path in paths:
        with sqlite3.connect(path) as connection:  # commits, never closes: the known-bad
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts


def _count_closing(paths: list[Any], table: str) -> dict[Any, int]:
    counts = {}
    for path in paths:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            counts[path] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return counts


PROBES = {"export_profiles": export_profiles, "count_rows": count_rows}
CONTROLS = {
    "export_profiles": (_export_rebinding, _export_closing),
    "count_rows": (_count_committing, _count_closing),
}
