"""Each forbidden act is attempted in a confined child and must fail; each act of ordinary code must work."""

# ruff: noqa: PTH104, PTH115, PTH123, PTH208, PTH211, SIM115
# each attempt is made with the plainest call, so that it is clear what is refused

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import ctypes
import errno
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
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from course_lib.runner import landlock, sandbox, seccomp

ROOT = Path(__file__).resolve().parents[2]
LINUX = sys.platform.startswith("linux")
full_strength = pytest.mark.skipif(
    not (LINUX and landlock.abi() >= landlock.ABI_SCOPE and seccomp.available()),
    reason=f"the whole confinement needs Linux 6.12 with Landlock 6 and seccomp; here is Landlock {landlock.abi()}",
)


@dataclass(frozen=True)
class Place:
    """What an act may use: the scratch folder it may write to, a folder it may not see, one port open to it."""

    scratch: Path
    outside: Path
    port: int
    other_port: int


def confined(act: Callable[[], object], place: Place, memory: int = 1 << 29, seconds: int = 5) -> str:
    """What the act did in a confined child: "done: value", "PermissionError: ...", or how the process ended."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        os.chdir(place.scratch)
        os.close(reading)
        report = "nothing"
        try:
            sandbox.confine(place.scratch, sandbox.default_readable(), [place.port], memory, seconds, 1 << 20)
            report = f"done: {act()}"
        except BaseException as error:  # the child must never return into pytest
            report = f"{type(error).__name__}: {error}\n{traceback.format_exc()}"
        finally:
            os.write(writing, report.encode("utf-8", "replace")[:4000])
            os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8", errors="replace") as pipe:
        report = pipe.read()
    status = os.waitpid(pid, 0)[1]
    return report or f"ended by signal {os.WTERMSIG(status)}"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    scratch, outside = tmp_path / "scratch", tmp_path / "outside"
    scratch.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("42")
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        yield Place(scratch, outside, one.getsockname()[1], two.getsockname()[1])


@contextlib.contextmanager
def http_server(listening: socket.socket) -> Iterator[None]:
    """A process that answers every connection with the same small HTTP response."""
    answer = b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\n{"id":1}'
    pid = os.fork()
    if pid == 0:
        while True:
            connection, _address = listening.accept()
            connection.recv(65536)
            connection.sendall(answer)
            connection.close()
    try:
        yield
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        path.name: (path.stat().st_mode, path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


# --- allowed -----------------------------------------------------------------------------------------------------


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
    database_on_disk, database_in_memory, careful_write, temporary_folder, many_threads, event_loop, http_clients,
    installed_clients, late_imports, memory_map, signals_to_itself, small_things, own_descriptors,
]  # fmt: skip


@pytest.mark.parametrize("act", ALLOWED, ids=lambda act: act.__name__)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
def test_ordinary_code_works(act: Callable[[Place], object], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, http_server(listening):
        here = Place(tmp_path, tmp_path, listening.getsockname()[1], 1)
        assert confined(lambda: act(here), here) == "done: None"


# --- forbidden ---------------------------------------------------------------------------------------------------


def libc(number: int, *arguments: int | bytes) -> None:
    """A raw system call, past everything that Python checks."""
    library = ctypes.CDLL(None, use_errno=True)
    values = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    if library.syscall(ctypes.c_long(number), *values) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def connect(host: str, port: int, family: int = socket.AF_INET) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as client:
        client.settimeout(2)
        client.connect((host, port))


def fast_open(place: Place) -> None:
    with socket.socket() as client:
        client.sendto(b"x", 0x20000000, ("127.0.0.1", place.other_port))


def owned_signal(_place: Place) -> None:
    import fcntl

    left, _right = socket.socketpair()
    fcntl.fcntl(left, fcntl.F_SETOWN, os.getppid())


def raise_limit(_place: Place) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def open_unix_socket(_place: Place) -> None:
    socket.socket(socket.AF_UNIX).close()


def bind(_place: Place) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))


def unix_datagram(place: Place) -> None:
    left, _right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    left.sendto(b"x", str(place.outside / "socket"))


FORBIDDEN: dict[str, Callable[[Place], object]] = {
    "read a file outside": lambda p: (p.outside / "secret.txt").read_text(),
    "list a folder outside": lambda p: os.listdir(p.outside),
    "read a solution": lambda p: (ROOT / "pyproject.toml").read_text(),
    "read a grader": lambda p: (ROOT / "course_lib" / "graders" / "__init__.py").read_text(),
    "read the runner": lambda p: Path(sandbox.__file__).read_text(),
    "list the repository": lambda p: os.listdir(ROOT),
    "read the home folder": lambda p: os.listdir(Path.home()),
    "read a system secret": lambda p: Path("/etc/passwd").read_text(),
    "read the parent's environment": lambda p: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
    "read the parent's memory": lambda p: open(f"/proc/{os.getppid()}/mem", "rb"),
    "list the parent's descriptors": lambda p: os.listdir(f"/proc/{os.getppid()}/fd"),
    "list processes": lambda p: os.listdir("/proc"),
    "write its own memory": lambda p: open("/proc/self/mem", "r+b"),
    "create a file outside": lambda p: (p.outside / "new").write_text("x"),
    "write to a file outside": lambda p: (p.outside / "secret.txt").write_text("x"),
    "append to a file outside": lambda p: (p.outside / "secret.txt").open("a"),
    "empty a file outside": lambda p: os.truncate(p.outside / "secret.txt", 0),
    "empty a file by reading": lambda p: os.open(p.outside / "secret.txt", os.O_RDONLY | os.O_TRUNC),
    "delete a file outside": lambda p: (p.outside / "secret.txt").unlink(),
    "make a folder outside": lambda p: (p.outside / "new").mkdir(),
    "remove a folder outside": lambda p: p.outside.rmdir(),
    "move a file out": lambda p: Path("x").touch() or os.rename("x", p.outside / "x"),
    "move a file in": lambda p: os.rename(p.outside / "secret.txt", "x"),
    "link a file in": lambda p: os.link(p.outside / "secret.txt", "linked"),
    "point a link outside": lambda p: os.symlink(p.outside / "secret.txt", "x"),
    "make a named pipe": lambda p: os.mkfifo("x"),
    "change an owner": lambda p: os.chown(p.outside / "secret.txt", os.getuid(), os.getgid()),
    "set an attribute": lambda p: os.setxattr(p.outside / "secret.txt", "user.x", b"y"),
    "write to a library": lambda p: open(os.__file__, "a"),
    "write to shared memory": lambda p: open("/dev/shm/course-test", "w"),
    "fork": lambda p: os.fork(),
    "start a program": lambda p: subprocess.run(["/bin/true"], check=True),
    "start a shell": lambda p: subprocess.run("true", shell=True, check=True),
    "spawn a program": lambda p: os.posix_spawn("/bin/true", ["true"], {}),
    "become a program": lambda p: os.execv("/bin/true", ["true"]),
    "leave the session": lambda p: os.setsid(),
    "signal the parent": lambda p: os.kill(os.getppid(), signal.SIGCONT),
    "signal everybody": lambda p: os.kill(-1, signal.SIGCONT),
    "signal its group": lambda p: os.kill(0, signal.SIGCONT),
    "watch the parent": lambda p: os.pidfd_open(os.getppid()),
    "signal by descriptor": owned_signal,
    "raise a limit": raise_limit,
    "slow the parent down": lambda p: os.setpriority(os.PRIO_PROCESS, os.getppid(), 10),
    "trace the parent": lambda p: libc(seccomp.calls._REFUSED["ptrace"][_column()] or 0, 16, os.getppid(), 0, 0),
    "connect to another port": lambda p: connect("127.0.0.1", p.other_port),
    "connect by IPv6": lambda p: connect("::1", p.other_port, socket.AF_INET6),
    "connect while sending": fast_open,
    "listen": lambda p: socket.socket().listen(),
    "bind": bind,
    "send a datagram": lambda p: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", p.port)),
    "use multipath TCP": lambda p: socket.socket(proto=262),
    "open a Unix socket": open_unix_socket,
    "send a Unix datagram": unix_datagram,
    "open a netlink socket": lambda p: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "open a raw socket": lambda p: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1),
    "hold memory in a file": lambda p: os.memfd_create("x"),
    "make a namespace": lambda p: libc(seccomp.calls._REFUSED["unshare"][_column()] or 0, 0x10000000),
    "use io_uring": lambda p: libc(425, 8, b"\0" * 128),
    "use shared memory": lambda p: libc(seccomp.calls._REFUSED["shmget"][_column()] or 0, 0, 4096, 0o1600),
}  # fmt: skip


def _column() -> int:
    return list(seccomp.calls.AUDIT_ARCH).index(os.uname().machine)


@full_strength
@pytest.mark.parametrize("name", FORBIDDEN)
def test_forbidden_acts_fail(name: str, place: Place) -> None:
    before = snapshot(place.outside)
    report = confined(lambda: FORBIDDEN[name](place), place)
    assert report.startswith(("PermissionError", f"OSError: [Errno {errno.EXDEV}]", "ValueError: not allowed")), report
    assert snapshot(place.outside) == before


@full_strength
def test_the_same_acts_succeed_without_confinement(place: Place) -> None:
    """The list above must not pass because an act is impossible anyway."""
    acts = "read a file outside", "create a file outside", "connect to another port", "open a Unix socket", "bind"
    for name in acts:
        FORBIDDEN[name](place)


@full_strength
def test_modes_and_times_outside_stay_as_they_are(place: Place) -> None:
    def act() -> None:
        secret = place.outside / "secret.txt"
        secret.chmod(0o777)
        os.utime(secret, (1, 1))
        os.utime(secret, ns=(1, 1), follow_symlinks=False)

    before = snapshot(place.outside)
    assert confined(act, place) == "done: None"
    assert snapshot(place.outside) == before


@full_strength
def test_threads_are_confined_too(place: Place) -> None:
    def act() -> str:
        caught: list[str] = []

        def steal() -> None:
            try:
                (place.outside / "secret.txt").read_text()
            except PermissionError:
                caught.append("refused")

        thread = threading.Thread(target=steal)
        thread.start()
        thread.join()
        return caught[0]

    assert confined(act, place) == "done: refused"


@pytest.mark.skipif(not LINUX, reason="other systems do not enforce RLIMIT_AS")
def test_memory_is_limited(place: Place) -> None:
    assert confined(lambda: len(bytearray(300 << 20)), place) == f"done: {300 << 20}"
    assert confined(lambda: bytearray(600 << 20), place).startswith("MemoryError")
    assert confined(lambda: mmap.mmap(-1, 600 << 20), place).startswith("OSError: [Errno 12]")


@pytest.mark.skipif(not LINUX, reason="needs the limits of Linux")
def test_file_size_and_descriptors_are_limited(place: Place) -> None:
    assert confined(lambda: Path("big").write_bytes(b"x" * (1 << 21)), place).startswith("OSError: [Errno 27]")
    assert confined(lambda: [open(os.devnull) for _ in range(300)], place).startswith("OSError: [Errno 24]")


@pytest.mark.skipif(not LINUX, reason="needs the limits of Linux")
def test_processor_time_is_limited_even_when_signals_are_ignored(place: Place) -> None:
    def spin() -> None:
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        while True:
            pass

    assert confined(spin, place, seconds=1) == f"ended by signal {signal.SIGKILL.value}"


@full_strength
def test_the_child_dies_with_its_parent(place: Place) -> None:
    reading, writing = os.pipe()
    parent = os.fork()
    if parent == 0:
        if os.fork() == 0:
            sandbox.confine(place.scratch, sandbox.default_readable(), [], 1 << 29, 60, 1 << 20)
            os.write(writing, b"ready")
            time.sleep(60)
            os._exit(0)
        os.read(reading, 5)
        os._exit(0)
    os.waitpid(parent, 0)
    os.close(writing)
    assert os.read(reading, 5) == b""  # the last copy of the pipe's other end is gone
    os.close(reading)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
def test_the_level_is_one_sentence(place: Place) -> None:
    def act() -> str:
        again = sandbox.confine(place.scratch, [], [], 1 << 29, 5, 1 << 20)  # twice must not raise either
        return str(again)

    report = confined(act, place)
    assert report.startswith("done: confined: files ") and "\n" not in report


@full_strength
def test_complete_confinement_says_so(place: Place) -> None:
    def level() -> sandbox.Level:
        return sandbox.confine(place.scratch, sandbox.default_readable(), [1], 1 << 29, 5, 1 << 20)

    reading, writing = os.pipe()
    if (pid := os.fork()) == 0:
        found = level()
        os.write(writing, f"{found.complete} {found.network} {','.join(found.limits)}".encode())
        os._exit(0)
    os.waitpid(pid, 0)
    assert os.read(reading, 500) == b"True testbed only core dumps,memory,processor time,file size,open files"
    os.close(reading)
    os.close(writing)


def test_readable_never_holds_the_course_or_a_home() -> None:
    readable = sandbox.default_readable()
    for private in (ROOT, ROOT / "solutions", ROOT / "tests", ROOT / "course_lib", Path.home()):
        assert not any(path == private or path in private.parents for path in readable), private
    assert ROOT / "course_lib" / "testbeds" in readable


def test_hidden_folders_stay_hidden_inside_a_readable_one(tmp_path: Path) -> None:
    for name in ("open", "shut", "deep/open", "deep/shut"):
        (tmp_path / name).mkdir(parents=True)
    rules = dict(landlock._rules(tmp_path / "scratch", [tmp_path], [tmp_path / "shut", tmp_path / "deep" / "shut"]))
    given = {Path(path).relative_to(tmp_path).as_posix() for path, access in rules.items()
             if access == landlock.READ and Path(path).is_relative_to(tmp_path)}  # fmt: skip
    assert given == {"open", "deep/open"}


@pytest.mark.skipif(not (LINUX and shutil.which("runuser") and os.geteuid() == 0), reason="needs root, to step down")
def test_it_works_for_an_ordinary_user(tmp_path: Path) -> None:
    program = f"""
