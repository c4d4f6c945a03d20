"""One running service on a database and a catalogue of its own, and what can be asked of it: each step of a script.

What it reports: the answer of each request with the statements and rows that it took, rows of the database as they
are, open descriptors, threads, files in the reports folder. A step that waits for reports waits for their state in
the database, not for a time.
"""

from __future__ import annotations

import gc
import json
import os
import re
import sqlite3
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from flask import Flask, got_request_exception

from course_lib.hazards.attempt import describe, innermost
from course_lib.instruments.access.requests import Request, ask
from course_lib.instruments.queries import is_control
from course_lib.instruments.seams.sqlite import Listener
from course_lib.testbeds import depot

_connect = sqlite3.connect
_fstat, _collect, _sysconf = os.fstat, gc.collect, getattr(os, "sysconf", None)
_thread_count, _sleep, _clock = threading.active_count, time.sleep, time.monotonic
WITHIN = "/submission/"
MOST_DESCRIPTORS = 1024
SPARE = 40  # descriptors that are held while a service lives, so that there are some for whoever looks afterwards
PACKED = 100  # characters of one value that are as good as a row of the depot's
PATIENT = 20.0  # seconds that a good courier has on a busy machine
SLOW_SECONDS, WAITED_FOR = 1.5, 0.3  # until reports that are held up are written: somebody waits for one; `close` does
LETTING_GO = 0.05  # seconds that a thread which has just ended may take to let go of its own
REPORT_SECONDS = 20.0  # for a report that takes milliseconds
REPORT = re.compile(r"report-([0-9]+)\.csv")
Step = dict[str, Any]
_sites: list[Site] = []


def listen_to_writing() -> None:
    """From now on each site is told of a report that is opened for writing, or put in its place."""
    sys.addaudithook(_hear)


def _hear(event: str, told: tuple[Any, ...]) -> None:
    if event == "os.rename" or (event == "open" and told[2] & (os.O_WRONLY | os.O_RDWR)):
        path = told[event == "os.rename"]
        for site in _sites if isinstance(path, str | os.PathLike) else ():
            site.note_writing(os.fspath(path))


