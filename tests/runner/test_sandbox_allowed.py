"""What ordinary code does still works in a confined child."""

# ruff: noqa: PTH104, PTH115, PTH123, PTH208, PTH211, SIM115
# each attempt is made with the plainest call, so that it is clear what is refused

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import http.client
import json
import locale
import mmap
import os
import selectors
import shutil
import signal
import socket
import sqlite3
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.runner.confinement import Place, confined, http_server


def database_on_disk(_place: Place) -> None:
    for mode in ("delete", "wal", "truncate"):
        with contextlib.closing(sqlite3.connect(f"{mode}.db")) as connection:
            assert connection.execute(f"PRAGMA journal_mode={mode}").fetchone() == (mode,)
            connection.execute("CREATE TABLE t (x)")
            connection.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(500)])
            connection.commit()
            connection.execute("VACUUM")
            with contextlib.closing(sqlite3.connect(f"{mode}.db", timeout=0)) as second:
                assert second.execute("SELECT count(*) FROM t").fetchone() == (500,)


def no_wait_for_a_disk(place: Place) -> None:
    """What SQLite ends every transaction with does nothing, not even on a pipe; on a closed file `fsync` raises."""
    reading, writing = os.pipe()
    os.fdatasync(writing)
    os.sync()
    with open(place.scratch / "closed", "w") as file:
        descriptor = file.fileno()
        os.fsync(descriptor)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fsync(descriptor)
    os.close(reading)
    os.close(writing)


def database_in_memory(_place: Place) -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        assert connection.execute("SELECT 6 * 7").fetchone() == (42,)


def careful_write(place: Place) -> None:
    """The way an atomic replacement is written: temporary file, mode, sync, rename."""
    with tempfile.NamedTemporaryFile("w", dir=place.scratch, delete=False) as file:
        file.write("new")
        file.flush()
        os.fsync(file.fileno())
        os.fchmod(file.fileno(), 0o644)
    Path(file.name).chmod(0o600)
    Path(file.name).replace(place.scratch / "target")
    (place.scratch / "target").touch()
    (place.scratch / "touched").touch()
    assert (place.scratch / "touched").exists()
    (place.scratch / "below").mkdir()
    shutil.copy2(place.scratch / "target", place.scratch / "below" / "copy")
    (place.scratch / "below" / "copy").rename(place.scratch / "moved")
    shutil.rmtree(place.scratch / "below")
    assert (place.scratch / "moved").read_text() == "new"


def temporary_folder(place: Place) -> None:
    tempfile.tempdir = str(place.scratch)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
        Path(folder, "x").write_text("y")
        file.write(b"z")


def many_threads(_place: Place) -> None:
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        assert sum(pool.map(int, range(200))) == 19900
    event = threading.Event()
    timer = threading.Timer(0.01, event.set)
    timer.start()
    assert event.wait(5)
    timer.join()


def event_loop(place: Place) -> None:
    async def talk() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", place.port)
        writer.write(b"GET / HTTP/1.0\r\n\r\n")
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        assert await asyncio.to_thread(lambda: 5) == 5
        return answer

    assert b'{"id":1}' in asyncio.run(talk())


def http_clients(place: Place) -> None:
    for host in ("127.0.0.1", "localhost"):
        with urllib.request.urlopen(f"http://{host}:{place.port}/users/1", timeout=3) as response:
            assert json.load(response) == {"id": 1}
    connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=3)
    connection.request("GET", "/")
    assert connection.getresponse().read() == b'{"id":1}'
    connection.close()


def installed_clients(place: Place) -> None:
    requests = pytest.importorskip("requests")
    assert requests.get(f"http://127.0.0.1:{place.port}/", timeout=3).json() == {"id": 1}
    with contextlib.suppress(ImportError):
        import httpx

        assert httpx.get(f"http://127.0.0.1:{place.port}/", timeout=3).json() == {"id": 1}


def late_imports(_place: Place) -> None:
    import colorsys
    import ctypes.util
    import mailbox
    import zoneinfo

    import course_lib.testbeds

    assert mailbox and ctypes.util and colorsys and course_lib.testbeds
    with contextlib.suppress(zoneinfo.ZoneInfoNotFoundError):
        zoneinfo.ZoneInfo("Europe/Paris")


def memory_map(_place: Place) -> None:
    with mmap.mmap(-1, 4096) as area:
        area[:2] = b"ok"
    Path("mapped").write_bytes(b"x" * 4096)
    with open("mapped", "r+b") as file, mmap.mmap(file.fileno(), 0) as area:
        area[0:1] = b"y"


def signals_to_itself(_place: Place) -> None:
    seen: list[int] = []
    signal.signal(signal.SIGUSR1, lambda number, _frame: seen.append(number))
    os.kill(os.getpid(), signal.SIGUSR1)
    signal.raise_signal(signal.SIGUSR1)
    signal.signal(signal.SIGALRM, lambda number, _frame: seen.append(number))
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    signal.pause()
    assert seen == [signal.SIGUSR1, signal.SIGUSR1, signal.SIGALRM]


def small_things(_place: Place) -> None:
    with selectors.DefaultSelector() as selector:
        left, right = socket.socketpair()
        with left, right:
            selector.register(right, selectors.EVENT_READ)
            left.send(b"x")
            assert selector.select(1)
    assert len(os.urandom(16)) == 16
    assert os.cpu_count()
    os.sched_setaffinity(0, os.sched_getaffinity(0))
    assert time.localtime().tm_year > 2000
    time.sleep(0.001)
    locale.setlocale(locale.LC_ALL, "C")
    with open(os.devnull, "w") as sink:
        sink.write("x")
    with pytest.raises(FileNotFoundError):
        Path("absent").read_text()


def own_descriptors(_place: Place) -> None:
    """Instruments count these."""
    before = len(os.listdir("/proc/self/fd"))
    with open("counted", "w") as file:
        assert len(os.listdir("/proc/self/fd")) == before + 1
        assert os.readlink(f"/proc/self/fd/{file.fileno()}").endswith("counted")
    import resource

    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 256


ALLOWED = [
    database_on_disk,
    no_wait_for_a_disk,
    database_in_memory,
    careful_write,
    temporary_folder,
    many_threads,
    event_loop,
    http_clients,
    installed_clients,
    late_imports,
    memory_map,
    signals_to_itself,
    small_things,
    own_descriptors,
]


@pytest.mark.parametrize("act", ALLOWED, ids=lambda act: act.__name__)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
def test_ordinary_code_works(act: Callable[[Place], object], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, http_server(listening):
        here = Place(tmp_path, tmp_path, listening.getsockname()[1], 1)
        assert confined(lambda: act(here), here) == "done: None"
