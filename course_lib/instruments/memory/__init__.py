"""What stays alive: objects counted before and after use, and who holds them."""

from course_lib.instruments.memory.alive import measure_slopes, who_holds
from course_lib.instruments.memory.growing import growing_line

__all__ = [
    "growing_line",
    "measure_slopes",
    "who_holds",
]
