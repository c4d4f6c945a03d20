"""What a verdict tells beside right and wrong: what each check is about, and what held the submission."""

from __future__ import annotations

import sys

import pytest

from course_lib.hazards.terms import Observe, Task
from course_lib.reading import Check, Confinement, Verdict, passed, weakest
from course_lib.runner import judge as judging
from course_lib.runner.judge import judge
from course_lib.runner.source import Cell, Submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import LESSONS

WHOLE, OPEN = Confinement(True, "files by Landlock 7"), Confinement(False, "files open (no Landlock here)")


def test_the_weakest_confinement_is_told() -> None:
    """One process that ran less confined is what the verdict speaks of; where nothing ran there is nothing to tell."""
    assert weakest([None, WHOLE, OPEN, WHOLE]) == OPEN
    assert weakest([None, WHOLE]) == WHOLE
    assert weakest([None]) is None


def test_a_verdict_says_where_the_confinement_is_not_whole() -> None:
    """In its text only where it is less than whole; in its JSON always."""
    verdicts = {held: Verdict("06_data_structures", "pass", 0.1, (), held) for held in (WHOLE, OPEN, None)}

    assert "Not fully confined on this system: files open (no Landlock here)." in str(verdicts[OPEN])
    assert "onfined" not in str(verdicts[WHOLE]) + str(verdicts[None])
    assert all(Verdict.from_plain(verdict.to_plain()) == verdict for verdict in verdicts.values())
    assert verdicts[OPEN].to_plain()["confinement"] == {"complete": False, "told": OPEN.told}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere it is less, and a sentence says so")
def test_the_confinement_in_force_reaches_the_verdict() -> None:
    """What the child's own kernel granted is told, for a submission that falls over too."""
    parent = WarmParent.spawned("data_structures")
    sources = (b"def common_ids(left, right):\n    return []\n", b"1 / 0\n")
    told = [
        judge(LESSONS[5], Submission((Cell("answer.py", source),), notebook=False), parent, ["common_ids"])
        for source in sources
    ]
    parent.close()

    assert all(verdict.confinement and "files " in verdict.confinement.told for verdict in told)


def test_a_check_is_about_the_hazard_unless_its_task_says_otherwise() -> None:
    """The names that a task declares are about the function, all others about the hazard."""

    def judge_two(_observe: Observe) -> list[Check]:
        return [passed("gives the sum"), passed("in few steps")]

    task = Task(judge_two, function={"gives the sum"})
    assert [judging._about(task, check).about for check in task.judge(None)] == ["function", "hazard"]  # type: ignore[arg-type]  # it observes nothing
