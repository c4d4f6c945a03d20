"""Calls an answer to the request for `save_upload` and tells what it did: to the stream, to the folder, around it.

A case is one upload, or two of which the second comes while the first is within a read, or after it. Told of each call:
the path that it gave or the exception, how the stream was read; and of them all together: what lies in the folder and
around it before and after, the most bytes that were allocated at once, what was left open. Not seen: a file that was
closed by the collector in a thread of the code's own, memory that Python doesn't hand out (a memory map).
"""

from __future__ import annotations

import gc
import hashlib
import itertools
import random
import threading
import tracemalloc
import warnings
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from course_lib.hazards.attempt import attempt
from course_lib.instruments.faults.descriptors import open_descriptors

A_MOMENT = 0.1  # seconds that an upload may be kept waiting by the one that it came in the middle of
DESCRIPTORS, READ = 256, 4096
HERE_BEFORE, AROUND = "kept.png", "{around}"

_sha256, _random, _thread, _descriptors = hashlib.sha256, random.Random, threading.Thread, open_descriptors
_path_type = type(Path())
_runs = itertools.count()


class Odd(Exception):
    """An exception that no other code has, and that can't be made anew from its text."""

    def __init__(self, one: int, two: str) -> None:
        super().__init__(one, two)


FAULTS: dict[str, Callable[[], BaseException]] = {
    "an exception of the caller's": lambda: Odd(1, "two"),
    "OSError": lambda: OSError(5, "input/output error"),
    "ValueError": lambda: ValueError("the stream's own"),
    "FileExistsError": lambda: FileExistsError(17, "it exists"),
    "StopIteration": lambda: StopIteration(),
    "KeyboardInterrupt": lambda: KeyboardInterrupt(),
    "SystemExit": lambda: SystemExit(3),
    "GeneratorExit": lambda: GeneratorExit(),
}


class Stream:
    """An upload: gives at most `most` bytes a read, does `within` in the read of that number, tells how it was read."""

    def __init__(self, data: bytes, most: int | None, at: int, within: Callable[[], None]) -> None:
        self.data, self.most, self.at, self.within = data, most or len(data) or 1, at, within
        self.raised: BaseException | None = None
        self.place, self.taken, self.reads, self.least, self.largest = 0, 0, 0, 1, 1
        self.others: list[str] = []

    def read(self, n: int, /) -> bytes:
        self.reads, self.least, self.largest = self.reads + 1, min(self.least, n), max(self.largest, n)
        if self.reads == self.at:
            self._do()
        piece = self.data[self.place : self.place + min(n, self.most)] if n > 0 else b""
        self.place += len(piece)
        self.taken += len(piece)
        return piece

    def _do(self) -> None:
        try:
            self.within()
        except BaseException as error:
            self.raised = error
            raise

    def close(self) -> None:
        self.others.append("close")

    def tell(self) -> int:
        self.others.append("tell")
        return self.place

    def seek(self, offset: int, whence: int = 0) -> int:
        self.others.append("seek")
        self.place = offset + (0, self.place, len(self.data))[whence]
        return self.place


