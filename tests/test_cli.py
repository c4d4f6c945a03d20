"""The command as the contract fixes it: exit status, one JSON object, one clear sentence for every bad input.

What is the same for every exercise is asked of the one whose judge is ready soonest, and most of it of a command that
is forked: how a Python starts that has been given one is looked at where exit status, streams and imports are.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Protocol

import pytest

from course_lib.cli.commands import COMMANDS
from course_lib.cli.options import parser
from tests.forked_commands import ForkedCommands, Ran

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
EXERCISE, TASK = "00_start_here", "average_rating"
RIGHT = """def average_rating(ratings):
    return sum(ratings) / len(ratings) if ratings else None
"""
COMMON_IDS = """def common_ids(left, right):
    known = set(right)
    return list(dict.fromkeys(x for x in left if x in known))
"""
WRONG = "def average_rating(ratings):\n    return 0\n"


@pytest.fixture(scope="module")
def commands() -> Iterator[ForkedCommands]:
    with ForkedCommands("", ENVIRONMENT) as forked:
        yield forked


class Check(Protocol):
    def __call__(self, path: Path, *arguments: str, **options: Any) -> Ran: ...


@pytest.fixture(scope="module")
def check(commands: ForkedCommands) -> Check:
    return lambda path, *arguments, **options: commands.run(*checking(path), *arguments, **options)


def checking(path: Path) -> list[str]:
    return ["check", EXERCISE, str(path), "--task", TASK]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return run_python("-m", "course_lib", *arguments)


def run_code(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_python("-c", code, *arguments)


def run_python(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=cwd, env=ENVIRONMENT, timeout=60, capture_output=True, text=True, check=False)


def write(folder: Path, content: str | bytes, name: str = "submission.py") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def notebook(*cells: tuple[str, list[str]]) -> str:
    plain = [
        {"cell_type": "code", "metadata": {"tags": tags}, "source": source, "outputs": [], "execution_count": None}
        for source, tags in cells
    ]
    return json.dumps({"cells": plain, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def one_sentence(text: str) -> bool:
    return len(text.strip().splitlines()) == 1 and "Traceback" not in text


@pytest.mark.parametrize(("source", "status", "code"), [(RIGHT, "pass", 0), (WRONG, "fail", 1), ("x = 1", "error", 1)])
def test_status_and_exit_status_agree(tmp_path: Path, source: str, status: str, code: int) -> None:
    """0 is a pass, 1 is not a pass."""
    done = run(*checking(write(tmp_path, source)), "--json")

    assert (json.loads(done.stdout)["status"], done.returncode) == (status, code)


def test_json_is_one_object_of_the_contracts_shape_whatever_is_printed(
    commands: ForkedCommands, tmp_path: Path
) -> None:
    """Standard output holds the one object and nothing of the submission's."""
    noisy = 'import os, sys\nprint("noise"); os.write(1, b"{}"); sys.stderr.write("noise")\n'
    path = write(tmp_path, noisy + COMMON_IDS)
    done = commands.run("check", "06_data_structures", str(path), "--task", "common_ids", "--json")
    verdict = json.loads(done.output)

    assert set(verdict) == {"exercise", "status", "seconds", "tasks", "confinement"}
    [told] = verdict["tasks"]
    assert set(told) == {"task", "status", "reason", "checks"}
    assert (told["task"], told["status"]) == ("common_ids", "pass")
    keys = {"name", "status", "measured", "expected", "feedback", "about"}
    assert all(set(check) == keys for check in told["checks"])
    assert done.errors == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "99_nothing", "x.py"),
        ("check", EXERCISE, "missing.py"),
        ("check", EXERCISE, "."),
        ("check", EXERCISE, "submission.py", "--task", "nothing"),
        ("check", EXERCISE),
        ("check", EXERCISE, "submission.py", "--task", TASK, "--task", TASK),
        ("check", EXERCISE, "submission.py", "--for", "gradescope", "--for", "prairielearn", "--out", "one.json"),
        ("check", EXERCISE, "submission.py", "--for", "gradescope", "--out", "one.json", "--out", "two.json"),
        ("grade", "class", "--out", "one", "--out", "two"),
        ("release", "--out", "one", "--out", "two"),
        ("production", "--seed", "1", "--seed", "2"),
        ("check", EXERCISE, "broken.ipynb"),
        ("check", EXERCISE, "notes.txt"),
        ("nonsense",),
        (),
        ("hint", "nothing"),
        ("hint", "01_resource_leaks", "guard"),
        ("solution", "nothing"),
        ("reset", "nothing"),
        ("check", EXERCISE, "red\x1b[31m\nline.py"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2_and_one_sentence(
    commands: ForkedCommands, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """Unknown names, missing files, folders and unreadable notebooks are the caller's to mend."""
    write(tmp_path, RIGHT)
    write(tmp_path, "{not json", "broken.ipynb")
    write(tmp_path, RIGHT, "notes.txt")
    done = commands.run(*arguments, folder=tmp_path)

    assert done.status == 2
    assert one_sentence(done.errors), done.errors
    assert ("twice" in done.errors) == any(arguments.count(one) > 1 for one in arguments if one[:2] == "--")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_unreadable_file_is_status_2(check: Check, tmp_path: Path) -> None:
    """A file without read permission is the caller's to mend."""
    path = write(tmp_path, RIGHT)
    path.chmod(0)

    assert check(path).status == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "must define average_rating"),
        (b"\xff\xfe\x00x = 1", "SyntaxError"),
        (b"def common_ids(:\n", "SyntaxError"),
        (b"import nothing_of_that_name\n", "ModuleNotFoundError"),
        (b"raise SystemExit(0)\n", "ended the program"),
        (b"average_rating = None\n", "no function or class"),
        (b"import os; os._exit(0)\n", "ended the Python process"),
        (b"\0", "SyntaxError"),
    ],
    ids=["empty", "not UTF-8", "syntax", "import", "exit", "None", "hard exit", "null byte"],
)
def test_what_cannot_run_is_an_error_with_words_to_act_on(
    check: Check, tmp_path: Path, content: bytes, words: str
) -> None:
    """An unrunnable submission is an error, never a crash of ours."""
    done = check(write(tmp_path, content), "--json")
    told = json.loads(done.output)["tasks"][0]

    assert (done.status, told["status"]) == (1, "error")
    assert words in told["reason"]
    assert one_sentence(told["reason"])


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + RIGHT.encode(),
        RIGHT.replace("\n", "\r\n").encode(),
        b"# -*- coding: latin-1 -*-\nname = '\xe9'\n" + RIGHT.encode(),
        RIGHT.encode() + b"if __name__ == '__main__':\n    raise SystemExit(1)\n",
    ],
    ids=["BOM", "CRLF", "cookie", "main block"],
)
def test_source_is_read_as_python_reads_it(check: Check, tmp_path: Path, content: bytes) -> None:
    """Byte-order marks, line ends and encoding cookies are no fault."""
    assert check(write(tmp_path, content)).status == 0


