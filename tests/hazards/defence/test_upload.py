"""`save_upload` as a task: every candidate is judged as what it is, right or breaking one promise."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from course_lib.hazards.defence.candidates import Candidate, candidates
from course_lib.hazards.defence.probe_guard import compiled
from course_lib.hazards.defence.probe_upload import save_upload
from course_lib.hazards.defence.upload import FAULT, FORMAT, LARGE, LIMIT, NAME, SAVE_UPLOAD, TOGETHER, WHOLE
from course_lib.runner.judge import judge
from course_lib.runner.source import Cell, Submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import LESSONS
from tests.hazards.defence import promises

CHECKS = {
    "whole": WHOLE, "large": LARGE, "limit": LIMIT, "format": FORMAT, "name": NAME, "together": TOGETHER,
    "fault": FAULT,
}  # fmt: skip
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # some candidates leave a file open: that's judged
CANDIDATES = candidates()
BY_NAME = {one.name: one for one in CANDIDATES}
LESSON = next(one for one in LESSONS if one.slug == "defence")


def observed(function: Any, cases: Sequence[dict[str, Any]], **_times: float) -> list[dict[str, Any]]:
    """What the judge would be told, from this process: the candidates do no harm."""
    return [save_upload(function, case) for case in cases]


@pytest.fixture(autouse=True)
def _what_a_candidate_leaves_open_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    before = promises.descriptors()
    yield
    gc.collect()
    for left in promises.descriptors() - before:
        os.close(int(left.partition(":")[0]))


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    with contextlib.closing(WarmParent.spawned(LESSON.slug)) as spawned:
        yield spawned


@pytest.mark.slow
@pytest.mark.parametrize("candidate", CANDIDATES, ids=lambda one: one.name)
def test_a_candidate_fails_the_check_of_the_promise_that_it_breaks(candidate: Candidate) -> None:
    checks = SAVE_UPLOAD.judge(partial(observed, compiled(candidate.source)))
    failing = {check.name: check.feedback for check in checks if check.status == "fail"}
    assert set(failing) == ({CHECKS[candidate.breaks]} if candidate.breaks else set()), failing


@pytest.mark.parametrize(
    ("name", "status"), [("random_names", "pass"), ("limit__drained", "fail"), ("whole__stream_closed", "fail")]
)
def test_the_judge_says_the_same(parent: WarmParent, name: str, status: str) -> None:
    submission = Submission((Cell("the answer", BY_NAME[name].source.encode()),), notebook=False)
    [verdict] = judge(LESSON, submission, parent, ["save_upload"]).tasks
    assert verdict.status == status, verdict.reason
    assert {check.name for check in verdict.checks if check.about == "function"} == {WHOLE, FORMAT}
