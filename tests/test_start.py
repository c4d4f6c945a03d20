"""The environment: what is asked for is pinned, and start.py knows when there is something to do."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
FILES = ("requirements.txt", "requirements-test.txt")


def requirements_in(name: str) -> list[Requirement]:
    lines = (re.sub(r"\s*#.*", "", line) for line in (ROOT / name).read_text("utf-8").splitlines())
    return [Requirement(line) for line in lines if line.strip()]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture
def start(tmp_path: Path) -> ModuleType:
    """start.py as it stands in a course folder of its own, with nothing installed."""
    for name in ("start.py", "constraints.txt", *FILES):
        shutil.copy(ROOT / name, tmp_path)
    spec = importlib.util.spec_from_file_location("start_in_scratch", tmp_path / "start.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("wanted", [one for name in FILES for one in requirements_in(name)], ids=str)
def test_every_requirement_is_pinned_within_its_range(wanted: Requirement) -> None:
    pins = {normal(pin.name): pin for pin in requirements_in("constraints.txt")}
    [version] = [one.version for one in pins[normal(wanted.name)].specifier]
    assert wanted.specifier.contains(version)


def test_every_constraint_is_one_exact_version() -> None:
    loose = [str(pin) for pin in requirements_in("constraints.txt") if [s.operator for s in pin.specifier] != ["=="]]
    assert loose == []


def stamp_as_made(start: ModuleType, kind: str) -> None:
    """Leaves the folder as a finished installation of that kind leaves it."""
    start.PYTHON.parent.mkdir(parents=True, exist_ok=True)
    start.PYTHON.touch()
    stamp, files = getattr(start, kind)
    stamp.write_text(start.stamp_text(files), "utf-8")


def test_nothing_is_ready_in_a_fresh_folder(start: ModuleType) -> None:
    assert not start.is_ready(with_tests=False)
    assert not start.is_ready(with_tests=True)


def test_the_course_alone_cannot_run_the_tests_and_the_tests_environment_runs_the_course(start: ModuleType) -> None:
    stamp_as_made(start, "COURSE_ALONE")
    assert start.is_ready(with_tests=False)
    assert not start.is_ready(with_tests=True)
    stamp_as_made(start, "TESTS")
    assert start.is_ready(with_tests=True)
    (start.VENV / "course.stamp").unlink()
    assert start.is_ready(with_tests=False)


def test_a_changed_pin_and_an_interrupted_installation_are_made_again(start: ModuleType) -> None:
    stamp_as_made(start, "COURSE_ALONE")
    with (start.COURSE / "constraints.txt").open("a") as file:
        file.write("# another pin\n")
    assert not start.is_ready(with_tests=False)
    stamp_as_made(start, "COURSE_ALONE")
    start.PYTHON.unlink()
    assert not start.is_ready(with_tests=False)


def test_jupyterlab_is_opened_on_the_whole_course(start: ModuleType) -> None:
    command = start.lab_command(8888, [])
    assert f"--ServerApp.root_dir={start.COURSE}" in command
    assert "--port=8888" in command
    assert ("--allow-root" in command) == (os.geteuid() == 0)


def test_a_port_of_ones_own_is_taken(start: ModuleType) -> None:
    command = start.lab_command(8888, ["--port=9000"])
    assert "--port=9000" in command
    assert "--port=8888" not in command


def test_start_can_be_read_by_an_old_python_that_then_says_so() -> None:
    """No syntax that Python 3.8 cannot parse, else it shows a SyntaxError and not the sentence."""
    check = "import ast, sys; ast.parse(open(sys.argv[1], encoding='utf-8').read(), feature_version=(3, 8))"
    subprocess.run([sys.executable, "-c", check, str(ROOT / "start.py")], check=True)
