"""A cell that does not come back costs a verdict its name and a bounded time, and nothing else.

Cells run anew each time that a judgement asks, so the slow ones stand before a task that is asked once; where cells of
a submission count their own work, one is stopped as well. The first is waited for one second here, instead of two.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.reading import TaskVerdict
from course_lib.runner import cell_time
from course_lib.runner.judge import judge
from course_lib.runner.source import notebook_submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import LESSONS, WARM_UP, Lesson
from tests.impatience import A_CELL

RIGHT = "def average_rating(ratings):\n    return sum(ratings) / len(ratings) if ratings else None\n"
COUNTED = """def common_ids(left, right):
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]
"""
EXPORTED = """import json

def export_profiles(user_ids, folder, fetch):
    data = []
    for user_id in user_ids:
        data.append(fetch(user_id))
        with open(folder / f"user_{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(data[-1], file)
    return data
"""
LOOP = "while True:\n    pass\n"
AT_MOST = 120.0  # seconds on a very busy machine; on a calm one the slowest takes 7


pytestmark = pytest.mark.usefixtures("impatient")


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[1] / "impatient"))
        started = WarmParent.spawned(WARM_UP.slug)
    yield started
    started.close()


@pytest.fixture(scope="module")
def counting() -> Iterator[WarmParent]:
    started = WarmParent.spawned(LESSONS[5].slug)
    yield started
    started.close()


def judged(parent: WarmParent, *cells: str) -> TaskVerdict:
    return _judged(WARM_UP, "average_rating", parent, cells)


def judged_counting(counting: WarmParent, *cells: str, interrupted: tuple[str, ...] = ()) -> TaskVerdict:
    return _judged(LESSONS[5], "common_ids", counting, cells, interrupted)


def _judged(
    lesson: Lesson, task: str, parent: WarmParent, cells: tuple[str, ...], interrupted: tuple[str, ...] = ()
) -> TaskVerdict:
    labelled = [(f"cell {number}", source) for number, source in enumerate(cells, 1)]
    begun = time.monotonic()
    told = judge(lesson, notebook_submission(labelled, interrupted), parent, [task]).tasks[0]
    assert time.monotonic() - begun < AT_MOST
    return told


def test_elsewhere_the_first_is_waited_for_two_seconds() -> None:
    assert (cell_time.FIRST, cell_time.LEAST) == (2.0, 0.25)


SLOW = {
    "an endless loop": LOOP,
    "a sleep": "import time\ntime.sleep(60)",
    "a wait": "import threading\nthreading.Event().wait()",
    "an await": "import asyncio\nawait asyncio.sleep(60)",
}


@pytest.mark.slow
@pytest.mark.parametrize("slow", SLOW.values(), ids=SLOW)
def test_a_slow_cell_is_named_and_the_others_count(parent: WarmParent, slow: str) -> None:
    """Before the answer and after it."""
    told = judged(parent, slow, RIGHT, "x = 1")

    assert told.status == "pass", told.reason
    assert f"skipped: cell 1 did not come back within {A_CELL:g} second" in told.reason


@pytest.mark.slow
@pytest.mark.parametrize(
    "slow",
    ["import itertools\nsum(itertools.count())", "while True:\n    try:\n        while True: pass\n    except: pass\n"],
    ids=["C that runs for ever", "a cell that catches everything"],
)
def test_a_cell_that_cannot_be_interrupted_is_left_out(parent: WarmParent, slow: str) -> None:
    """It costs more, and no verdict either."""
    told = judged(parent, RIGHT, slow)

    assert told.status == "pass", told.reason
    assert "skipped: cell 2 did not come back" in told.reason


@pytest.mark.slow
def test_what_a_slow_cell_defined_is_there(parent: WarmParent) -> None:
    """A benchmark under the function, in one cell."""
    told = judged(parent, RIGHT + "while True:\n    average_rating([1] * 1000)\n")

    assert told.status == "pass", told.reason


@pytest.mark.slow
def test_many_slow_cells_together_cost_a_bounded_time(parent: WarmParent) -> None:
    """Each is waited for half as long as the one before."""
    told = judged(parent, *[LOOP] * 12, RIGHT)

    assert told.status == "pass", told.reason
    assert told.reason.count("did not come back") == 12


@pytest.mark.slow
def test_a_cell_that_its_reader_stopped_is_not_waited_for(counting: WarmParent) -> None:
    """It was too slow where it ran before."""
    told = judged_counting(counting, LOOP, COUNTED, interrupted=("cell 1",))

    assert "cell 1 did not come back within 0.25 seconds" in told.reason


@pytest.mark.slow
def test_an_answer_that_stands_in_no_other_cell_is_missed_by_name(parent: WarmParent) -> None:
    """With the cell that held it."""
    told = judged(parent, "import itertools\nsum(itertools.count())\n" + RIGHT)

    assert told.status == "error"
    assert "must define average_rating; cell 1 did not come back" in told.reason


@pytest.mark.parametrize("deep", ["x = " + "-" * 100_000 + "1", "x = " + "(" * 5_000], ids=["minus", "brackets"])
def test_a_cell_that_python_cannot_read_is_a_cell_that_failed(counting: WarmParent, deep: str) -> None:
    """The parser's memory is not the submission's."""
    told = judged_counting(counting, deep, COUNTED)

    assert told.status == "pass", told.reason
    assert "cell 1" in told.reason and "SyntaxError" in told.reason


def test_six_hundred_magics_are_read(counting: WarmParent) -> None:
    """And cost what they cost."""
    told = judged_counting(counting, "%time x = 1\n" * 600 + COUNTED)

    assert told.status == "pass" and told.reason.endswith("checks hold"), told.reason


def test_a_handler_for_alarms_stays_the_cells(counting: WarmParent) -> None:
    """The course rings by the same bell, only while a cell is being run, and puts back nothing but its own."""
    cell = "import signal, time\nsignal.signal(signal.SIGALRM, lambda *_: None)\n"
    rings = "    signal.setitimer(signal.ITIMER_REAL, 0.0001)\n    time.sleep(0.0005)\n    known"

    assert judged_counting(counting, cell, COUNTED.replace("    known", rings, 1)).status == "pass"


@pytest.mark.parametrize("to", ["/", ".."])
def test_a_cell_may_go_to_another_folder(to: str) -> None:
    """The probe makes its own where it is allowed to, and finds it again."""
    exporting = WarmParent.spawned(LESSONS[0].slug)
    try:
        told = _judged(LESSONS[0], "export_profiles", exporting, (f"import os\nos.chdir('{to}')", EXPORTED))
    finally:
        exporting.close()

    assert told.status == "pass" and told.reason.endswith("checks hold"), told.reason


@pytest.mark.parametrize("cookie", ["latin-1", "klingon"])
def test_an_encoding_cookie_says_nothing_about_a_cell(parent: WarmParent, counting: WarmParent, cookie: str) -> None:
    """A cell is text already, as it is for IPython."""
    said = f"# -*- coding: {cookie} -*-\nassert len('\u00e9') == 1\n"

    assert judged(parent, said + RIGHT).reason.endswith("checks hold")
    assert judged_counting(counting, said + COUNTED).reason.endswith("checks hold")


def test_a_testbed_is_there_for_every_answer(parent: WarmParent) -> None:
    """Also where the lesson has none, as the refusal of the course's other modules says."""
    assert judged(parent, f"import course_lib.testbeds.accounts\n{RIGHT}").reason.endswith("checks hold")
    assert (
        "of the course only course_lib.testbeds is there" in judged(parent, f"import course_lib.grade\n{RIGHT}").reason
    )
