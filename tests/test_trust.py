"""Every near miss is rejected for its own reason, every right answer accepted: 0 and 0, or the course is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.reading import TaskVerdict
from course_lib.runner.judge import judge
from course_lib.runner.source import read_submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import LESSONS, find_lesson

HERE = Path(__file__).parent


def samples(kind: str) -> list[Path]:
    return sorted(path for lesson in LESSONS for path in (HERE / kind / lesson.stem).glob("*__*"))


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.fixture(scope="module")
def parents() -> Iterator[dict[str, WarmParent]]:
    """One warm parent an exercise, started when first needed."""
    started: dict[str, WarmParent] = {}
    yield started
    for parent in started.values():
        parent.close()


def verdict_on(path: Path, parents: dict[str, WarmParent]) -> TaskVerdict:
    lesson = find_lesson(path.parent.name)
    assert lesson is not None
    if lesson.slug not in parents:
        parents[lesson.slug] = WarmParent.spawned(lesson.slug)
    task = path.name.partition("__")[0]
    return judge(lesson, read_submission(path), parents[lesson.slug], [task]).tasks[0]


def intended_check(path: Path) -> str:
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("# fails: "), f"{named(path)} must say which check it fails in its first line"
    return first.removeprefix("# fails: ").strip()


@pytest.mark.parametrize("path", samples("near_misses"), ids=named)
def test_near_miss_is_rejected_for_its_own_reason(path: Path, parents: dict[str, WarmParent]) -> None:
    """A plausible wrong repair fails, and it fails the check that its author named."""
    verdict = verdict_on(path, parents)
    intended = intended_check(path)

    if intended == "error":
        assert verdict.status == "error", str(verdict)
    else:
        assert verdict.status == "fail", str(verdict)
        assert intended in [check.name for check in verdict.checks if check.status == "fail"], str(verdict)


@pytest.mark.parametrize("path", samples("right_answers"), ids=named)
def test_right_answer_is_accepted(path: Path, parents: dict[str, WarmParent]) -> None:
    """A correct answer passes, whatever its shape."""
    verdict = verdict_on(path, parents)

    assert verdict.status == "pass", str(verdict)
