"""Judges what is saved, at once: `python -m course_lib watch [FILE or FOLDER …]`, the exercises where none is named.

Four times a second the time, size and identity of each watched file are compared with what they were: an editor may
write into a file or put another in its place. A file is judged when it has changed and then stood still for one look,
so that a half-written one is not. Between two looks nothing runs. It can't see a save that leaves time and size alone.
A folder that is an answer as a whole is judged when any file in it was saved, one task after the other; another save
there begins it anew.
Whoever watches is at their own work: each verdict is kept as progress.
"""

from __future__ import annotations

import ast
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from course_lib.exercise_files import ROOT, exercise_path
from course_lib.hazards.plainly import counted
from course_lib.progress import ProgressNotSaved, record_check, task_progress
from course_lib.reading import TaskVerdict, Verdict, not_judged
from course_lib.runner.chosen import FOR_ONE, parent_of
from course_lib.runner.judge import judge
from course_lib.runner.parent import Parent, ParentLost
from course_lib.runner.source import UnreadableSubmission, read_submission
from course_lib.syllabus import EXERCISES, LESSONS, Lesson, find_lesson, lesson_of_task

INTERVAL = 0.25  # seconds between two looks
SUFFIXES = (".ipynb", ".py")

State = tuple[int, int, int]
Tell = Callable[[str], None]


def exercises() -> Path:
    """The folder that is watched where none is named."""
    return exercise_path(LESSONS[0]).parent


class Files:
    """The watched files, and how each of them stood when it was last looked at."""

    def __init__(self, places: Iterable[Path]) -> None:
        self.places = list(places)
        self._now = self._seen = self._look()

    def __len__(self) -> int:
        return len(self._now)

    def saved(self) -> list[Path]:
        """The files that have changed since they were last given, and have stood still since the look before."""
        before, self._now = self._now, self._look()
        still = {path: state for path, state in self._now.items() if before.get(path) == state}
        fresh = [path for path, state in still.items() if self._seen.get(path) != state]
        self._seen = {**self._seen, **still}
        return fresh

    def changed_in(self, folder: Path) -> bool:
        """Whether a file in it has changed since the last look: what is being said of it is out of date."""
        now = self._look()
        return any(path.is_relative_to(folder / "") and self._now.get(path) != state for path, state in now.items())

    def _look(self) -> dict[Path, State]:
        found: dict[Path, State] = {}
        for path in self._paths():
            try:
                told = path.stat()
            except OSError:  # gone since: an editor is putting another in its place
                continue
            if stat.S_ISREG(told.st_mode):
                found[path] = (told.st_mtime_ns, told.st_size, told.st_ino)
        return found

    def _paths(self) -> Iterator[Path]:
        for place in self.places:
            if not place.is_dir():
                yield place
            elif lesson_of_folder(place):
                yield from _within(place)
            else:
                for path in sorted(place.iterdir()):
                    if path.is_dir() and lesson_of_folder(path):
                        yield from _within(path)
                    elif _may_be_an_answer(path):
                        yield path


def lesson_of_folder(folder: Path) -> Lesson | None:
    """The exercise of several files that the folder answers: by its name, or by the entry that it holds."""
    several = [lesson for lesson in EXERCISES if lesson.entry and ".kept-" not in folder.name]
    named = (lesson for lesson in several if folder.resolve().name == lesson.stem)
    holding = (lesson for lesson in several if lesson.entry and (folder / lesson.entry[0]).is_file())
    return next(named, None) or next(holding, None)


def _within(folder: Path) -> Iterator[Path]:
    """The files of such an answer, as far as a save of them can change it."""
    return (path for path in sorted(folder.rglob("*.py")) if not path.name.startswith("."))


def _answer_with(path: Path, places: Iterable[Path]) -> Path:
    """The whole answer that a saved file is of: the folder of an exercise of several files, else the file itself."""
    roots = {place.resolve() for place in places}
    for folder in path.parents:
        if lesson_of_folder(folder):
            return folder
        if folder.resolve() in roots:
            break
    return path


