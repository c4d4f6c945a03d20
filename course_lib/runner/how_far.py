"""How far a check is that runs a submission many times: on standard error, where it takes longer than a moment.

On a terminal one line is written over and taken away at the end; elsewhere there is a line now and then. What is told
are numbers of the judge's own, nothing of the submission.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

HowFar = Callable[[int, int], None]
"""Is called with the number of the run that begins, from 1, and how many there are."""

PATIENCE, LINES_APART = 5.0, 10.0  # seconds before anything is said, and between two lines that stay
CLEARED = "\r\x1b[K"


def unheard(_number: int, _total: int) -> None:
    """Where nobody waits for it."""


@contextlib.contextmanager
def on_standard_error() -> Iterator[HowFar]:
    """What tells the user of a command how far it is."""
    over = sys.stderr.isatty()
    begun = last = time.monotonic()
    wrote = False

    def tell(number: int, total: int) -> None:
        nonlocal last, wrote
        now = time.monotonic()
        if now - begun < PATIENCE or (not over and now - last < LINES_APART):
            return
        last, wrote = now, True
        told = f"judging: {number} of {total}"
        sys.stderr.write(f"{CLEARED}{told}" if over else f"{told}\n")
        sys.stderr.flush()

    try:
        yield tell
    finally:
        if over and wrote:
            sys.stderr.write(CLEARED)
            sys.stderr.flush()
