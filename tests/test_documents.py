"""README and its neighbours name only what is there; each rule is shown to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house import documents

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted(ROOT.glob("*.md"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_is_there(path: Path) -> None:
    assert documents.problems(path.read_text("utf-8"), ROOT) == []


def test_strangers_find_what_they_look_for() -> None:
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "TEACHING.md"} <= {
        path.name for path in DOCUMENTS
    }
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("BSD 3-Clause License\n")


@pytest.mark.parametrize(
    "text",
    [
        "see `course_lib/graders/`",
        "see `tests/test_nothing.py`",
        "see `nothing.py`",
        "    course_lib/hazards/SLUG/prober.py   drives it",
        "```\ncp -r course_lib/hazards/_pattern course_lib/hazards/SLUG\n```",
        "    solutions/    tests/near_misses/NN_SLUG/SLUG__REASON.py",
        "`course_lib.graders`",
        "`from course_lib.instruments.queries import count_nothing, course_lib.instruments.queries.count_nothing`",
        "`python -m tests.nothing`",
        "run `make everything`",
        "    COURSE_VENV=.venv-3.13 make tests",
        '`make test PARTS="trust unti"`',
        "`make test PARTS=unti`",
        "`python -m course_lib prove 06_data_structures`",
        "[the design](DESIGN.md)",
        "[the design](README.md#the-design)",
        "[the design](#design)\n\n## The design",
    ],
)
def test_what_is_not_there_is_seen(text: str) -> None:
    assert documents.problems(text, ROOT)


@pytest.mark.parametrize(
    "text",
    [
        "prose about make believe, course_lib/nothing and nothing.py",
        "`course_lib/hazards/SLUG/lesson.ipynb` and `course_lib/hazards/SLUG/growth_picture.py`",
        "`tests/near_misses/NN_SLUG/TASK__REASON.py`, `grader.py`, `course_lib/instruments/…`",
        "`course_lib.instruments.queries.count_queries`",
        "    make lint   # make everything: nothing.py",
        "[here](#the-design), [there](README.md#add-a-hazard), [far](https://example.org/x)\n\n## The design",
    ],
)
def test_what_is_there_is_let_through(text: str) -> None:
    assert documents.problems(text, ROOT) == []
