"""How work grows with size: comparisons and steps, counted."""

from course_lib.instruments.work.operations import CountedText, count_database_steps, count_work
from course_lib.instruments.work.scaling import Growth, measure_growth

__all__ = [
    "CountedText",
    "Growth",
    "count_database_steps",
    "count_work",
    "measure_growth",
]
