"""The seven promises of `save_upload`, each tried by a function of its own: every sentence returned is a break.

Written from the contract and not from the candidates, and wider than any ordinary test: all that is asked here a right
answer must keep. No name in it leads out of the folder above the given one: a candidate may do what it says.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import threading
import tracemalloc
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import product
from pathlib import Path
from stat import S_ISDIR
from typing import Any

Save = Callable[[Any, str, Path, int], Path]
SIGNATURE, PIECE = b"\x89PNG\r\n\x1a\n", 65_536
AMPLE = 1 << 40
A_MOMENT = 0.1  # seconds
LATE: list[threading.Thread] = []


class Stream:
    """An upload: at most `most` bytes a read; tells what was asked of it, and does something within a read if told."""

    def __init__(self, data: bytes, most: int = AMPLE, within: Callable[[int], None] = lambda _number: None) -> None:
        self.data, self.most, self.within = data, most, within
        self.raised: BaseException | None = None
        self.at, self.taken, self.asked, self.others = 0, 0, list[int](), list[str]()

    def read(self, n: int, /) -> bytes:
        self.asked.append(n)
        try:
            self.within(len(self.asked))
        except BaseException as error:
            self.raised = error
            raise
        piece = self.data[self.at : self.at + min(n, self.most)]
        self.at += len(piece)
        self.taken += len(piece)
        return piece

    def close(self) -> None:
        self.others.append("close")

    def tell(self) -> int:
        self.others.append("tell")
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        self.others.append("seek")
        self.at = offset + (0, self.at, len(self.data))[whence]
        return self.at


@cache  # the bytes are the same for every candidate
def png(size: int, seed: int = 1) -> bytes:
    return (SIGNATURE + random.Random(seed).randbytes(max(0, size - 8)))[:size]


def state(folder: Path) -> dict[str, bytes | None]:
    """All that lies below a folder."""
    found = sorted(folder.rglob("*"))
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in found}


def written(folder: Path) -> dict[str, tuple[int, ...]]:
    """All that lies below a folder, and of each file which writing was its last: none of them is read."""
    found = {str(path.relative_to(folder)): path.lstat() for path in folder.rglob("*")}
    return {
        name: () if S_ISDIR(one.st_mode) else (one.st_ino, one.st_size, one.st_mtime_ns) for name, one in found.items()
    }


def outcome(save: Save, stream: Stream, name: str, folder: Path, limit: int) -> Any:
    """The path, or the exception."""
    try:
        return save(stream, name, folder, limit)
    except BaseException as error:
        return error


def stored(path: Any, folder: Path, data: bytes | None = None) -> str:
    """What is wrong with an upload that should be stored, or ""; without `data`, any content will do."""
    if not isinstance(path, Path):
        return f"gave {path!r}"
    if folder not in path.parents or not path.resolve().is_relative_to(folder.resolve()):
        return f"{path} lies elsewhere"
    if not path.is_file() or path.is_symlink():
        return f"{path} is no file"
    return "" if data is None or path.read_bytes() == data else f"{path} is not whole"


def refused(save: Save, stream: Stream, folder: Path, limit: int, name: str = "x.png") -> str:
    """What is wrong with how an upload is refused, or ""."""
    before = state(folder)
    got = outcome(save, stream, name, folder, limit)
    if not isinstance(got, ValueError):
        return f"gave {got!r} where ValueError is due"
    return "" if state(folder) == before else f"left {sorted(state(folder).keys() - before.keys())}"


class Boom(Exception):
    """An exception that nobody else has."""

    def __init__(self, one: int, two: str = "two") -> None:
        super().__init__(one, two)


def raising(error: BaseException, at: int) -> Callable[[int], None]:
    """To be done within a read: raises the error in the one of that number."""
    return partial(_raise, error, at)


def _raise(error: BaseException, at: int, number: int) -> None:
    if number == at:
        raise error


def whole(save: Save, folder: Path) -> Iterator[str]:
    sizes = (8, 9, 16, 100, 4096, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 200_001)
    cases = [(size, AMPLE) for size in sizes]
    cases += [(size, most) for size in (8, 9, 1000) for most in (1, 3, 7)] + [(200_001, 1000), (200_001, PIECE - 1)]
    for size, most in cases:
        stream = Stream(png(size, size), most)
        if wrong := stored(outcome(save, stream, "a.png", folder, AMPLE), folder, stream.data):
            yield f"{size} bytes, {most} a read: {wrong}"
        if stream.others:
            yield f"{stream.others} was called"
    data = SIGNATURE + bytes(range(256)) * 5 + b"\r\n\n\r\0\x1a  \n\0\0"
    if wrong := stored(outcome(save, Stream(data), "b.png", folder, AMPLE), folder, data):
        yield f"odd bytes: {wrong}"
    for stream, limit in [
        (Stream(png(500)), 100),
        (Stream(b"no"), 100),
        (Stream(png(9), within=raising(Boom(1), 1)), 9),
    ]:
        outcome(save, stream, "c.png", folder, limit)
        if stream.others:
            yield f"{stream.others} was called at a bad end"


def large(save: Save, folder: Path) -> Iterator[str]:
    for size, limit, most in [(4 << 20, AMPLE, AMPLE), (6 << 20, 6 << 20, AMPLE), (4 << 20, 5 << 20, 5000)]:
        stream = Stream(png(size), most)
        peak, _ = held(save, stream, folder, limit)
        if peak > 8 * PIECE:
            yield f"{peak:,} bytes of {size:,} held at once"
        if not all(1 <= n <= PIECE for n in stream.asked):
            yield f"{max(stream.asked)} bytes asked for at once"


def held(save: Save, stream: Stream, folder: Path, limit: int) -> tuple[int, Any]:
    """The most bytes that were allocated at once during a call, and what came of it."""
    gc.collect()
    tracemalloc.start()
    try:
        got = outcome(save, stream, "large.png", folder, limit)
        return tracemalloc.get_traced_memory()[1], got
    finally:
        tracemalloc.stop()


def limit(save: Save, folder: Path) -> Iterator[str]:
    for bound in (8, 9, 1000, 1023, PIECE - 1, PIECE, PIECE + 1, 200_000):
        if wrong := stored(outcome(save, Stream(png(bound)), "a.png", folder, bound), folder):
            yield f"exactly {bound}: {wrong}"
        for more in (1, 7, 100, 2 * PIECE, 10 * PIECE):
            stream = Stream(png(bound + more))
            if wrong := refused(save, stream, folder, bound):
                yield f"{more} more than {bound}: {wrong}"
            if stream.taken > bound + PIECE:
                yield f"{stream.taken - bound} bytes taken beyond a limit of {bound}"
    for bound in (0, 1, 7):
        if wrong := refused(save, Stream(png(100)), folder, bound):
            yield f"a limit of {bound}: {wrong}"


def format(save: Save, folder: Path) -> Iterator[str]:  # noqa: A001  # the promise's name
    flipped = [SIGNATURE[:at] + b"?" + SIGNATURE[at + 1 :] + bytes(90) for at in range(8)]
    short = [SIGNATURE[:length] for length in range(8)]
    others = [b"hello", b"GIF89a" + bytes(100), b" " + png(100), b"\xff\xd8\xff" + bytes(200_000), bytes(9)]
    for data in [*flipped, *short, *others]:
        if wrong := refused(save, Stream(data), folder, AMPLE):
            yield f"{data[:9]!r}: {wrong}"


def name(save: Save, folder: Path) -> Iterator[str]:
    outside = folder.parent
    plain = ["photo.png", "Photo-1_b.png", "_.png", "-x.png", "0.png", "A" * 100 + ".png", "z" * 96 + ".png", ".png"]
    odd = [
        "../x.png", "../../x.png", "a/../../x.png", str(outside / "x.png"), str(outside / "missing" / "x.png"),
        "missing/x.png", "missing/deeper/x.png", "./x.png", ".", "..", "../", "", "a" * 300, "a" * 296 + ".png",
        "\u00e9" * 146 + ".png", "\U0001f600" * 140, "x\0.png", "\0", "a/", "/", "x", "no suffix", "kept.png/x.png",
    ]  # fmt: skip
    for one in [*plain, *odd]:
        around = {path: text for path, text in state(outside).items() if not path.startswith(f"{folder.name}/")}
        before = state(folder)
        got = outcome(save, Stream(png(300)), one, folder, AMPLE)
        if isinstance(got, ValueError):
            if one in plain or state(folder) != before:
                yield f"{one!r} was refused: {got}; {sorted(state(folder).keys() - before.keys())} is new"
        elif wrong := stored(got, folder):
            yield f"{one!r}: {wrong}"
        if around != {p: text for p, text in state(outside).items() if not p.startswith(f"{folder.name}/")}:
            yield f"{one!r} was written outside"


def together(save: Save, folder: Path) -> Iterator[str]:
    first, second = png(300_000, 1), png(250_000, 2)
    for names in (("a.png", "a.png"), ("a.png", "b.png")):
        for pair in ((first, second), (first, first), (png(20), png(30, 3))):
            one, two = [partial(outcome, save, name=name, folder=folder, limit=AMPLE) for name in names]
            expected = [alone(save, data, folder.parent) for data in pair]
            yield from kept(names, expected, [one(Stream(pair[0])), two(Stream(pair[1]))], folder)
            for at, runs in product((1, 2, 4), (in_a_thread, at_once)):
                got: list[Any] = []
                other = partial(_second, got, two, Stream(pair[1]))
                mine = one(Stream(pair[0], within=partial(_at, at, partial(runs, other))))
                yield from kept(names, expected[: 1 + len(got)], [mine, *got], folder)


def _second(got: list[Any], save: Callable[[Stream], Any], stream: Stream) -> None:
    got.append(save(stream))


def _at(wanted: int, job: Callable[[], None], number: int) -> None:
    if number == wanted:
        job()


def at_once(job: Callable[[], None]) -> None:
    job()


def alone(save: Save, data: bytes, around: Path) -> bytes:
    """What is kept of an upload when nothing else is done: not judged here, only compared with."""
    folder = around / f"alone-{len(list(around.iterdir()))}"
    folder.mkdir()
    return save(Stream(data), "alone.png", folder, AMPLE).read_bytes()


def in_a_thread(job: Callable[[], None]) -> None:
    """Done by another thread; one that has to wait is not waited for longer than a moment, and ends later."""
    thread = threading.Thread(target=job)
    thread.start()
    thread.join(A_MOMENT)
    LATE.append(thread)


def kept(names: Iterable[str], data: list[bytes], got: list[Any], folder: Path) -> Iterator[str]:
    while LATE:
        LATE.pop().join()
    for path, content in zip(got, data, strict=True):
        if wrong := stored(path, folder, content):
            yield f"{names}: {wrong}"
    if len({str(path) for path in got}) < len(got):
        yield f"{names}: one path for both"


def fault(save: Save, folder: Path) -> Iterator[str]:
    gc.collect()
    kinds: list[Callable[[], BaseException]] = [
        lambda: Boom(1), lambda: OSError(5, "input/output error"), lambda: ValueError("mine"), lambda: KeyError("k"),
        lambda: KeyboardInterrupt(), lambda: SystemExit(3), lambda: StopIteration(), lambda: GeneratorExit(),
        lambda: FileExistsError(17, "it exists"), lambda: FileNotFoundError(2, "no such file"), lambda: EOFError(),
        lambda: MemoryError(), lambda: TimeoutError(), lambda: StopAsyncIteration(), lambda: BlockingIOError(),
    ]  # fmt: skip
    calls = [(Stream(png(1_000_000), within=raising(kind(), at)), AMPLE) for kind in kinds for at in (1, 2, 3, 9, 12)]
    others = [(Stream(png(100_000)), AMPLE), (Stream(png(100_000)), 50_000), (Stream(b"no"), AMPLE)]
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        for stream, bound in [*calls, *others]:
            yield from _ended(save, stream, folder, bound)
        gc.collect()
    yield from (str(one.message) for one in told)


def _ended(save: Save, stream: Stream, folder: Path, bound: int) -> Iterator[str]:
    before, open_before = written(folder), descriptors()
    got = outcome(save, stream, "a.png", folder, bound)
    due = stream.raised
    if descriptors() != open_before:
        yield f"{got!r}: {descriptors() - open_before} left open"
    if due is not None and got is not due:
        yield f"{due!r} came out as {got!r}"
    if due is not None and (after := written(folder)) != before:
        yield f"{due!r} left {sorted(after.keys() - before.keys())}"


def descriptors() -> set[str]:
    return {f"{name}:{_target(name)}" for name in os.listdir(_DESCRIPTORS) if _target(name)}


def _target(name: str) -> str:
    try:
        return str(os.fstat(int(name)).st_ino)
    except OSError:
        return ""  # the listing's own


_DESCRIPTORS = "/proc/self/fd" if sys.platform.startswith("linux") else "/dev/fd"
CHECKERS: dict[str, Callable[[Save, Path], Iterator[str]]] = {
    "whole": whole, "large": large, "limit": limit, "format": format, "name": name, "together": together,
    "fault": fault,
}  # fmt: skip
