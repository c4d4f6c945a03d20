"""The environment: what is asked for is pinned, and start.py knows when there is something to do."""

from __future__ import annotations

import importlib.util
import os
import platform
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
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """start.py as it stands in a course folder of its own, with nothing installed."""
    for name in ("start.py", "constraints.txt", *FILES):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.delenv("COURSE_VENV", raising=False)
    return loaded(tmp_path)


def loaded(course: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("start_in_scratch", course / "start.py")
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


def put_python(start: ModuleType, version: str) -> None:
    """An environment whose Python tells this version, whatever it is asked."""
    start.PYTHON.parent.mkdir(parents=True, exist_ok=True)
    start.PYTHON.write_text(f"#!/bin/sh\necho {version}\n", "utf-8")
    start.PYTHON.chmod(0o755)


def stamp_as_made(start: ModuleType, kind: str, version: str = platform.python_version()) -> None:
    """Leaves the folder as a finished installation of that kind, made with a Python of that version, leaves it."""
    put_python(start, version)
    stamp, files = getattr(start, kind)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(platform, "python_version", lambda: version)
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


def test_an_environment_that_another_python_made_is_used_as_it_is(start: ModuleType) -> None:
    stamp_as_made(start, "COURSE_ALONE", "3.99.1")
    assert start.is_ready(with_tests=False)


def test_an_environment_of_another_python_that_lacks_something_is_filled_and_not_thrown_away(
    start: ModuleType,
) -> None:
    put_python(start, "3.99.1")
    (start.VENV / "kept").touch()
    assert not start.is_ready(with_tests=False)
    start.make_venv(with_pip=False)
    assert (start.VENV / "kept").exists()


@pytest.mark.parametrize("version", ["3.10.13", ""])
def test_an_environment_whose_python_is_too_old_or_has_gone_is_made_anew(start: ModuleType, version: str) -> None:
    stamp_as_made(start, "COURSE_ALONE", version)
    assert not start.is_ready(with_tests=False)
    start.make_venv(with_pip=False)
    assert start.version_inside() == platform.python_version()


def test_a_folder_that_is_no_environment_is_left_alone(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """COURSE_VENV may name a home by mistake, or the prefix of a system that has no `bin/python`."""
    (start.VENV / "bin").mkdir(parents=True)
    (start.VENV / "thesis.txt").write_text("mine", "utf-8")
    monkeypatch.setattr(start, "run", lambda command: True)
    with pytest.raises(SystemExit, match="no environment of this course"):
        start.make_venv(with_pip=False)
    assert (start.VENV / "thesis.txt").read_text("utf-8") == "mine"
    (start.VENV / "pyvenv.cfg").touch()
    start.make_venv(with_pip=False)
    assert not start.VENV.exists()


def test_the_course_is_compiled_where_it_lies(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in a shell that keeps Python from storing what it compiles."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    start.make_venv(with_pip=False)
    (start.COURSE / "course_lib").mkdir()
    (start.COURSE / "course_lib" / "one.py").touch()
    start.finish()
    assert [path.name.partition(".")[0] for path in start.COURSE.glob("course_lib/__pycache__/*.pyc")] == ["one"]


def test_a_ctrl_c_is_for_the_command_that_runs_inside(tmp_path: Path) -> None:
    """It puts away what it made, and its exit status is the one that is told."""
    code = (
        "import os, pathlib, signal, time\n"
        "try:\n"
        "    os.killpg(0, signal.SIGINT)\n"
        "    time.sleep(60)\n"
        "except KeyboardInterrupt:\n"
        "    time.sleep(0.6)\n"
        f"    pathlib.Path({str(tmp_path / 'put_away')!r}).touch()\n"
        "    raise SystemExit(130)\n"
    )
    ask = "import sys, start; start.PYTHON = sys.executable; sys.exit(start.run_inside(sys.argv[1:]))"
    command = [sys.executable, "-c", ask, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, start_new_session=True)
    assert (done.returncode, done.stderr) == (130, "")
    assert (tmp_path / "put_away").exists()


def test_an_environment_whose_python_was_exchanged_is_filled_again(start: ModuleType) -> None:
    stamp_as_made(start, "COURSE_ALONE", "3.12.1")
    put_python(start, "3.13.0")
    assert not start.is_ready(with_tests=False)


def test_another_folder_can_be_named(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_VENV", ".venv-3.13")
    assert loaded(start.COURSE).VENV == start.COURSE / ".venv-3.13"


def test_jupyterlab_is_opened_on_the_whole_course(start: ModuleType) -> None:
    command = start.lab_command(8888, [])
    assert f"--ServerApp.root_dir={start.COURSE}" in command
    assert "--port=8888" in command
    assert ("--allow-root" in command) == (os.geteuid() == 0)


def test_a_port_of_ones_own_is_taken(start: ModuleType) -> None:
    command = start.lab_command(8888, ["--port=9000"])
    assert "--port=9000" in command
    assert "--port=8888" not in command


@pytest.mark.parametrize("before", [[], ["--with-tests"]])
def test_the_environments_own_python_runs_what_is_told(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, before: list[str]
) -> None:
    """In the course's folder, with its exit status; what stands behind `--python` is not read."""
    prepared: list[bool] = []
    monkeypatch.setattr(start, "prepare", lambda with_tests: prepared.append(with_tests))
    monkeypatch.setattr(start, "PYTHON", sys.executable)
    code = "import sys; sys.exit(sys.argv[1:] == ['--with-tests', '--prepare'] and 7)"

    assert start.main([*before, "--python", "-c", code, "--with-tests", "--prepare"]) == 7
    assert prepared == [bool(before)]


def test_start_can_be_read_by_an_old_python_that_then_says_so() -> None:
    """No syntax that Python 3.8 cannot parse, else it shows a SyntaxError and not the sentence."""
    check = "import ast, sys; ast.parse(open(sys.argv[1], encoding='utf-8').read(), feature_version=(3, 8))"
    subprocess.run([sys.executable, "-c", check, str(ROOT / "start.py")], check=True)
