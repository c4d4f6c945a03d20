"""What an expression of the table may use beside the names of its lesson."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from math import comb
from typing import Any

from course_lib.hazards.defence.places_of_lockers import LOCKERS
from course_lib.instruments.queries import count_queries
from course_lib.review.shipped import pull_request
from course_lib.syllabus import LESSONS
from course_lib.testbeds.hostile_faults import DRIP_SECONDS, DRIPS

__all__ = ["DRIPS", "DRIP_SECONDS", "LESSONS", "LOCKERS", "comb", "evaluated", "pull_request", "rows_of"]


def rows_of(call: Callable[[], Any]) -> int:
    """How many rows a call brings back from the database."""
    with count_queries() as reading:
        call()
    return reading.rows


def evaluated(expressions: Iterable[str], names: dict[str, Any]) -> str:
    """The value of each expression in a lesson's names, as JSON."""
    known = {**globals(), **names}
    return json.dumps([float(eval(expression, known)) for expression in expressions])
