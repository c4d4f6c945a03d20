"""Judges `01_resource_leaks`: right results first, then who closed what was opened."""

from __future__ import annotations

from course_lib.hazards.resource_leaks.checks import Observation
from course_lib.hazards.resource_leaks.counts import COUNTS, MISSING, judge_count_rows, numbered_databases
from course_lib.hazards.resource_leaks.exports import PROPAGATES, WRITES, judge_export_profiles, plain_export
from course_lib.hazards.terms import Control, Task


def _left_something(seen: Observation) -> bool:
    return bool(seen["handles"]["opened"] != seen["handles"]["closed"])


TASKS = {
    "export_profiles": Task(
        judge_export_profiles,
        Control(plain_export(2, keep=True), _left_something),
        function={WRITES, PROPAGATES},
        given={"ids", "existing"},
    ),
    "count_rows": Task(
        judge_count_rows,
        Control(numbered_databases(2, keep=True), _left_something),
        function={COUNTS, MISSING},
        given={"databases", "table"},
    ),
}
