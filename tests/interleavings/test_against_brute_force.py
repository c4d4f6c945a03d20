"""The explorer gives the same set of ends as a model that walks through every interleaving (more: `make fuzz`).

The oldest and the newest Python of a test run take different programs, and all are taken together.
"""

from __future__ import annotations

import sys

import pytest

from tests.fuzz.interleavings import all_ends, compare, write_program

HALF = range(200) if sys.version_info.minor % 4 == 3 else range(200, 400)  # 3.11 and 3.15, or those between


@pytest.mark.parametrize("first", HALF[::40])
def test_same_ends_as_the_model(first: int) -> None:
    different = [seed for seed in range(first, first + 40) if compare(seed, 400) is False]
    assert different == []


def test_programs_are_worth_comparing() -> None:
    ends = [all_ends(write_program(seed)[1]) for seed in range(200)]
    assert sum(len(one) > 1 for one in ends) > 60
    assert sum(("stuck",) in one for one in ends) > 20
    assert any(end[0] == "done" and any(end[1]) for one in ends for end in one), "some thread raises"
