"""Ways to open handles that were seen in real code: CLEAN ones close all they open, LEAKING ones do not.

Each takes how many times to do it and a folder, and returns what it keeps (the caller holds on to that).
`LEAKING` also says how many handles one round leaves behind.
"""

# How handles are opened, and that they stay open, is what is tested here:
# ruff: noqa: PTH105, PTH108, PTH123, SIM115
from __future__ import annotations

import asyncio
import atexit
import codecs
import contextlib
import csv
import fileinput
import functools
import gzip
import heapq
import io
import json
import logging
import mmap
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import threading
import urllib.request
import weakref
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

Shape = Callable[[int, Path], Any]
CLEAN: dict[str, Shape] = {}
LEAKING: dict[str, tuple[Shape, int]] = {}


def clean(shape: Shape) -> Shape:
    CLEAN[shape.__name__] = shape
    return shape


def leaking(handles: int = 1) -> Callable[[Shape], Shape]:
    def enter(shape: Shape) -> Shape:
        LEAKING[shape.__name__] = (shape, handles)
        return shape

    return enter


def names(n: int, folder: Path) -> list[Path]:
    """n files that exist."""
    paths = [folder / f"part_{number}.txt" for number in range(n)]
    for path in paths:
        path.write_text("one\ntwo\n", encoding="utf-8")
    return paths


class Writer:
    def __init__(self, path: Path) -> None:
        self.file = open(path, "w", encoding="utf-8")

    def close(self) -> None:
        self.file.close()


class WriterWithDel(Writer):
    def __del__(self) -> None:
        self.file.close()


class WriterDelIsClose(Writer):
    def close(self) -> None:
        self.file.close()

    __del__ = close


class WriterFinalized(Writer):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.finalizer = weakref.finalize(self, self.file.close)


class WriterWithCallback(Writer):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.on_done = self.close


def lines_of(path: Path) -> Iterator[str]:
    with open(path, encoding="utf-8") as file:
        for line in file:  # not `yield from`: dropping that one closes the file with no trace of who asked
            yield line  # noqa: UP028


# --- clean -----------------------------------------------------------------------------------------------------


@clean
def with_block(n: int, folder: Path) -> None:
    for path in names(n, folder):
        with open(path, encoding="utf-8") as file:
            file.read()


@clean
def try_finally(n: int, folder: Path) -> None:
    for path in names(n, folder):
        file = open(path, "rb")
        try:
            file.read()
        finally:
            file.close()


@clean
def with_block_that_raises(n: int, folder: Path) -> None:
    for path in names(n, folder):
        with contextlib.suppress(ValueError), open(path, encoding="utf-8") as file:
            int(file.readline())


@clean
def open_that_fails(n: int, folder: Path) -> None:
    for number in range(n):
        with contextlib.suppress(OSError):
            open(folder / f"missing_{number}", encoding="utf-8")
        with contextlib.suppress(LookupError):
            open(names(1, folder)[0], encoding="no such encoding")


@clean
def closing_a_connection(n: int, folder: Path) -> None:
    for number in range(n):
        with contextlib.closing(sqlite3.connect(folder / f"{number}.db")) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS t (x)")


@clean
def exit_stack(n: int, folder: Path) -> None:
    with contextlib.ExitStack() as stack:
        for path in names(n, folder):
            stack.enter_context(open(path, encoding="utf-8"))


@clean
def pathlib_reads_and_writes(n: int, folder: Path) -> None:
    for path in names(n, folder):
        path.write_bytes(path.read_bytes())
        path.touch()


@clean
def subprocess_run(n: int, folder: Path) -> None:
    for _ in range(min(n, 3)):
        subprocess.run([sys.executable, "-S", "-c", ""], capture_output=True, check=True)


@clean
def object_that_owns_and_closes(n: int, folder: Path) -> None:
    for path in names(n, folder):
        with contextlib.closing(WriterDelIsClose(path)):
            pass
        WriterWithDel(path).close()


@clean
def generators_run_out_or_closed(n: int, folder: Path) -> None:
    for path in names(n, folder):
        list(lines_of(path))
        with contextlib.closing(lines_of(path)) as lines:
            next(lines)
        half = lines_of(path)
        next(half)
        half.close()


