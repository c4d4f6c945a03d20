"""The wheel: what is in it, what it asks for, and that it works where nothing else is installed.

It is built by the backend itself and installed into an empty environment, to which only what the wheel asks for is
copied from this one: no registry is asked. What it can't see: whether a registry's own copies would do.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PARTS = {"__init__.py", "py.typed", "reading.py", "instruments", "interleavings", "pytest_plugin", "testbeds"}
OF_JUPYTER = re.compile(
    r"IPython|jupyter|ipykernel|ipywidgets|anywidget|traitlets|zmq|tornado|nb(format|convert|client)"
)
HAS_PIP = importlib.util.find_spec("pip") is not None  # uv makes environments without it
SAYS_WHAT_IT_IMPORTED = """
import importlib, json, pkgutil, sys
import course_lib
alone = {name for name in sys.modules if name.startswith("course_lib")}
names = [one.name for one in pkgutil.walk_packages(course_lib.__path__, "course_lib.")]
for name in names:
    importlib.import_module(name)
print(json.dumps([sorted(alone), names, sorted(sys.modules)]))
"""


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; its complaint where it fails. Nothing of this checkout is on its path."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def pip_of(python: Path) -> tuple[str | Path, ...]:
    """The command that works on this Python's environment: from here where there is a pip, else its own."""
    return (sys.executable, "-m", "pip", "--python", python) if HAS_PIP else (python, "-m", "pip")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip(
        "hatchling", reason="this environment lacks the build backend: run make test, which installs it"
    )
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    run(sys.executable, "-c", build, folder, cwd=ROOT)
    [built] = folder.glob("*.whl")
    return built


def needed(name: str) -> Iterator[importlib.metadata.Distribution]:
    """An installed distribution and, again and again, what it needs here."""
    distribution = importlib.metadata.distribution(name)
    yield distribution
    for requirement in map(Requirement, distribution.requires or []):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield from needed(requirement.name)


def copy(distribution: importlib.metadata.Distribution, to: Path) -> None:
    for top in {Path(str(file)).parts[0] for file in distribution.files or []} - {"..", "__pycache__"}:
        origin = Path(str(distribution.locate_file(top)))
        if origin.is_dir():
            shutil.copytree(origin, to / top, dirs_exist_ok=True)
        else:
            shutil.copy(origin, to / top)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=not HAS_PIP)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(*pip_of(python), "install", "-q", "--no-compile", "--no-index", "--no-deps", wheel, cwd=folder)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(python, "-c", ask, cwd=folder).strip())
    for distribution in needed("pytest"):
        copy(distribution, packages)
    return python


def test_the_wheel_holds_the_instruments_and_the_plugin_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        files = [Path(name) for name in archive.namelist()]
    assert {file.parts[1] for file in files if file.parts[0] == "course_lib"} == PARTS
    assert {file.parts[0] for file in files if not file.parts[0].endswith(".dist-info")} == {"course_lib"}
    assert {file.suffix for file in files if file.parts[0] == "course_lib"} <= {".py", ".typed", ".md"}
    assert {file.stem for file in files if "testbeds" in file.parts} == {
        "__init__",
        "hostile_api",
        "hostile_faults",
        "hostile_fixture",
        "hostile_reply",
    }


def test_it_asks_for_little_and_names_what_goes_with_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        [metadata] = [name for name in archive.namelist() if name.endswith("METADATA")]
        asked = re.findall(r"^Requires-Dist: (.+)$", archive.read(metadata).decode(), re.M)
    always = [Requirement(one).name for one in asked if "extra ==" not in one]
    assert set(always) <= {"pytest", "sqlglot", "psutil"}
    assert set(re.findall(r"extra == ['\"](\w+)", " ".join(asked))) == {
        "course",
        "django",
        "flask",
        "postgres",
        "sqlalchemy",
    }


def test_the_extra_for_the_course_is_what_the_course_requires() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    lines = (re.sub(r"\s*#.*", "", line) for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines())
    assert extras["course"] == [line for line in lines if line]


def test_every_module_of_it_is_imported_without_jupyter(installed: Path, tmp_path: Path) -> None:
    run(*pip_of(installed), "check", cwd=tmp_path)
    alone, named, loaded = json.loads(run(installed, "-c", SAYS_WHAT_IT_IMPORTED, cwd=tmp_path))
    assert alone == ["course_lib"]
    assert {"course_lib.instruments.work", "course_lib.interleavings", "course_lib.pytest_plugin"} <= set(named)
    assert [name for name in loaded if OF_JUPYTER.match(name)] == []


def test_the_plugin_imports_no_instrument_by_itself(installed: Path, tmp_path: Path) -> None:
    code = (
        "import sys, course_lib.pytest_plugin; print(*(name for name in sys.modules if name.startswith('course_lib')))"
    )
    own = run(installed, "-c", code, cwd=tmp_path).split()
    assert [name for name in own if not name.startswith("course_lib.pytest_plugin")] == ["course_lib"]


FOREIGN = """
import json
import sqlite3

import pytest


def export(folder):
    for number in range(3):
        json.dump(number, open(folder / f"{number}.json", "w"))


@pytest.mark.no_open_handles
def test_files(tmp_path):
    export(tmp_path)


def test_page(query_growth):
    shop = sqlite3.connect(":memory:")
    shop.execute("CREATE TABLE users (id)")

    def fill(size):
        shop.execute("DELETE FROM users")
        shop.executemany("INSERT INTO users VALUES (?)", [(number,) for number in range(size)])

    def page():
        ids = shop.execute("SELECT id FROM users").fetchall()
        return [shop.execute("SELECT count(*) FROM users WHERE id = ?", one).fetchone() for one in ids]

    query_growth([5, 50], fill, page, unit="user")


class Counter:
    def __init__(self):
        self.count = 0

    def add(self):
        self.count += 1


def test_counter(no_race):
    no_race(Counter, [Counter.add] * 2, lambda counter: counter.count == 2)
"""


def test_three_faults_fail_in_a_foreign_project_each_for_its_reason(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "test_foreign.py").write_text(FOREIGN, "utf-8")
    done = subprocess.run(
        [str(installed), "-m", "pytest", "-q", "--strict-markers", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    for sentence in (
        "3 of 3 handles not closed by the code, opened at test_foreign.py:10; allowed: 0",
        "6 queries for 5 users, 51 for 50: 1 per user, issued at test_foreign.py:28; allowed: 0",
        "race in schedule",
        "3 failed",
    ):
        assert sentence in done.stdout, done.stdout
