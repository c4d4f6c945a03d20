"""The hostile server as a pytest fixture: `pytest_plugins = ["course_lib.testbeds.hostile_fixture"]`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course_lib.testbeds.hostile_api import HostileAPI


@pytest.fixture
def hostile_api() -> Iterator[HostileAPI]:
    """A running server with every fault, good for any path; override it to give your own right answers."""
    with HostileAPI() as server:
        yield server
