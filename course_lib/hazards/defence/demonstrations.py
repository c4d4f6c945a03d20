"""Judges the demonstrations of the claims that a learner upholds, on modules with and without each fault."""

from __future__ import annotations

from course_lib.hazards.terms import Observe, Task
from course_lib.reading import Check, unmeasured


def _judge(observe: Observe) -> list[Check]:
    observe([{}])
    return [unmeasured("demonstrates every true claim", "there are no claims yet")]


DEMONSTRATIONS = Task(_judge)