@clean
def descriptor_closed(n: int, folder: Path) -> None:
    for path in names(n, folder):
        descriptor = os.open(path, os.O_RDONLY)
        copy = os.dup(descriptor)
        os.close(descriptor)
        os.close(copy)


@clean
def descriptor_handed_to_a_file(n: int, folder: Path) -> None:
    for path in names(n, folder):
        with os.fdopen(os.open(path, os.O_RDONLY)) as file:
            file.read()


@clean
def opener(n: int, folder: Path) -> None:
    for path in names(n, folder):
        with open(path, opener=lambda name, flags: os.open(name, flags), encoding="utf-8") as file:
            file.read()


@clean
def temporary_files(n: int, folder: Path) -> None:
    for number in range(n):
        with tempfile.NamedTemporaryFile("w", dir=folder, delete=False) as file:
            file.write("x")
        os.replace(file.name, folder / f"moved_{number}")
        with tempfile.TemporaryFile(dir=folder) as unnamed:
            unnamed.write(b"x")
        descriptor, name = tempfile.mkstemp(dir=folder)
        with open(descriptor, "wb"):
            os.unlink(name)


@clean
def handler_removed_and_closed(n: int, folder: Path) -> None:
    logger = logging.getLogger("handles.clean")
    for number in range(n):
        handler = logging.FileHandler(folder / f"{number}.log")
        logger.addHandler(handler)
        logger.removeHandler(handler)
        handler.close()


@clean
def archives(n: int, folder: Path) -> None:
    for path in names(n, folder):
        with tarfile.open(path.with_suffix(".tar"), "w") as tar:
            tar.add(path, "part")
        with zipfile.ZipFile(path.with_suffix(".zip"), "w") as archive:
            archive.write(path, "part")
        with gzip.open(path.with_suffix(".gz"), "wt") as packed:
            packed.write("x")
        shutil.copyfile(path, path.with_suffix(".copy"))


@clean
def sockets_and_their_files(n: int, folder: Path) -> None:
    for _ in range(n):
        left, right = socket.socketpair()
        with left, right, right.makefile("rb") as stream:
            left.sendall(b"x\n")
            stream.readline()


@clean
def asyncio_run(n: int, folder: Path) -> None:
    for _ in range(n):
        asyncio.run(asyncio.sleep(0))


@clean
def memory_maps(n: int, folder: Path) -> None:
    for path in names(n, folder):
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            whole.read(1)


@clean
def pool_of_threads(n: int, folder: Path) -> None:
    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(Path.read_bytes, names(n, folder)))


@clean
def layers_by_hand(n: int, folder: Path) -> None:
    for path in names(n, folder):
        with io.TextIOWrapper(io.BufferedWriter(io.FileIO(path, "w")), encoding="utf-8") as text:
            text.write("x")
        with codecs.getwriter("utf-8")(open(path, "wb")) as coded:
            coded.write("x")


# --- leaking ---------------------------------------------------------------------------------------------------


@leaking()
def rebinding(n: int, folder: Path) -> None:
    for path in names(n, folder):
        file = open(path, "w", encoding="utf-8")
        json.dump({}, file)


@leaking()
def one_liner(n: int, folder: Path) -> None:
    for path in names(n, folder):
        open(path, encoding="utf-8").read()


@leaking()
def close_without_calling(n: int, folder: Path) -> None:
    for path in names(n, folder):
        file = open(path, encoding="utf-8")
        file.close  # noqa: B018  # the defect


@leaking()
def close_skipped_on_error(n: int, folder: Path) -> None:
    for path in names(n, folder):
        try:
            file = open(path, encoding="utf-8")
            int(file.readline())
            file.close()
        except ValueError:
            pass


def _parse(path: Path) -> None:
    file = open(path, encoding="utf-8")
    int(file.readline())
    file.close()


@leaking()
def exceptions_collected(n: int, folder: Path) -> list[Exception]:
    failures: list[Exception] = []
    for path in names(n, folder):
        try:
            _parse(path)
        except ValueError as error:
            failures.append(error)
    return failures


