"""The judge without fork: the same verdicts by a fresh Python, which it watches and does not confine, and says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from course_lib.reading import Verdict
from course_lib.runner import patience
from course_lib.runner.cell_time import CellTime, TooSlow
from course_lib.runner.chosen import judge_in_force
from course_lib.runner.fresh import READY, FreshParent
from course_lib.runner.judge import judge
from course_lib.runner.machine import shortage
from course_lib.runner.parent import ParentLost
from course_lib.runner.patience import HANGS, AnyProcessor
from course_lib.runner.source import Cell, Submission
from course_lib.syllabus import LESSONS

RIGHT = """
def common_ids(left, right):
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]
"""


@pytest.fixture(scope="module")
def parent() -> Iterator[FreshParent]:
    started = FreshParent("data_structures")
    yield started
    started.close()


def judged(parent: FreshParent, source: str, notebook: bool = False) -> Verdict:
    submission = Submission((Cell("answer.py", source.encode()),), notebook=notebook)
    return judge(LESSONS[5], submission, parent, ["common_ids"])


def test_a_right_answer_passes_and_hears_that_nothing_is_shut_off(parent: FreshParent) -> None:
    """Also what is printed comes through."""
    verdict = judged(parent, f"{RIGHT}    print(left)\n".replace("    return", "    print('here')\n    return"))

    assert verdict.status == "pass", str(verdict)
    assert "here" in verdict.tasks[0].printed
    assert "files, network and processes are open" in str(verdict)


@pytest.mark.parametrize(
    "body, told",
    [
        ("__import__('time').sleep(600)", HANGS),
        ("__import__('os')._exit(0)", "ended the Python process"),
        ("held = []\n    while True: held.append(b'x' * (64 << 20))", "ran out of memory"),
        ("__import__('ctypes').string_at(0)", "crashed Python"),
    ],
)
def test_how_it_ended_is_told(parent: FreshParent, body: str, told: str) -> None:
    """By what the judge sees from outside."""
    verdict = judged(parent, f"def common_ids(left, right):\n    {body}\n")

    assert verdict.status in ("fail", "error")
    assert told in verdict.tasks[0].reason


def test_what_it_started_does_not_outlive_it(parent: FreshParent) -> None:
    """Though nothing stops it from starting something."""
    start = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(61.25)'])\n"
    judged(parent, start + RIGHT)

    assert not [each for each in psutil.process_iter(["cmdline"]) if "sleep(61.25)" in str(each.info["cmdline"])]


def test_the_one_that_waits_is_replaced_where_somebody_kills_it(parent: FreshParent) -> None:
    assert parent._next is not None
    psutil.Process(parent._next.pid).kill()

    assert judged(parent, RIGHT).status == "pass"


WAITS = """
from course_lib.runner import fresh
fresh.LONGEST_LIFE = 0.1
fresh._serve("data_structures")
"""


def test_the_one_that_waits_does_so_however_long() -> None:
    """Until its next check a learner may read for an hour; it ends when whoever would ask it has gone."""
    waiting = subprocess.Popen(
        [sys.executable, "-P", "-c", WAITS],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert waiting.stdout
    assert waiting.stdout.readline() == READY
    time.sleep(1)
    assert waiting.poll() is None
    waiting.communicate(timeout=60)


NEVER_ENDS = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(62.75)"])
def common_ids(left, right):
    while True: pass
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal to send")
@pytest.mark.parametrize("by, code, told", [("SIGINT", 130, "stopped; nothing was lost"), ("SIGKILL", -9, "")])
def test_whatever_ends_the_judge_ends_what_it_judges(tmp_path: Path, by: str, code: int, told: str) -> None:
    """Ctrl-C by itself; where the judge is killed, it is the Python for the next run that ends this one."""
    (tmp_path / "answer.py").write_text(NEVER_ENDS)
    command = subprocess.Popen(
        [sys.executable, "-m", "course_lib", "check", "06_data_structures", "answer.py", "--task", "common_ids"],
        cwd=tmp_path,
        env={**os.environ, "COURSE_JUDGE": "spawn", "PYTHONPATH": str(Path(__file__).parents[2])},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    begun: list[psutil.Process] = []
    while not begun and command.poll() is None:
        time.sleep(0.1)
        if any("sleep(62.75)" in str(each.info["cmdline"]) for each in psutil.process_iter(["cmdline"])):
            begun = psutil.Process(command.pid).children(recursive=True)
    os.kill(command.pid, getattr(signal, by))
    said = command.communicate()[1].strip()

    assert (command.returncode, said) == (code, told)
    assert psutil.wait_procs(begun, timeout=60)[1] == []


def test_an_exercise_that_is_none_is_told() -> None:
    """As anything is that keeps the probe from loading."""
    parent = FreshParent("no_such_hazard")
    with pytest.raises(ParentLost, match="could not be loaded"):
        parent.start()
    parent.close()


def test_nothing_of_unix_is_needed(tmp_path: Path) -> None:
    """Neither by the judge nor by what it starts: both begin without it, see tests/without_unix."""
    (tmp_path / "answer.py").write_text(RIGHT)
    path = os.pathsep.join([str(Path(__file__).parents[1] / "without_unix"), str(Path(__file__).parents[2])])
    ended = subprocess.run(
        [sys.executable, "-m", "course_lib", "check", "06_data_structures", "answer.py", "--task", "common_ids"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "time and memory are watched from outside" in ended.stdout


@pytest.mark.parametrize("asked, told", [("spoon", "it may be fork or spawn"), ("FORK", "it may be fork or spawn")])
def test_a_judge_that_there_is_not(monkeypatch: pytest.MonkeyPatch, asked: str, told: str) -> None:
    """One sentence, before anything is judged."""
    monkeypatch.setenv("COURSE_JUDGE", asked)
    with pytest.raises(ParentLost, match=told):
        judge_in_force()


def test_who_cannot_fork_spawns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_JUDGE", raising=False)
    monkeypatch.delattr(os, "fork")
    assert judge_in_force() == "spawn"
    monkeypatch.setenv("COURSE_JUDGE", "fork")
    with pytest.raises(ParentLost, match="can't fork"):
        judge_in_force()


def test_a_cell_is_interrupted_without_an_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that comes back is left alone, with the handler that was there."""
    monkeypatch.delattr(signal, "setitimer")
    handler, cells = signal.getsignal(signal.SIGINT), CellTime()
    with cells.limited(interrupted=True):
        pass
    with pytest.raises(TooSlow, match=r"0\.25 seconds"), cells.limited(interrupted=True):
        while True:
            pass
    assert signal.getsignal(signal.SIGINT) is handler


