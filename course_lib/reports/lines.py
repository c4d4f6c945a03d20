"""A file of one JSON object a line, appended whole and forced to the disk, so that a stop at any moment tears nothing.

A line that a killed run left unfinished is passed over, and cut off before the next one is written: it was never told.
A line in the middle that is no JSON is passed over as well. Lines stay on the disk and are found again by their place.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Line = dict[str, Any]


class Lines:
    """The file; it need not be there yet. One process at a time may write it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Iterator[tuple[int, Line | None]]:
        """The place of every whole line, and what it tells; None where that is no JSON object."""
        place = 0
        for line in self._whole():
            yield place, _told(line)
            place += len(line)

    def at(self, place: int) -> Line:
        """What the line at that place tells."""
        with self.path.open("rb") as file:
            file.seek(place)
            told: Line = json.loads(file.readline())
            return told

    def append(self, told: Line) -> int:
        """Adds a line for good; its place. Raises OSError where the disk has no room: then it is as it was."""
        line = json.dumps(told).encode("ascii") + b"\n"
        with self.path.open("ab", buffering=0) as file:
            place = self._without_rest(file.tell())
            rest = memoryview(line)
            try:
                while rest:
                    rest = rest[file.write(rest) :]
                os.fsync(file.fileno())
            except OSError:
                os.truncate(self.path, place)
                raise
        return place

    def keep(self, places: Iterable[int]) -> None:
        """Leaves these lines alone, in their order; the file is whole at every moment."""
        fresh = self.path.with_name(f".{self.path.name}.new")
        with self.path.open("rb") as old, fresh.open("wb") as new:
            for place in sorted(places):
                old.seek(place)
                new.write(old.readline())
            new.flush()
            os.fsync(new.fileno())
        fresh.replace(self.path)

    def _whole(self) -> Iterator[bytes]:
        with contextlib.suppress(FileNotFoundError), self.path.open("rb") as file:
            yield from (line for line in file if line.endswith(b"\n"))

    def _without_rest(self, size: int) -> int:
        """Cuts off an unfinished line; where the file then ends."""
        if size == 0:
            return 0
        with self.path.open("rb") as file:
            file.seek(size - 1)
            if file.read(1) == b"\n":
                return size
        end = sum(map(len, self._whole()))
        os.truncate(self.path, end)
        return end


def _told(line: bytes) -> Line | None:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
