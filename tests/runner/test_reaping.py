"""`reap` leaves nothing: each kind of stray is started without confinement, and must be gone afterwards."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.runner.confinement import reaping

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="follows strays by /proc, as Linux has it")


def sleep_on(tell: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.write(tell, f"{os.getpid()} ".encode())
    time.sleep(120)
    os._exit(0)


def alone(tell: int) -> None:
    sleep_on(tell)


def three_children(tell: int) -> None:
    for _ in range(3):
        if os.fork() == 0:
            sleep_on(tell)
    sleep_on(tell)


def daemon(tell: int) -> None:
    """Double fork with a session of its own, as daemons do; the child itself is long gone."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            sleep_on(tell)
        os._exit(0)
    os.wait()
    os._exit(7)


def daemon_while_running(tell: int) -> None:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.setsid()
            sleep_on(tell)
        os._exit(0)
    os.wait()
    sleep_on(tell)


def chain(tell: int) -> None:
    for _ in range(4):
        if os.fork() > 0:
            sleep_on(tell)
        os.setpgid(0, 0)
    sleep_on(tell)


def told_by_a_process(check: Callable[[], str]) -> str:
    """What the check says in a process that adopts orphans; nothing where it fails."""
    reading, writing = os.pipe()
    if (parent := os.fork()) == 0:
        try:
            reaping.adopt_orphans()
            os.write(writing, check().encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(parent, 0)
    with open(reading) as pipe:  # noqa: PTH123  # a descriptor, not a path
        return pipe.read()


def in_a_warm_parent(start: Callable[[int], None], expected: int) -> str:
    """What was left after `reap`: "status [pids still alive]"."""
    return told_by_a_process(lambda: _reap_one(start, expected))


def _reap_one(start: Callable[[int], None], expected: int) -> str:
    hearing, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        start(tell)
    started: list[bytes] = []
    while len(started) < expected:
        started += os.read(hearing, 4096).split()
    if start is daemon:
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    status = reaping.reap(pid)
    alive = [int(one) for one in started if Path(f"/proc/{int(one)}").exists()]
    return f"{os.waitstatus_to_exitcode(status)} {alive}"


@pytest.mark.parametrize(
    ("start", "processes", "outcome"),
    [
        (alone, 1, "-9 []"),
        (three_children, 4, "-9 []"),
        (daemon, 1, "7 []"),
        (daemon_while_running, 2, "-9 []"),
        (chain, 5, "-9 []"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_nothing_is_left(start: Callable[[int], None], processes: int, outcome: str) -> None:
    assert in_a_warm_parent(start, processes) == outcome


def test_the_exit_status_is_kept() -> None:
    if (pid := os.fork()) == 0:
        os._exit(3)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert os.waitstatus_to_exitcode(reaping.reap(pid)) == 3
    assert reaping.reap(pid) == -1  # there is no such child any more


def test_what_has_ended_is_not_looked_for_among_all_processes() -> None:
    def refuse() -> dict[int, tuple[int, int]]:
        raise AssertionError("every process of the machine was looked at")

    def check() -> str:
        reaping._processes = refuse
        if (pid := os.fork()) == 0:
            os._exit(3)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        return str(os.waitstatus_to_exitcode(reaping.reap(pid)))

    assert told_by_a_process(check) == "3"


def test_siblings_are_left_alone() -> None:
    def check() -> str:
        sibling = os.fork()
        if sibling == 0:
            time.sleep(60)
            os._exit(0)
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        reaping.reap(pid, siblings=[sibling])
        os.kill(sibling, 0)
        os.kill(sibling, signal.SIGKILL)
        return str(os.waitstatus_to_exitcode(os.waitpid(sibling, 0)[1]))

    assert told_by_a_process(check) == "-9"


def test_without_proc_a_session_is_still_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaping, "_processes", reaping._processes_by_psutil)
    monkeypatch.setattr(reaping, "_children", lambda _pid: None)
    assert in_a_warm_parent(three_children, 4) == "-9 []"
