"""Code run at production size in a child of its own, watched until it reaches a real limit.

Measured: how far it comes, in calls, and how that ends, under a limit of open files or of memory. How: the child sets
the limit for itself with `resource`, and reports after each step.

What it can't see: where the system has no such limit, what would happen at it; the code then runs to its end, and that
is said. Windows has none of them, macOS none of memory.
"""

from course_lib.instruments.climbing.files import climb
from course_lib.instruments.climbing.memory import climb_memory
from course_lib.instruments.climbing.node import run_in_node

__all__ = [
    "climb",
    "climb_memory",
    "run_in_node",
]
