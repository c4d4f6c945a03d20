"""Runs acts in a confined child and tells what came of them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from course_lib.runner.confinement import landlock, sandbox, seccomp

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
    with open(reading, encoding="utf-8", errors="replace") as pipe:  # noqa: PTH123  # a descriptor, not a path
        report = pipe.read()
    status = os.waitpid(pid, 0)[1]
    return report or f"ended by signal {os.WTERMSIG(status)}"


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
