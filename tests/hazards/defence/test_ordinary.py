"""Each wrong candidate is caught by an ordinary test of the clause whose label it bears; no right one is accused."""

from __future__ import annotations

import gc
import inspect
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course_lib.hazards.defence.candidates import Candidate, candidates
from course_lib.hazards.defence.probe_guard import compiled
from tests.hazards.defence.ordinary import CLAUSES
from tests.hazards.defence.promises import A_MOMENT, descriptors

LONG = 60.0  # seconds; what breaks a promise makes no other upload wait, so nobody waits so long
LABELS = {test: set(labels.split()) for test, labels in CLAUSES.items()}


@pytest.fixture(autouse=True)
def _what_a_candidate_leaves_open_is_closed() -> Iterator[None]:
    before = descriptors()
    yield
    gc.collect()
    for left in descriptors() - before:
        os.close(int(left.partition(":")[0]))


def accused(test: Callable[..., None], place: Path) -> list[Candidate]:
    return [one for one in candidates() if _accuses(test, one, place / one.name / "uploads")]


def _accuses(test: Callable[..., None], candidate: Candidate, folder: Path) -> bool:
    """Also where the test falls over: at a path that is none, say."""
    folder.mkdir(parents=True)
    takes_time = "patience" in inspect.signature(test).parameters
    given: dict[str, Any] = {"patience": LONG if candidate.breaks else A_MOMENT} if takes_time else {}
    try:
        test(compiled(candidate.source), folder, **given)
    except AssertionError:
        return True
    return False


def test_every_wrong_candidate_bears_the_label_of_a_clause_that_has_its_test() -> None:
    labels = sorted(label for labels in LABELS.values() for label in labels)
    assert labels == sorted(one.name for one in candidates() if one.breaks)
    assert all(one.name.partition("__")[0] == one.breaks for one in candidates() if one.breaks)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("test", CLAUSES, ids=lambda one: one.__name__)
def test_an_ordinary_test_of_a_clause_accuses_what_breaks_it(test: Callable[..., None], tmp_path: Path) -> None:
    """What else it accuses breaks another clause of the same promise, or is not whole where bytes are compared."""
    found = accused(test, tmp_path)

    [promise] = {label.partition("__")[0] for label in LABELS[test]}
    assert LABELS[test] <= {one.name for one in found}
    assert {one.breaks for one in found} <= {promise, "whole"}
