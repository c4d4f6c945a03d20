"""The losing order of a race in one sentence: it says where steps are left out."""

from __future__ import annotations

from typing import Any

import pytest

from course_lib.hazards.race_conditions.programs import Shape, losing_steps


def outcome(count: int, switch: int) -> dict[str, Any]:
    steps = [
        {"thread": "T0", "line": n, "kind": "read", "words": "reads x: 1", "switch": n == switch}
        for n in range(1, count + 1)
    ]
    return {"trace": {"steps": steps}}


@pytest.mark.parametrize(
    ("count", "switch", "begins", "ends"),
    [(5, 3, False, False), (12, 11, False, False), (30, 2, False, True), (30, 10, True, True), (30, 29, True, False)],
)
def test_steps_that_are_left_out_at_an_end_are_marked(count: int, switch: int, begins: bool, ends: bool) -> None:
    told = losing_steps(outcome(count, switch))

    assert (told.startswith("…; T0"), told.endswith("; …")) == (begins, ends)
    assert told.count("reads") == min(count, 12)


def test_no_trace_no_steps() -> None:
    assert losing_steps({"trace": None}) == ""


def test_what_is_called_again_and_again_is_told_once() -> None:
    sold_out = Shape("", [9], [[["reserve", 1]] * 9 + [["@remaining"]] * 2], [])

    assert sold_out.in_words() == "(9): 9 times reserve(1); remaining; remaining"
