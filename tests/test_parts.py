"""The parts of `make test`: a misspelt one is refused, no folder is missing, the shares of `trust` are all of it."""

from __future__ import annotations

from inspect import signature

import pytest

from course_lib.syllabus import LESSONS
from tests import parts, test_trust
from tests.samples import samples


def test_a_name_that_is_no_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing ran is not everything passed."""
    assert parts.main(["trust", "unti"]) == 2
    assert "no part is called unti" in capsys.readouterr().out


def test_every_file_that_a_part_names_is_there() -> None:
    named = {word.removeprefix("--ignore=") for part in parts.PARTS for word in part.command}
    missing = [word for word in named if word.startswith("tests/") and not (parts.REPOSITORY / word).exists()]
    assert missing == []


def test_every_sample_is_in_one_share_of_trust() -> None:
    """A share takes whatever has the name of its exercise, so every test of the corpus must have one."""
    stems = [lesson.stem for lesson in LESSONS]
    shares = [part.share for part in parts.PARTS if parts.CORPUS in part.command and part.name == "trust"]
    tests = [test for name, test in vars(test_trust).items() if name.startswith("test_")]
    corpus = [str(sample) for kind in ("near_misses", "right_answers") for sample in samples(kind)]

    assert shares == stems
    assert tests and all("sample" in signature(test).parameters for test in tests)
    assert [name for name in corpus if sum(stem in name for stem in stems) != 1] == []


def test_the_sample_of_the_judge_without_fork_can_be_the_whole_corpus() -> None:
    spawn = next(part for part in parts.PARTS if part.name == "spawn")
    assert parts.whole(spawn).command == [*parts.PYTEST, parts.CORPUS]


def test_long_parts_begin_first() -> None:
    """A long part that began last would run alone; a name that is no part's would order nothing."""
    ordered = parts.in_order()

    assert [str(part) for part in ordered[: len(parts.LONG_FIRST)]] == list(parts.LONG_FIRST)
    assert sorted(map(str, ordered)) == sorted(map(str, parts.PARTS))


def test_the_counts_of_all_shares_are_added_up() -> None:
    printed = ["right answers rejected: 0 of 12\n2 passed\n", "right answers rejected: 1 of 3\n", "5 passed\n"]
    trust = next(part for part in parts.PARTS if part.name == "trust")
    results = [parts.Result(trust, "passed", 1, text) for text in printed]

    assert parts.counts(results) == ["right answers rejected: 1 of 15"]
