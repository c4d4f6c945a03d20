"""The parts of `make test`: a misspelt one is refused, no folder is missing, the shares of `trust` are all of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from inspect import signature
from pathlib import Path

import pytest

from course_lib.syllabus import LESSONS
from tests import parts, test_trust
from tests.processors import Processors
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


@pytest.mark.parametrize("name", ["lessons", "figures"])
def test_lessons_are_run_once_where_a_browser_opens_them(name: str) -> None:
    """Without a browser, or asked for by name, they run by themselves."""
    alone = next(part for part in parts.PARTS if part.name == name)

    assert alone not in parts.needed(list(parts.PARTS), with_browser=True)
    assert alone in parts.needed(list(parts.PARTS), with_browser=False)
    assert parts.needed([alone], with_browser=True) == [alone]


def test_on_another_python_a_part_runs_in_the_environment_of_that_python() -> None:
    unit = next(part for part in parts.PARTS if part.name == "unit" and part.share == "judge")
    there = parts.other("3.99", Path("/usr/bin/python3.99")).running(unit)

    assert str(there) == "unit judge on 3.99"
    assert there.command == [str(parts.REPOSITORY / ".venv-3.99/bin/python"), *unit.command[1:]]
    assert ("COURSE_VENV", ".venv-3.99") in there.settings


@pytest.mark.parametrize(("room", "inside"), [(0, True), (1 << 62, False)], ids=["room", "no room"])
def test_many_small_files_lie_in_memory_where_there_is_room(
    room: int, inside: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MEMORY", tmp_path)
    monkeypatch.setattr(parts, "ROOM", room)
    telling = [sys.executable, "-S", "-c", "import os; print(os.environ.get('TMPDIR', ''))"]

    told = parts.run(parts.Part("trust", "tells where", telling, light=True)).printed

    assert told.startswith(str(tmp_path)) == inside
    assert not any(tmp_path.iterdir())


def test_on_another_python_files_are_not_read_again() -> None:
    """What the house says of them is said once; every other test runs on each Python."""
    unit = next(part for part in parts.PARTS if str(part) == "unit")
    there = parts.other("3.99", Path("/usr/bin/python3.99")).running(unit)

    assert there.command[1:] == [*unit.command[1:], *(f"--ignore={name}" for name in parts.OF_FILES)]
    assert all((parts.REPOSITORY / name).exists() for name in parts.OF_FILES)


def test_where_an_environment_cannot_be_made_its_parts_fail_and_the_others_run() -> None:
    one = parts.Part("unit", "a part", [sys.executable, "-c", "print('ran')"])
    elsewhere = parts.Other("3.99", parts.Part("environment", "none", [sys.executable, "-c", "raise SystemExit(1)"]))
    with ThreadPoolExecutor(3) as threads:
        begun = parts.running([one], [elsewhere], Processors(1), threads)
        words = {str(ended.result().part): ended.result().word for ended in begun}

    assert words == {"environment": "FAILED", "unit": "passed", "unit on 3.99": "FAILED"}


def test_a_part_has_its_turn_on_each_python_before_the_next_part_has() -> None:
    """Behind all the others, the longest part of another Python would run alone at the end."""
    turns: dict[int, int] = {}

    class Noted(Processors):
        @contextmanager
        def lent(self, tenths: int, place: int) -> Iterator[None]:
            turns[place] = tenths
            with super().lent(tenths, place):
                yield

    command = [sys.executable, "-S", "-c", ""]
    first, second = (parts.Part("unit", "a part", command, busy=tenths) for tenths in (1, 2))
    elsewhere = parts.Other("3.99", parts.Part("environment", "one", command, busy=5))
    with ThreadPoolExecutor(5) as threads:
        parts.running([first, second], [elsewhere], Noted(1), threads)

    assert [turns[place] for place in sorted(turns)] == [5, 1, 1, 2, 2]


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell")
def test_a_part_tells_what_it_printed_and_the_processors_of_all_that_it_started() -> None:
    """What a child of the part has burnt counts; the part alone takes some hundredths."""
    burn = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(6 * 10**7)); print(3)'])"
    alone = parts.run(parts.Part("unit", "prints", [sys.executable, "-c", "print(2); raise SystemExit(4)"]))
    result = parts.run(parts.Part("unit", "burns in a child", [sys.executable, "-c", burn]))

    assert (alone.word, alone.printed) == ("FAILED", "2\n")
    assert (result.word, result.printed) == ("passed", "3\n")
    assert result.busy > 2 * alone.busy > 0