class Tally(Listener):
    """Statements that count and rows that came back, on every connection of the process."""

    def __init__(self) -> None:
        self.statements = self.rows = 0

    def sent(self, cursor: sqlite3.Cursor, sql: str, parameters: Any, via: str) -> None:
        self.statements += via != "executescript" and not is_control(sql)

    def traced(self, connection: sqlite3.Connection, sql: str, via: str) -> None:
        self.statements += via in ("executescript", "") and not is_control(sql)

    def received(self, cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> None:
        self.rows += 1 + sum(len(one) // PACKED for one in row if isinstance(one, str | bytes))

    def copied(self, connection: sqlite3.Connection, what: str) -> None:
        self.rows += 1_000_000  # whoever copies the database has read all of it


def open_descriptors() -> int:
    """How many this process has."""
    return len(_modes())


def _modes() -> list[int]:
    """What is behind each of them; by asking each that it may have, since a confined process can't list its own."""
    return [mode for mode in map(_mode, _allowed()) if mode is not None]


def _allowed() -> range:
    return range(min(_sysconf("SC_OPEN_MAX"), MOST_DESCRIPTORS) if _sysconf else MOST_DESCRIPTORS)


def _spare_descriptors() -> list[int]:
    """As many as there still are of `SPARE`."""
    with suppress(OSError):
        first = os.dup(0)
        return [first, *(os.dup(0) for _ in range(SPARE - 1))]
    return []


def _files_among(modes: list[int]) -> int:
    """How many of them are regular files or sockets, which no library keeps for itself."""
    return sum(stat.S_ISREG(mode) or stat.S_ISSOCK(mode) for mode in modes)


def _mode(number: int) -> int | None:
    try:
        return _fstat(number).st_mode
    except OSError:
        return None


class Site:
    """The service that `create` makes, in a folder of its own."""

    def __init__(self, create: Callable[..., Any], case: dict[str, Any], folder: Path, tally: Tally) -> None:
        self.folder, self.tally, self.patience = folder, tally, REPORT_SECONDS
        (folder / "reports").mkdir(parents=True)
        depot.write_catalogue(folder / "catalogue.json", case.get("parts") or depot.some_parts(case["catalogue"]))
        orders = [depot.Order(**{**one, "lines": tuple(map(tuple, one["lines"]))}) for one in case["orders"]]
        depot.create_database(self.database, depot.Data(case["customers"], case["stock"], orders, case["till"]))
        self.database.chmod(0o600)
        chosen = depot.settings(folder, case["courier"], **{"timeout": PATIENT, **case.get("settings", {})})
        self._spare = _spare_descriptors() if "parts" in case else []
        modes = _modes()
        self.descriptors, self.files, self.threads = len(modes), _files_among(modes), _thread_count()
        self.trouble: dict[str, Any] | None = None
        self._crash: dict[str, Any] | None = None
        self._create, self._twins = create, list[Site]()
        self._early = set[int]()
        self._gate: threading.Event | None = None
        _sites.append(self)
        self._chosen = chosen
        made = tried(self._make, create, chosen)
        if "raised" in made:
            self.trouble = made
            self._give_back()

    @property
    def database(self) -> Path:
        return self.folder / "depot.db"

    def _make(self, create: Callable[..., Any], chosen: dict[str, Any]) -> None:
        service = create(chosen)
        self.app: Any = getattr(service, "app", None)
        self._close: Any = getattr(service, "close", None)
        if not callable(self.app) or not callable(self._close):
            raise TypeError("create_service must return an object with app, a WSGI application, and close()")
        if isinstance(self.app, Flask):
            self.app.config.update(PROPAGATE_EXCEPTIONS=False, TESTING=False, DEBUG=False)
            got_request_exception.connect(self._note_crash, self.app, weak=False)

    def _note_crash(self, _app: Flask, exception: BaseException, **_rest: object) -> None:
        self._crash = crash(exception)

    def _give_back(self) -> None:
        while self._spare:
            os.close(self._spare.pop())

    def take(self, step: Step) -> Any:
        """What came of one step."""
        [(verb, given)] = step.items()
        result: Any = getattr(self, f"_do_{verb}")(given)
        return result

    def answer(self, wanted: dict[str, Any], through: Callable[[Any], Any] = lambda app: app) -> dict[str, Any]:
        """The answer to one request, with what it cost; asked `through` something around the application."""
        statements, rows = self.tally.statements, self.tally.rows
        self._crash = None
        with self._let_through(SLOW_SECONDS):
            answer = ask(through(self.app), Request(**wanted))
        kind = next((value for name, value in answer.headers if name.lower() == "content-type"), "")
        return {
            "status": answer.status,
            "type": kind,
            "headers": "\n".join(value for _, value in answer.headers),
            "body": answer.body,
            "statements": self.tally.statements - statements,
            "rows": self.tally.rows - rows,
            "crash": self._crash or ({"raised": answer.raised, "where": ""} if answer.raised else None),
        }

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database says, asked on a connection that the service knows nothing of."""
        return self.tables([sql])[0]

    def tables(self, queries: Sequence[str]) -> list[list[tuple[Any, ...]]]:
        """The same for several questions, one after the other."""
        with closing(_connect(self.database, timeout=10)) as connection:
            return [connection.execute(sql).fetchall() for sql in queries]

    def write(self, sql: str) -> None:
        """Another program's writing."""
        with closing(_connect(self.database, timeout=10)) as connection, connection:
            connection.execute(sql)

    def note_writing(self, path: Any) -> None:
        """A report is about to be written: whether it is said to be done. Where the file is locked, nobody can say."""
        found = REPORT.fullmatch(os.path.basename(path)) if isinstance(path, str) else None  # noqa: PTH119  # of a text
        if found is None or os.path.dirname(path) != str(self.folder / "reports"):  # noqa: PTH120
            return
        if self._gate:
            self._gate.wait(REPORT_SECONDS)
        number = int(found[1])
        with suppress(sqlite3.Error), closing(_connect(self.database, timeout=0)) as connection:
            told = connection.execute("SELECT state FROM reports WHERE id = ?", (number,)).fetchone()
            if told == ("done",):
                self._early.add(number)

    def close(self) -> dict[str, Any]:
        """What `close` did, and what is open after it."""
        for twin in self._twins:
            tried(twin.close)
        outcome = {name: told for name, told in self._closed_in_time().items() if name != "returned"}
        modes = _modes()
        if _files_among(modes) > self.files:
            _sleep(LETTING_GO)
            modes = _modes()
        left = {"descriptors": len(modes) - self.descriptors, "files": _files_among(modes) - self.files}
        self._give_back()
        return {**outcome, **left, "threads": _thread_count() - self.threads}

    def _closed_in_time(self) -> dict[str, Any]:
        """What `close` did, and the reports that were not done then; where they are held up, until it is under way."""
        with self._let_through(WAITED_FOR):
            outcome = tried(self._close)
            reports = self.rows("SELECT id, state FROM reports WHERE state != 'done' ORDER BY id")
        if self._gate:
            self._gate.set()
        _sites.remove(self)
        return {**outcome, "reports": reports}

    @contextmanager
    def _let_through(self, seconds: float) -> Iterator[None]:
        """Reports that are held up are written once this has lasted so long: it may wait for what the writer holds."""
        if self._gate is None or self._gate.is_set():
            yield
            return
        opening = threading.Timer(seconds, self._gate.set)
        opening.start()
        try:
            yield
        finally:
            opening.cancel()
            opening.join()

    def _do_slow_reports(self, _given: None) -> None:
        """From now on no report comes to be written before `close` is under way, or somebody waits for one."""
        self._gate = threading.Event()

    def _do_ask(self, wanted: dict[str, Any]) -> Any:
        return self.answer(wanted)

    def _do_twin(self, case: dict[str, Any]) -> Any:
        """Another service in a folder beside this one's, which lives as long; what came of its steps."""
        twin = Site(self._create, case, self.folder / "twin", self.tally)
        if twin.trouble:
            return {"trouble": twin.trouble}
        self._twins.append(twin)
        return {"steps": [twin.take(step) for step in case["steps"]]}

    def _do_restart(self, _given: None) -> Any:
        """Closes the service and starts another with the same settings; what either raised."""
        ended = tried(self._close)
        return ended if "raised" in ended else {**tried(self._make, self._create, self._chosen), "returned": None}

    def _do_written_while_held(self, _given: None) -> None:
        """Reports that were held up are written now, while another program has the file for itself."""
        with closing(_connect(self.database, timeout=10, isolation_level=None)) as other:
            with self._let_through(SLOW_SECONDS):
                other.execute("BEGIN EXCLUSIVE")
            if self._gate:
                self._gate.set()
            _sleep(SLOW_SECONDS / 2)
            other.execute("COMMIT")

    def _do_report(self, given: dict[str, Any]) -> Any:
        """A report that is asked for and waited for: the answer with its file, or what came in its place."""
        wanted = self.answer(given)
        number = _number_in(wanted["body"])
        begun = _clock()
        waiting = f"SELECT 1 FROM reports WHERE id = {number} AND state = 'waiting'"
        while number and self.rows(waiting) and _clock() - begun < self.patience:
            _sleep(0.02)
        got = {"method": "GET", "path": f"/reports/{number}/file", "query": "", "headers": given["headers"]}
        return self.answer(got) if number else wanted

    def _do_many(self, given: dict[str, Any]) -> Any:
        """The same request so many times: how often each status came."""
        counts: dict[int, int] = {}
        for number in range(given["times"]):
            wanted = {**given["ask"], "path": given["ask"]["path"].replace("{n}", str(number + 1))}
            status = self.answer(wanted)["status"]
            counts[status] = counts.get(status, 0) + 1
        return sorted(counts.items())

    def _do_rows(self, sql: str) -> Any:
        return self.rows(sql)

    def _do_write(self, sql: str) -> Any:
        return self.write(sql)

    def _do_reports(self, _given: None) -> Any:
        """Waits until no report is waiting; the statements and rows that were counted meanwhile."""
        statements, rows = self.tally.statements, self.tally.rows
        begun = _clock()
        while (states := self.rows("SELECT id, state FROM reports ORDER BY id")) and _clock() - begun < self.patience:
            if all(state != "waiting" for _, state in states):
                _sleep(0.02)  # the writer closes what it has open
                break
            _sleep(0.005)
        if any(state == "waiting" for _, state in states):
            self.patience = REPORT_SECONDS / 20  # others may wait for ever, too, and the rest has to be seen
        return {
            "states": states,
            "early": sorted(self._early),
            "statements": self.tally.statements - statements,
            "rows": self.tally.rows - rows,
        }

    def _do_files(self, _given: None) -> Any:
        return sorted(path.name for path in (self.folder / "reports").iterdir())

    def _do_obstacle(self, name: str) -> Any:
        """A folder in the place of a report."""
        (self.folder / "reports" / name).mkdir()

    def _do_no_folder(self, _given: None) -> Any:
        """The reports folder is gone; `folder` brings it back."""
        (self.folder / "reports").rename(self.folder / "elsewhere")

    def _do_folder(self, _given: None) -> Any:
        if (self.folder / "reports").exists():  # the service has made another
            (self.folder / "reports").rename(self.folder / "made anew")
        (self.folder / "elsewhere").rename(self.folder / "reports")

    def _do_descriptors(self, _given: None) -> Any:
        _collect()
        return open_descriptors() - self.descriptors


def _number_in(body: bytes) -> int:
    """The number that an answer tells, 0 where it tells none."""
    with suppress(ValueError, RecursionError):
        told = json.loads(body)
        return int(told["id"]) if isinstance(told, dict) and type(told.get("id")) is int else 0
    return 0


def tried(function: Callable[..., Any], *arguments: Any) -> dict[str, Any]:
    """`{"returned": value}`, or what it raised and where in the submission's files."""
    try:
        return {"returned": function(*arguments)}
    except MemoryError:
        raise
    except BaseException as error:  # SystemExit too
        return crash(error)


def crash(error: BaseException) -> dict[str, Any]:
    """An exception as plain data, with the file and line of the submission."""
    return {**describe(error), "where": innermost(error, WITHIN)}
