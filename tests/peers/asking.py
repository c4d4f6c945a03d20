"""What each tool says of each program: the rules of it that name the hazard, and whether it says anything at all.

Ruff, bandit and pylint read the text, each with every rule and extension switched on. `ResourceWarning` and django-zeal
watch a run of it, where they can: files and connections, Django's ORM. The course judges it. What this can't see:
whether a rule that fires means the line at fault; the programs are short enough for it.
"""

from __future__ import annotations

import json
import os
import pkgutil
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from course_lib.exercise_files import ROOT
from course_lib.trial.judging import Judge
from tests.peers.programs import Program

REQUIREMENTS = ROOT / "requirements-peers.txt"
BESIDE = Path(sys.prefix) / "peers"
NAMING = {  # the rules that name a hazard
    "resource_leaks": "SIM115 R1732 consider-using-with",
    "unbounded_growth": "B006 B019 RUF012 W0102 W1518",
    "error_handling": "S113 BLE001 S110 S112 E722 B113 B110 B112 W3101 W0718 W0702",
    "race_conditions": "PLW2101 W2101",
    "n_plus_one_queries": "",
    "data_structures": "PLR6201 R6201",
    "sql_injection": "S608 B608",
    "missing_authorization": "",
}
READERS, RUNNERS, OURS = ("ruff", "bandit", "pylint"), ("ResourceWarning", "django-zeal"), "the course"
RUN_UNDER = {"resource_leaks": "ResourceWarning", "users_with_post_counts": "django-zeal"}


@dataclass
class Said:
    """Of one program, by its digest: by tool, what it found of the hazard (None: it can't be asked), and who spoke."""

    of: str = ""
    found: dict[str, list[str] | None] = field(default_factory=dict)
    spoke: list[str] = field(default_factory=list)

    def to_plain(self) -> dict[str, Any]:
        return {"of": self.of, "found": self.found, "spoke": self.spoke}


def measure(programs: Sequence[Program], tools: Iterable[str]) -> dict[str, Said]:
    """What those tools and the course say of each program, by its name."""
    said = {program.name: Said(program.digest) for program in programs}
    with tempfile.TemporaryDirectory() as folder:
        files = _written(programs, Path(folder))
        for tool in READERS:
            if tool in tools:
                _read(tool, Path(folder), files, said)
        for path, program in files.items():
            for tool in RUNNERS:
                if tool in tools:
                    said[program.name].found[tool] = _ran(tool, program, Path(folder) / path)
    with Judge() as judge:
        for program in programs:
            one = judge.judged(program.lesson, program.task, program.source.encode(), ".py")
            about = [check for check in one.checks if check.about == "hazard" or not program.broken]
            said[program.name].found[OURS] = [check.name for check in about if check.status in ("fail", "error")]
            assert not one.unmeasured, f"{program.name}: {one.reason}"
    return said


def _written(programs: Sequence[Program], folder: Path) -> dict[str, Program]:
    files = {f"{program.name.replace('/', '__')}.py": program for program in programs}
    for name, program in files.items():
        (folder / name).write_text(program.source, "utf-8")
    return files


def _read(tool: str, folder: Path, files: dict[str, Program], said: dict[str, Said]) -> None:
    rules: dict[str, list[str]] = {name: [] for name in files}
    for path, rule in _TOLD[tool](folder):
        rules[Path(path).name].append(rule)
    for name, program in files.items():
        one, naming = said[program.name], NAMING[program.lesson.slug].split()
        one.found[tool] = sorted(set(rules[name]) & set(naming))
        one.spoke += [tool] if rules[name] else []


def _by_ruff(folder: Path) -> Iterator[tuple[str, str]]:
    asked = ["-m", "ruff", "check", "--isolated", "--no-cache", "--preview", "--select", "ALL"]
    for one in json.loads(_printed([*asked, "--output-format", "json", "."], folder)):
        yield one["filename"], one["code"]


def _by_bandit(folder: Path) -> Iterator[tuple[str, str]]:
    for one in json.loads(_printed(["-m", "bandit", "-q", "-r", "-f", "json", "."], folder))["results"]:
        yield one["filename"], one["test_id"]


def _by_pylint(folder: Path) -> Iterator[tuple[str, str]]:
    asked = ["-m", "pylint", f"--rcfile={os.devnull}", "--output-format=json2", "--enable=all"]
    every = [*asked, f"--load-plugins={','.join(_extensions())}", *sorted(path.name for path in folder.glob("*.py"))]
    for one in json.loads(_printed(every, folder))["messages"]:
        yield one["path"], one["messageId"]


_TOLD = {"ruff": _by_ruff, "bandit": _by_bandit, "pylint": _by_pylint}


def _extensions() -> list[str]:
    names = (one.name for one in pkgutil.iter_modules([str(BESIDE / "pylint" / "extensions")]))
    return [f"pylint.extensions.{name}" for name in names if not name.startswith("_")]


def _ran(tool: str, program: Program, path: Path) -> list[str] | None:
    if tool not in (RUN_UNDER.get(program.lesson.slug), RUN_UNDER.get(program.task)):
        return None
    told: list[str] = json.loads(_printed(["-m", "tests.peers.beside", tool, program.task, str(path)], ROOT))
    return told


def _printed(arguments: list[str], folder: Path) -> str:
    path = os.pathsep.join([str(ROOT), str(BESIDE)])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    asked = [sys.executable, *arguments]
    ended = subprocess.run(asked, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if not ended.stdout.strip():
        raise RuntimeError(f"{' '.join(arguments[:2])} said nothing: {ended.stderr.strip()[-300:]}")
    return ended.stdout


# What is installed for it


def wanted() -> dict[str, str]:
    """The exact versions in requirements-peers.txt."""
    lines = (line.partition("#")[0].strip() for line in REQUIREMENTS.read_text("utf-8").splitlines())
    return dict(line.split("==", 1) for line in lines if line)


def install() -> str:
    """Puts beside the environment what is missing there; why that did not work, or ""."""
    if all(_is_there(name, version) for name, version in wanted().items()):
        return ""
    names = " and ".join(wanted())
    print(f"Installing {names} into {BESIDE} (once) …", flush=True)
    shutil.rmtree(BESIDE, ignore_errors=True)
    target = ["--quiet", "--target", str(BESIDE), "-r", str(REQUIREMENTS)]
    with_uv = [["uv", "pip", "install", "--python", sys.executable, *target]] if shutil.which("uv") else []
    with_pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", *target]
    for command in (*with_uv, with_pip, [sys.executable, "-m", "ensurepip"], with_pip):
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if all(_is_there(name, version) for name, version in wanted().items()):
            return ""
    return f"{names} could not be installed (is this machine online?); what they say is left as it was stored"


def _is_there(name: str, version: str) -> bool:
    return (BESIDE / f"{name.replace('-', '_')}-{version}.dist-info").is_dir()


@cache
def versions() -> dict[str, str]:
    """The version of each tool, and of the Python that runs it."""
    from importlib.metadata import version

    mine = {"ruff": version("ruff"), "bandit": version("bandit")}
    return {"Python": "{}.{}".format(*sys.version_info), **mine, **wanted()}