def _parse_and_remember(path: Path) -> None:
    try:
        _parse(path)
    except ValueError as error:
        saved = error  # noqa: F841  # the frame now refers to its own traceback


@leaking()
def exception_in_a_local(n: int, folder: Path) -> None:
    for path in names(n, folder):
        _parse_and_remember(path)


@leaking()
def own_method_as_callback(n: int, folder: Path) -> None:
    for path in names(n, folder):
        WriterWithCallback(path)


@leaking()
def recursive_inner_function(n: int, folder: Path) -> None:
    def reader(path: Path) -> None:
        file = open(path, encoding="utf-8")

        def read_on(depth: int) -> None:
            file.readline()
            if depth:
                read_on(depth - 1)

        read_on(1)

    for path in names(n, folder):
        reader(path)


@leaking()
def cache_of_writers(n: int, folder: Path) -> dict[Path, Any]:
    return {path: open(path, "w", encoding="utf-8") for path in names(n, folder)}


@leaking()
def memoised_opener(n: int, folder: Path) -> Any:
    opener = functools.cache(lambda path: open(path, encoding="utf-8"))
    for path in names(n, folder):
        opener(path)
    return opener


@leaking()
def generator_dropped(n: int, folder: Path) -> None:
    for path in names(n, folder):
        next(lines_of(path))


@leaking()
def generator_kept(n: int, folder: Path) -> list[Iterator[str]]:
    kept = [lines_of(path) for path in names(n, folder)]
    for lines in kept:
        next(lines)
    return kept


@leaking()
def lazy_merge(n: int, folder: Path) -> Iterator[str]:
    merged = heapq.merge(*(lines_of(path) for path in names(n, folder)))
    next(merged)
    return merged


@leaking()
def csv_readers(n: int, folder: Path) -> list[Any]:
    return [csv.reader(open(path, encoding="utf-8", newline="")) for path in names(n, folder)]


@leaking()
def writer_with_del(n: int, folder: Path) -> None:
    for path in names(n, folder):
        WriterWithDel(path)


@leaking()
def writer_del_is_close(n: int, folder: Path) -> None:
    for path in names(n, folder):
        writer = WriterDelIsClose(path)  # noqa: F841  # dropped, not closed


@leaking()
def writer_finalized(n: int, folder: Path) -> None:
    for path in names(n, folder):
        WriterFinalized(path)


@leaking()
def closed_by_a_weak_reference(n: int, folder: Path) -> None:
    references = []
    for path in names(n, folder):
        file = open(path, encoding="utf-8")
        owner = Writer(path)
        owner.close()
        references.append(weakref.ref(owner, lambda _dead, file=file: file.close()))  # type: ignore[misc]
        del owner, file


@leaking()
def coroutine_dropped(n: int, folder: Path) -> None:
    async def read(path: Path) -> None:
        with open(path, encoding="utf-8"):
            await asyncio.sleep(0)

    for path in names(n, folder):
        read(path).send(None)


@leaking()
def thread_local_files(n: int, folder: Path) -> list[Any]:
    local, kept = threading.local(), []

    def work(path: Path) -> None:
        local.file = open(path, encoding="utf-8")
        kept.append(local.file)

    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(work, names(n, folder)))
    return kept


@leaking()
def with_connect_in_a_loop(n: int, folder: Path) -> None:
    for number in range(n):
        with sqlite3.connect(folder / f"{number}.db") as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS t (x)")


@leaking()
def cursor_hides_its_connection(n: int, folder: Path) -> list[sqlite3.Cursor]:
    return [sqlite3.connect(folder / f"{number}.db").execute("SELECT 1") for number in range(n)]


@leaking()
def connection_class_itself(n: int, folder: Path) -> None:
    class Logged(sqlite3.Connection):
        pass

    for number in range(n):
        sqlite3.connect(folder / f"{number}.db", factory=Logged)


@leaking()
def mkstemp_reopened_by_name(n: int, folder: Path) -> None:
    for _ in range(n):
        _descriptor, name = tempfile.mkstemp(dir=folder)
        Path(name).write_text("x", encoding="utf-8")


