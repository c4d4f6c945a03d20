"""Code run at production size in a child of its own, watched until it reaches a real limit."""

from course_lib.instruments.climbing.files import climb
from course_lib.instruments.climbing.memory import climb_memory
from course_lib.instruments.climbing.node import run_in_node

__all__ = [
    "climb",
    "climb_memory",
    "run_in_node",
]