def test_a_disk_that_tells_of_bytes_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As that of Windows."""
    free = 1 << 30
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=free))
    monkeypatch.delattr(os, "statvfs")
    assert shortage(str(tmp_path)) == ""
    free = 1 << 20
    assert "has 1.0 MB left" in shortage(str(tmp_path))


@pytest.mark.parametrize(
    "used, spare, wants",
    [(0.0, 0.9, False), (0.0, 0.1, True), (0.5, 0.4, True), (1.0, 0.0, False)],
    ids=["stands still", "is kept waiting", "gets half", "gets all that it can use"],
)
def test_whether_it_wants_the_processor_by_what_the_machine_had_to_spare(
    monkeypatch: pytest.MonkeyPatch, used: float, spare: float, wants: bool
) -> None:
    """In each second it used so much, and one processor stood idle for so long."""
    now = 0.0

    class Process:
        def cpu_times(self) -> tuple[float, float]:
            return used * now, 0.0

    class Times:
        @property
        def idle(self) -> float:
            return spare * now

    monkeypatch.setattr(patience.time, "monotonic", lambda: now)
    monkeypatch.setattr(psutil, "Process", lambda _pid: Process())
    monkeypatch.setattr(psutil, "cpu_times", Times)
    processor = AnyProcessor(0)
    now = 1.0

    assert processor.look() == (used, wants)
