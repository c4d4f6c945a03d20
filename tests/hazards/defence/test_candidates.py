"""Each candidate keeps every promise but the one it is there to break: the matrix of candidates and promises."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.hazards.defence.candidates import Candidate, candidates
from course_lib.hazards.defence.probe_guard import compiled
from tests.hazards.defence import promises

ALL = candidates()


def broken(candidate: Candidate, tmp_path: Path) -> dict[str, list[str]]:
    """What is told by the checker of each promise, those that tell nothing left out."""
    told = {}
    for promise, check in promises.CHECKERS.items():
        folder = tmp_path / "x" / "y" / promise / "uploads"
        folder.mkdir(parents=True)
        (folder / "kept.png").write_bytes(b"here before")
        told[promise] = list(check(compiled(candidate.source), folder))
        assert (folder / "kept.png").read_bytes() == b"here before"
    return {promise: sentences for promise, sentences in told.items() if sentences}


@pytest.fixture(autouse=True)
def _what_a_candidate_leaves_open_is_closed() -> Iterator[None]:
    before = promises.descriptors()
    yield
    gc.collect()
    for left in promises.descriptors() - before:
        os.close(int(left.partition(":")[0]))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("candidate", ALL, ids=lambda one: one.name)
def test_a_candidate_breaks_what_it_is_there_to_break(candidate: Candidate, tmp_path: Path) -> None:
    found = broken(candidate, tmp_path)
    assert set(found) == {candidate.breaks} - {""}, {promise: told[:3] for promise, told in found.items()}