import os, sys, tempfile, pathlib
sys.path.insert(0, {str(ROOT)!r})
from course_lib.runner import sandbox
scratch = pathlib.Path(tempfile.mkdtemp())
level = sandbox.confine(scratch, sandbox.default_readable(), [], 1 << 29, 5, 1 << 20)
(scratch / "x").write_text("y")
refused = 0
acts = [lambda: open("/etc/passwd"), os.fork, lambda: open("/tmp/x", "w"), lambda: os.kill(os.getppid(), 0)]
for act in acts:
    try:
        act()
    except PermissionError:
        refused += 1
print(os.geteuid() != 0, len(os.listdir("/proc/self/fd")) > 2, refused, level.landlock, level.seccomp)
"""
    python = "/usr/bin/python3"
    if not os.access(python, os.X_OK) or not _visible_to_all(ROOT):
        pytest.skip("an ordinary user can't read this folder or has no Python of its own")
    run = subprocess.run(
        ["runuser", "-u", "nobody", "--", python, "-B", "-c", program],
        capture_output=True, text=True, check=False, cwd="/", timeout=20,
    )  # fmt: skip
    assert run.stdout.split() == ["True", "True", "4", str(landlock.abi()), str(seccomp.available())], run.stderr


def _visible_to_all(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o005 == 0o005 for part in [folder, *folder.parents])


# --- older kernels and other systems -------------------------------------------------------------------------------


@full_strength
@pytest.mark.parametrize("version", range(1, 7))
def test_older_kernels_keep_files_shut(version: int, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Landlock as it was from Linux 5.13 on; what it could not do yet is refused by the filter where that can tell."""
    monkeypatch.setattr(landlock, "abi", lambda: version)
    names = ["read a file outside", "create a file outside", "empty a file outside", "empty a file by reading",
             "move a file out", "link a file in", "listen", "open a Unix socket"]  # fmt: skip
    if version >= landlock.ABI_NETWORK:
        names.append("connect to another port")
    before = snapshot(place.outside)
    for name in names:
        report = confined(lambda name=name: FORBIDDEN[name](place), place)
        assert report.startswith(("PermissionError", f"OSError: [Errno {errno.EXDEV}]")), (name, report)
    assert snapshot(place.outside) == before
    assert confined(lambda: careful_write_in_one_folder(place), place) == "done: None"


