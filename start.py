"""Prepare the course's own Python environment, once, and open the course in JupyterLab.

    python3 start.py                            what `make lab` does; on Windows: py start.py
    python3 start.py --ip=0.0.0.0 --port=9000   any option of `jupyter lab`
    python3 start.py --prepare [--with-tests]   only the environment, without or with what the tests need
    python3 start.py --python -m course_lib …   the environment's own Python, wherever it lies; --with-tests before it

Everything lands in `.venv`, next to this file (COURSE_VENV names another folder); deleting that folder undoes it. A
second call starts at once. An environment that is there is used, whichever Python it was made with and by whom; it is
filled again when the requirements or the place of this folder have changed, and made anew when its Python has gone.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import platform
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

COURSE = Path(__file__).resolve().parent
VENV = COURSE / (os.environ.get("COURSE_VENV") or ".venv")
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
FIRST_PAGE = "notebooks/00_start_here.ipynb"
OLDEST = (3, 11)
COURSE_ALONE = (VENV / "course.stamp", ("requirements.txt",))
TESTS = (VENV / "course-and-tests.stamp", ("requirements.txt", "requirements-test.txt"))

LAB_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    # A button's callback runs in the main thread and waits its turn, whatever the version of the kernel.
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    # A line of code that is longer than a narrow window goes on in the next one.
    "@jupyterlab/notebook-extension:tracker": {"codeCellConfig": {"lineNumbers": False, "lineWrap": True}},
    # A form, a console and a replay are in the saved notebook, and are seen when it is opened again without a kernel.
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}


def refuse(sentence: str) -> SystemExit:
    return SystemExit(f"start.py: {sentence}")


def newer_python() -> str | None:
    """A Python on the PATH that is new enough, for when this one is not; or None."""
    return next(filter(None, (shutil.which(f"python3.{minor}") for minor in (13, 12, 14, 11))), None)


def working_uv() -> str | None:
    """The path of `uv`, if it is installed and runs; it installs in seconds what takes pip a minute."""
    uv = shutil.which("uv")
    if uv and subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0:
        return uv
    return None


def version_inside() -> str:
    """The version of the environment's own Python, or "" where none is there that works and is new enough."""
    ask = "import platform; print(platform.python_version())"
    if not PYTHON.exists():
        return ""
    version = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
    return version if version and tuple(map(int, version.split(".")[:2])) >= OLDEST else ""


def stamp_text(files: Sequence[str]) -> str:
    """What the environment was made from; when this differs, it is filled again."""
    digest = hashlib.sha256()
    for name in [*files, "constraints.txt"]:
        digest.update((COURSE / name).read_bytes())
    return f"{version_inside()} {COURSE} {digest.hexdigest()}\n"


def is_ready(with_tests: bool) -> bool:
    """Whether the environment holds what is wanted; one that can run the tests can run the course."""
    wanted = [TESTS] if with_tests else [COURSE_ALONE, TESTS]
    return version_inside() != "" and any(
        stamp.exists() and stamp.read_text(encoding="utf-8") == stamp_text(files) for stamp, files in wanted
    )


def environment() -> dict[str, str]:
    """This process's environment, without what would keep Python from storing its byte code."""
    kept = dict(os.environ)
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # a kernel starts twice as fast with byte code on disk
    return kept


def run(command: list[str]) -> bool:
    return subprocess.run(command, env=environment(), check=False).returncode == 0


def make_room() -> None:
    """Takes away an environment whose Python has gone or is too old; a folder that is none is somebody's."""
    ours = any(path.exists() for path in (VENV / "pyvenv.cfg", COURSE_ALONE[0], TESTS[0]))
    if VENV.is_dir() and any(VENV.iterdir()) and not ours:
        raise refuse(
            f"{VENV} is a folder that is no environment of this course, and no Python {OLDEST[0]}.{OLDEST[1]} or newer "
            f"is at {PYTHON}; it was left as it is. Let COURSE_VENV name a new folder, or leave it out."
        )
    shutil.rmtree(VENV, ignore_errors=True)


def make_venv(with_pip: bool) -> None:
    """Makes the environment, or keeps the one that is there; `with_pip` also where it has none yet."""
    if version_inside():
        has_pip = (site_packages() / "pip").exists()
        made = has_pip or not with_pip or run([str(PYTHON), "-m", "ensurepip"])
    elif with_pip and importlib.util.find_spec("ensurepip") is None:
        raise refuse(
            "this Python has no venv module; on Debian and Ubuntu install it with "
            "'sudo apt-get install python3-venv', then start again."
        )
    else:
        make_room()
        made = run([sys.executable, "-m", "venv", *([] if with_pip else ["--without-pip"]), str(VENV)])
    if not made:
        raise refuse(f"the environment {VENV} could not be made; the lines above say why.")


