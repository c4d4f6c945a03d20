"""The command line: `python -m course_lib check | hint | solution | reset | progress | verify | list`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from course_lib.syllabus import LESSONS, Lesson, find_lesson


class Exit(IntEnum):
    """What the command's exit status means."""

    PASSED = 0
    NOT_PASSED = 1
    WRONG_USAGE = 2
    UNMEASURED = 3


class Usage(Exception):
    """The command was called wrongly; the message is the sentence to show."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]  # argparse says NoReturn; this raises
        raise Usage(f"{message}; see python -m course_lib --help")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status; every failure is one sentence on standard error."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        options = _parser().parse_args(arguments)
        return int(options.run(options))
    except Usage as problem:
        return _refuse(str(problem), arguments)
    except KeyboardInterrupt:
        print("stopped; nothing was lost", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def _refuse(sentence: str, arguments: list[str]) -> int:
    if "--json" in arguments:
        print(json.dumps({"exercise": "", "status": "error", "seconds": 0.0, "tasks": [], "reason": sentence}))
    print(sentence, file=sys.stderr)
    return Exit.WRONG_USAGE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m course_lib", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    check = commands.add_parser("check", help="judge a submission: a .py file or a notebook")
    check.add_argument("exercise", metavar="EXERCISE", help="e.g. 01_resource_leaks")
    check.add_argument("submission", metavar="SUBMISSION", type=Path)
    check.add_argument("--task", metavar="NAME", help="judge one task alone")
    check.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    check.set_defaults(run=_check)
    return parser


def _lesson(exercise: str) -> Lesson:
    lesson = find_lesson(exercise)
    if lesson is None:
        raise Usage(f"there is no exercise {exercise!r}; there are: {', '.join(one.stem for one in LESSONS)}")
    return lesson


def _check(options: argparse.Namespace) -> int:
    lesson = _lesson(options.exercise)
    if options.task is not None and options.task not in lesson.tasks:
        raise Usage(f"{lesson.stem} has no task {options.task!r}; it has: {', '.join(lesson.tasks)}")
    from course_lib.runner.warm import WarmParent

    parent = WarmParent.forked(lesson.slug)  # before any grader is imported: see warm.py
    try:
        verdict = _judge(lesson, options, parent)
    finally:
        parent.close()
    print(json.dumps(verdict.to_plain()) if options.json else verdict)
    return {"pass": Exit.PASSED, "unmeasured": Exit.UNMEASURED}.get(verdict.status, Exit.NOT_PASSED)


def _judge(lesson: Lesson, options: argparse.Namespace, parent):  # type: ignore[no-untyped-def]
    from course_lib.runner.judge import judge
    from course_lib.runner.source import UnreadableSubmission, read_submission

    try:
        submission = read_submission(options.submission)
    except UnreadableSubmission as problem:
        raise Usage(str(problem)) from problem
    return judge(lesson, submission, parent, [options.task] if options.task else ())
