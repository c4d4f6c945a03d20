"""The trust corpus of the capstone: folders of files, and changes to the solution, each with what it must fail.

`tests/near_misses/10_capstone/TASK.toml` holds samples of `name`, `fails` (a check of the task) and `change`, a list of
(file, old, new). What is old must stand in the file exactly once, so that a changed solution never makes a sample mean
something else in silence. `pairs.toml` has those that cure one hazard by breaking another: `cures` names a task and a
check that they pass. `tests/right_answers/10_capstone` holds whole folders, `variants.toml` with changes, and
`beside.toml` with changes that look like a half repair and are none: `cures` names what would tell.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_lib.runner.source import Folder, Submission, read_folder
from course_lib.syllabus import CAPSTONE

HERE = Path(__file__).parent
SOLUTION = HERE.parent / "solutions" / CAPSTONE.exercise
WRONG, RIGHT = (HERE / kind / CAPSTONE.stem for kind in ("near_misses", "right_answers"))
ENTRY = CAPSTONE.entry or ("", "")


@dataclass(frozen=True)
class Changed:
    """The solution with a few lines changed; `fails` is empty for a right answer."""

    task: str
    name: str
    fails: str
    change: tuple[tuple[str, str, str], ...]
    cures: tuple[str, str] | None = None
    """A task and its check that it passes all the same."""

    def submission(self) -> Submission:
        base = read_folder(SOLUTION, ENTRY).folder
        assert base is not None
        files = {name: content.decode() for name, content in base.files}
        for file, old, new in self.change:
            found = files[file].count(old)
            assert found == 1, f"{self}: these lines stand {found} times in {file}\n{old}"
            files[file] = files[file].replace(old, new)
        return Submission((), False, Folder(tuple((name, text.encode()) for name, text in files.items()), ENTRY))

    def __str__(self) -> str:
        return f"{self.task}: {self.name}"


def near_misses() -> list[Changed]:
    return [one for path in sorted(WRONG.glob("*.toml")) for one in _in(path, path.stem)]


def _in(path: Path, task: str) -> Iterator[Changed]:
    for told in tomllib.loads(path.read_text("utf-8"))["sample"]:
        change = tuple((file, old, new) for file, old, new in told["change"])
        cures = (told["cures"][0], told["cures"][1]) if "cures" in told else None
        yield Changed(told.get("task", task), told["name"], told.get("fails", ""), change, cures)


def beside() -> list[Changed]:
    """Right answers, each with the task and the check that a half repair like it fails."""
    return [*_in(RIGHT / "beside.toml", "")]


def right_answers() -> dict[str, Submission]:
    """Whole services of different shapes, by name."""
    folders = {path.name: read_folder(path, ENTRY) for path in sorted(RIGHT.iterdir()) if path.is_dir()}
    variants = RIGHT / "variants.toml"
    changed = _in(variants, "") if variants.exists() else ()
    return {**folders, **{one.name: one.submission() for one in changed}}
