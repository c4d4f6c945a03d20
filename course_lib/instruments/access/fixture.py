"""For your own tests: `from course_lib.instruments.access.fixture import access_as_declared` in `conftest.py`.

    def test_documents(access_as_declared):
        access_as_declared(make_world, identities(owner="t1", other="t2"), policy, {"doc_id": "1"})

It fails with the whole matrix where anything is served, leaked or changed that the policy does not allow.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import pytest

from course_lib.instruments.access.reading import AccessReading
from course_lib.instruments.access.requests import measure_access


@pytest.fixture
def access_as_declared() -> Callable[..., AccessReading]:
    """`measure_access` that fails the test unless the reading holds; it returns the reading."""

    @wraps(measure_access)
    def check(*arguments: object, **keywords: object) -> AccessReading:
        reading = measure_access(*arguments, **keywords)  # type: ignore[arg-type]  # the same signature
        assert reading.holds, f"the policy does not hold\n{reading}"
        return reading

    return check