@pytest.mark.parametrize(
    "cells",
    [
        [(RIGHT, ["answer"])],
        [(WRONG, []), (RIGHT, [])],
        [("1 / 0", []), (RIGHT, []), ("raise SystemExit", [])],
        [(RIGHT, []), (WRONG, ["check"]), (WRONG, ["demo"])],
        [("%matplotlib inline\n!ls\nx?", []), ("%%time\n" + RIGHT, [])],
        [("import asyncio\nawait asyncio.sleep(0)", []), (RIGHT, []), ("display(1); get_ipython()", [])],
        [("def (", []), ("%%bash\nrm -rf /nothing", []), (RIGHT, [])],
        [("from course_lib.notebook import check, hint", []), (RIGHT, []), ("check(average_rating)", [])],
    ],
    ids=["answer", "last wins", "scratch raises", "course cells", "magics", "await", "syntax error", "verbs"],
)
def test_notebooks_run_cell_by_cell(check: Check, tmp_path: Path, cells: list[tuple[str, list[str]]]) -> None:
    """Every cell but the course's own runs in order, and the last definition counts."""
    done = check(write(tmp_path, notebook(*cells), "submission.ipynb"))

    assert done.status == 0, done.output + done.errors


def test_a_skipped_cell_is_named(check: Check, tmp_path: Path) -> None:
    """A scratch cell that raises is passed over, and the verdict says which."""
    done = check(write(tmp_path, notebook(("1 / 0", []), (RIGHT, [])), "submission.ipynb"), "--json")

    assert "cell 1, line 1 raised ZeroDivisionError" in json.loads(done.output)["tasks"][0]["reason"]


