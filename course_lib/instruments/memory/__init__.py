"""What stays alive: objects counted before and after use, and who holds them.

Measured: allocated blocks, traced bytes and bytes outside Python's allocator, each per operation, over windows of use
that double (`measure_slopes`); which object holds another (`who_holds`); at which line it grows (`growing_line`).

    slopes = measure_slopes(lambda number: cache.get(number), warm_up=2_000)    # twice the capacity or more
    assert not slopes.unbounded, str(slopes)

How: `tracemalloc` and `sys.getallocatedblocks`, each sample after a full collection. What the call raises propagates; a
call that only makes a coroutine or a generator raises `NothingMeasured`.

Method: the course's own: two signals, blocks and bytes, each over windows that double, so that a buffer that fills and
a table that doubles are not taken for growth.

What it can't see: memory that a C library takes for itself, a bound that lies beyond the longest window, less than
half a byte an operation where other threads run, and resident memory, which is no measurement of growth.
"""

from course_lib.instruments.memory.alive import measure_slopes, who_holds
from course_lib.instruments.memory.growing import growing_line

__all__ = [
    "growing_line",
    "measure_slopes",
    "who_holds",
]
