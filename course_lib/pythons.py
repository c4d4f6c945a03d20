"""The other Pythons of a machine: `python -m course_lib.pythons` prints the oldest and the newest, to be tested with.

One line each, `3.13 PATH`, without the version that runs this; nothing where there is no other. Looked at are the
folders of PATH and what pyenv keeps, from the oldest version that the course runs on to the newest it has pins for.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

OLDEST, NEWEST = 11, 14  # of Python 3; see requires-python in pyproject.toml and the head of constraints.txt
ASK = "import ensurepip, venv, sys; print(*sys.version_info[:2], sep='.')"


def folders() -> list[Path]:
    """Where a Python may lie."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    return [*map(Path, os.get_exec_path()), *sorted(pyenv.glob("versions/3.*/bin"))]


def found_in(places: Iterable[Path]) -> Iterator[tuple[int, Path]]:
    """(minor version, path) of the first Python of each version there that can make an environment."""
    wanted = set(range(OLDEST, NEWEST + 1))
    for folder in places:
        for minor in sorted(wanted):
            python = folder / f"python3.{minor}"
            if os.access(python, os.X_OK) and answers(python, f"3.{minor}"):
                wanted.remove(minor)
                yield minor, python


def answers(python: Path, version: str) -> bool:
    """Whether it runs and is what it is called; a version manager's stand-in may lead nowhere."""
    try:
        done = subprocess.run([python, "-c", ASK], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return done.stdout.strip() == version


def others(found: Iterable[tuple[int, Path]], running: int) -> dict[int, Path]:
    """The oldest and the newest, by minor version, of those found; never the one that runs."""
    paths = dict(found)
    ends = sorted({min(paths), max(paths)}) if paths else []
    return {minor: paths[minor] for minor in ends if minor != running}


if __name__ == "__main__":
    for minor, python in others(found_in(folders()), sys.version_info.minor).items():
        sys.stdout.write(f"3.{minor} {python}\n")
