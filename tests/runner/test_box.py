"""The box of a class: what is in it and what is not, that answers are judged in it, and what happens without one."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from course_lib.classroom import grading
from course_lib.cli import main
from course_lib.runner.confinement import box, level
from course_lib.runner.confinement.scratch import MOST_BYTES, MOST_FILES, holds_too_much
from course_lib.runner.judge import judge
from course_lib.runner.source import Cell, Submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import LESSONS

ROOT = Path(__file__).resolve().parents[2]
RIGHT = (
    b"def common_ids(left, right):\n    known = set(right)\n    return [x for x in dict.fromkeys(left) if x in known]\n"
)
in_a_box = pytest.mark.skipif(bool(box.trouble()), reason=box.trouble())
LOOKS = """
import json, os, socket, sys
def tried(act):
    try:
        act()
    except OSError as problem:
        return type(problem).__name__
    return "done"
def fill():
    with open("/tmp/full", "wb") as file:
        for _ in range(80):
            file.write(bytes(1 << 20))
root, port, writable = sys.argv[1], int(sys.argv[2]), sys.argv[3]
print(json.dumps({
    "root": sorted(os.listdir(root)),
    "processes": [int(name) for name in os.listdir("/proc") if name.isdigit()],
    "environment": sorted(os.environ),
    "first": open("/proc/1/environ").read(),
    "reaches": tried(lambda: socket.create_connection(("127.0.0.1", port), 2)),
    "course": tried(lambda: open(os.path.join(root, "course_lib", "x"), "w")),
    "home": tried(lambda: os.listdir(os.path.expanduser("~/.ssh"))),
    "fills": tried(fill),
    "writable": tried(lambda: open(os.path.join(writable, "x"), "w").close()),
}))
"""


@in_a_box
def test_what_is_in_the_box(tmp_path: Path) -> None:
    """The course without solutions, no process but its own, no network, no environment, and 64 MB to write."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        words = [sys.executable, "-I", "-S", "-c", LOOKS, str(ROOT), port, str(tmp_path)]
        command = [*box.within(str(tmp_path), "sql_injection"), *words]
        done = subprocess.run(command, env={"KEPT": "yes"}, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert set(told["root"]) <= {".venv", "course_lib", *(Path(sys.prefix).name,)}
    assert told["processes"] == [1]
    assert set(told["environment"]) <= {"KEPT", "PWD", "LC_CTYPE"} and "PATH" not in told["first"]
    assert told["reaches"] in ("ConnectionRefusedError", "OSError") and told["course"] == "OSError"
    assert told["home"] in ("FileNotFoundError", "PermissionError")
    assert (told["fills"], told["writable"]) == ("OSError", "done") and (tmp_path / "x").exists()


@in_a_box
def test_answers_are_judged_in_the_box_and_it_is_told() -> None:
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir, before = os.path.realpath(folder), tempfile.tempdir
        parent = WarmParent.spawned("data_structures", tempfile.tempdir)
        try:
            verdict = judge(LESSONS[5], Submission((Cell("it", RIGHT),), False), parent, ["common_ids"])
            ending = Submission((Cell("it", b"import os\ndef common_ids(left, right):\n    os._exit(0)\n"),), False)
            ended = judge(LESSONS[5], ending, parent, ["common_ids"])
        finally:
            parent.close()
            tempfile.tempdir = before
    assert not [one for one in psutil.Process().children() if one.name() == "bwrap"]
    assert verdict.status == "pass" and ended.status == "error" and "ended the Python process" in ended.tasks[0].reason
    assert str(verdict.confinement).startswith("bubblewrap (files and processes of its own, no network), files by")


def test_without_a_box_the_parent_is_a_plain_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(box, "trouble", lambda: "bubblewrap is not installed")
    parent = WarmParent.spawned("data_structures", str(tmp_path))
    try:
        verdict = judge(LESSONS[5], Submission((Cell("it", RIGHT),), False), parent, ["common_ids"])
    finally:
        parent.close()
    assert verdict.status == "pass" and str(verdict.confinement).startswith("files ")


@pytest.mark.parametrize(
    ("stderr", "told"),
    [("bwrap: setting up uid map: Permission denied", "AppArmor"), ("bwrap: no such thing", "no such thing")],
)
def test_a_box_that_does_not_work_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stderr: str, told: str
) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text(f"#!/bin/sh\necho '{stderr}' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert told in box.trouble.__wrapped__()


def test_the_level_without_a_box_is_that_of_the_confinement(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a confined process says of itself decides."""
    monkeypatch.setattr(box, "trouble", lambda: "bubblewrap is not installed")
    held = level.lacking.__wrapped__()
    assert held == "" or "bubblewrap is not installed" in held


def test_where_strangers_can_not_be_held_nothing_runs_unless_they_are_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(grading, "lacking", lambda: "files open (no Landlock here)")
    (tmp_path / "class" / "ana").mkdir(parents=True)
    (tmp_path / "class" / "ana" / "06_data_structures.py").write_bytes(b"def (")
    asked = ["grade", str(tmp_path / "class"), "--out", str(tmp_path / "report")]
    assert main(asked) == 2
    said = capsys.readouterr().err
    assert "no Landlock" in said and "--trust-submissions" in said and said.count("\n") == 1
    assert not (tmp_path / "report").exists()
    assert main([*asked, "--trust-submissions"]) == 0


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"for n in range({3 * MOST_FILES}):\n        open(f'{{n}}', 'w').close()\n    while True: pass", "files"),
        (
            "for n in range(99999):\n        with open(f'{n}', 'wb') as f:\n"
            "            for _ in range(8):\n                f.write(bytes(1 << 20))",
            "MB to disk",
        ),
    ],
)
def test_neither_files_nor_bytes_are_without_end(body: str, told: str) -> None:
    source = f"def common_ids(left, right):\n    {body}\n".encode()
    parent = WarmParent.spawned("data_structures")
    try:
        verdict = judge(LESSONS[5], Submission((Cell("it", source),), False), parent, ["common_ids"])
    finally:
        parent.close()
    assert verdict.status == "error" and told in verdict.tasks[0].reason


def test_the_quota_counts_below_and_forgives_what_is_gone(tmp_path: Path) -> None:
    assert holds_too_much(str(tmp_path)) == "" and holds_too_much(str(tmp_path / "gone")) == ""
    (tmp_path / "inner").mkdir()
    with (tmp_path / "inner" / "large").open("wb") as file:
        file.truncate(MOST_BYTES * 2)  # a hole: nothing of it is on the disk
    assert holds_too_much(str(tmp_path)) == ""
