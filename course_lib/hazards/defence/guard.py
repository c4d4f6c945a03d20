"""Judges an acceptance test by what it accepts and what it catches, among candidates that it has not seen."""

from __future__ import annotations

from course_lib.hazards.terms import Control, Observe, Task
from course_lib.reading import Check, unmeasured

ACCEPTS = "accuses nothing that keeps all seven"


def _judge(observe: Observe) -> list[Check]:
    observe([{"source": "def save_upload(stream, name, folder, limit): ..."}])
    return [unmeasured(ACCEPTS, "there are no candidates yet")]


GUARD = Task(
    _judge,
    Control({"source": "def save_upload():\n    return False\n"}, lambda outcome: "returned" in outcome),
    function=[ACCEPTS],
)
