"""What other tools say of the course's code: samples that are what they say, and tables made from what is stored."""

from __future__ import annotations

import ast
import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course_lib.exercise_files import ROOT
from tests.peers import __main__ as command
from tests.peers import asking
from tests.peers.asking import OURS, READERS, measure, versions, wanted
from tests.peers.beside import resource_warnings
from tests.peers.programs import HAZARDS, SAMPLES, Program, programs
from tests.peers.table import BEGIN, END, documents, in_words, put, stored, with_table

EVERY = programs()
PINS = ROOT / "constraints.txt"
SHIPPED = [one for one in EVERY if one.kind == "samples"]


def test_each_hazard_has_five_broken_samples_and_two_repaired_ones() -> None:
    names = [f"broken_{number}.py" for number in range(1, 6)] + ["repaired_1.py", "repaired_2.py"]
    for lesson in HAZARDS:
        assert sorted(path.name for path in (SAMPLES / lesson.slug).glob("*.py")) == names
    assert all(one.lesson.slug == one.name.split("/")[1] for one in SHIPPED)


@pytest.mark.parametrize("sample", SHIPPED, ids=lambda one: one.name)
def test_a_sample_says_in_one_line_what_it_is(sample: Program) -> None:
    words = ast.get_docstring(ast.parse(sample.source))
    assert words and words.endswith(".") and "\n" not in words
    assert sample.source.startswith(f'"""{words}"""\n\n')
    assert sum(sample.source == one.source for one in SHIPPED) == 1


def test_what_is_stored_is_about_each_program_and_each_tool() -> None:
    told = stored()
    assert told["said"].keys() == {one.name for one in EVERY}
    for one in EVERY:
        found = told["said"][one.name]["found"]
        assert all(found[tool] is not None for tool in (*READERS, OURS)), one.name
        assert (found["ResourceWarning"] is not None) == (one.lesson.slug == "resource_leaks")
        assert (found["django-zeal"] is not None) == (one.task == "users_with_post_counts")
        assert one.broken or not found[OURS], f"{one.name} is repaired, and the course accuses it"
    assert wanted().items() <= told["versions"].items()


@pytest.mark.parametrize("program", EVERY, ids=lambda one: one.name)
def test_what_is_stored_was_said_of_this_very_program(program: Program) -> None:
    assert stored()["said"][program.name]["of"] == program.digest, "make peers ARGS=--write"


def test_what_is_stored_was_said_by_the_tools_that_are_installed() -> None:
    """A tool of the same version says the same of the same text: so what is stored stands until one of them changes."""
    pinned = dict(
        line.partition(" ")[0].split("==", 1) for line in PINS.read_text("utf-8").splitlines() if "==" in line
    )
    told = stored()["versions"]
    assert {name: told[name] for name in ("ruff", "bandit")} == {name: pinned[name] for name in ("ruff", "bandit")}
    assert {name: told[name] for name in wanted()} == wanted()


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_a_document_holds_the_table_that_is_stored(path: Path) -> None:
    assert path.read_text("utf-8") == with_table(path, in_words(stored())), "make peers ARGS=--write"


def test_a_table_needs_its_two_marks() -> None:
    assert put(f"a\n{BEGIN}\nold\n{END}\nb\n", "new") == f"a\n{BEGIN}\n\nnew\n\n{END}\nb\n"
    with pytest.raises(ValueError, match="made by"):
        put("a\n", "new")


def test_the_table_counts_what_was_found_and_who_was_accused() -> None:
    told = copy.deepcopy(stored())
    for name in ("broken_1", "repaired_2"):
        told["said"][f"samples/missing_authorization/{name}"]["found"]["bandit"] = ["B999"]
    row = next(line for line in in_words(told).splitlines() if line.startswith("| 8 "))
    assert row.split(" | ")[2] == "1 / 1"


def test_a_tool_that_finds_more_than_the_course_is_named() -> None:
    told = copy.deepcopy(stored())
    told["said"]["samples/race_conditions/broken_2"]["found"][OURS] = []
    assert "samples/race_conditions/broken_2 (ruff, pylint)" in in_words(told)


def test_what_is_not_as_stored_is_named() -> None:
    told = copy.deepcopy(stored())
    assert list(command._drift(told)) == []
    told["versions"]["ruff"] = "99"
    told["said"]["samples/sql_injection/broken_1"]["found"]["ruff"] = ["S999"]
    told["said"]["samples/sql_injection/broken_2"]["of"] = "another"
    lines = list(command._drift(told))
    assert "samples/sql_injection/broken_2 is another program than the one that was asked about" in lines
    assert any(line.startswith("ruff is 99, and") for line in lines)
    assert any(line.startswith("samples/sql_injection/broken_1: ruff says ['S999'], and") for line in lines)
    assert "README.md holds another table" in lines


@pytest.mark.slow
def test_a_few_programs_are_still_what_is_stored() -> None:
    """Of the tools that are always there; all of them are asked by `make peers`."""
    told = stored()
    if {name: told["versions"][name] for name in ("ruff", "bandit")}.items() - versions().items():
        pytest.skip("another version of a linter is installed")
    few = [
        one
        for one in EVERY
        if one.name.endswith(("sql_injection/broken_1", "race_conditions/broken_2", "leaks/repaired_2"))
    ]
    for name, one in measure(few, ("ruff", "bandit")).items():
        assert one.found.items() <= told["said"][name]["found"].items(), name


def test_where_a_tool_cannot_be_had_it_is_said_and_the_rest_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(command, "install", lambda: "pylint could not be installed")
    monkeypatch.setattr(command, "measure", lambda _programs, tools: asked.extend(tools) or _as_stored(tools))
    monkeypatch.setattr(command, "versions", lambda: stored()["versions"])
    before = json.dumps(stored())
    assert command.main(["--write"]) == 3
    assert asked == ["ruff", "bandit", "ResourceWarning"]
    printed = capsys.readouterr().out
    assert "pylint could not be installed.\n" in printed
    assert "Not as stored" not in printed
    assert json.dumps(stored()) == before


def _as_stored(tools: Any) -> dict[str, asking.Said]:
    def kept(plain: dict[str, Any]) -> asking.Said:
        found = {tool: rules for tool, rules in plain["found"].items() if tool in (*tools, OURS)}
        return asking.Said(plain["of"], found, [tool for tool in plain["spoke"] if tool in tools])

    return {name: kept(plain) for name, plain in stored()["said"].items()}


def _leaves_open(user_ids: Any, folder: Path, fetch: Callable[[int], Any]) -> None:
    for user_id in user_ids:
        open(folder / f"{user_id}", "w").write(str(fetch(user_id)))  # noqa: SIM115, PTH123  # that is the point


def _closes(user_ids: Any, folder: Path, fetch: Callable[[int], Any]) -> None:
    for user_id in user_ids:
        (folder / f"{user_id}").write_text(str(fetch(user_id)), "utf-8")


def test_a_file_that_nobody_closes_is_heard_of() -> None:
    assert resource_warnings("export_profiles", _leaves_open) == ["ResourceWarning"]
    assert resource_warnings("export_profiles", _closes) == []
