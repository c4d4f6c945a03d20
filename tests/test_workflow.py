"""The workflow for GitHub: every system with every Python, and each step a make target, or on Windows what one runs.

What it can't see: whether they pass on a machine of GitHub's.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from functools import cache
from itertools import groupby, product
from pathlib import Path
from typing import Any

import pytest
import yaml

from course_lib.pythons import NEWEST, OLDEST
from tests import parts
from tests.peers.table import stored

ROOT = Path(__file__).resolve().parents[1]
JOBS: dict[str, Any] = yaml.safe_load((ROOT / ".github/workflows/course.yml").read_text("utf-8"))["jobs"]
STEPS = [(job, step["run"]) for job, told in JOBS.items() for step in told["steps"] if "run" in step]
TARGETS = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M)
PARTS = {part.name for part in parts.PARTS}
BY_ITSELF = ["python", "start.py"]


def _by_hand() -> dict[str, str]:
    """The environment of somebody who types the command: a make above these tests hands its variables down in it."""
    handed_down = ("MAKEFLAGS", "MAKELEVEL", "ARGS", "PARTS")
    return {name: value for name, value in os.environ.items() if name not in handed_down}


@cache
def recipe(*words: str) -> list[list[str]]:
    """The commands, as words, that make runs for a target; empty where it would refuse."""
    asked = ["make", "-n", *words, "PYTHON=python"]
    done = subprocess.run(asked, cwd=ROOT, env=_by_hand(), capture_output=True, text=True, check=False)
    lines = done.stdout.strip().replace("\\\n", "").splitlines() if done.returncode == 0 else []
    words_of_each = [list(filter(None, shlex.split(line))) for line in lines]
    return [list(one) for line in words_of_each for between, one in groupby(line, "&&".__eq__) if not between]


def runs_without_make(target: str, part_names: list[str]) -> list[list[str]]:
    """What start.py is asked for where there is no make: prepared as the target prepares it, the same command after."""
    prepared, *commands = recipe(target, *([f"PARTS={' '.join(part_names)}"] if target == "test" else []))
    with_tests = ["--with-tests"] if "--with-tests" in prepared else []
    return [[*BY_ITSELF, *with_tests, "--python", *command[1:]] for command in commands]


def asked_parts(step: str) -> list[str]:
    """The parts of the test suite that a step names: all of them for `make test`."""
    words = shlex.split(step)
    if "tests.parts" in words:
        return words[words.index("tests.parts") + 1 :]
    named = [part for word in words if word.startswith("PARTS=") for part in word.removeprefix("PARTS=").split()]
    return named or (sorted(PARTS) if step == "make test" else [])


def target_of(step: str) -> str | None:
    """The make target that a step is, or whose command it runs; None where there is none."""
    words = shlex.split(step)
    if words[0] == "make":
        return words[1] if words[1] in TARGETS and recipe(*words[1:]) else None
    prepared = [target for target in TARGETS if recipe(target) and recipe(target)[0][:2] == BY_ITSELF]
    return next((one for one in prepared if words in runs_without_make(one, asked_parts(step))), None)


def test_the_matrix_is_whole() -> None:
    """Three systems, and on each of them every Python that the course runs on."""
    told = {(job["runs-on"], python) for job in JOBS.values() for python in job["strategy"]["matrix"]["python"]}
    pythons = [f"3.{minor}" for minor in range(OLDEST, NEWEST + 1)]

    assert told == set(product(["ubuntu-latest", "macos-latest", "windows-latest"], pythons))
    assert len(told) == 12


@pytest.mark.parametrize(("job", "step"), STEPS, ids=[f"{job}: {step}" for job, step in STEPS])
def test_each_step_is_a_make_target_or_on_windows_what_one_runs(job: str, step: str) -> None:
    assert target_of(step) in TARGETS
    assert set(asked_parts(step)) <= PARTS
    assert step.startswith("make ") == (job != "windows")


@pytest.mark.parametrize("job", JOBS)
def test_every_system_runs_wheel_plugin_and_instruments_the_judge_and_the_lessons(job: str) -> None:
    """The plugin under the oldest pytest as well."""
    steps = [step for of, step in STEPS if of == job]
    asked = {part for step in steps for part in asked_parts(step)}

    assert asked >= {"wheel", "spawn", "lessons"}
    assert {target_of(step) for step in steps} >= {"doctor", "plugin-oldest"}
    assert "verify" in asked or "verify" in {target_of(step) for step in steps}


def test_the_table_of_other_tools_is_measured_on_the_python_that_it_names() -> None:
    [step] = [step for step in JOBS["linux"]["steps"] if step.get("run") == "make peers"]
    assert step["if"] == f"matrix.python == '{stored()['versions']['Python']}'"


def test_nothing_else_stands_in_a_step() -> None:
    """Whoever reads it can run it: no script is written into the file."""
    assert len(STEPS) > 8
    assert not [step for _, step in STEPS if "\n" in step.strip() or set(step) & set("|&;>$")]
