"""The handle ledger: silent on code that closes, exact on code that does not, and out of everybody's way."""

# How handles are opened, and that they stay open, is what is tested here:
# ruff: noqa: PTH105, PTH108, PTH123, SIM115
from __future__ import annotations

import builtins
import gc
import io
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest

from course_lib.instruments.climbing import climb
from course_lib.instruments.handles import watch_handles
from course_lib.instruments.handles.ledger import KINDS
from course_lib.pytest_plugin.watching import KINDS as MARKED
from tests.instruments.handle_exporters import export_and_close, export_into_cache
from tests.instruments.handle_shapes import CLEAN, LEAKING


def constructors() -> tuple[object, ...]:
    return (builtins.open, io.FileIO, sqlite3.connect, os.open, os.close, socket.socket.__init__, socket.socket.detach)


ORIGINALS = constructors()
ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # planted on purpose
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Descriptors that only a leak test can leave open are closed again, and the originals are back in place."""
    before = {fd for fd in range(256) if _is_open(fd)}
    yield
    if {fd for fd in range(256) if _is_open(fd)} - before:
        gc.collect()
    for descriptor in {fd for fd in range(256) if _is_open(fd)} - before:
        os.close(descriptor)
    assert constructors() == ORIGINALS


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def counted(shape: Any, n: int, folder: Path, keep_alive: bool = True) -> Any:
    with watch_handles(keep_alive) as ledger:
        kept = shape(n, folder)
    del kept
    return ledger.reading


@pytest.mark.parametrize("name", CLEAN)
@pytest.mark.parametrize("keep_alive", [True, False])
def test_silent_on_code_that_closes(name: str, keep_alive: bool, tmp_path: Path) -> None:
    """Every handle of a clean shape is counted as closed by the code, kept alive or not."""
    reading = counted(CLEAN[name], 4, tmp_path, keep_alive)

    assert reading.clean, str(reading)
    assert reading.opened > 0


@pytest.mark.parametrize("name", LEAKING)
@pytest.mark.parametrize(("n", "keep_alive"), [(3, True), (6, True), (6, False)])
def test_exact_on_code_that_leaks(name: str, n: int, keep_alive: bool, tmp_path: Path) -> None:
    """A leaking shape leaves exactly its number of handles behind, and twice as many at twice the size."""
    shape, handles = LEAKING[name]

    reading = counted(shape, n, tmp_path, keep_alive)

    assert reading.left_to_collector + reading.still_open == n * handles, str(reading)


def test_textbook_loop_does_not_climb_on_cpython(tmp_path: Path) -> None:
    """Rebinding lets reference counting close the previous file: two are open for a moment, the code closes none."""
    reading = counted(LEAKING["rebinding"][0], 50, tmp_path, keep_alive=False)

    loop = reading.lines[-1]
    assert (loop.opened, loop.closed_by_code, loop.left_to_collector) == (50, 0, 50)
    assert reading.peak_open == 2
    assert reading.peak_unclosed == 50


def test_keeping_alive_shows_what_a_runtime_without_reference_counting_would_hold(tmp_path: Path) -> None:
    """The same loop, kept alive: as many open at once as there are files, buffered or not."""
    assert counted(LEAKING["rebinding"][0], 50, tmp_path).peak_open == 50

    with watch_handles() as ledger:
        for number in range(20):
            open(tmp_path / f"part_{number}.txt", "rb", buffering=0).read()
    assert ledger.reading.peak_open == 20


def test_peak_of_a_bounded_pool(tmp_path: Path) -> None:
    """Four workers never have more than four files open."""
    reading = counted(CLEAN["pool_of_threads"], 40, tmp_path)

    assert 1 <= reading.peak_open <= 4


@pytest.mark.parametrize("name", ["opener", "temporary_files", "descriptor_handed_to_a_file", "with_block"])
def test_a_handed_over_descriptor_is_one_handle(name: str, tmp_path: Path) -> None:
    """A descriptor and the file object built on it are counted once."""
    assert counted(CLEAN[name], 5, tmp_path).peak_open == 1


def test_still_open_is_told_from_left_to_the_collector(tmp_path: Path) -> None:
    """A file that a variable still refers to is open; one that nothing refers to was left to the collector."""
    with watch_handles() as ledger:
        kept = open(tmp_path / "kept", "w", encoding="utf-8")
        open(tmp_path / "dropped", "w", encoding="utf-8")
    kept.close()

    assert (ledger.reading.still_open, ledger.reading.left_to_collector) == (1, 1)


def test_each_line_has_its_own_account(tmp_path: Path) -> None:
    """The reading names the line that opened, not the library function in between."""
    with watch_handles() as ledger:
        (tmp_path / "closed").write_text("x", encoding="utf-8")
        os.fdopen(os.open(tmp_path / "closed", os.O_RDONLY))

    first, second = ledger.reading.lines
    assert first.where.startswith("test_handles.py:")
    assert (first.closed_by_code, second.left_to_collector) == (1, 1)
    assert "write_text" in first.source


def test_a_name_imported_earlier_is_watched_too(tmp_path: Path) -> None:
    """`from sqlite3 import connect` at the top of a module does not hide a connection."""
    with watch_handles() as ledger:
        connect(tmp_path / "a.db")

    assert ledger.reading.left_to_collector == 1


def test_files_keep_behaving_as_files(tmp_path: Path) -> None:
    """What is opened under the ledger has the types, modes and errors that it has without."""
    outside = open(tmp_path / "outside", "wb", buffering=0)
    with watch_handles(), open(tmp_path / "a", "w", encoding="utf-8") as text, open(tmp_path / "b", "wb") as binary:
        assert (type(text), text.mode, text.encoding) == (io.TextIOWrapper, "w", "utf-8")
        assert isinstance(binary.raw, io.FileIO)
        assert isinstance(outside, io.FileIO)
        assert isinstance(sys.__stderr__, io.TextIOWrapper)
        with pytest.raises(ValueError, match="invalid mode"):
            open(tmp_path / "a", "q", encoding="utf-8")
        with pytest.raises(FileNotFoundError):
            open(tmp_path / "no" / "such", encoding="utf-8")
    outside.close()


def test_connections_keep_behaving_as_connections(tmp_path: Path) -> None:
    """A factory of the caller's own keeps its class and its behaviour."""

    class Shouting(sqlite3.Connection):
        def close(self) -> None:
            closed.append(True)
            super().close()

    closed: list[bool] = []
    with watch_handles() as ledger:
        connection = connect(tmp_path / "a.db", factory=Shouting)
        assert isinstance(connection, Shouting)
        assert isinstance(connection, sqlite3.Connection)
        connection.close()

    assert closed == [True]
    assert (ledger.reading.opened, ledger.reading.closed_by_code) == (1, 1)


