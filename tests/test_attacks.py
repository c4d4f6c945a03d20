"""Hostile submissions: none passes, none hurts anything, and each gets one clear sentence.

The corpus is tests/attacks/NN_slug/task__attack.py (or .ipynb), and tests/attacks/sandbox/ where the aim is no
hazard of the course but the confinement itself. The first line says what must come of it and what it
tries: `# expects: error|fail; …`. Each runs through the command line, as a learner's file does, and once more in a
class. The command is forked from a process that has its imports, and the judge waits 1.5 seconds for what loops; a few
attacks are on the command as a learner starts it, with all its patience.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from course_lib.syllabus import Lesson, lesson_of_task
from tests.forked_commands import ForkedCommands, Ran

HERE = Path(__file__).parent
ROOT, IMPATIENT = HERE.parent, HERE / "impatient"
ATTACKS = sorted(path for path in (HERE / "attacks").glob("*/*__*") if path.suffix in (".py", ".ipynb"))
AT_MOST = 30.0  # seconds on a busy machine; the judge's own patience with a loop is at most 13
AT_ONCE = 2
AS_STARTED_BY_HAND = ("closes_every_descriptor", "endless_loop_at_load", "kills_its_parents", "replaced_streams")
HONEST = tuple(f"common_ids__{shape}.py" for shape in ("counter", "dict_fromkeys", "generator"))
TOKEN = f"course-attack-{secrets.token_hex(4)}"  # two runs of these tests must not meet
VICTIM = Path("/tmp", f"{TOKEN}-victim", "file")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the whole confinement needs Linux"),
]


@dataclass(frozen=True)
class Outcome:
    """What the command said and did."""

    expected: list[str]
    status: int
    output: str
    errors: str
    seconds: float
    left: list[str]


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def lesson_of(path: Path) -> Lesson:
    """The one that asks for what the attack defines; attacks on the sandbox lie in a folder of their own."""
    lesson = lesson_of_task(path.name.partition("__")[0])
    assert lesson is not None
    return lesson


def expectation(path: Path) -> list[str]:
    content = path.read_bytes().partition(b"expects: ")[2]
    return content.partition(b";")[0].decode().split("|")


def armed(path: Path, port: int) -> bytes:
    """The attack, aimed at this run's own victim and port."""
    return path.read_bytes().replace(b"course-attack", TOKEN.encode()).replace(b"47113", str(port).encode())


