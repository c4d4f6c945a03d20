"""The line of the code: the reader's own, whatever lies between it and what is measured."""

from __future__ import annotations

import dataclasses
import linecache
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from course_lib.instruments.handles import watch_handles
from course_lib.instruments.own_line import NOWHERE, Place, is_own_file, own_line
from course_lib.testbeds.orders import open_orders, sample_orders

ROOT = Path(__file__).resolve().parents[2]
PACKAGES, STANDARD = sysconfig.get_paths()["purelib"], sysconfig.get_paths()["stdlib"]


def called_through(*files: str) -> Place:
    """The line that a call is put down to which passes through one function in each of the files, outermost first."""

    def innermost() -> FrameType:
        return sys._getframe(1)

    call: Callable[[], FrameType] = innermost
    for file in reversed(files):
        names = {"call": call}
        exec(compile("def step():\n    return call()\n", file, "exec"), names)
        call = names["step"]
    return own_line(call(), lambda file: file != __file__ and is_own_file(file))


MINE, CELL = "/srv/shop/views.py", "/scratch/ipykernel_81/2371.py"
LIBRARY, STDLIB = f"{PACKAGES}/django/db/models/query.py", f"{STANDARD}/sqlite3/dbapi2.py"
SYSTEM, COURSE = "/usr/lib/python3/dist-packages/requests/sessions.py", str(ROOT / "course_lib/testbeds/orders.py")


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ((MINE,), "views.py:2"),
        ((MINE, LIBRARY, STDLIB), "views.py:2"),
        ((MINE, SYSTEM, "<frozen importlib._bootstrap>"), "views.py:2"),
        ((MINE, COURSE), "views.py:2"),
        ((LIBRARY, CELL, LIBRARY), "cell:2"),
        ((LIBRARY, "<ipython-input-3-abc>", LIBRARY), "cell:2"),
        ((COURSE, "<submission answer>", STDLIB), "<submission answer>:2"),
        ((MINE, f"{ROOT}/tests/shop.py", LIBRARY), "shop.py:2"),
    ],
)
def test_the_innermost_line_of_the_readers_own_is_named(files: tuple[str, ...], where: str) -> None:
    place = called_through(*files)

    assert (place.where, place.own) == (where, True)


def test_where_none_is_the_readers_a_librarys_line_is_named_as_such() -> None:
    assert called_through(STDLIB, LIBRARY, STDLIB)[1:] == (LIBRARY, 2, False)
    assert own_line(None) == NOWHERE


def test_methods_that_a_library_has_written_are_nobodys() -> None:
    """A dataclass's `__init__` has no file: the line that calls it is named."""

    @dataclasses.dataclass
    class Job:
        place: Place = dataclasses.field(default_factory=lambda: own_line(sys._getframe(1)))

    assert Job().place.file == __file__


def test_source_that_is_no_file_is_the_readers_where_it_can_be_read() -> None:
    text = "def f(own_line, sys):\n    return own_line(sys._getframe())\n"
    names: dict[str, Callable[..., Place]] = {}
    linecache.cache["<cell 4>"] = (len(text), None, text.splitlines(keepends=True), "<cell 4>")
    exec(compile(text, "<cell 4>", "exec"), names)

    place = names["f"](own_line, sys)

    assert (place.where, place.source) == ("<cell 4>:2", "return own_line(sys._getframe())")


def test_a_program_on_the_command_line_is_the_readers() -> None:
    program = (
        "import sys\nfrom course_lib.instruments.own_line import own_line\n\n"
        "def page():\n    return own_line(sys._getframe())\n\nprint(*page())"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )

    assert told.stdout == "page <string> 5 True\n", told.stderr


def test_handles_name_the_readers_line_and_not_the_testbeds() -> None:
    """The course's own constructor opens the connection; the line is the one that called it."""
    with watch_handles(kinds=["SQLite connection"]) as ledger:
        open_orders(sample_orders(1)).close()

    [line] = ledger.reading.lines
    assert (line.where.partition(":")[0], line.source) == ("test_own_line.py", "open_orders(sample_orders(1)).close()")