def install(files: Sequence[str]) -> None:
    """Installs the pinned requirements: with uv where it works, else with pip."""
    wanted = [part for name in files for part in ("-r", str(COURSE / name))]
    wanted += ["-c", str(COURSE / "constraints.txt")]
    uv = working_uv()
    if uv:
        make_venv(with_pip=False)
        if run([uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(PYTHON), *wanted]):
            return
        print("uv could not do it; trying again with pip …", flush=True)
    make_venv(with_pip=True)
    if not run([str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", *wanted]):
        raise refuse("installing did not work; the lines above say why. Is this machine online?")


def site_packages() -> Path:
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True).stdout.strip())


def finish() -> None:
    """Makes `course_lib` importable from every notebook, and gives JupyterLab the course's settings.

    The course is compiled at once: the processes that judge write nothing, and would compile it at each start.
    """
    (site_packages() / "course.pth").write_text(f"{COURSE}\n", encoding="utf-8")
    overrides = VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    overrides.parent.mkdir(parents=True, exist_ok=True)
    overrides.write_text(json.dumps(LAB_SETTINGS, indent=1), encoding="utf-8")
    run([str(PYTHON), "-m", "compileall", "-qq", str(COURSE / "course_lib")])


def prepare(with_tests: bool) -> None:
    """Makes the environment what the requirements ask for; does nothing when it already is."""
    if is_ready(with_tests):
        return
    stamp, files = TESTS if with_tests else COURSE_ALONE
    what = "what the course and its tests need" if with_tests else "JupyterLab and what the course needs"
    print(f"Installing {what} into {VENV.name} (once; it takes a minute or two) …", flush=True)
    install(files)
    finish()
    stamp.write_text(stamp_text(files), encoding="utf-8")
    print("Installed.", flush=True)


def free_port() -> int:
    """The first free port from 8888 on."""
    for port in range(8888, 8988):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise refuse("no port from 8888 to 8987 is free.")


def lab_command(port: int, options: list[str]) -> list[str]:
    page = f"/lab/tree/{FIRST_PAGE}" if (COURSE / FIRST_PAGE).exists() else "/lab"
    command = [str(PYTHON), "-m", "jupyterlab", f"--ServerApp.root_dir={COURSE}", f"--LabApp.default_url={page}"]
    command.append("--LabApp.extension_manager=readonly")  # everything is local: no look at a registry
    if not any(option.startswith(("--port", "--ServerApp.port")) for option in options):
        command += [f"--port={port}", "--ServerApp.port_retries=0"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        command.append("--no-browser")  # a container or a remote shell: there is none to open
    if not options:
        command += ["--ServerApp.log_level=WARN", "--LabApp.log_level=WARN"]  # the address is printed instead
    return command + options


def open_lab(options: list[str]) -> int:
    """Starts JupyterLab and stays until it is stopped; with no options of your own, prints its address."""
    settings = environment()
    port = free_port()
    if not options:
        token = settings.setdefault("JUPYTER_TOKEN", secrets.token_hex(16))
        print("JupyterLab opens in your browser. If it does not, open this address yourself:\n")
        print(f"    http://localhost:{port}/lab/tree/{FIRST_PAGE}?token={token}\n")
        print("Ctrl-C stops it. Lines about TCP without encryption are harmless: it talks to itself.", flush=True)
    command = lab_command(port, options)
    os.chdir(COURSE)
    if os.name != "nt":
        os.execve(command[0], command, settings)  # Ctrl-C goes straight to JupyterLab
    return subprocess.run(command, env=settings, check=False).returncode


def split_at(word: str, arguments: list[str]) -> tuple[list[str], list[str] | None]:
    """What stands before the word, and what behind it; None where it is not there."""
    if word not in arguments:
        return arguments, None
    place = arguments.index(word)
    return arguments[:place], arguments[place + 1 :]


def run_inside(arguments: list[str]) -> int:
    """Runs the environment's own Python; its exit status. A Ctrl-C is for that one, which has something to put away."""
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        return subprocess.run([str(PYTHON), *arguments], cwd=COURSE, env=environment(), check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)


def main(arguments: list[str]) -> int:
    if sys.version_info < OLDEST:
        newer = newer_python()
        if newer is None:
            raise refuse(f"the course needs Python 3.11 or newer, and this is {platform.python_version()}.")
        return subprocess.run([newer, __file__, *arguments], check=False).returncode
    ours, theirs = split_at("--python", arguments)
    prepare(with_tests="--with-tests" in ours)
    if theirs is not None:
        return run_inside(theirs)
    if "--prepare" in arguments:
        return 0
    return open_lab([option for option in arguments if option != "--with-tests"])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("\nstart.py: stopped; called again, it goes on from here.", file=sys.stderr)
        sys.exit(130)