def test_an_interrupted_run_ends_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    """Ctrl-C gives one sentence, and no process of the submission is left."""
    mark = f"mark_{os.getpid()}_{time.time_ns()}"
    path = write(tmp_path, f"open('started', 'w').close()\n{mark} = 1\nwhile True: pass\n")
    command = [sys.executable, "-m", "course_lib", "check", EXERCISE, str(path)]
    environment = {**ENVIRONMENT, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stdout=-1, stderr=-1, text=True, start_new_session=True) as process:
        while not list(tmp_path.glob("course-*/started")):
            os.sched_yield()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)

    assert process.returncode == 130
    assert one_sentence(told)
    assert not list(tmp_path.glob("course-*"))


@pytest.mark.parametrize("command", ["hint", "solution"])
def test_an_exercise_in_place_of_a_task_is_told_its_tasks(commands: ForkedCommands, command: str) -> None:
    done = commands.run(command, "01_resource_leaks")

    assert (done.status, done.output) == (2, "")
    assert done.errors == "01_resource_leaks is an exercise; name one of its tasks: export_profiles, count_rows\n"


def test_an_interrupt_before_anything_has_begun_is_no_traceback() -> None:
    """Importing the command takes as long as a hasty Ctrl-C."""
    code = (
        "import runpy, sys\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'course_lib.cli':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "runpy.run_module('course_lib', run_name='__main__')\n"
    )
    done = run_code(code, "list")

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "stopped; nothing was lost\n")


