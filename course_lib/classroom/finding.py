"""What was handed in: the submissions of a folder, whose they are and which exercise they answer.

A folder a student, a folder an exercise, loose files, and what nbgrader, Moodle, Canvas and Gradescope hand out, mixed
as they come; of a whole copy of the course what was worked on. The exercise is told by the notebook's own metadata,
else by a name, else by the tasks that are defined; what can't be told is named and left out. Nothing is executed, no
link is followed, nothing but a regular file is opened.
An exercise of several files is handed in as a folder by its name, or as one that holds its entry.

What it can't see: who wrote it; and folders deeper than one of these forms has them.
"""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from course_lib.classroom import folders
from course_lib.classroom.downloads import is_download, submitters
from course_lib.classroom.names import (
    SUFFIXES,
    Named,
    canvas_upload,
    canvas_user,
    exercise_in,
    exercise_named,
    is_moodles,
    read_folder_name,
    read_name,
    student_of_folder,
    without_attempt,
)
from course_lib.classroom.one_file import delivered, is_untouched, no_regular_file, read, told_by_itself, told_by_tasks
from course_lib.classroom.roster import Roster
from course_lib.runner.source import NOT_FOLLOWED
from course_lib.syllabus import Lesson

ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar"})
NBGRADERS_OWN = frozenset({"source", "release", "autograded", "feedback"})
AS_DELIVERED = "as it was delivered; nothing was written into it"
OF_A_COPY = "exercises"
COURSES_OWN = frozenset({"notebooks", "solutions", "course_lib", "tests", "binder", "start.py"})
LOOKED_FOR = (
    "STUDENT/EXERCISE.py, EXERCISE/STUDENT.py, NAME_EXERCISE.py, the same as notebooks (.ipynb), for lesson 10 as "
    "folders, and what nbgrader, Moodle, Canvas and Gradescope hand out"
)


@dataclass(frozen=True)
class HandIn:
    """One file, or folder, of one student for one exercise; `trouble` says why it can't be read, "" where it can."""

    student: str
    lesson: Lesson
    path: Path
    attempt: int
    changed: int
    digest: str
    trouble: str = ""
    upload: int = 0  # Canvas's number of it

    @property
    def key(self) -> tuple[str, str]:
        return self.student, self.lesson.stem

    def content(self) -> dict[str, bytes]:
        """What it holds by paths in it, "" for a file; raises OSError."""
        if self.lesson.entry is None:
            return {"": self.path.read_bytes()}
        files, trouble = folders.content_of(self.path, self.lesson)
        if trouble:
            raise OSError(errno.EIO, trouble)
        return files


@dataclass
class Found:
    """All that a folder holds: what counts, the attempts that newer ones replace, and what is no hand-in."""

    folder: Path
    counted: dict[tuple[str, str], HandIn] = field(default_factory=dict)
    replaced: list[HandIn] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    students: set[str] = field(default_factory=set)
    exercises: set[str] = field(default_factory=set)

    @property
    def told(self) -> int:
        """How many files and folders something was said of."""
        return len(self.counted) + len(self.replaced) + len(self.left_out)

    def shown(self, path: Path) -> str:
        """The path as the report names it."""
        return path.relative_to(self.folder).as_posix()

    def take(self, one: HandIn) -> None:
        """Counts it, or the newer of it and what the student handed in besides."""
        self.students.add(one.student)
        self.exercises.add(one.lesson.stem)
        both = [one, self.counted.get(one.key, one)]
        numbered = all(each.upload for each in both)
        older, newer = sorted(both, key=lambda each: self._age(each, numbered))
        self.counted[one.key] = newer
        if older is not newer:
            self.replaced.append(older)

    def _age(self, one: HandIn, numbered: bool) -> tuple[int, int, int, str]:
        return one.attempt, one.upload if numbered else 0, one.changed, self.shown(one.path)

    def leave_out(self, path: Path, because: str, student: str = "", lesson: Lesson | None = None) -> None:
        """Names it in the report; the student and the exercise are of the class all the same."""
        self.left_out.append((self.shown(path), because))
        self.students |= {student} - {""}
        self.exercises |= {lesson.stem} if lesson else set()


@dataclass(frozen=True)
class _Place:
    """What the folders above a file say of it; in a folder that is a `part` of a hand-in, a file may be one of its.

    A system has made a folder that is `sure` to be one student's; any other may be a group's.
    """

    student: str = ""
    lesson: Lesson | None = None
    part: bool = False
    sure: bool = False


def find(folder: Path, without: Path | None = None, roster: Roster | None = None) -> Found:
    """What is handed in below the folder; `without`, the report, is passed over where it lies in it.

    Whom Canvas names in its own way (`silvaana_12_…`) is known by the roster's column ID, where nobody has that name.
    """
    found = Found(folder)
    _Search(found, without.resolve() if without else None, roster or {}).top(folder)
    found.left_out.sort()
    found.replaced.sort(key=lambda one: found.shown(one.path))
    return found


def find_of(folder: Path, student: str) -> Found:
    """What this student handed in, in that folder; loose files, or a folder an exercise."""
    found = Found(folder)
    _Search(found, None, {}).of_student(folder, student)
    return found


