"""Limits, levels and older systems: what `confine` takes away, and what it says about it."""

# ruff: noqa: PTH104, PTH115, PTH123, PTH208, PTH211, SIM115
# each attempt is made with the plainest call, so that it is clear what is refused

from __future__ import annotations

import errno
import mmap
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from course_lib.runner.confinement import landlock, sandbox, seccomp
from tests.runner.confinement import LINUX, Place, confined, full_strength, snapshot
from tests.runner.test_sandbox_forbidden import FORBIDDEN

ROOT = Path(__file__).resolve().parents[2]


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
    assert report.startswith("done: files ") and "\n" not in report


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
    given = {
        Path(path).relative_to(tmp_path).as_posix()
        for path, access in rules.items()
        if access == landlock.READ and Path(path).is_relative_to(tmp_path)
    }
    assert given == {"open", "deep/open"}


@pytest.mark.skipif(not (LINUX and shutil.which("runuser") and os.geteuid() == 0), reason="needs root, to step down")
def test_it_works_for_an_ordinary_user(tmp_path: Path) -> None:
    program = f"""
import os, sys, tempfile, pathlib
sys.path.insert(0, {str(ROOT)!r})
from course_lib.runner.confinement import sandbox
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
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        timeout=20,
    )
    assert run.stdout.split() == ["True", "True", "4", str(landlock.abi()), str(seccomp.available())], run.stderr


def _visible_to_all(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o005 == 0o005 for part in [folder, *folder.parents])


@full_strength
@pytest.mark.parametrize("version", range(1, 7))
def test_older_kernels_keep_files_shut(version: int, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Landlock as it was from Linux 5.13 on; what it could not do yet is refused by the filter where that can tell."""
    monkeypatch.setattr(landlock, "abi", lambda: version)
    names = [
        "read a file outside",
        "create a file outside",
        "empty a file outside",
        "empty a file by reading",
        "move a file out",
        "link a file in",
        "listen",
        "open a Unix socket",
    ]
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
