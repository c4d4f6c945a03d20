"""Every near miss is rejected for its own reason, every right answer accepted: 0 and 0, or the course is wrong."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator

import pytest

from course_lib.reading import TaskVerdict
from course_lib.runner.chosen import parent_of
from course_lib.runner.judge import judge
from course_lib.runner.parent import Parent
from course_lib.runner.source import Cell, Submission
from course_lib.syllabus import find_lesson
from tests.samples import Sample, samples

UNIX_ALONE = re.compile(r"\b(SIGALRM|setitimer)\b")


@pytest.fixture(scope="module")
def parents() -> Iterator[dict[str, Parent]]:
    """One warm parent an exercise, started when first needed."""
    started: dict[str, Parent] = {}
    yield started
    for parent in started.values():
        parent.close()


def verdict_on(sample: Sample, parents: dict[str, Parent]) -> TaskVerdict:
    if not hasattr(signal, "SIGALRM") and UNIX_ALONE.search(sample.source):
        pytest.skip("uses what there is on Unix alone")
    lesson = find_lesson(sample.folder)
    assert lesson is not None
    if lesson.slug not in parents:
        parents[lesson.slug] = parent_of(lesson.slug)
    submission = Submission((Cell(f"{sample.name}.py", sample.source.encode()),), notebook=False)
    return judge(lesson, submission, parents[lesson.slug], [sample.task]).tasks[0]


@pytest.mark.parametrize("sample", samples("near_misses"), ids=str)
def test_near_miss_is_rejected_for_its_own_reason(sample: Sample, parents: dict[str, Parent]) -> None:
    """A plausible wrong repair fails, and it fails the check that its author named."""
    verdict = verdict_on(sample, parents)

    if sample.fails == "error":
        assert verdict.status == "error", str(verdict)
    else:
        assert verdict.status == "fail", str(verdict)
        assert sample.fails in [check.name for check in verdict.checks if check.status == "fail"], str(verdict)


@pytest.mark.parametrize("sample", samples("right_answers"), ids=str)
def test_right_answer_is_accepted(sample: Sample, parents: dict[str, Parent]) -> None:
    """A correct answer passes, whatever its shape."""
    verdict = verdict_on(sample, parents)

    assert verdict.status == "pass", str(verdict)
