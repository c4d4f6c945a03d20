"""What `python -m course_lib review` does: reads a file, scores it, and says how it went."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from course_lib.review.asking import review_request
from course_lib.review.formats import Unreadable
from course_lib.review.sarif import to_sarif
from course_lib.review.scoring import printable
from course_lib.review.shipped import pull_request, score_text

MOST_BYTES = 64 << 20
REQUEST = "request"
READ, NOT_RUN = 0, 3


class NotRead(Exception):
    """The review can't be had; the message is the sentence to show."""


class Answer(NamedTuple):
    """What to print, and the exit status."""

    text: str
    status: int


def answer(file: str, wanted: str, as_json: bool, sarif: Path | None) -> Answer:
    """The score of the review in that file, or the review request; raises NotRead."""
    if file == REQUEST:
        return Answer(review_request(pull_request()), READ)
    if sarif is not None and _is_the_same(sarif, Path(file)):
        raise NotRead(f"{printable(file)} is the review itself; name another file for --sarif")
    try:
        scored = score_text(_content(Path(file)), wanted=wanted)
    except Unreadable as problem:
        raise NotRead(f"{printable(file)}: {problem}") from problem
    if sarif is not None:
        _write(sarif, json.dumps(to_sarif(scored), indent=1))
    text = json.dumps(scored.to_plain()) if as_json else str(scored)
    return Answer(text, READ if scored.could_be_run else NOT_RUN)


def _is_the_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):  # one of them is not there
        return False


def _content(path: Path) -> str:
    name = printable(str(path))
    try:
        if path.is_dir():
            raise NotRead(f"{name} is a folder; name the file that holds the review")
        if not path.exists():
            raise NotRead(f"there is no file {name}; name one, or write request to have the review request")
        if not path.is_file():
            raise NotRead(f"{name} is not a regular file")
        if path.stat().st_size > MOST_BYTES:
            raise NotRead(f"{name} holds more than {MOST_BYTES >> 20} MiB; a review is shorter")
        return path.read_bytes().decode("utf-8-sig", "replace")
    except (OSError, ValueError) as error:
        raise NotRead(f"{name} can't be read: {getattr(error, 'strerror', None) or error}") from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except (OSError, ValueError) as error:
        raise NotRead(
            f"{printable(str(path))} can't be written: {getattr(error, 'strerror', None) or error}"
        ) from error
