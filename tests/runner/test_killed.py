"""Whatever process of the judge's is killed from outside, it is replaced, and nobody's answer is blamed for it."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from course_lib.reading import Verdict
from course_lib.runner.judge import judge
from course_lib.runner.source import Cell, Submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import LESSONS

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the processes by /proc")

SLOW_TO_LOAD = b"""
import time

open("started", "w").close()
time.sleep(0.3)

def common_ids(left, right):
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]
"""


@pytest.fixture
def parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WarmParent]:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    started = WarmParent.spawned("data_structures")
    yield started
    started.close()


def judged(parent: WarmParent) -> Verdict:
    submission = Submission((Cell("answer.py", SLOW_TO_LOAD),), notebook=False)
    return judge(LESSONS[5], submission, parent, ["common_ids"])


def killing(kill: Callable[[], None], folder: Path, times: int) -> threading.Thread:
    """A thread that kills each of the first runs as soon as its submission is being loaded."""

    def watch() -> None:
        seen, between = set[Path](), threading.Event()
        while len(seen) < times:
            fresh = set(folder.glob("course-*/started")) - seen
            if fresh:
                seen |= fresh
                kill()
            between.wait(0.005)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    return thread


def kill_child_of(parent: WarmParent) -> None:
    pid = parent._pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        os.kill(int(child), signal.SIGKILL)


def test_a_warm_parent_that_was_killed_is_replaced(parent: WarmParent) -> None:
    """Between two judgements."""
    os.kill(parent._pid, signal.SIGKILL)

    assert judged(parent).status == "pass"
    assert judged(parent).status == "pass"


def test_a_judgement_whose_warm_parent_is_killed_is_made_again(parent: WarmParent, tmp_path: Path) -> None:
    """In the middle of one."""
    killer = killing(lambda: os.kill(parent._pid, signal.SIGKILL), tmp_path, times=1)

    assert judged(parent).status == "pass"
    killer.join(10)


def test_a_warm_parent_that_is_always_killed_is_unmeasured(parent: WarmParent, tmp_path: Path) -> None:
    """Never an answer's fault."""
    killer = killing(lambda: os.kill(parent._pid, signal.SIGKILL), tmp_path, times=2)
    verdict = judged(parent)
    killer.join(10)

    assert (verdict.status, verdict.tasks[0].reason[:30]) == ("unmeasured", "the judge's own process was ki")


def test_a_child_that_is_killed_from_outside_is_run_again(parent: WarmParent, tmp_path: Path) -> None:
    """Once may be anybody."""
    killer = killing(lambda: kill_child_of(parent), tmp_path, times=1)

    assert judged(parent).status == "pass"
    killer.join(10)


def test_a_child_that_is_killed_twice_has_done_it_itself(parent: WarmParent, tmp_path: Path) -> None:
    """As far as can be told."""
    killer = killing(lambda: kill_child_of(parent), tmp_path, times=2)
    verdict = judged(parent)
    killer.join(10)

    assert verdict.status == "error"
    assert "killed its process" in verdict.tasks[0].reason
