"""A hand-in of several files: which folder it is, when it changed, and a digest of what in it is judged.

Nothing is executed; of a folder the same files count as where it is judged alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from course_lib.runner.source import UnreadableSubmission, read_submission
from course_lib.syllabus import EXERCISES, Lesson

MOST_OF_ENTRY = 1 << 20  # bytes in which the name is looked for


def lesson_of_folder(folder: Path) -> Lesson | None:
    """The exercise of several files that this folder answers, as its entry tells; or None."""
    return next((lesson for lesson in _of_several_files() if _defines(folder, *lesson.entry or ("", ""))), None)


def _of_several_files() -> Iterator[Lesson]:
    return (lesson for lesson in EXERCISES if lesson.entry)


def _defines(folder: Path, file: str, name: str) -> bool:
    path = folder / file
    try:
        if path.is_symlink() or not path.is_file():
            return False
        with path.open("rb") as opened:
            return name.encode() in opened.read(MOST_OF_ENTRY)
    except OSError:
        return False


def place_of(folder: Path, lesson: Lesson) -> Path:
    """The folder that holds the entry: this one or, where it holds no file, the only folder in it."""
    try:
        inside = [path for path in folder.iterdir() if not path.name.startswith((".", "__"))]
    except OSError:
        return folder
    only = inside[0] if len(inside) == 1 else folder
    return only if only.is_dir() and not only.is_symlink() and _defines(only, *lesson.entry or ("", "")) else folder


def content_of(folder: Path, lesson: Lesson) -> tuple[dict[str, bytes], str]:
    """Its files by their paths in it, and why they can't be read."""
    try:
        read = read_submission(folder, lesson.entry).folder
    except UnreadableSubmission as problem:
        return {}, str(problem).replace(str(folder), folder.name)
    return dict(read.files) if read else {}, ""


def changed(folder: Path, files: dict[str, bytes]) -> int:
    """When the newest of the files was written, in nanoseconds."""
    return max((folder.joinpath(name).stat().st_mtime_ns for name in files), default=folder.stat().st_mtime_ns)


def digest_of(files: dict[str, bytes], trouble: str) -> str:
    """The same for the same files, whatever their folder is called and whenever they were written."""
    digest = hashlib.sha256(f"{trouble}\0".encode())
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogatepass") + content)
    return digest.hexdigest()