@leaking()
def named_temporary_file_dropped(n: int, folder: Path) -> None:
    for _ in range(n):
        tempfile.NamedTemporaryFile(dir=folder).write(b"x")


@leaking()
def named_temporary_file_kept(n: int, folder: Path) -> list[Any]:
    return [tempfile.NamedTemporaryFile(dir=folder) for _ in range(n)]


@leaking()
def descriptor_never_closed(n: int, folder: Path) -> None:
    for path in names(n, folder):
        os.read(os.open(path, os.O_RDONLY), 1)


@leaking()
def file_that_does_not_own_its_descriptor(n: int, folder: Path) -> None:
    for path in names(n, folder):
        with open(os.open(path, os.O_RDONLY), "rb", closefd=False) as file:
            file.read()


@leaking()
def memory_map_kept(n: int, folder: Path) -> list[Any]:
    kept = []
    for path in names(n, folder):
        with open(path, "rb") as file:
            kept.append(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    return kept


@leaking()
def handler_added_per_call(n: int, folder: Path) -> logging.Logger:
    logger = logging.Logger("handles.leaking")
    for number in range(n):
        logger.addHandler(logging.FileHandler(folder / f"{number}.log"))
    return logger


@leaking()
def closed_at_exit_only(n: int, folder: Path) -> list[Any]:
    files = [open(path, encoding="utf-8") for path in names(n, folder)]
    for file in files:
        atexit.register(file.close)
        atexit.unregister(file.close)  # a test must not leave it to the exit
    return files


@leaking()
def archive_member_kept(n: int, folder: Path) -> list[Any]:
    kept = []
    for path in names(n, folder):
        with zipfile.ZipFile(path.with_suffix(".zip"), "w") as archive:
            archive.write(path, "part")
        kept.append(zipfile.ZipFile(path.with_suffix(".zip")).open("part"))
    return kept


@leaking()
def gzip_dropped(n: int, folder: Path) -> None:
    for path in names(n, folder):
        gzip.open(path, "wb").write(b"x")


@leaking()
def archive_dropped(n: int, folder: Path) -> None:
    for path in names(n, folder):
        tarfile.open(path, "w").addfile(tarfile.TarInfo("part"))


@leaking()
def layers_dropped(n: int, folder: Path) -> None:
    for path in names(n, folder):
        io.TextIOWrapper(io.BufferedWriter(io.FileIO(path, "w"))).write("x")


@leaking()
def stream_writer_dropped(n: int, folder: Path) -> None:
    for path in names(n, folder):
        codecs.getwriter("utf-8")(open(path, "wb")).write("x")


@leaking()
def file_input_left_half_way(n: int, folder: Path) -> list[Any]:
    kept = [fileinput.FileInput(path, encoding="utf-8") for path in names(n, folder)]
    for reader in kept:
        reader.readline()
    return kept


@leaking(2)
def event_loop_never_closed(n: int, folder: Path) -> list[Any]:
    return [asyncio.new_event_loop() for _ in range(n)]  # its selector is a third one, which the ledger can't see


@leaking(2)
def socket_pair_dropped(n: int, folder: Path) -> None:
    for _ in range(n):
        socket.socketpair()


@leaking()
def socket_file_keeps_its_socket(n: int, folder: Path) -> list[Any]:
    kept = []
    for _ in range(n):
        left, right = socket.socketpair()
        kept.append(right.makefile("rb"))
        right.close()  # closes nothing while the file made from it lives
        left.close()
    return kept


@leaking(2)
def pipe_kept(n: int, folder: Path) -> list[Any]:
    return [os.pipe() for _ in range(n)]


@leaking()
def process_pipe_never_closed(n: int, folder: Path) -> list[Any]:
    kept = []
    for _ in range(n):
        process = subprocess.Popen([sys.executable, "-S", "-c", ""], stdout=subprocess.PIPE)
        process.wait()
        kept.append(process)
    return kept


@leaking()
def urlopen_kept(n: int, folder: Path) -> list[Any]:
    return [urllib.request.urlopen(path.as_uri()) for path in names(n, folder)]
