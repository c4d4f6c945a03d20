"""A real JupyterLab over a private copy of the course, with settings of its own.

Nothing in the repository is changed; the user's own Jupyter configuration is neither read nor changed.
The copy holds `course_lib` too and kernels import that one, so progress files and resets stay in the copy.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from start import LAB_SETTINGS

REPOSITORY = Path(__file__).resolve().parents[2]
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv*", ".*_cache", ".ipynb_checkpoints", "screenshots", ".course_progress.json*", "__pycache__"
)

TRACKER = "@jupyterlab/notebook-extension:tracker"
SETTINGS: dict[str, dict[str, object]] = {
    **LAB_SETTINGS,
    TRACKER: {**LAB_SETTINGS[TRACKER], "windowingMode": "none"},  # all cells are in the page
}


OWN_FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "IPYTHONDIR",
)


@dataclass(frozen=True)
class Server:
    """Where the running JupyterLab answers, its token, and the copy of the course that it shows."""

    address: str
    token: str
    course: Path

    def page_of(self, notebook: str) -> str:
        """The address of one notebook, given by its path inside the course, in single-document mode."""
        return f"{self.address}/doc/tree/{notebook}?token={self.token}&reset"


def copy_if_still_there(source: str, target: str) -> None:
    with suppress(FileNotFoundError):  # editors and version control make and remove files all the time
        shutil.copy2(source, target)


def copy_course(target: Path) -> Path:
    """A copy of the repository without its history, environment and caches; returns its folder."""
    return Path(shutil.copytree(REPOSITORY, target, ignore=NOT_COPIED, copy_function=copy_if_still_there))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_settings(folder: Path, settings: dict[str, dict[str, object]]) -> None:
    for name, values in settings.items():
        plugin, _, setting = name.partition(":")
        path = folder / plugin / f"{setting}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")


def private_environment(scratch: Path, course: Path, settings: dict[str, dict[str, object]]) -> dict[str, str]:
    """The environment of the server and its kernels: own folders, and the copied `course_lib` first."""
    environment = dict(os.environ)
    for name in OWN_FOLDERS:
        environment[name] = str(scratch / name.lower())
    write_settings(Path(environment["JUPYTERLAB_SETTINGS_DIR"]), settings)
    environment["PYTHONPATH"] = str(course)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # kernels start twice as fast with byte code on disk
    return environment


def command(port: int, token: str, course: Path) -> list[str]:
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--expose-app-in-browser",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={course}",
        "--LabApp.extension_manager=readonly",
        "--LanguageServerManager.autodetect=False",
    ]


def wait_until_it_serves(process: subprocess.Popen[str]) -> threading.Thread:
    """Returns once the server says that it listens, with the thread that reads its log on so that it never blocks."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if "is running at" in line:
            reader = threading.Thread(target=process.stderr.read, daemon=True)
            reader.start()
            return reader
    raise RuntimeError("JupyterLab did not start:\n" + "".join(said[-30:]))


@contextmanager
def jupyterlab(scratch: Path, settings: dict[str, dict[str, object]] = SETTINGS) -> Iterator[Server]:
    """A running JupyterLab over a copy of the course in `scratch`; it is stopped at the end."""
    course = copy_course(scratch / "course")
    port, token = free_port(), secrets.token_hex(16)
    process = subprocess.Popen(
        command(port, token, course),
        cwd=course,
        env=private_environment(scratch, course, settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            reader = wait_until_it_serves(process)
            yield Server(f"http://127.0.0.1:{port}", token, course)
        finally:
            stop(process)
        reader.join()


def stop(process: subprocess.Popen[str]) -> None:
    """Asks the server to end, with its kernels; insists after fifteen seconds."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