class _Call:
    """One call of the function: ready to be made, then made."""

    def __init__(self, function: Callable[..., Any], upload: dict[str, Any], folder: Path) -> None:
        data = upload["data"] if "data" in upload else picture(upload["size"], upload["seed"])
        at = upload.get("within", upload.get("at", 0))
        self.number, self.folder = upload["number"], folder
        self.stream = Stream(data, upload.get("most"), at, partial(_raise, upload.get("fault")))
        name = upload["name"].replace(AROUND, str(folder.parent.parent))
        self._make = partial(self._watched, function, self.stream, name, folder, upload["limit"])
        self.outcome: dict[str, Any] = {}
        self.same = False

    def make(self) -> None:
        self.outcome = attempt(self._make)

    def _watched(self, function: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return function(*arguments)
        except BaseException as error:
            self.same = error is self.stream.raised
            raise

    def told(self) -> dict[str, Any]:
        stream, outcome = self.stream, self.outcome
        if "returned" in outcome:
            outcome = {"returned": _where(outcome["returned"], self.folder)}
        read = {"least": stream.least, "largest": stream.largest, "taken": stream.taken, "others": stream.others[:5]}
        return {
            "upload": self.number, "outcome": outcome, **read, "faulted": stream.raised is not None, "same": self.same
        }  # fmt: skip


def _raise(fault: str | None) -> None:
    if fault is not None:
        raise FAULTS[fault]()


def save_upload(function: Callable[..., Any], case: dict[str, Any]) -> dict[str, Any]:
    """What came of the uploads of a case: `calls`, one for each that was made, and what was seen around them."""
    around = Path(f"run_{next(_runs)}").absolute()
    folder = around / "in" / "uploads"
    folder.mkdir(parents=True)
    for place in (folder, around, around / "in"):
        (place / HERE_BEFORE).write_bytes(b"here before")
    calls = [_Call(function, upload, folder) for upload in case["uploads"]]
    gc.collect()
    before, open_before = _state(around), _descriptors(DESCRIPTORS)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        tracemalloc.start()
        try:
            made = _make(calls, beside="within" in case["uploads"][0])
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        left_open = len(_descriptors(DESCRIPTORS) - open_before)
        gc.collect()
    unclosed = sum(issubclass(one.category, ResourceWarning) for one in told)
    seen = {"before": before, "after": _state(around), "peak": peak, "open": left_open, "unclosed": unclosed}
    return {**seen, "calls": [call.told() for call in made]}


def _make(calls: list[_Call], beside: bool) -> list[_Call]:
    """Makes the first call, and the second after it or within a read of it; those that were made, all at their end."""
    first, *rest = calls
    if not beside:
        for call in calls:
            call.make()
        return calls
    threads: list[threading.Thread] = []

    def make_the_others() -> None:
        threads.extend(_thread(target=call.make) for call in rest)
        for thread in threads:
            thread.start()
            thread.join(A_MOMENT)

    first.stream.within = make_the_others
    first.make()
    for thread in threads:
        thread.join()
    return calls[: 1 + len(threads)]


def kept_by_name(stream: Stream, name: str, folder: Path, _limit: int) -> Path:
    """The known-bad sample: the second upload of a name takes the place of the first."""
    path = folder / name
    path.write_bytes(stream.read(READ))
    return path


def kept_apart(stream: Stream, name: str, folder: Path, limit: int) -> Path:
    """Its repaired twin, as far as the control goes."""
    own = folder / str(len(list(folder.iterdir())))
    own.mkdir()
    return kept_by_name(stream, name, own, limit)


@cache  # many uploads are of the same bytes
def picture(size: int, seed: int) -> bytes:
    """So many bytes that begin with PNG's signature; the judge makes the same ones."""
    return (b"\x89PNG\r\n\x1a\n" + _random(seed).randbytes(max(0, size - 8)))[:size]


def _where(value: Any, folder: Path) -> dict[str, Any]:
    """What was given back, and what lies there."""
    if type(value) is not _path_type:
        return {"path": None, "shown": f"an object of type {type(value).__name__}"}
    inside = folder in value.parents and folder.resolve() in value.resolve().parents
    is_file = value.is_file() and not value.is_symlink()
    digest = _digest(value) if is_file and inside else None
    return {"path": str(value), "shown": value.name[:80], "inside": inside, "file": is_file, "digest": digest}


def _state(folder: Path) -> dict[str, str]:
    """What lies below: the digest of each file, "" for anything else."""
    paths = sorted(folder.rglob("*"))
    return {
        str(path.relative_to(folder)): _digest(path) if path.is_file() and not path.is_symlink() else ""
        for path in paths
    }


def _digest(path: Path) -> str:
    return _sha256(path.read_bytes()).hexdigest()
