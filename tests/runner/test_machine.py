"""A machine that is short of something gives `unmeasured` and says of what, never a wrong answer."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.exercise_files import ROOT, solution_path
from course_lib.runner import machine
from course_lib.syllabus import LESSONS


def checked(number: int, *before: str, folder: Path, limit: int | None = None) -> tuple[int, str, str]:
    """Exit status, status and first reason of `check` on a solution; `before` is what the command is run under."""
    lesson = LESSONS[number - 1]
    command = [*before, sys.executable, "-m", "course_lib", "check", lesson.stem, str(solution_path(lesson)), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, preexec_fn=limited)
    assert "Traceback" not in done.stderr
    verdict = json.loads(done.stdout)
    return done.returncode, verdict["status"], verdict["tasks"][0]["reason"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of one megabyte; skips where nobody may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no file system may be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


@pytest.mark.parametrize("number", [1, 5])
def test_a_disk_that_is_nearly_full_is_told(small_disk: Path, number: int) -> None:
    """Whatever the submission would have made of it."""
    code, status, reason = checked(number, folder=small_disk)

    assert (code, status) == (3, "unmeasured")
    assert f"the disk under {small_disk} has 1.0 MB left" in reason


def test_a_limit_on_the_size_of_files_is_told(tmp_path: Path) -> None:
    """`ulimit -f` in the shell, say."""
    code, status, reason = checked(1, folder=tmp_path, limit=1 << 16)

    assert (code, status) == (3, "unmeasured")
    assert "ulimit -f" in reason


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs a network namespace to be without a network in")
def test_a_machine_without_a_loopback_interface_is_told(tmp_path: Path) -> None:
    """A client can't be judged there; what needs no network is judged as ever."""
    apart = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no network namespace may be made here")
    code, status, reason = checked(3, *apart, folder=tmp_path)

    assert (code, status) == (3, "unmeasured")
    assert "127.0.0.1" in reason
    assert checked(6, *apart, folder=tmp_path)[1] == "pass"


def test_what_the_run_has_written_itself_is_not_held_against_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a submission could fill the disk and be unmeasured."""
    scratch = tmp_path / "scratch"
    (scratch / "deep").mkdir(parents=True)
    disk = os.statvfs(tmp_path)
    monkeypatch.setattr(os, "statvfs", lambda _path: disk)  # others write to the same disk meanwhile
    monkeypatch.setattr(machine, "ROOM", disk.f_bavail * disk.f_frsize + (1 << 20))
    assert "has " in machine.shortage(str(scratch))
    (scratch / "deep" / "file").write_bytes(b"x" * (4 << 20))

    assert machine.shortage(str(scratch)) == ""
