"""The three tasks of the lesson on defence, each judged in a module of its own."""

from __future__ import annotations

from course_lib.hazards.defence.demonstrations import DEMONSTRATIONS
from course_lib.hazards.defence.findings import FINDINGS
from course_lib.hazards.defence.guard import GUARD

TASKS = {"guard": GUARD, "FINDINGS": FINDINGS, "DEMONSTRATIONS": DEMONSTRATIONS}
