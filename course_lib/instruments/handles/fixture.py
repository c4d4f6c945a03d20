"""For your own tests: `from course_lib.instruments.handles.fixture import handles_closed` in `conftest.py`.

A test that asks for the fixture fails where the code under test left one handle for somebody else to close.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course_lib.instruments.handles import Ledger, watch_handles


@pytest.fixture
def handles_closed() -> Iterator[Ledger]:
    """The ledger of the test's own handles; afterwards every one of them must have been closed by the code."""
    with watch_handles() as ledger:
        yield ledger
    reading = ledger.reading
    if reading.unmeasured:
        pytest.fail(reading.unmeasured, pytrace=False)
    if not reading.clean:
        left = reading.opened - reading.closed_by_code
        pytest.fail(f"{left} of {reading.opened} handles not closed by the code\n{reading}", pytrace=False)