def test_a_function_keeps_its_own_view_of_its_variables(tmp_path: Path) -> None:
    """Looking at the call stack does not empty a dict that the code got from locals()."""

    def write(name: str) -> dict[str, Any]:
        seen = locals()
        (tmp_path / name).write_text("x", encoding="utf-8")
        return seen

    with watch_handles():
        seen = write("a")

    assert seen["name"] == "a"


def test_watches_may_nest(tmp_path: Path) -> None:
    """An inner watch sees its own handles, the outer one both."""
    with watch_handles() as outer:
        open(tmp_path / "a", "w", encoding="utf-8")
        with watch_handles() as inner:
            open(tmp_path / "b", "w", encoding="utf-8")

    assert (outer.reading.opened, inner.reading.opened) == (2, 1)


def test_reading_prints_every_figure(tmp_path: Path) -> None:
    """The text of a reading holds all that it knows."""
    text = str(counted(LEAKING["rebinding"][0], 3, tmp_path))

    for words in ("opened", "closed by the code", "left to the collector", "still open", "peak", "handle_shapes.py:"):
        assert words in text


FIXTURE_TEST = """
from course_lib.instruments.handles.fixture import handles_closed

def test_careful(handles_closed, tmp_path):
    (tmp_path / "a").write_text("x")

def test_careless(handles_closed, tmp_path):
    open(tmp_path / "a", "w").write("x")
"""


def test_fixture_fails_the_careless_test_and_no_other(tmp_path: Path) -> None:
    """Under pytest, the test that leaves a handle is the one that fails."""
    (tmp_path / "test_taken_home.py").write_text(FIXTURE_TEST, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "test_taken_home.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    complaints = [line for line in run.stdout.splitlines() if line.startswith(("ERROR ", "FAILED "))]
    assert len(complaints) == 1, run.stdout
    assert complaints[0].startswith("ERROR test_taken_home.py::test_careless"), run.stdout
    assert "left to the collector" in run.stdout


@pytest.mark.skipif(find_spec("resource") is None, reason="no limit of open files to lower")
def test_climb_reaches_the_limit_or_the_end() -> None:
    """Under a limit of 40 files a cache of writers stops, later under 80, and closing comes to the end."""
    low, high, closing = (
        climb(f, users=100, limit=n, pause=0)
        for f, n in ((export_into_cache, 40), (export_into_cache, 80), (export_and_close, 40))
    )
    for run in (low, high, closing):
        assert list(run)

    assert "Too many open files" in low.problem
    assert high.reached == low.reached + 40
    assert closing.finished
    assert closing.peak <= 1


@pytest.mark.parametrize("kinds", [["files"], "file", ["file", "pipe"]])
def test_a_kind_that_nothing_has_is_refused(kinds: list[str] | str) -> None:
    """Nothing would be counted, which reads as everything closed."""
    with pytest.raises(ValueError, match=f"there are: {', '.join(KINDS)}"), watch_handles(kinds=kinds):
        pass


def test_the_mark_takes_the_kinds_that_there_are() -> None:
    """The plugin loads no instrument before a test asks for one, so it has their names of its own."""
    assert MARKED == KINDS
