"""The answers of a trial on disk: `FOLDER/PROMPT/TASK/SAMPLE.py`, or `.md`, or `.txt`.

Those of a command are kept in the report in that shape, each with what it was asked and by whom (asked.jsonl): written
beside its place and moved there, so that it is there whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from course_lib.trial.asking import MOST_KEPT

SUFFIXES = (".py", ".md", ".txt")


@dataclass(frozen=True)
class Sample:
    """The place of one answer, taken or not."""

    prompt: str
    task: str
    path: Path

    @property
    def name(self) -> str:
        return f"{self.prompt}/{self.task}/{self.path.stem}"

    def is_answered(self) -> bool:
        return self.path.is_file()

    def read(self) -> bytes:
        """The first megabyte of the answer; raises OSError."""
        with self.path.open("rb") as file:
            return file.read(MOST_KEPT)

    def keep(self, answer: bytes) -> None:
        """Puts the answer in its place, whole or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_name(f".{self.path.name}.unfinished")
        with unfinished.open("wb") as file:
            file.write(answer)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.path)


def wanted(folder: Path, prompts: Collection[str], tasks: Sequence[str], samples: int) -> list[Sample]:
    """The places of the answers that a command is asked for, task after task."""
    return [
        Sample(prompt, task, folder / prompt / task / f"{number}.md")
        for task in tasks
        for prompt in prompts
        for number in range(1, samples + 1)
    ]


def found_in(folder: Path, tasks: Sequence[str], known: Collection[str]) -> tuple[list[Sample], list[str]]:
    """The answers to these tasks that lie in the folder, task after task, and the names of what is no task known."""
    samples, left_out = [], []
    for prompt in _visible(folder):
        for place in _visible(prompt):
            if place.is_dir() and place.name in tasks:
                files = [path for path in _visible(place) if path.is_file() and path.suffix.lower() in SUFFIXES]
                samples += [Sample(prompt.name, place.name, path) for path in files]
            elif not place.is_dir() or place.name not in known:
                left_out.append(f"{prompt.name}/{place.name}")
    return sorted(samples, key=lambda one: tasks.index(one.task)), left_out


def _visible(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted((path for path in folder.iterdir() if not path.name.startswith(".")), key=_in_order)


def _in_order(path: Path) -> tuple[int, str]:
    """10 after 9, and names after numbers."""
    return (int(path.stem), path.name) if path.stem.isascii() and path.stem.isdigit() else (1 << 62, path.name)
