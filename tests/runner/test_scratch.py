"""Scratch folders: made, removed, and what a killed judge left behind is removed by the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from course_lib.runner.confinement import scratch
from course_lib.runner.confinement.scratch import scratch_folder

ROOT = Path(__file__).resolve().parents[2]
HOLDS = """
import sys, time
from course_lib.runner.confinement.scratch import scratch_folder
with scratch_folder() as path:
    print(path, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files of the test's own, in which nobody has looked yet."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    scratch._remove_abandoned.cache_clear()
    yield tmp_path
    scratch._remove_abandoned.cache_clear()


def holder() -> tuple[subprocess.Popen[str], Path]:
    """A process that uses a scratch folder, and the folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", HOLDS], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_folder_is_new_and_gone_afterwards(temporary: Path) -> None:
    """Whatever stands in it then."""
    with scratch_folder() as path:
        (Path(path) / "deep" / "er").mkdir(parents=True)
        assert list(temporary.iterdir()) == [Path(path)]

    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(not Path(scratch.IN_MEMORY).is_dir(), reason="has no files in memory")
@pytest.mark.parametrize("said", ["", "where temporary files belong"])
@pytest.mark.parametrize("memory", [scratch.MUCH_MEMORY, scratch.MUCH_MEMORY - 1])
@pytest.mark.parametrize("room", [scratch.MUCH_ROOM, scratch.MUCH_ROOM - 1])
def test_it_lies_in_memory_where_there_is_much_unless_somebody_has_said_where(
    monkeypatch: pytest.MonkeyPatch, temporary: Path, said: str, memory: int, room: int
) -> None:
    for name in ("TEMP", "TMP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TMPDIR", said)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(scratch, "ON_DISK", str(temporary))
    monkeypatch.setattr(scratch, "free_memory", lambda: memory)
    monkeypatch.setattr(os, "statvfs", lambda _path: SimpleNamespace(f_bavail=room, f_frsize=1))

    with scratch_folder() as path:
        lies_in = Path(path).parent

    much = memory == scratch.MUCH_MEMORY and room == scratch.MUCH_ROOM
    assert lies_in == (Path(scratch.IN_MEMORY).resolve() if much and not said else temporary)


def test_where_the_system_has_no_such_place_it_lies_where_temporary_files_do(
    monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    monkeypatch.delenv("TMPDIR")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(scratch, "ON_DISK", str(temporary))
    monkeypatch.setattr(scratch, "IN_MEMORY", str(temporary / "nowhere"))

    with scratch_folder() as path:
        assert Path(path).parent == temporary


def test_what_a_killed_judge_left_is_removed_by_the_next(temporary: Path) -> None:
    """And what a living one uses stays."""
    killed, abandoned = holder()
    living, used = holder()
    (abandoned / "inside").mkdir()
    end(killed)
    assert abandoned.exists()
    with scratch_folder():
        assert not abandoned.exists()
        assert used.exists()
    end(living)


@pytest.mark.parametrize("name", ["course-2027", "course-notes.run", "course-0123456789abcdef.run.bak", "mine"])
def test_other_folders_are_nobodys_business(temporary: Path, name: str) -> None:
    """Only what bears the very name of a scratch folder is looked at."""
    (temporary / name).mkdir()
    with scratch_folder():
        pass

    assert (temporary / name).exists()


def test_a_link_by_such_a_name_is_not_followed(temporary: Path) -> None:
    """What it points to is not a scratch folder."""
    (temporary / "kept").mkdir()
    (temporary / "course-0123456789abcdef.run").symlink_to(temporary / "kept")
    (temporary / "kept" / "file").touch()
    with scratch_folder():
        pass

    assert (temporary / "kept" / "file").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_judge_that_is_asked_to_end_removes_its_folder(temporary: Path, number: signal.Signals) -> None:
    """It ends as one that a signal has ended does, and leaves no process either."""
    path = temporary / "submission.py"
    path.write_text("open('started', 'w').close()\nwhile True: pass\n")
    command = [sys.executable, "-m", "course_lib", "check", "06_data_structures", str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdout=-1, stderr=-1, text=True, start_new_session=True) as process:
        while not list(temporary.glob("course-*/started")):
            os.sched_yield()
        process.send_signal(number)
        _, told = process.communicate(timeout=30)

    assert process.returncode == 128 + number
    assert "Traceback" not in told
    assert not list(temporary.glob("*course-*"))
