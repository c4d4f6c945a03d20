"""What stays alive: objects counted before and after use, and who holds them."""

from course_lib.instruments.memory.alive import measure_slopes, who_holds

__all__ = [
    "measure_slopes",
    "who_holds",
]