def surroundings(temporary: Path, *folders: Path) -> dict[str, str]:
    """The environment of a command, with a secret in it and these folders ahead of the course on its path."""
    path = os.pathsep.join(map(str, [*folders, ROOT]))
    return {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": path, "COURSE_SECRET": TOKEN}


class Commands:
    """Runs commands, as many at once as threads ask for any, each exercise's from processes that are kept for it."""

    def __init__(self, temporary: Path, stack: contextlib.ExitStack) -> None:
        self._temporary, self._stack = temporary, stack
        self._idle: dict[str, list[ForkedCommands]] = defaultdict(list)

    def run(self, lesson: Lesson, arguments: Sequence[str]) -> Ran:
        idle = self._idle[lesson.slug]
        try:
            commands = idle.pop()
        except IndexError:
            environment = surroundings(self._temporary, IMPATIENT)
            commands = self._stack.enter_context(ForkedCommands(lesson.slug, environment))
        ran = commands.run(*arguments)
        idle.append(commands)
        return ran

    def run_by_hand(self, arguments: Sequence[str]) -> Ran:
        """In a Python of its own."""
        run = subprocess.run(
            [sys.executable, "-m", "course_lib", *arguments],
            capture_output=True,
            text=True,
            errors="replace",
            cwd=ROOT,
            env=surroundings(self._temporary),
            check=False,
            timeout=120,
        )
        return Ran(run.returncode, run.stdout, run.stderr, [])


def attack(path: Path, workshop: Path, port: int, commands: Commands) -> Outcome:
    """Runs a copy of the attack."""
    copy = workshop / path.parent.name / path.name
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(armed(path, port))
    task, _, how = path.stem.partition("__")
    lesson = lesson_of(path)
    arguments = ["check", lesson.stem, str(copy), "--json", "--task", task]
    started = time.monotonic()
    ran = commands.run_by_hand(arguments) if how in AS_STARTED_BY_HAND else commands.run(lesson, arguments)
    seconds = time.monotonic() - started
    left = [*ran.left, *processes_that_name(str(copy))]
    return Outcome(expectation(path), ran.status, ran.output, ran.errors, seconds, left)


def processes_that_name(text: str) -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if text.encode() in (folder / "cmdline").read_bytes():
                found.append((folder / "stat").read_text().split()[0])
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def outcomes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    """The outcome of every attack that this session asks for, two at a time, as futures."""
    workshop = tmp_path_factory.mktemp("attacks")
    (workshop / "temporary").mkdir()
    VICTIM.parent.mkdir()
    VICTIM.write_text("as it was")
    wanted = {
        item.callspec.params["path"]
        for item in request.session.items
        if hasattr(item, "callspec") and "path" in item.callspec.params and item.path == Path(__file__)
    }
    with contextlib.ExitStack() as stack:
        commands = Commands(workshop / "temporary", stack)
        other = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        pool = stack.enter_context(ThreadPoolExecutor(AT_ONCE))
        port = other.getsockname()[1]
        yield {
            "port": other,
            "temporary": workshop / "temporary",
            **{named(path): pool.submit(attack, path, workshop, port, commands) for path in sorted(wanted)},
        }
    VICTIM.unlink()
    VICTIM.parent.rmdir()


@pytest.mark.parametrize("path", ATTACKS, ids=named)
def test_attack_gains_nothing(path: Path, outcomes: dict[str, Future[Outcome]]) -> None:
    outcome = outcomes[named(path)].result()
    assert outcome.errors == ""
    verdict = json.loads(outcome.output)
    [task] = verdict["tasks"]
    assert task["status"] == verdict["status"]
    assert task["status"] in outcome.expected, task["reason"]
    assert outcome.status == 1
    assert outcome.seconds < AT_MOST
    assert outcome.left == []


@pytest.mark.parametrize("path", ATTACKS, ids=named)
def test_attack_gets_one_clear_sentence(path: Path, outcomes: dict[str, Future[Outcome]]) -> None:
    output = outcomes[named(path)].result().output
    reason = json.loads(output)["tasks"][0]["reason"]
    assert 10 <= len(reason) <= 700, reason
    assert reason.isprintable(), reason
    for internal in (
        "Traceback",
        'File "',
        "/course_lib/",
        "course_lib.runner",
        "course_lib.hazards.",  # a room of it; that the package itself cannot be imported is told
        "nonce",
        "Opaque",
    ):
        assert internal not in reason or internal in path.read_text("utf-8", "replace")  # quoted from the attack


def test_in_a_class_they_gain_nothing_and_cost_the_honest_nothing(outcomes: dict[str, object], tmp_path: Path) -> None:
    """All of them at once, and after every tenth an honest hand-in, through `grade`."""
    server, temporary = outcomes["port"], outcomes["temporary"]
    assert isinstance(server, socket.socket)
    port, right_answers = server.getsockname()[1], HERE / "right_answers" / "06_data_structures"
    for number, path in enumerate(ATTACKS):
        hand_in(tmp_path / f"s{number:03d} attacks", path.suffix, lesson_of(path).stem, armed(path, port))
        if number % 10 == 0:
            right = right_answers / HONEST[number // 10 % len(HONEST)]
            hand_in(tmp_path / f"s{number:03d} honest", right.suffix, "06_data_structures", right.read_bytes())
    command = [sys.executable, "-m", "course_lib", "grade", str(tmp_path), "--out", str(tmp_path / "report")]
    assert isinstance(temporary, Path)
    run = subprocess.run(
        command,
        cwd=ROOT,
        env=surroundings(temporary, IMPATIENT),
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert run.stderr == "" and run.returncode in (0, 3)

    told = [json.loads(line) for line in (tmp_path / "report" / "results.jsonl").read_text().splitlines()]
    status = {(line["student"], one["task"]): one["status"] for line in told for one in line["verdict"]["tasks"]}
    tasks = [path.name.partition("__")[0] for path in ATTACKS]
    assert [
        path.name for number, path in enumerate(ATTACKS) if status[f"s{number:03d} attacks", tasks[number]] == "pass"
    ] == []
    assert {status[who, task] for who, task in status if who.endswith("honest") and task == "common_ids"} == {"pass"}
    assert processes_that_name(str(tmp_path)) == []


def hand_in(folder: Path, suffix: str, exercise: str, content: bytes) -> None:
    folder.mkdir()
    (folder / f"{exercise}{suffix}").write_bytes(content)


def test_attacks_leave_nothing_outside(outcomes: dict[str, object]) -> None:
    for future in outcomes.values():
        if isinstance(future, Future):
            future.result()
    assert VICTIM.read_text() == "as it was"
    assert VICTIM.stat().st_mtime > time.time() - 3600
    assert VICTIM.stat().st_mode & 0o700
    assert list(VICTIM.parent.iterdir()) == [VICTIM]
    assert sorted(VICTIM.parents[1].glob(f"{TOKEN}*")) == [VICTIM.parent]
    folders: list[str | Path] = [
        "/",
        "/var/tmp",
        "/dev/shm",
        Path.home(),
        Path(os.__file__).parent,
        ROOT.parent,
        sys.prefix,
    ]
    folders += [ROOT, *(path for path in (ROOT / "course_lib").rglob("*") if path.is_dir()), tempfile.gettempdir()]
    for folder in map(Path, folders):
        assert [path for path in folder.glob(f"{TOKEN}*") if path != VICTIM.parent] == []
    temporary = outcomes["temporary"]
    assert isinstance(temporary, Path)
    assert list(temporary.iterdir()) == []


def test_attacks_reach_no_other_port(outcomes: dict[str, object]) -> None:
    for future in outcomes.values():
        if isinstance(future, Future):
            future.result()
    server = outcomes["port"]
    assert isinstance(server, socket.socket)
    server.setblocking(False)
    with pytest.raises(BlockingIOError):
        server.accept()


def test_there_are_attacks_of_every_kind() -> None:
    assert len(ATTACKS) >= 90
    assert {path.suffix for path in ATTACKS} == {".py", ".ipynb"}
