"""What can be asked for on the command line, and how: the commands with their options."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

ABOUT = "The command line: `python -m course_lib COMMAND`; `python -m course_lib --help` lists the commands."
ONE_EACH = ("gradescope", "classroom50", "prairielearn")  # systems that want a file a submission
SYSTEMS = (*ONE_EACH, "canvas", "moodle", "nbgrader")


class Usage(Exception):
    """The command was called wrongly; the message is the sentence to show."""


class _Once(argparse.Action):
    """Keeps the one value of an option: a second would silently take the place of the first."""

    def __call__(self, parser: Any, namespace: argparse.Namespace, values: Any, option: str | None = None) -> None:
        given: set[str] = vars(namespace).setdefault("given", set())
        if option is not None and self.dest in given:
            parser.error(f"{option} is there twice, and one value is taken")
        given.add(self.dest)
        setattr(namespace, self.dest, values)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.register("action", None, _Once)

    def error(self, message: str) -> None:  # type: ignore[override]  # argparse says NoReturn; this raises
        raise Usage(f"{message}; see python -m course_lib --help")

    def print_help(self, file: Any = None) -> None:
        """Unlike argparse's own, tells where it can't be written."""
        print(self.format_help(), end="", file=file, flush=True)


def parser() -> argparse.ArgumentParser:
    """What reads the arguments of any command; which one it is stands in `command`."""
    whole = _Parser(prog="python -m course_lib", description=ABOUT)
    commands = whole.add_subparsers(required=True, dest="command", metavar="COMMAND", parser_class=_Parser)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text)

    check = command("check", "judge a submission: a .py file or a notebook")
    check.add_argument("exercise", metavar="EXERCISE", help="e.g. 01_resource_leaks")
    check.add_argument("submission", metavar="SUBMISSION", type=Path)
    check.add_argument("--task", metavar="NAME", help="judge one task alone")
    check.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    check.add_argument("--for", dest="system", choices=ONE_EACH, help="write the verdict for this system as well")
    check.add_argument("--out", metavar="FILE", type=Path, help="the file for that system")
    check.add_argument("--mine", action="store_true", help="keep the result as your progress, whatever file it is")
    grade = command("grade", "judge a class: a folder of hand-ins, with a report; or one exercise, as a table")
    grade.add_argument("named", metavar="[EXERCISE] FOLDER", nargs="+", help="with --out the folder alone will do")
    grade.add_argument("--out", metavar="REPORT", type=Path, help="the report's folder; a stopped run goes on there")
    grade.add_argument(
        "--exercise", metavar="NAME", action="append", default=[], help="judge this one; may be repeated"
    )
    grade.add_argument("--jobs", metavar="N", type=int, help="judgements at once (the processors)")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="judge on the workers of this Dask scheduler")
    grade.add_argument(
        "--trust-submissions", action="store_true", help="run them though this machine can't shut them in"
    )
    grade.add_argument("--roster", metavar="CSV", type=Path, help="who should have handed in: a column `student`")
    grade.add_argument(
        "--for", dest="systems", choices=SYSTEMS, action="append", default=[], help="write for it too; may be repeated"
    )
    review = command("review", "score somebody's review of the pull request of lesson 09, its claims run")
    review.epilog = (
        "What is run is the course's own trigger for the place and the hazard that a claim names, never the claim's "
        "words. A claim about other lines than those of the 21 places that the course knows could not run, and counts "
        "as a false alarm also where it is true."
    )
    review.add_argument("file", metavar="FILE", help="the review; or the word request, for one to give to an assistant")
    formats = ("auto", "plain", "sarif", "codex", "claude", "coderabbit", "rdjsonl")
    review.add_argument("--format", choices=formats, default="auto")
    review.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    review.add_argument("--sarif", metavar="OUT", type=Path, help="write the scored claims there as SARIF 2.1.0")
    hint = command("hint", "the next hint for a task")
    hint.add_argument("exercise", metavar="EXERCISE", nargs="?", help="may be left out: a task's name says it")
    hint.add_argument("task", metavar="TASK")
    solution = command("solution", "the course's own answers to a task")
    solution.add_argument("task", metavar="TASK")
    solution.add_argument("--sure", action="store_true", help="show it without the question")
    reset = command("reset", "put one exercise back as delivered; your version is kept beside it")
    reset.add_argument("exercise", metavar="EXERCISE")
    command("progress", "what you have tried and passed so far")
    kept = command("certificate", "write a page to keep: what you measured, found and repaired, and when")
    kept.add_argument("--out", metavar="FILE", type=Path, default=Path("certificate.html"), help="(certificate.html)")
    watch = command("watch", "judge exercises and .py files whenever one is saved; Ctrl-C ends it")
    watch.add_argument("places", metavar="FILE", nargs="*", type=Path, help="files and folders (default: exercises)")
    command("list", "the lessons and their tasks")
    trial = command("trial", "measure an assistant: how much of what it writes works and is safe")
    trial.add_argument(
        "--answers", metavar="FOLDER", type=Path, help="judge the answers in FOLDER/PROMPT/TASK/SAMPLE.py"
    )
    trial.add_argument("--assistant", metavar="COMMAND", help="ask this command: request on stdin, answer on stdout")
    trial.add_argument(
        "--out", metavar="REPORT", type=Path, help="the report's folder; a trial goes on where it was stopped"
    )
    trial.add_argument("--prompts", metavar="NAMES", help="plain, generic, named or files, with commas between")
    trial.add_argument("--samples", metavar="N", type=int, default=5, help="answers for each prompt and task (5)")
    trial.add_argument("--task", metavar="NAME", action="append", default=[], help="ask for this task; may be repeated")
    trial.add_argument("--seconds", metavar="N", type=float, default=600.0, help="longest wait for one answer (600)")
    trial.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    trial.add_argument("--selftest", action="store_true", help="try it on the course's own starters and solutions")
    live = command("production", "run the service of lesson 10 under production, simulated for real")
    live.add_argument("folder", metavar="FOLDER", type=Path, help="the service's files, e.g. exercises/10_capstone")
    live.add_argument(
        "--seconds", metavar="N", type=float, default=20.0, help="how long clients come (20); longer on a busy machine"
    )
    live.add_argument("--seed", metavar="N", type=int, default=1, help="what the clients ask for (1)")
    live.add_argument("--incident", metavar="N", type=int, choices=range(1, 9), help="one load alone, 1 to 8")
    live.add_argument(
        "--locust", action="store_true", help="Locust's users come, not threads; see requirements-capstone.txt"
    )
    live.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    handed_out = command("release", "make what students get: without solutions and tests")
    handed_out.add_argument("--out", metavar="DIR", type=Path, required=True, help="a new folder, or an empty one")
    handed_out.add_argument("--without-hints", action="store_true", help="leave out the hints as well")
    exported = command("export", "make what another system grades with: a course, or an autograder")
    exported.add_argument("system", choices=("nbgrader", "gradescope"))
    exported.add_argument("--out", metavar="PLACE", type=Path, required=True, help="a new folder; Gradescope's: a .zip")
    command("doctor", "what this machine offers the course, and what is lost without the rest")
    proof = command("verify", "the course's proof of itself")
    proof.add_argument(
        "exercise", metavar="EXERCISE", nargs="?", help="prove one exercise alone; without, all notebooks"
    )
    return whole
