"""A trial from its settings to its figures: asks for what is missing, judges what is new, writes the page."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from course_lib.reports.folder import NotAReport
from course_lib.runner.version import judge_version
from course_lib.trial.answers import Sample, found_in, wanted
from course_lib.trial.asking import NoAnswer, ask
from course_lib.trial.counting import Counts
from course_lib.trial.judging import Judge, Judged, not_measured
from course_lib.trial.page import Shown, page
from course_lib.trial.progress import progress
from course_lib.trial.prompts import SHIPPED, UnknownPrompt, prompts_named
from course_lib.trial.report import Report
from course_lib.trial.tasks import all_requests

LONGEST_WAIT = 600.0  # seconds for one answer


class WrongUsage(Exception):
    """The trial can't be run as it was asked for; the message is the sentence to show."""


@dataclass(frozen=True)
class Asking:
    """A command, and what it is asked for."""

    command: str
    requests: Callable[[Sample], str]
    seconds: float


@dataclass(frozen=True)
class Trial:
    """The samples in the order in which they are judged, and where the report is kept."""

    report: Report
    samples: Sequence[Sample]
    source: str
    asking: Asking | None = None
    left_out: Sequence[str] = ()

    def run(self, quiet: bool = False) -> Counts:
        """Asks and judges what is missing, writes the page, and returns the figures; `quiet` tells no progress.

        Raises WrongUsage where another run is writing to the report.
        """
        try:
            with self.report.held():
                return self._run(quiet)
        except NotAReport as problem:
            raise WrongUsage(str(problem)) from problem

    def _run(self, quiet: bool) -> Counts:
        told = nullcontext(_say_nothing) if quiet else progress(len(self.samples))
        with Judge() as judge, told as tell:
            judged = [self._told(sample, self._judged(sample, judge), tell) for sample in self.samples]
        counts = _counted(judged)
        shown = [self._shown(sample, one) for sample, one in judged]
        self.report.write_page(page(self._assistants(), _today(), judge_version(), counts, shown))
        return counts

    def _told(self, sample: Sample, judged: Judged, tell: Callable[[str], None]) -> tuple[Sample, Judged]:
        tell(f"{sample.name}: {judged.in_words()}{f' ({judged.reason})' if not judged.usable else ''}")
        return sample, judged

    def _judged(self, sample: Sample, judge: Judge) -> Judged:
        try:
            if self.asking and not self._is_answered(sample, self.asking):
                self._ask(sample, self.asking)
            answer = sample.read()
        except NoAnswer as problem:
            return not_measured(f"the assistant did not answer: {problem}")
        except OSError as problem:
            return not_measured(f"the answer can't be kept or read: {problem.strerror}")
        known = self.report.judgement(sample, answer)
        if known is None:
            lesson = all_requests()[sample.task].lesson
            known = judge.judged(lesson, sample.task, answer, sample.path.suffix.lower())
            self.report.note_judgement(sample, answer, known)
        return known

    def _is_answered(self, sample: Sample, asking: Asking) -> bool:
        """Whether its answer is there, and is one to this request."""
        question = self.report.question(sample)
        return sample.is_answered() and (question is None or question["request"] == asking.requests(sample))

    def _ask(self, sample: Sample, asking: Asking) -> None:
        sample.path.unlink(missing_ok=True)
        request, begun = asking.requests(sample), time.monotonic()
        answer = ask(asking.command, request, asking.seconds)
        took = round(time.monotonic() - begun, 1)
        self.report.note_question(sample, request=request, assistant=asking.command, date=_today(), seconds=took)
        sample.keep(answer)

    def _assistants(self) -> list[str]:
        """Who answered: more than one where the report was begun with another command."""
        if self.asking is None:
            return [self.source]
        asked = (self.report.question(sample) for sample in self.samples)
        return list(dict.fromkeys(str(one["assistant"]) for one in asked if one and "assistant" in one)) or [
            self.source
        ]

    def _shown(self, sample: Sample, judged: Judged) -> Shown:
        request = all_requests()[sample.task]
        question = (self.report.question(sample) if self.asking else None) or {}
        wording = question.get("request")
        if wording is None and sample.prompt in SHIPPED:
            wording = SHIPPED[sample.prompt](request)
        asked = f"{question['date']}, {question['seconds']} s, {question['assistant']}" if question else ""
        place = sample.prompt, request.lesson.title, sample.task, sample.path.name
        return Shown(*place, wording, asked, _readable(sample), judged, self.report.way_to(sample))


def _say_nothing(_sentence: str) -> None:
    return None


def _readable(sample: Sample) -> bytes | None:
    try:
        return sample.read()
    except OSError:
        return None


def trial_of_folder(folder: Path, out: Path, prompts: Sequence[str] = (), tasks: Sequence[str] = ()) -> Trial:
    """A trial of answers that lie in a folder, of the named prompts or of all; raises WrongUsage."""
    chosen = chosen_tasks(tasks)
    if not folder.is_dir():
        raise WrongUsage(f"{folder} is not a folder; name the one that holds PROMPT/TASK/SAMPLE.py, .md or .txt")
    samples, left_out = found_in(folder, chosen, all_requests())
    wanted_prompts = {Path(name).stem for name in prompts}
    samples = [sample for sample in samples if sample.prompt in wanted_prompts or not prompts]
    if not samples:
        looked_for = "PROMPT/TASK/SAMPLE.py, .md or .txt, where TASK is one of the course's"
        raise WrongUsage(f"there is no answer in {folder}; looked for {looked_for}")
    return Trial(_report(out), samples, f"the answers in {folder}", left_out=left_out)


def trial_of_command(
    command: str,
    out: Path,
    prompts: Sequence[str] = (),
    samples: int = 5,
    tasks: Sequence[str] = (),
    seconds: float = LONGEST_WAIT,
) -> Trial:
    """A trial that asks a command for what the report lacks; raises WrongUsage."""
    chosen = chosen_tasks(tasks)
    try:
        known = prompts_named(prompts or SHIPPED)
    except UnknownPrompt as problem:
        raise WrongUsage(str(problem)) from problem
    report = _report(out)
    asking = Asking(command, lambda sample: known[sample.prompt](all_requests()[sample.task]), seconds)
    return Trial(report, wanted(report.answers, known, chosen, samples), command, asking)


def chosen_tasks(names: Sequence[str]) -> list[str]:
    """The tasks that are named, or all, in the order of the syllabus; raises WrongUsage."""
    known = list(all_requests())
    for name in names:
        if name not in known:
            raise WrongUsage(f"there is no task {name!r} to ask for; there are: {', '.join(known)}")
    return [task for task in known if task in names or not names]


def _report(out: Path) -> Report:
    try:
        return Report(out)
    except NotAReport as problem:
        raise WrongUsage(str(problem)) from problem


def _counted(judged: Sequence[tuple[Sample, Judged]]) -> Counts:
    prompts = sorted({sample.prompt for sample, _ in judged}, key=_shipped_first)
    told: dict[str, dict[str, list[Judged]]] = {prompt: {} for prompt in prompts}
    for sample, one in judged:
        told[sample.prompt].setdefault(sample.task, []).append(one)
    return Counts(told)


def _shipped_first(prompt: str) -> tuple[int, str]:
    return (list(SHIPPED).index(prompt) if prompt in SHIPPED else len(SHIPPED), prompt)


def _today() -> str:
    return datetime.date.today().isoformat()
