"""The instrument as pytest fixtures. In a project's conftest.py:

pytest_plugins = ["course_lib.instruments.queries.fixture"]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from course_lib.instruments.queries import Growth, QueryReading, count_queries, measure_growth


@pytest.fixture
def queries() -> Iterator[QueryReading]:
    """What the test sends: `queries.reset()` after the rows are in, then `assert queries.queries <= 2`.

    A test that sends nothing from its first line to its last has measured nothing, and fails.
    """
    with count_queries() as reading:
        yield reading
        unmeasured = reading.unmeasured
    if unmeasured:
        pytest.fail(unmeasured, pytrace=False)


@pytest.fixture
def query_growth() -> Callable[..., Growth]:
    """`measure_growth`: `assert query_growth([20, 40], seed, view).query_slope == 0`."""

    def grow(sizes: list[int], prepare: Callable[[int], object], call: Callable[[], Any]) -> Growth:
        return measure_growth(sizes, prepare, call)

    return grow
