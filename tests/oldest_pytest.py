"""The pytest plugin under the oldest pytest that it is for: `python -m tests.oldest_pytest [option of pytest …]`.

That pytest is installed into a folder of its own, beside the environment's, and goes before it; the folder is removed
afterwards. Exit status: pytest's, or that of the installation. What it can't see: the plugin beside other plugins that
are as old.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement

from start import working_uv

ROOT = Path(__file__).resolve().parents[1]
TESTS = "tests/pytest_plugin"


def oldest() -> str:
    """The first version that the wheel says it is for, as "8.3"."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    [wanted] = [one for one in map(Requirement, project["dependencies"]) if one.name == "pytest"]
    [bound] = wanted.specifier
    assert bound.operator == ">=", f"{wanted} has no oldest version"
    return bound.version


def installing(version: str, folder: Path) -> list[str]:
    """The command that puts the newest pytest of that version, and what it needs, into the folder."""
    wanted = ["--quiet", "--target", str(folder), f"pytest=={version}.*"]
    if find_spec("pip") is not None:
        return [sys.executable, "-m", "pip", "install", *wanted]
    return [working_uv() or "uv", "pip", "install", "--python", sys.executable, *wanted]


def main(options: Sequence[str]) -> int:
    version = oldest()
    with tempfile.TemporaryDirectory() as folder:
        if wrong := subprocess.run(installing(version, Path(folder)), check=False).returncode:
            return wrong
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([folder, str(ROOT)])}
        is_it = f"from pytest import __version__ as it; print('pytest', it); assert it.startswith('{version}.')"
        for command in (["-c", is_it], ["-m", "pytest", "-q", TESTS, *options]):
            if wrong := subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=False).returncode:
                return wrong
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
