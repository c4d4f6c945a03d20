"""Tasks of a folder, and the worlds of a task, judged at the same time: the verdict is what one by one gives."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest

from course_lib.reading import Verdict
from course_lib.runner.judge import judge
from course_lib.runner.parent import Run
from course_lib.runner.source import Submission, read_folder
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import CAPSTONE
from tests.folders import ENTRY, SOLUTION, Changed, near_misses

TASKS = ["n_plus_one_queries", "data_structures", "sql_injection"]


@pytest.fixture
def parent() -> Iterator[WarmParent]:
    started = WarmParent.spawned(CAPSTONE.slug)
    yield started
    started.close()


def told(submission: Submission, parent: WarmParent, at_once: int) -> Verdict:
    parent.allow(at_once)
    verdict = judge(CAPSTONE, submission, parent, TASKS)
    return replace(verdict, seconds=0, tasks=tuple(replace(task, evidence=None) for task in verdict.tasks))


def wrong() -> Submission:
    return next(one for one in near_misses() if one.task == TASKS[0] and not one.cures).submission()


def test_the_verdict_is_the_same(parent: WarmParent) -> None:
    for submission, status in ((read_folder(SOLUTION, ENTRY), "pass"), (wrong(), "fail")):
        at_once = told(submission, parent, 2)

        assert at_once.status == status, str(at_once)
        assert at_once == told(submission, parent, 1)


@pytest.mark.parametrize(("line", "words"), [("import nothing", "nothing"), ("import os; os._exit(3)", "os._exit")])
def test_a_folder_that_cannot_be_loaded_is_the_same_error_of_every_task(
    line: str, words: str, parent: WarmParent
) -> None:
    service = (SOLUTION / "service.py").read_text("utf-8")
    folder = Changed("", "", "", (("service.py", service, f"{line}\n{service}"),)).submission()
    at_once = told(folder, parent, 2)

    assert [task.status for task in at_once.tasks] == ["error"] * len(TASKS)
    assert all(words in task.reason for task in at_once.tasks)
    assert at_once == told(folder, parent, 1)


def test_two_runs_and_no_more_are_under_way(parent: WarmParent, monkeypatch: pytest.MonkeyPatch) -> None:
    start, reap = parent.start, parent.reap
    now, most = set[int](), [0]

    def starting() -> Run:
        run = start()
        now.add(run.pid)
        most[0] = max(most[0], len(now))
        return run

    def reaping(pid: int) -> int:
        now.discard(pid)
        return reap(pid)

    monkeypatch.setattr(parent, "start", starting)
    monkeypatch.setattr(parent, "reap", reaping)

    assert told(read_folder(SOLUTION, ENTRY), parent, 2).status == "pass"
    assert most == [2]


def test_a_parent_that_is_killed_meanwhile_is_replaced_once(
    parent: WarmParent, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, started = parent.start, list[int]()

    def starting() -> Run:
        run = start()
        started.append(run.pid)
        if len(started) == 2:
            os.kill(parent._pid, signal.SIGKILL)
        return run

    monkeypatch.setattr(parent, "start", starting)

    assert told(read_folder(SOLUTION, ENTRY), parent, 2).status == "pass"
    assert parent.times_renewed == 1
