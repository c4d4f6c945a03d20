"""The three tasks of the lesson on defence, and the request in it as a task of its own, each judged in its module."""

from __future__ import annotations

from course_lib.hazards.defence.demonstrations import DEMONSTRATIONS
from course_lib.hazards.defence.findings import FINDINGS
from course_lib.hazards.defence.guard import GUARD
from course_lib.hazards.defence.upload import SAVE_UPLOAD

TASKS = {"guard": GUARD, "FINDINGS": FINDINGS, "DEMONSTRATIONS": DEMONSTRATIONS, "save_upload": SAVE_UPLOAD}
