"""Judges a review of the pull request by where it points and at what."""

from __future__ import annotations

from course_lib.hazards.terms import Observe, Task
from course_lib.reading import Check, unmeasured


def _judge(observe: Observe) -> list[Check]:
    observe([{}])
    return [unmeasured("finds five of the seven", "there is no pull request yet")]


FINDINGS = Task(_judge)
