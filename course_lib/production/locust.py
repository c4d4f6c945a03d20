"""Locust as one more crowd of shoppers, where it is installed: a process of its own, since importing it hangs a kernel.

What it counts is told and judged by nobody.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USERS, GOODBYE_SECONDS = 5, 10.0
FILE = Path(__file__).with_name("shoppers.locust")


@dataclass
class Shopping:
    """What Locust told at its end, empty where it did not run."""

    told: str = ""


@contextmanager
def locust_shopping(address: str, tokens: Mapping[str, str], seconds: float, wanted: bool) -> Iterator[Shopping]:
    """Locust shops at the address while the block runs; at its end it is ended."""
    shopping = Shopping()
    if not wanted:
        yield shopping
        return
    with tempfile.TemporaryDirectory(prefix="locust-") as folder:
        shutil.copy(FILE, Path(folder) / "locustfile.py")
        process = _locust(Path(folder), address, tokens, seconds)
        try:
            yield shopping
        finally:
            shopping.told = _ended(process)


def _locust(folder: Path, address: str, tokens: Mapping[str, str], seconds: float) -> subprocess.Popen[str]:
    crowd = ["-u", str(USERS), "-r", str(USERS), "-t", f"{max(1, round(seconds))}s"]
    return subprocess.Popen(
        [sys.executable, "-m", "locust", "--headless", "--only-summary", "-H", address, *crowd],
        cwd=folder,
        env={**os.environ, "DEPOT_TOKENS": " ".join(tokens.values())},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def _ended(process: subprocess.Popen[str]) -> str:
    """Asks it to end, which prints its summary, and makes it where it does not."""
    process.terminate()
    try:
        told, _ = process.communicate(timeout=GOODBYE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        told, _ = process.communicate()
    return f"What Locust saw:\n{told}"
