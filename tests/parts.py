"""Every part of the test suite, each timed: `python -m tests.parts [--fast] [NAME …]`.

Several parts run at once, one a processor, longest first; what a part printed is shown when it has ended. The parts
that run notebooks do so in a copy of the course, so that no progress file and no notebook changes. A part with
nothing to run yet is skipped. Exit status 0 when every part passed, 2 when a name is no part's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
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


TRUST = ("tests/test_trust.py", "tests/test_attacks.py", "tests/test_hostile_values.py")
PARTS = (
    Part(
        "trust",
        "wrong repairs fail for their own reason, right ones pass, attacks gain nothing",
        [*PYTEST, *(name for name in TRUST if (REPOSITORY / name).exists())],
    ),
    Part(
        "browser",
        "every notebook in the real JupyterLab, light and dark",
        [*PYTEST, "-m", "browser", "tests/browser"],
        ("notebooks",),
    ),
    Part(
        "unit",
        "instruments, testbeds, judge, command line, house rules",
        [*PYTEST, "-m", "not browser", "tests", *(f"--ignore={name}" for name in TRUST)],
    ),
    Part(
        "lessons",
        "lessons and exercises as delivered run from top to bottom",
        [*NBVAL, "--nbval-lax", "notebooks", "exercises"],
        ("notebooks", "exercises"),
    ),
    Part(
        "solutions",
        "every output of every solution is what it says",
        [*NBVAL, "--nbval", "--nbval-sanitize-with=tests/nbval_sanitize.cfg", "solutions"],
        ("solutions",),
    ),
)
FAST = Part("unit", "the unit tests, without the slow ones", [*PYTEST, "-m", "not browser and not slow", "tests"])


def notebooks_in(folders: tuple[str, ...]) -> list[Path]:
    return [path for folder in folders for path in (REPOSITORY / folder).glob("*.ipynb")]


def existing(part: Part) -> list[str]:
    """The part's command without the folders that hold no notebook: pytest refuses to be given those."""
    return [word for word in part.command if word not in part.folders or notebooks_in((word,))]


@dataclass(frozen=True)
class Result:
    """How a part ended ("passed", "FAILED" or "skipped"), after how many seconds, and all it printed."""

    part: Part
    word: str
    seconds: float
    printed: str


def run(part: Part) -> Result:
    """Runs one part; in a copy of the course where it runs notebooks without a browser."""
    if part.folders and not notebooks_in(part.folders):
        return Result(part, "skipped", 0, f"no notebooks in {' and '.join(part.folders)} yet\n")
    print(f"   {part.name} begins: {part.proves}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        course = copy_course(Path(scratch) / "course") if part.name in ("lessons", "solutions") else REPOSITORY
        ended = subprocess.run(
            existing(part),
            cwd=course,
            env={**os.environ, "PYTHONPATH": str(course)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    return Result(part, "FAILED" if ended.returncode else "passed", time.monotonic() - started, ended.stdout)


def main(arguments: list[str]) -> int:
    names = [argument for argument in arguments if not argument.startswith("-")]
    if unknown := set(names) - {part.name for part in PARTS}:
        print(f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(part.name for part in PARTS)}")
        return 2
    parts = [FAST] if "--fast" in arguments else [part for part in PARTS if part.name in names or not names]
    at_once = max(1, min(4, os.cpu_count() or 1))
    started, results = time.monotonic(), []
    print(f"running {', '.join(part.name for part in parts)}; {at_once} at once", flush=True)
    with ThreadPoolExecutor(at_once) as pool:
        for done in as_completed([pool.submit(run, part) for part in parts]):
            results.append(done.result())
            print(f"\n== {results[-1].part.name}\n{results[-1].printed}", flush=True)
    print("== time and result of each part")
    for result in results:
        print(f"   {result.part.name:<10} {result.seconds:6.0f} s  {result.word}")
    print(f"   {'together':<10} {time.monotonic() - started:6.0f} s", flush=True)
    return 1 if any(result.word == "FAILED" for result in results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
