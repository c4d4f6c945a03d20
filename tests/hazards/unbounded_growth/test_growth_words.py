"""What a growing memory is told as: whole numbers with their nouns, and nothing that is 0."""

from __future__ import annotations

from typing import Any

import pytest

from course_lib.hazards.unbounded_growth.checks import judge_growth

TOLD: dict[str, tuple[tuple[float, ...], str]] = {
    "objects": ((8_000, 2.0, 96.4, 0.0), "2 blocks and 96 bytes left behind by each of the last 8,000"),
    "one block": ((1_000, 1.0, 56.2, 0.0), "1 block and 56 bytes left behind by each of the last 1,000"),
    "one byte": ((1_000, -0.001, 1.04, 0.0), "1 byte left behind by each of the last 1,000"),
    "less than a byte": ((16_000, 0.0, 0.134, 0.0), "2,144 bytes left behind by all of the last 16,000"),
    "a file": ((8_000, 0.0, -0.02, 6.0), "6 bytes outside Python's own memory left behind by each of the last 8,000"),
}


@pytest.mark.parametrize(("window", "told"), TOLD.values(), ids=TOLD)
def test_what_is_left_behind_is_told_in_whole_numbers(window: tuple[float, ...], told: str) -> None:
    def observe(cases: Any, **_keywords: Any) -> list[dict[str, Any]]:
        return [{"windows": [window], "unbounded": True} for _ in cases]

    check = judge_growth(observe, ["new events"], "records")

    assert check.measured == f"{told} records (new events)"
