"""The trust corpus can be told apart by name, and a change of a few lines means what it says."""

from __future__ import annotations

import pytest

from tests.samples import mutated, samples


@pytest.mark.parametrize("line, times", [("x = 2", 0), ("x = 1", 2)])
def test_a_change_that_does_not_fit_its_base_is_an_error(line: str, times: int) -> None:
    with pytest.raises(AssertionError, match=rf"slip: these lines stand {times} times in its base\n{line}"):
        mutated("x = 1\ny = x\nx = 1\n", [f"-{line}", "+x = 3"], "slip")


def test_a_change_is_put_where_its_lines_stand() -> None:
    changed = mutated("a\nb\nc\nd\n", [" a", "+x", "@@", "-c", "+y", " d", "+z"], "sound")

    assert changed == "a\nx\nb\ny\nd\nz\n"


@pytest.mark.parametrize("kind", ["near_misses", "right_answers"])
def test_every_sample_has_a_name_of_its_own(kind: str) -> None:
    names = list(map(str, samples(kind)))

    assert len(names) == len(set(names))
