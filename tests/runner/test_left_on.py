"""What a cell has switched on to look at its own code, and has not switched off, changes no verdict."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course_lib.runner.judge import judge
from course_lib.runner.source import Cell, Submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import Lesson, find_lesson
from tests.samples import samples

LEFT_ON = {
    "a profile": "import cProfile\ncProfile.Profile().enable()\n",
    "a profile that was switched off": "import cProfile\none = cProfile.Profile()\none.enable()\none.disable()\n",
    "a profile of a block": "import cProfile\nwith cProfile.Profile():\n    sum(range(10))\n",
    "traces of memory": "import tracemalloc\ntracemalloc.start(25)\n",
    "warnings that are errors": "import warnings\nwarnings.simplefilter('error')\n",
    "a log of everything": "import logging\nlogging.basicConfig(level=logging.DEBUG)\n",
    "a collector that is off": "import gc\ngc.disable()\n",
}
RIGHT = {
    "05_n_plus_one_queries": "users_with_post_counts__base",  # looks out for who looks into the interpreter
    "02_unbounded_growth": "EventLog__deque",  # makes many objects, under a limit of time
}


@pytest.fixture(scope="module", params=RIGHT)
def place(request: pytest.FixtureRequest) -> Iterator[tuple[Lesson, WarmParent]]:
    lesson = find_lesson(request.param)
    warm = WarmParent.spawned(lesson.slug)
    yield lesson, warm
    warm.close()


@pytest.mark.parametrize("left_on", LEFT_ON)
def test_what_a_cell_left_on_is_no_part_of_the_repair(place: tuple[Lesson, WarmParent], left_on: str) -> None:
    """The cell before the answer's own; one after the other, as in a notebook."""
    lesson, warm = place
    [sample] = [one for one in samples("right_answers") if one.name == RIGHT[lesson.stem]]
    cells = [Cell(f"cell [{at}]", text.encode()) for at, text in enumerate((LEFT_ON[left_on], sample.source), 1)]

    verdict = judge(lesson, Submission(tuple(cells), notebook=True), warm, [sample.task])

    assert str(verdict.status) == "pass", verdict.tasks[0].reason


def test_a_function_that_leaves_a_profile_on_is_judged_all_the_same() -> None:
    """Before Python 3.12, the profile is one that can't be put back after a control."""
    lesson, warm = find_lesson("06_data_structures"), WarmParent.spawned("data_structures")
    source = (
        "import cProfile\n\n\ndef common_ids(left, right):\n"
        "    cProfile.Profile().enable()\n    wanted = set(right)\n"
        "    return [one for one in dict.fromkeys(left) if one in wanted]\n"
    )
    verdict = judge(lesson, Submission((Cell("answer.py", source.encode()),), notebook=False), warm, ["common_ids"])
    warm.close()

    assert "instrument" not in verdict.tasks[0].reason
