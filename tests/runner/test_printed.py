"""What a submission printed comes with its verdict; where it loops, the line and the input do."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from course_lib.reading import TaskVerdict
from course_lib.runner import session
from course_lib.runner.judge import judge
from course_lib.runner.printed import PrintedIntoPipe
from course_lib.runner.source import Cell, Submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import WARM_UP

HEAD = "def average_rating(ratings):\n"
RIGHT = "    return sum(ratings) / len(ratings) if ratings else None\n"


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    started = WarmParent.spawned(WARM_UP.slug)
    yield started
    started.close()


def told_of(parent: WarmParent, source: str) -> TaskVerdict:
    submission = Submission((Cell("mine.py", source.encode()),), notebook=False)
    return judge(WARM_UP, submission, parent, ["average_rating"]).tasks[0]


@pytest.mark.parametrize(
    ("printing", "lines"),
    [
        ("print(ratings[:0])", ["[]"]),
        ("import sys; print('said', file=sys.stderr)", ["said"]),
        ("import os; os.write(1, b'raw\\n')", ["raw"]),
        ("import sys; sys.stdout.buffer.write(b'bytes\\n')", ["bytes"]),
        ("print('no line end', end='')", []),
        ("print('\\x1b[31m' + 'x' * 1000)", ["\\x1b[31m" + "x" * 195 + " …"]),
    ],
)
def test_the_last_lines_are_told_and_change_nothing(parent: WarmParent, printing: str, lines: list[str]) -> None:
    """Cut where they are long, and with nothing in them that plays on a terminal; a right answer stays right."""
    told = told_of(parent, f"print('while loading')\n{HEAD}    {printing}\n{RIGHT}")

    assert told.status == "pass"
    assert "while loading" not in told.printed
    assert told.printed.splitlines()[-1:] == lines or "no line end" in told.printed
    assert len(told.printed.splitlines()) <= 9


def test_who_waits_for_a_judge_that_reads_slowly_does_not_hang(
    parent: WarmParent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy machine keeps the judge waiting too, and then whoever prints a lot waits for the judge."""
    drain = PrintedIntoPipe.drain

    def slowly(printed: PrintedIntoPipe) -> None:
        drain(printed)
        time.sleep(0.5)

    monkeypatch.setattr(PrintedIntoPipe, "drain", slowly)

    assert told_of(parent, f"{HEAD}    print('x' * 800_000 * (len(ratings) == 0))\n{RIGHT}").status == "pass"


def test_what_was_printed_while_loading_is_told_where_it_did_not_load(parent: WarmParent) -> None:
    told = told_of(parent, "print('on the way')\n1 / 0\n")

    assert told.printed == "on the way"


@pytest.mark.parametrize(
    "closing", ["os.close(1)", "os.close(2)", "os.close(1); os.open('mine', os.O_CREAT | os.O_RDWR)"]
)
def test_who_closes_the_streams_is_judged_all_the_same(parent: WarmParent, closing: str) -> None:
    """A mark never lands in a file that has taken the stream's number."""
    told = told_of(parent, f"import os\n{closing}\n{HEAD}{RIGHT}")

    assert told.status == "pass", told.reason


LOOPS = {
    "python": "    print('x')\n    while ratings == [3]:\n        pass\n" + RIGHT,
    "in C": "    import itertools\n    if ratings == [3]: sum(itertools.repeat(1))\n" + RIGHT,
    "printing": "    while ratings == [3]:\n        print('x' * 50)\n" + RIGHT,
    "waiting": "    import threading\n    if ratings == [3]: threading.Event().wait()\n" + RIGHT,
}
LINES = {"python": "4", "in C": "3", "printing": "3", "waiting": "3"}


@pytest.mark.slow
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", LOOPS)
def test_where_an_endless_loop_stood_and_on_what(parent: WarmParent, name: str) -> None:
    told = told_of(parent, HEAD + LOOPS[name])

    if told.status == "unmeasured":
        pytest.skip(told.reason)  # a machine that is too busy for two seconds of a loop
    assert told.reason.startswith("the code did not come back: it loops or waits for ever; it stood in line ")
    assert told.reason.endswith(" of average_rating (mine.py), on ratings=[3]")
    assert told.reason.split("line ")[1][0] in (LINES[name], str(int(LINES[name]) - 1))


@pytest.fixture
def pipe() -> Iterator[tuple[PrintedIntoPipe, int]]:
    reading, writing = os.pipe()
    with PrintedIntoPipe(reading) as printed:
        yield printed, writing
        os.close(writing)


def test_only_the_end_is_kept_and_a_mark_in_two_pieces_is_one(pipe: tuple[PrintedIntoPipe, int]) -> None:
    printed, writing = pipe
    os.write(writing, b"loading\n\0ca")
    printed.drain_all()
    assert (printed.lines(), printed.case) != ("", 0)
    os.write(writing, b"se 7\0" + b"line\n" * 9000)
    printed.drain_all()

    assert printed.case == 7
    assert printed.lines() == "\n".join(["…", *["line"] * 8])


def test_frames_that_are_not_the_learners_are_left_out(pipe: tuple[PrintedIntoPipe, int]) -> None:
    printed, writing = pipe
    theirs = '  File "/usr/lib/threading.py", line 1, in run\n    self.run()\n    ~~~~^^\n'
    frames = f'{theirs}  File "<submission mine.py>", line 2\n    x\n'
    os.write(writing, f"Traceback:\n{frames}ValueError\n".encode())
    printed.drain_all()

    assert printed.lines() == 'Traceback:\n  File "<submission mine.py>", line 2\n    x\nValueError'


def test_of_the_case_it_did_not_come_back_from_only_what_it_was_given_is_told() -> None:
    """How a race is looked for means nothing to whoever wrote the class."""
    run = SimpleNamespace(pid=1, printed=SimpleNamespace(stood_in=lambda _pid: "line 4 of increment", case=0))
    case = {"kind": "race", "number": 3, "schedules": 60, "traced": False, "names": [], "make": [7], "threads": [["a"]]}
    told = session._where(run, [case], {"make", "threads"})  # type: ignore[arg-type]

    assert told == "; it stood in line 4 of increment, on make=[7], threads=[['a']]"
