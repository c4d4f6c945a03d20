"""Every part of the test suite in turn, each timed: `python -m tests.parts [--fast] [NAME …]`.

The parts that run notebooks do so in a copy of the course, so that no progress file and no notebook changes. A
part with nothing to run yet is said to be skipped. Exit status 0 when every part passed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.browser.server import REPOSITORY, copy_course

PYTEST = [sys.executable, "-m", "pytest", "-q"]
NBVAL = [*PYTEST, "-p", "no:cacheprovider", "--nbval-current-env", "--color=no", "--nbval-cell-timeout=120"]


@dataclass(frozen=True)
class Part:
    """A name, what it proves, the command, and the folder whose notebooks it needs ("" for none)."""

    name: str
    proves: str
    command: list[str]
    folders: tuple[str, ...] = ()


PARTS = (
    Part("unit", "instruments, testbeds, judge, trust, house rules", [*PYTEST, "-m", "not browser", "tests"]),
    Part(
        "solutions",
        "every output of every solution is what it says",
        [*NBVAL, "--nbval", "--nbval-sanitize-with=tests/nbval_sanitize.cfg", "solutions"],
        ("solutions",),
    ),
    Part(
        "lessons",
        "lessons and exercises as delivered run from top to bottom",
        [*NBVAL, "--nbval-lax", "notebooks", "exercises"],
        ("notebooks", "exercises"),
    ),
    Part(
        "browser",
        "every notebook in the real JupyterLab, light and dark",
        [*PYTEST, "-m", "browser", "tests/browser"],
        ("notebooks",),
    ),
)
FAST = Part("unit", "the unit tests, without the slow ones", [*PYTEST, "-m", "not browser and not slow", "tests"])


def notebooks_in(folders: tuple[str, ...]) -> list[Path]:
    return [path for folder in folders for path in (REPOSITORY / folder).glob("*.ipynb")]


def existing(part: Part) -> list[str]:
    """The part's command without the folders that hold no notebook: pytest refuses to be given those."""
    return [word for word in part.command if word not in part.folders or notebooks_in((word,))]


def run(part: Part) -> str:
    """Runs one part; "passed", "FAILED" or "skipped"."""
    if part.folders and not notebooks_in(part.folders):
        print(f"== {part.name}: skipped, no notebooks in {' and '.join(part.folders)} yet", flush=True)
        return "skipped"
    print(f"== {part.name}: {part.proves}", flush=True)
    if part.name not in ("solutions", "lessons"):
        return outcome(subprocess.run(existing(part), cwd=REPOSITORY, check=False))
    with tempfile.TemporaryDirectory() as scratch:
        course = copy_course(Path(scratch) / "course")
        settings = {**os.environ, "PYTHONPATH": str(course)}
        return outcome(subprocess.run(existing(part), cwd=course, env=settings, check=False))


def outcome(process: subprocess.CompletedProcess[bytes]) -> str:
    return "passed" if process.returncode == 0 else "FAILED"


def timed(part: Part) -> tuple[str, str, float]:
    started = time.monotonic()
    result = run(part)
    return part.name, result, time.monotonic() - started


def main(arguments: list[str]) -> int:
    names = [argument for argument in arguments if not argument.startswith("-")]
    parts = [FAST] if "--fast" in arguments else [part for part in PARTS if part.name in names or not names]
    results = [timed(part) for part in parts]
    print("\n== time and result of each part")
    for name, result, seconds in results:
        print(f"   {name:<10} {seconds:6.0f} s  {result}")
    print(f"   {'together':<10} {sum(seconds for *_, seconds in results):6.0f} s", flush=True)
    return 1 if any(result == "FAILED" for _, result, _ in results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
