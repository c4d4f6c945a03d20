"""What is asked: every task, in three shipped ways and a team's own."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from course_lib.exercise_files import answer_cells, read_notebook, solution_path, source_of, starter_notebook
from course_lib.syllabus import LESSONS
from course_lib.trial.prompts import SHIPPED, UnknownPrompt, prompts_named
from course_lib.trial.tasks import Request, all_requests

HAZARDS = [task for lesson in LESSONS[:8] for task in lesson.tasks]


def test_every_task_of_the_hazards_is_asked_for() -> None:
    assert list(all_requests()) == [*HAZARDS, "save_upload"]


@pytest.mark.parametrize("task", HAZARDS)
def test_the_request_names_the_call_as_the_exercise_has_it(task: str) -> None:
    """By the parameters of the starter: a request for another signature would be answered wrongly by everybody."""
    request = all_requests()[task]
    starter = answer_cells(starter_notebook(read_notebook(solution_path(request.lesson))))[task]
    found = next(node for node in ast.parse(source_of(starter)).body if getattr(node, "name", "") == task)
    if isinstance(found, ast.ClassDef):
        found = next(node for node in found.body if getattr(node, "name", "") == "__init__")
    assert isinstance(found, ast.FunctionDef)
    names = ast.unparse(found.args).removeprefix("self").removeprefix(", ").replace("'id'", '"id"')
    assert f"`{task}({names})`" in request.asked


@pytest.mark.parametrize("request_", all_requests().values(), ids=lambda one: one.task)
def test_each_demand_has_its_test(request_: Request) -> None:
    """Both are read from texts that are kept apart; that they are as many, `all_requests` makes sure of."""
    named = SHIPPED["named"](request_)
    assert request_.demands
    for demand, test in request_.demands:
        assert demand in named and test in named and len(test) > 20


@pytest.mark.parametrize("request_", all_requests().values(), ids=lambda one: one.task)
def test_plain_and_generic_hold_no_demand(request_: Request) -> None:
    for title in ("plain", "generic"):
        text = SHIPPED[title](request_)
        assert request_.asked in text and not any(test in text for _, test in request_.demands)
    assert "edge cases" in SHIPPED["generic"](request_)


def test_a_file_goes_before_the_request_or_around_it(tmp_path: Path) -> None:
    (tmp_path / "ours.md").write_text("Write tests first.\n")
    (tmp_path / "around.md").write_text("<task>{request}</task>")
    prompts = prompts_named(["plain", str(tmp_path / "ours.md"), str(tmp_path / "around.md")])
    request = all_requests()["Bank"]

    assert list(prompts) == ["plain", "ours", "around"]
    assert prompts["ours"](request) == f"Write tests first.\n\n{prompts['plain'](request)}"
    assert prompts["around"](request) == f"<task>{prompts['plain'](request)}</task>"


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_file_that_holds_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ours.md").write_bytes(content)
    with pytest.raises(UnknownPrompt):
        prompts_named([str(tmp_path / "ours.md")])


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnknownPrompt, match="can't be read"):
        prompts_named([str(tmp_path / "pipe")])


def test_two_prompts_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "plain.md").write_text("Hurry.")
    for names in (["plain", "plain"], [str(tmp_path / "plain.md")]):
        with pytest.raises(UnknownPrompt, match="two prompts"):
            prompts_named(names)
