"""A judge's patience cut short: an endless loop is as endless after 1.5 seconds of processor time as after 8.

The folder `impatient` on PYTHONPATH makes processes so; a test's own process needs `session.Patience` replaced.
"""

from __future__ import annotations

from typing import Self

from course_lib.runner.patience import Patience

A_CELL = 1.0  # seconds
ENOUGH = 1.5  # seconds of processor time, or of standing still; loading takes a tenth of one


class Impatience(Patience):
    """A `Patience` that ends after `ENOUGH` seconds; the longest run may take as long as it might."""

    def __new__(cls, seconds: float, longest: float) -> Self:
        return super().__new__(cls, min(seconds, ENOUGH), longest)
