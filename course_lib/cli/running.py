"""One command, from its arguments to its exit status: whatever goes wrong is one sentence on standard error."""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from course_lib.cli.commands import COMMANDS, Exit
from course_lib.cli.options import Usage, parser
from course_lib.reports.legible import legible
from course_lib.runner.parent import ParentLost
from course_lib.runner.signals import leaving_cleanly

GONE = 141  # the status of a command whose reader has gone before it was done, as the shell has it
ANOTHER_PLACE = frozenset(  # what naming another one for --out gets round
    getattr(errno, name)
    for name in ("EACCES", "EPERM", "EROFS", "EEXIST", "ENOTDIR", "EISDIR", "ELOOP", "ENAMETOOLONG", "EINVAL")
)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status; every failure is one sentence on standard error."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    options = argparse.Namespace()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a learner's own text may not fit the terminal
    try:
        _open_closed_streams()
        options = parser().parse_args(arguments)
        with leaving_cleanly():
            status = int(COMMANDS[options.command](options))
            _flush()
            return status
    except Usage as problem:
        return _refuse(str(problem), arguments)
    except BrokenPipeError:
        _let_go_of_output()
        return GONE  # whoever read along
    except ParentLost as problem:
        _say(f"the course could not go on: {problem}")
        return Exit.UNMEASURED
    except OSError as problem:
        _let_go_of_output()
        path = _path_of(problem)
        if path and problem.errno in ANOTHER_PLACE and _is_of_out(path, options):
            return _refuse(f"{path} can't be written: {problem.strerror}; name another place for --out", arguments)
        _say(f"the course could not go on: {f'{path}: ' if path else ''}{problem.strerror or problem}")
        return Exit.UNMEASURED
    except KeyboardInterrupt:
        print("stopped; nothing was lost", file=sys.stderr)
        return 130


def _path_of(problem: OSError) -> str:
    """What could not be read or written; "" where the system has not said."""
    path = problem.filename2 or problem.filename
    return os.fsdecode(path) if isinstance(path, str | bytes) else ""


def _is_of_out(path: str, options: argparse.Namespace) -> bool:
    """Whether it is what --out names, lies in it or around it, or is its unfinished form."""
    if getattr(options, "out", None) is None:
        return False
    found, out = Path(path).absolute(), options.out.absolute()
    unfinished = found.parent == out.parent and found.name.startswith(f".{out.name}"[:20])
    return unfinished or found.is_relative_to(out) or out.is_relative_to(found)


def _flush() -> None:
    """Writes what is still to be written, so that a disk that is full is told and not met at Python's end."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _let_go_of_output() -> None:
    """Points standard output at nothing where nothing can be written to it: Python flushes once more at its end."""
    try:
        _flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _open_closed_streams() -> None:
    """Points standard streams that were closed at nothing: a socket in their place would be taken for one."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
            if descriptor == 2:
                sys.stderr = open(2, "w")  # noqa: SIM115  # print takes None for standard output
            if descriptor == 1 and sys.stderr:
                print("standard output is closed: the exit status alone tells what came of it", file=sys.stderr)


def _refuse(sentence: str, arguments: list[str]) -> int:
    if "--json" in arguments and arguments[0] == "check":
        told = {"exercise": "", "status": "error", "seconds": 0.0, "tasks": [], "reason": sentence}
        with contextlib.suppress(OSError):
            print(json.dumps(told))
        _let_go_of_output()
    _say(sentence)
    return Exit.WRONG_USAGE


def _say(sentence: str) -> None:
    """One line on standard error, whatever a name in it holds."""
    print(legible(sentence), file=sys.stderr)
