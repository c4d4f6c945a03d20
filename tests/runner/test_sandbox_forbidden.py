"""Each forbidden act is attempted in a confined child and must fail."""

# ruff: noqa: PTH104, PTH115, PTH123, PTH208, PTH211, SIM115
# each attempt is made with the plainest call, so that it is clear what is refused

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.runner.confinement import sandbox, seccomp
from tests.runner.confinement import Place, confined, full_strength, snapshot

ROOT = Path(__file__).resolve().parents[2]


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
    "read a grader": lambda p: (ROOT / "course_lib" / "hazards" / "terms.py").read_text(),
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
    "keep a process to a processor": lambda p: os.sched_setaffinity(os.getpid(), os.sched_getaffinity(0)),
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
}


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