def careful_write_in_one_folder(place: Place) -> None:
    (place.scratch / "temporary").write_text("new")
    (place.scratch / "temporary").replace(place.scratch / "target")
    assert (place.scratch / "target").read_text() == "new"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
@pytest.mark.parametrize(
    ("version", "filtered", "ports", "words"),
    [
        (0, False, [], "files open (no Landlock here), system calls unfiltered (no seccomp here), network open"),
        (0, True, [], "files open (no Landlock here), system calls filtered, network testbed only"),
        (3, True, [1], "files by Landlock 3, system calls filtered, network open"),
        (3, True, [], "files by Landlock 3, system calls filtered, network testbed only"),
    ],
)
@full_strength
def test_what_is_missing_is_said(
    version: int, filtered: bool, ports: list[int], words: str, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landlock, "abi", lambda: version)
    monkeypatch.setattr(seccomp, "available", lambda: filtered)
    reading, writing = os.pipe()
    if (pid := os.fork()) == 0:
        found = sandbox.confine(place.scratch, sandbox.default_readable(), ports, 1 << 29, 5, 1 << 20)
        os.write(writing, f"{found.complete} {found}".encode())
        os._exit(0)
    os.waitpid(pid, 0)
    os.close(writing)
    with open(reading) as pipe:
        complete, _, sentence = pipe.read().partition(" ")
    assert words in sentence
    assert complete == str(version > 0 and filtered and "testbed only" in words)
