"""The workflow for GitHub names commands that there are here, and the Pythons that the course runs on.

What it can't see: whether they pass on a machine of GitHub's.
"""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from course_lib import cli
from course_lib.pythons import NEWEST, OLDEST
from tests import parts
from tests.peers.table import stored

ROOT = Path(__file__).resolve().parents[1]
JOBS: dict[str, Any] = yaml.safe_load((ROOT / ".github/workflows/course.yml").read_text("utf-8"))["jobs"]
STEPS = [(job, step["run"]) for job, told in JOBS.items() for step in told["steps"] if "run" in step]


def test_each_system_is_there_with_the_oldest_and_the_newest_python() -> None:
    """Linux with all between as well."""
    versions = {job: told["strategy"]["matrix"]["python"] for job, told in JOBS.items()}
    ends = [f"3.{OLDEST}", f"3.{NEWEST}"]

    assert list(versions) == ["linux", "macos", "windows"]
    assert versions["linux"] == [f"3.{minor}" for minor in range(OLDEST, NEWEST + 1)]
    assert versions["macos"] == versions["windows"] == ends


@pytest.mark.parametrize(("job", "step"), STEPS, ids=[f"{job}: {step}" for job, step in STEPS])
def test_each_step_is_a_command_of_this_repository(job: str, step: str) -> None:
    """A target of the Makefile with parts that there are, or start.py with a module that is there."""
    words = shlex.split(step)
    if words[0] == "make":
        assert job != "windows"
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.M)
        assert subprocess.run(["make", "-n", *words[1:]], cwd=ROOT, capture_output=True, check=False).returncode == 0
        named = [part for word in words[2:] for part in word.removeprefix("PARTS=").split()]
    else:
        assert words[:5] == ["python", "start.py", "--with-tests", "--python", "-m"]
        module, *named = words[5:]
        assert importlib.util.find_spec(module) is not None
        if module == "course_lib":
            cli._parser().parse_args(named)
            return
    assert set(named) <= {part.name for part in parts.PARTS}


def test_the_table_of_other_tools_is_measured_on_the_python_that_it_names() -> None:
    [step] = [step for step in JOBS["linux"]["steps"] if step.get("run") == "make peers"]
    assert step["if"] == f"matrix.python == '{stored()['versions']['Python']}'"


def test_nothing_else_stands_in_a_step() -> None:
    """Whoever reads it can run it: no script is written into the file."""
    assert len(STEPS) > 8
    assert not [step for _, step in STEPS if "\n" in step.strip() or set(step) & set("|&;>$")]