class _Search:
    def __init__(self, found: Found, without: Path | None, roster: Roster) -> None:
        self._found, self._without, self._roster = found, without, roster
        self._by_user = {row["ID"]: student for student, row in roster.items() if row.get("ID")}

    def top(self, folder: Path) -> None:
        """A folder of students, exercises and loose files."""
        entries = self._entries(folder)
        nbgraders = any(entry.name == "submitted" and _is_folder(entry) for entry in entries)
        together = submitters(folder)
        for entry in entries:
            path = folder / entry.name
            if not _is_folder(entry):
                self._file(entry, path, _Place())
            elif entry.name in together:
                for student in together[entry.name]:
                    self._of_student(path, _Place(student, sure=True), nbgraders=False)
            elif entry.name == "submitted" and not _is_submission(entry.name):
                self._submitted(path)
            elif nbgraders and entry.name in NBGRADERS_OWN:
                self._found.leave_out(path, "a folder of nbgrader's own")
            else:
                self._folder(entry, path, folder.name == "submitted")

    def of_student(self, folder: Path, student: str) -> None:
        """A folder that is one student's."""
        self._of_student(folder, _Place(student), nbgraders=False)

    def _submitted(self, folder: Path) -> None:
        for entry in self._entries(folder):
            path = folder / entry.name
            if _is_folder(entry):
                self._folder(entry, path, nbgraders=True)
            else:
                self._file(entry, path, _Place())

    def _folder(self, entry: os.DirEntry[str], path: Path, nbgraders: bool) -> None:
        """A folder that lies at the top: an exercise's, or a student's."""
        if self._is_no_folder(entry, path, _Place()):
            return
        lesson, named = exercise_named(entry.name), read_folder_name(entry.name)
        if lesson is not None:
            self._of_exercise(path, lesson)
        elif named.lesson is not None and named.lesson.entry:
            self._several_files(path, named, named.lesson)
        elif is_download(path):
            self.top(path)
        else:
            place = _Place(student_of_folder(entry.name), sure=is_moodles(entry.name))
            self._of_student(path, place, nbgraders)

    def _of_exercise(self, folder: Path, lesson: Lesson) -> None:
        if folders.lesson_of_folder(folder) is lesson:
            self._found.leave_out(folder, "its name names no student; NAME_EXERCISE would", lesson=lesson)
            return
        for entry in self._entries(folder):
            path, place = folder / entry.name, _Place(lesson=lesson)
            if not _is_folder(entry):
                self._file(entry, path, place)
            elif self._is_no_folder(entry, path, place):
                continue
            elif lesson.entry:
                self._several_files(path, read_folder_name(entry.name), lesson)
            else:
                self._files(path, _Place(student_of_folder(entry.name), lesson))

    def _of_student(self, folder: Path, place: _Place, nbgraders: bool) -> None:
        self._found.students.add(place.student)
        place, before = self._whole(folder, place), self._found.told
        deeper, entries = [], self._entries(folder)
        is_copy = any(entry.name == OF_A_COPY and _is_folder(entry) for entry in entries)
        for entry in entries:
            path = folder / entry.name
            if is_copy and entry.name in COURSES_OWN:
                continue
            if not _is_folder(entry):
                self._file(entry, path, place)
                continue
            lesson = exercise_named(entry.name)
            if self._is_no_folder(entry, path, place):
                continue
            named = self._named(entry.name, place)
            if named.lesson is not None and named.lesson.entry:
                self._several_files(path, named, named.lesson)
            elif place.part and lesson is None:
                continue
            elif lesson is not None or nbgraders or (place.sure and entry.name != OF_A_COPY and not _is_copy(path)):
                self._files(path, _Place(place.student, lesson))
            elif entry.name == OF_A_COPY:
                self._of_student(path, place, nbgraders=False)
            else:
                deeper.append(path)
        self._deeper(deeper, place)
        if self._found.told == before and not place.part:
            self._found.leave_out(folder, "a folder without a submission in it")

    def _deeper(self, inside: list[Path], place: _Place) -> None:
        """Of the folders in a student's folder, takes the only one that is a copy of the course or holds a service."""
        told = [path for path in inside if _is_copy(path) or folders.lesson_of_folder(path)]
        for path in inside:
            if told != [path]:
                self._found.leave_out(path, "a folder in a student's folder; it is not searched")
            elif _is_copy(path):
                self._of_student(path / OF_A_COPY, place, nbgraders=False)
            else:
                self._whole(path, place)

    def _files(self, folder: Path, place: _Place) -> None:
        self._found.students.add(place.student)
        place = self._whole(folder, place)
        entries = self._entries(folder)
        for entry in entries:
            path = folder / entry.name
            if _is_folder(entry) and place.part:
                continue
            if _is_folder(entry):
                self._found.leave_out(path, "a folder where a file is expected; it is not searched")
            else:
                self._file(entry, path, place)
        if not any(_is_submission(entry.name) for entry in entries):
            self._found.leave_out(folder, "a folder without a submission in it")

    def _whole(self, folder: Path, place: _Place) -> _Place:
        """Takes a student's folder that is itself a hand-in; what it is for the files in it."""
        lesson = None if place.lesson else folders.lesson_of_folder(folder)
        if lesson is None:
            return place
        self._several_files(folder, Named(place.student, lesson, without_attempt(folder.name)[1]), lesson)
        return replace(place, part=True)

    def _several_files(self, folder: Path, named: Named, lesson: Lesson) -> None:
        """Takes a folder for an exercise of several files, or says why not."""
        place = folders.place_of(folder, lesson)
        files, trouble = folders.content_of(place, lesson)
        if not named.student:
            self._found.leave_out(folder, "its name names no student; NAME_EXERCISE would")
        elif not files and not trouble:
            self._found.leave_out(folder, "a folder without a submission in it", named.student, lesson)
        elif (before := delivered(place)) is not None and files == folders.content_of(before, lesson)[0]:
            self._found.leave_out(folder, AS_DELIVERED, named.student)
        else:
            when, digest = folders.changed(place, files), folders.digest_of(files, trouble)
            self._found.take(HandIn(named.student, lesson, place, named.attempt, when, digest, trouble))

    def _is_no_folder(self, entry: os.DirEntry[str], path: Path, place: _Place) -> bool:
        """Whether it has a submission's name, so that it is named and not searched."""
        if _is_submission(entry.name):
            named = self._named(path.stem, place)
            self._found.leave_out(path, "a folder, and no submission", named.student, named.lesson or place.lesson)
            return True
        return False

    def _named(self, stem: str, place: _Place) -> Named:
        """What the name says, where the folders above it have not said so."""
        if place.student:
            rest, attempt = without_attempt(stem)
            return Named(place.student, exercise_in(rest), attempt)
        named = read_name(stem)
        known = self._by_user.get(canvas_user(stem))
        return named._replace(student=known) if known and named.student not in self._roster else named

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        """What lies in the folder, by name; not what programs hide there, nor the report."""
        try:
            with os.scandir(folder) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError as problem:
            self._found.leave_out(folder, f"the folder can't be read: {problem.strerror}")
            return []
        kept = (entry for entry in entries if not entry.name.startswith(".") and entry.name not in _PROGRAMS_OWN)
        return [entry for entry in kept if not (_is_folder(entry) and self._is_report(entry))]

    def _is_report(self, entry: os.DirEntry[str]) -> bool:
        return self._without is not None and Path(entry.path).resolve() == self._without

    def _file(self, entry: os.DirEntry[str], path: Path, place: _Place) -> None:
        """Takes a file, or says why not; what merely lies beside a hand-in is passed over."""
        is_link = entry.is_symlink()
        if not _is_submission(entry.name):
            if because := NOT_FOLLOWED if is_link else _no_submission(path, place):
                self._found.leave_out(path, because)
            return
        named = self._named(path.stem, place)
        kind = NOT_FOLLOWED if is_link else no_regular_file(path)
        if kind:
            self._found.leave_out(path, kind, named.student, named.lesson or place.lesson)
            return
        content, trouble = read(path)
        lesson = told_by_itself(path, content) or named.lesson or place.lesson
        if lesson is None and place.part:
            return
        lesson = lesson or told_by_tasks(path, content)
        if lesson is not None and lesson.entry:
            because = f"a file, and {lesson.stem} is handed in as the folder that holds {lesson.entry[0]}"
            self._found.leave_out(path, because, named.student, lesson)
        elif lesson is None:
            because = trouble or "which exercise it answers is told by neither its name nor what it defines"
            self._found.leave_out(path, because, place.student)
        elif not named.student:
            self._found.leave_out(path, "its name names no student; NAME_EXERCISE would")
        elif is_untouched(path, content):
            self._found.leave_out(path, AS_DELIVERED, named.student)
        else:
            self._found.take(_hand_in(named, lesson, path, content, trouble))


_PROGRAMS_OWN = frozenset({"__pycache__", "__MACOSX"})


def _no_submission(path: Path, place: _Place) -> str:
    """Why a file that is neither a program nor a notebook does not count; "" where nobody would think that it did."""
    if path.suffix.lower() in ARCHIVES:
        return "an archive; unpack it into a folder of its name"
    return "" if place.student or exercise_in(path.stem) is None else "neither a .py file nor a notebook"


def _is_copy(folder: Path) -> bool:
    """Whether it is a copy of the course, as students have it."""
    exercises = folder / OF_A_COPY
    return exercises.is_dir() and not exercises.is_symlink()


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_submission(name: str) -> bool:
    return Path(name).suffix.lower() in SUFFIXES


def _hand_in(named: Named, lesson: Lesson, path: Path, content: bytes, trouble: str) -> HandIn:
    digest = hashlib.sha256(f"{path.suffix.lower()}\0{trouble}\0".encode() + content).hexdigest()
    changed, upload = path.stat().st_mtime_ns, canvas_upload(path.stem)
    return HandIn(named.student, lesson, path, named.attempt, changed, digest, trouble, upload)
