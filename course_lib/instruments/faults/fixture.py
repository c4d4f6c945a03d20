"""The instrument as a pytest fixture. In a project's conftest.py:

    pytest_plugins = ["course_lib.testbeds.hostile_fixture", "course_lib.instruments.faults.fixture"]

and in a test:

    def test_my_client_keeps_its_word(under_faults):
        under_faults(lambda base_url, timeout: my_client(base_url, timeout=timeout))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from course_lib.instruments.faults.calls import Client, Server, call_under_faults
from course_lib.instruments.faults.matrix import FaultReading


@pytest.fixture
def under_faults(hostile_api: Server) -> Callable[..., FaultReading]:
    """A function that calls a client under every fault of `hostile_api` and fails the test unless it keeps its word."""

    def measure(client: Client, **options: Any) -> FaultReading:
        reading = call_under_faults(client, hostile_api, **options)
        if not reading.holds:
            pytest.fail(str(FaultReading(reading.broken)), pytrace=False)
        return reading

    return measure