def _may_be_an_answer(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and ".kept-" not in path.name


def watch(places: Iterable[Path], tell: Tell = print, looks: Iterable[object] | None = None) -> None:
    """Looks, judges and tells until it is interrupted, or for as many `looks` as are given."""
    files = Files(places)
    where = ", ".join(_named(place) for place in files.places)
    tell(f"Watching {where} ({counted(len(files), 'file')}): each save is judged. Ctrl-C ends it.\n{next_step()}")
    with _Desk() as desk:
        for _ in looks if looks is not None else iter(int, 1):
            time.sleep(INTERVAL)
            for path in dict.fromkeys(_answer_with(path, files.places) for path in files.saved()):
                for told in desk.answers(path):
                    tell(told)
                    if files.changed_in(path):
                        break


def _named(path: Path) -> str:
    """The path as somebody in the course's folder would type it."""
    whole = path.resolve()
    return os.path.relpath(whole, ROOT) if whole.is_relative_to(ROOT) else str(path)


class _Desk:
    """Judges one file after the other; of each lesson one warm parent is kept."""

    def __init__(self) -> None:
        self._parents: dict[str, Parent] = {}

    def __enter__(self) -> _Desk:
        return self

    def __exit__(self, *_: object) -> None:
        for parent in self._parents.values():
            parent.close()

    def answers(self, path: Path) -> Iterator[str]:
        """What is to be said of an answer that was saved, as it becomes known; its last line is what comes next."""
        head = f"\n{_named(path)}, saved at {time.strftime('%H:%M:%S')}"
        lesson = lesson_of_folder(path) if path.is_dir() else None
        if lesson is None:
            yield self._answer(path, head)
            return
        yield head
        try:
            yield from self._task_by_task(lesson, path)
        except UnreadableSubmission as problem:
            yield f"{problem}\n{_to_be_mended(path)}"

    def _task_by_task(self, lesson: Lesson, path: Path) -> Iterator[str]:
        """The first task that is not passed whole, of every other one its line, as in `_told`."""
        missed: Verdict | None = None
        for task in lesson.tasks:
            verdict = self._judge(lesson, [task], path)
            lines = _told(verdict) if missed is None else [str(verdict.tasks[0]).partition("\n")[0]]
            yield "\n".join([*lines, *_kept(lesson, verdict)])
            missed = missed or (verdict if verdict.status != "pass" else None)
            if verdict.status == "error":  # it can't be loaded, which is the same for the others
                break
        yield next_step(missed)

    def _answer(self, path: Path, head: str) -> str:
        try:
            found = asked_of(path)
            if isinstance(found, str):
                return f"{head}\n{found}\n{next_step()}"
            lesson, tasks = found
            verdict = self._judge(lesson, tasks, path)
        except UnreadableSubmission as problem:
            return f"{head}\n{problem}\n{_to_be_mended(path)}"
        return "\n".join([head, *_told(verdict), *_kept(lesson, verdict), next_step(verdict)])

    def _judge(self, lesson: Lesson, tasks: list[str], path: Path) -> Verdict:
        submission = read_submission(path, lesson.entry)
        try:
            if lesson.slug not in self._parents:
                self._parents[lesson.slug] = parent_of(lesson.slug, at_once=FOR_ONE)
            return judge(lesson, submission, self._parents[lesson.slug], tasks)
        except ParentLost as problem:
            return not_judged(lesson.stem, tasks, "unmeasured", str(problem))


def _to_be_mended(path: Path) -> str:
    return f"Next: mend {path.name} and save it again."


def asked_of(path: Path) -> tuple[Lesson, list[str]] | str:
    """The lesson and the tasks that a file answers, told by its name or else by what it defines; or why there is none.

    Of a notebook all tasks of its lesson are judged, of a .py file those that it defines. Raises UnreadableSubmission
    where the file is no Python.
    """
    named = find_lesson(path.stem)
    if path.suffix.lower() == ".ipynb":
        return (named, list(named.tasks)) if named else "No exercise has this name, so nothing was judged."
    try:
        defined = _defined(path.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        where = f", line {problem.lineno}" if isinstance(problem, SyntaxError) and problem.lineno else ""
        reason = getattr(problem, "msg", None) or getattr(problem, "strerror", None) or problem
        raise UnreadableSubmission(f"It can't be read{where}: {reason}") from problem
    lesson = named or next(filter(None, map(lesson_of_task, defined)), None)
    tasks = [task for task in lesson.tasks if task in defined] if lesson else []
    return (lesson, tasks) if lesson and tasks else "It defines none of the course's tasks, so nothing was judged."


def _defined(source: bytes) -> list[str]:
    """The names that a module binds at its top."""
    names: list[str] = []
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.append(statement.name)
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names += [target.id for target in targets if isinstance(target, ast.Name)]
    return names


def _told(verdict: Verdict) -> list[str]:
    """The first task that is not passed whole, of every other one its line."""
    open_ = _first_open(verdict)
    return [str(told) if told is open_ else str(told).partition("\n")[0] for told in verdict.tasks]


def _first_open(verdict: Verdict) -> TaskVerdict | None:
    return next((told for told in verdict.tasks if told.status != "pass"), None)


def _kept(lesson: Lesson, verdict: Verdict) -> list[str]:
    try:
        for told in verdict.tasks:
            record_check(lesson.stem, told.task, told.status, told.reason, told.failing)
    except ProgressNotSaved as problem:
        return [str(problem)]
    return []


def next_step(verdict: Verdict | None = None) -> str:
    """One line: what is to be mended in what was judged, else the first task of the course that is not passed."""
    told = _first_open(verdict) if verdict else None
    if told and told.status == "unmeasured":
        return f"Next: save it again; {told.task} could not be measured."
    if told:
        return f"Next: change {told.task} and save; a hint: python -m course_lib hint {told.task}"
    for lesson in EXERCISES:
        for one in task_progress(lesson):
            if not one.passed:
                return f"Next: {one.task} in exercises/{lesson.exercise}"
    return "Next: nothing is left; every task is passed."
