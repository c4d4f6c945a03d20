"""What an instrument costs before it is used: which modules its import brings, counted, and not the clock.

`import pytest` brings some 250 modules, in 90 ms on a calm machine; an instrument takes 30 to 40.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

NAMES = [
    *(f"instruments.{name}" for name in ["handles", "memory", "faults", "queries", "work", "injection", "access"]),
    "interleavings",
]
MOST = 125
HEAVY = "subprocess asyncio email unittest multiprocessing sqlglot psutil flask django sqlalchemy"


@pytest.mark.parametrize("name", NAMES)
def test_an_instrument_imports_little(name: str) -> None:
    """Nothing that it may never need."""
    code = f"import sys; before = set(sys.modules); import course_lib.{name}; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    brought = set(done.stdout.split())

    assert brought.isdisjoint(HEAVY.split())
    assert len(brought) < MOST
