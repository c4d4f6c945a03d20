"""For your own tests: `from course_lib.interleavings.fixture import no_race` in `conftest.py`."""

from __future__ import annotations

from typing import Any

import pytest

from course_lib.interleavings.finding import assert_no_race


@pytest.fixture
def no_race() -> Any:
    """`no_race(setup, threads, holds)` fails the test with the losing interleaving."""
    return assert_no_race
