"""Judges `03_error_handling`: `fetch_profile` under every fault of the contract, `import_orders` line by line."""

from __future__ import annotations

from typing import Any

from course_lib.hazards.error_handling.fetching import WORKS, judge_fetch_profile
from course_lib.hazards.error_handling.lines import IMPORTED, NUMBERS, SHAPE, judge_import_orders
from course_lib.hazards.terms import Control, Task


def _left_open_and_raised(observation: dict[str, Any]) -> bool:
    return bool(observation["left"] == [2] and "raised" in observation["results"][0])


def _lost_a_line(observation: dict[str, Any]) -> bool:
    returned = observation["returned"]
    return len(returned["imported"]) + len(returned["rejected"]) != 2


_NOWHERE = {"base_url": "http://127.0.0.1:1", "user_id": 1, "timeout": 1.0}

TASKS = {
    "fetch_profile": Task(
        judge_fetch_profile,
        Control({"rows": [_NOWHERE]}, _left_open_and_raised),
        function={WORKS},
        given={"user_id", "timeout"},
    ),
    "import_orders": Task(
        judge_import_orders,
        Control({"lines": ["good", "bad"]}, _lost_a_line),
        function={SHAPE, IMPORTED, NUMBERS},
        given={"lines"},
    ),
}