@pytest.mark.parametrize("spare", range(8))
def test_too_few_descriptors_are_unmeasured_and_one_sentence(tmp_path: Path, spare: int) -> None:
    """Where the machine is at fault nothing is judged; the limit falls once Python has started."""
    code = (
        "import os, resource, sys\n"
        "from course_lib.cli import main\n"
        f"limit = len(os.listdir('/dev/fd')) - 1 + {spare}\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = run_code(code, "check", EXERCISE, str(write(tmp_path, RIGHT)), "--task", TASK, "--json")

    assert done.returncode in ((3,) if spare < 2 else (0, 3)), done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads(done.stdout)["status"] == {0: "pass", 3: "unmeasured"}[done.returncode]


def test_no_scratch_folder_is_unmeasured(tmp_path: Path) -> None:
    """A disk that can't be written is the machine's fault, not the learner's."""
    code = (
        "import sys, tempfile\n"
        "def refuse(*a, **k): raise OSError(30, 'Read-only file system')\n"
        "tempfile.mkdtemp = refuse\n"
        "from course_lib.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = run_code(code, "check", EXERCISE, str(write(tmp_path, RIGHT)), "--json")

    assert done.returncode == 3
    assert json.loads(done.stdout)["status"] == "unmeasured"


@pytest.mark.parametrize("out", ["submission.py", "linked.py", "pipe", "service/service.py"])
def test_what_is_handed_in_is_not_replaced_and_neither_is_a_device(
    commands: ForkedCommands, tmp_path: Path, out: str
) -> None:
    """A file from before is removed first; what `--out` names by mistake is no such file."""
    path = write(tmp_path, RIGHT)
    os.link(path, tmp_path / "linked.py")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "service").mkdir()
    write(tmp_path / "service", RIGHT, "service.py")
    judged = ("10_capstone", str(tmp_path / "service")) if "/" in out else (EXERCISE, str(path))
    done = commands.run("check", *judged, "--for", "gradescope", "--out", str(tmp_path / out))

    assert done.status == 2 and one_sentence(done.errors) and not done.output
    assert path.read_text() == RIGHT and (tmp_path / out).exists()


@pytest.mark.parametrize("command", [("list",), ("--help",), ("check", "nothing", "x.py", "--json")], ids=" ".join)
@pytest.mark.parametrize(("output", "status", "said"), [("full", 3, "No space left"), ("gone", 141, "")])
def test_an_output_that_takes_nothing_is_no_traceback(
    command: tuple[str, ...], output: str, status: int, said: str
) -> None:
    """A full disk is one sentence; where the reader has gone there is nobody to tell."""
    if "check" in command:
        status, said = 2, "there is no exercise"
    with Path("/dev/full").open("w") if output == "full" else _closed_pipe() as nowhere:
        words = [sys.executable, "-m", "course_lib", *command]
        done = subprocess.run(words, env=ENVIRONMENT, stdout=nowhere, stderr=subprocess.PIPE, text=True, check=False)

    assert done.returncode == status
    assert said in done.stderr and len(done.stderr.splitlines()) == bool(said)


def _closed_pipe() -> IO[bytes]:
    reader, writer = os.pipe()
    os.close(reader)
    return os.fdopen(writer, "wb")


def test_a_file_too_large_is_one_sentence(check: Check, tmp_path: Path) -> None:
    """It is not read at all: a hundred gigabytes of nothing take no room on the disk."""
    path = write(tmp_path, RIGHT)
    os.truncate(path, 100 << 30)
    done = check(path)

    assert done.status == 2 and one_sentence(done.errors) and "64 MB are the most" in done.errors


def test_names_and_texts_are_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    """An older one takes the names of some users' files for no names, and `open` takes its text for another."""
    told = (
        "import locale, sys\nassert {sys.getfilesystemencoding(), locale.getpreferredencoding().lower()} == {'utf-8'}\n"
    )
    older = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    words = [sys.executable, "-m", "course_lib", *checking(write(tmp_path, told + RIGHT))]
    done = subprocess.run(words, env=ENVIRONMENT | older, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_two_runs_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Each run has its own processes and folder."""
    command = [sys.executable, "-m", "course_lib", "check", EXERCISE, "--task", TASK]
    paths = [write(tmp_path, source, f"s{number}.py") for number, source in enumerate([RIGHT, WRONG] * 3)]
    running = [subprocess.Popen([*command, str(path)], env=ENVIRONMENT, stdout=-1, stderr=-1) for path in paths]
    for process in running:
        process.communicate(timeout=60)

    assert [process.returncode for process in running] == [0, 1] * 3


def test_a_module_that_lies_where_the_command_is_called_is_not_imported(tmp_path: Path) -> None:
    """A folder of hand-ins holds whatever its students named json.py: it's theirs, and runs confined or not at all."""
    trap = "open(r'{}', 'a').write(__name__)\nraise ImportError('the wrong module')\n".format(tmp_path / "imported")
    for name in ("json", "ast", "socket", "numbers", "tracemalloc", "dis", "queue", "csv"):
        write(tmp_path, trap, f"{name}.py")
    path = write(tmp_path, RIGHT)

    done = run_python("-m", "course_lib", *checking(path), cwd=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "imported").exists()


def test_where_no_process_starts_the_named_task_alone_is_told(tmp_path: Path) -> None:
    """As where one does."""
    code = (
        "import os, sys\n"
        "def refuse(): raise OSError(11, 'Resource temporarily unavailable')\n"
        "os.fork = refuse\n"
        "from course_lib.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    path = write(tmp_path, RIGHT)
    done = run_code(code, "check", "06_data_structures", str(path), "--task", "common_ids", "--json")

    assert [told["task"] for told in json.loads(done.stdout)["tasks"]] == ["common_ids"]
    assert done.returncode == 3


@pytest.mark.parametrize(("closed", "told"), [("<&-", ""), ("<&- >&-", "standard output is closed"), ("2>&-", "")])
def test_closed_streams_change_no_verdict(tmp_path: Path, closed: str, told: str) -> None:
    """A socket in the place of a standard stream is not taken for one."""
    path = write(tmp_path, RIGHT)
    command = f'"{sys.executable}" -m course_lib check {EXERCISE} "{path}" --task {TASK} {closed}'
    done = subprocess.run(command, shell=True, env=ENVIRONMENT, capture_output=True, text=True, check=False)

    assert done.returncode == 0
    assert done.stderr.startswith(told) and bool(done.stderr) == bool(told)


def test_a_file_of_ones_own_is_kept_as_progress_where_that_is_asked_for(check: Check, tmp_path: Path) -> None:
    """A plain check says that it is not kept; in JSON nothing is said beside the one object."""
    kept = tmp_path / "progress.jsonl"
    environment = {"COURSE_PROGRESS": str(kept)}
    path = write(tmp_path, RIGHT)
    plain = check(path, environment=environment)
    assert plain.output.splitlines()[-1] == "This is not kept as your progress; with --mine it is."
    assert json.loads(check(path, "--json", environment=environment).output)["status"] == "pass"
    assert not kept.exists()

    mine = check(path, "--mine", environment=environment)
    assert "not kept" not in mine.output
    assert json.loads(kept.read_text())["status"] == "pass"


def test_each_command_that_can_be_asked_for_does_something() -> None:
    [asked] = [action.choices for action in parser()._actions if action.dest == "command"]

    assert asked is not None
    assert list(asked) == list(COMMANDS)
