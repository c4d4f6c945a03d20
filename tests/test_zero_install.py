"""The container and Binder: files that their readers accept, commands that there are, and README says no other.

What it can't see: whether the services build what the files ask for.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import json5
import pytest

import start
from course_lib.pythons import NEWEST, OLDEST

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CONTAINER: dict[str, Any] = json5.loads((ROOT / ".devcontainer/devcontainer.json").read_text("utf-8"))
DOCKERFILE = (ROOT / ".devcontainer/Dockerfile").read_text("utf-8")
POST_BUILD = ROOT / "binder/postBuild"
KNOWN = {  # of the properties at containers.dev
    "name",
    "build",
    "remoteUser",
    "updateContentCommand",
    "forwardPorts",
    "portsAttributes",
    "customizations",
}
INSTALLS = ["start.py", "--prepare"]


def command_of_binder() -> list[str]:
    """The last line of its script, without the variables set before it."""
    *_, last = POST_BUILD.read_text("utf-8").strip().splitlines()
    return [word for word in shlex.split(last) if not word.startswith("COURSE_VENV=")]


def test_the_container_installs_where_a_prebuild_keeps_it() -> None:
    """In `updateContentCommand`; what runs when somebody comes installs nothing."""
    assert shlex.split(CONTAINER["updateContentCommand"]) == ["python3", *INSTALLS]
    assert set(CONTAINER) <= KNOWN
    assert "`updateContentCommand`" in README


def test_the_container_is_of_a_python_that_the_course_runs_on_and_of_no_root() -> None:
    [image] = re.findall(r"^FROM python:3\.(\d+)-\w+$", DOCKERFILE, re.M)

    assert OLDEST <= int(image) <= NEWEST
    assert CONTAINER["build"] == {"dockerfile": "Dockerfile"}
    assert f"useradd --create-home --shell /bin/bash {CONTAINER['remoteUser']}" in DOCKERFILE
    assert DOCKERFILE.strip().endswith(f"USER {CONTAINER['remoteUser']}")


def test_what_the_container_tells_vs_code_is_there_once_it_is_built() -> None:
    told = CONTAINER["customizations"]["vscode"]
    kernel = told["settings"]["python.defaultInterpreterPath"].replace("${containerWorkspaceFolder}", str(ROOT))

    assert os.name == "nt" or Path(kernel).relative_to(ROOT) == Path(".venv/bin") / start.PYTHON.name
    assert {"ms-python.python", "ms-toolsai.jupyter"} == set(told["extensions"])
    assert "choose `.venv` as the kernel" in README
    assert set(CONTAINER["portsAttributes"]) == {str(port) for port in CONTAINER["forwardPorts"]} == {"8888"}


def test_binder_installs_into_the_python_of_its_jupyterlab() -> None:
    assert command_of_binder() == ["python", *INSTALLS]
    assert re.fullmatch(r"python-3\.\d+\s*", (ROOT / "binder/runtime.txt").read_text("utf-8"))
    assert "sys.prefix" in POST_BUILD.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="a script of Unix, for a container of Linux")
def test_binders_script_can_be_run_and_stops_at_the_first_fault(tmp_path: Path) -> None:
    """Run in a folder whose start.py tells what it was asked, and fails."""
    assert os.access(POST_BUILD, os.X_OK)
    telling = "import os, sys; print(os.environ['COURSE_VENV'], *sys.argv[1:]); sys.exit(7)"
    (tmp_path / "start.py").write_text(telling, "utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [POST_BUILD], cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )

    assert done.returncode == 7
    assert done.stdout.split() == [sys.prefix, *INSTALLS[1:]]


def test_readme_says_the_same_commands() -> None:
    """The hub's is Binder's with another folder; both pages that are opened are there."""
    said = " ".join(README.split())
    [page] = re.findall(r"open `lab/tree/([^`]+)`", said)

    assert "`COURSE_VENV=PREFIX python start.py --prepare`" in said
    assert (ROOT / page).is_file()
    assert "`.devcontainer/`" in said and "`binder/`" in said


def test_the_command_prepares_and_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(start, "prepare", lambda with_tests: asked.append(with_tests))

    assert start.main(INSTALLS[1:]) == 0
    assert asked == [False]
