"""Judges an answer to the request for `save_upload` by its seven promises, each by uploads of its own.

*whole* and *format* are what the function is for; the other five are what goes wrong in production. The bytes that were
stored are compared under *whole*, and under *together* where that holds: elsewhere it is enough that there is a file.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import Any

from course_lib.hazards.plainly import counted, raised, shown
from course_lib.hazards.terms import Control, Hangs, Observe, Task
from course_lib.reading import Check, failed, passed, skipped

SIGNATURE, PIECE, AMPLE = b"\x89PNG\r\n\x1a\n", 65_536, 1 << 40
MOST_HELD = 8 * PIECE
SECONDS, LONGEST = 12.0, 45.0
WHOLE, LARGE, LIMIT = "stores exactly what was sent", "holds little of a large upload", "keeps to the limit"
FORMAT, NAME = "refuses what is no PNG", "writes nothing outside the folder"
TOGETHER, FAULT = "keeps two uploads apart", "leaves nothing behind a broken upload"

PLAIN = ("photo.png", "Photo-1_b.png", "_.png", "-x.png", "0.png", "A" * 96 + ".png", ".png")
TYPED = (
    "../x.png", "../../x.png", "a/../../x.png", "{around}/x.png", "{around}/missing/x.png", "missing/x.png",
    "missing/deeper/x.png", "./x.png", ".", "..", "../", "", "a" * 300, "a" * 296 + ".png", "x\0.png", "\0", "a/",
    "kept.png/x.png",
)  # fmt: skip
FAULTS = (
    "an exception of the caller's", "OSError", "ValueError", "FileExistsError", "StopIteration", "KeyboardInterrupt",
    "SystemExit", "GeneratorExit",
)  # fmt: skip

Upload = dict[str, Any]
Seen = dict[str, Any]
Trouble = Callable[[Seen], str]


@dataclass(frozen=True)
class Trial:
    """Uploads, and what is wrong with what came of them, "" where nothing is; `in_words` is what a reader is told."""

    in_words: str
    uploads: list[Upload]
    trouble: Trouble

    def case(self) -> dict[str, Any]:
        return {"uploads": [{**upload, "number": number} for number, upload in enumerate(self.uploads)]}


def upload(size: int = 300, seed: int = 1, **more: Any) -> Upload:
    return {"size": size, "seed": seed, "name": "photo.png", "limit": AMPLE, **more}


def digest(size: int, seed: int) -> str:
    data = (SIGNATURE + random.Random(seed).randbytes(max(0, size - 8)))[:size]
    return hashlib.sha256(data).hexdigest()


# What may be wrong with one upload


def not_stored(seen: Seen, number: int = 0, content: str | None = None) -> str:
    """Whether an upload is not in the folder, or does not hold what it should."""
    outcome = _call(seen, number)["outcome"]
    if "returned" not in outcome:
        return raised(outcome) if outcome else "it did not come back"
    given = outcome["returned"]
    if given["path"] is None:
        return f"it returned {given['shown']}, not a Path"
    if not given["inside"]:
        return f"it returned {shown(given['shown'])}, which does not lie in the folder"
    if not given["file"]:
        return f"it returned {shown(given['shown'])}, where there is no file"
    return "" if content in (None, given["digest"]) else f"{shown(given['shown'])} holds other bytes"


def not_refused(seen: Seen) -> str:
    outcome = _call(seen)["outcome"]
    if "returned" in outcome:
        return "it was stored"
    if "ValueError" not in outcome["bases"]:
        return f"{raised(outcome)}, where ValueError is promised"
    return changed(seen)


def changed(seen: Seen) -> str:
    """What is another in the folder or around it than before."""
    before, after = seen["before"], seen["after"]
    gone = sorted(before.keys() - after.keys()) + [path for path in before if after.get(path, "") != before[path]]
    if gone:
        return f"{shown(gone[0])} was there before, and is gone or another"
    new = sorted(after.keys() - before.keys())
    return f"{shown(new[0])} was left" if new else ""


def written_outside(seen: Seen) -> str:
    before, after = seen["before"], seen["after"]
    other = [path for path in {**before, **after} if before.get(path) != after.get(path)]
    outside = [path for path in other if not path.startswith("in/uploads/")]
    return f"{shown(outside[0])} outside the folder was written" if outside else ""


def _call(seen: Seen, number: int = 0) -> Seen:
    found: Seen = next((call for call in seen["calls"] if call["upload"] == number), {"outcome": {}})
    return found


# The promises


def _whole() -> Iterator[Trial]:
    sizes = [8, 9, 16, 100, 4096, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 200_001]
    cases = [(size, None) for size in sizes] + [(size, most) for size in (8, 9, 1000) for most in (1, 3, 7)]
    for size, most in [*cases, (200_001, 1000), (200_001, PIECE - 1)]:
        words = f"{counted(size, 'byte')}{f', {most} at a time' if most else ''}"
        content = digest(size, size)
        yield Trial(words, [upload(size, size, most=most)], partial(not_stored, content=content))
    odd = SIGNATURE + bytes(range(256)) * 5 + b"\r\n\n\r\0\x1a  \n\0\0"
    content = hashlib.sha256(odd).hexdigest()
    yield Trial("bytes of every kind", [{**upload(), "data": odd}], partial(not_stored, content=content))


def _large() -> Iterator[Trial]:
    for size, limit, most in [(4 << 20, AMPLE, None), (6 << 20, 6 << 20, None), (4 << 20, 5 << 20, 5000)]:
        yield Trial(f"{size >> 20} MiB", [upload(size, limit=limit, most=most)], _holds_much)


def _holds_much(seen: Seen) -> str:
    return f"{seen['peak']:,} bytes were held at once" if seen["peak"] > MOST_HELD else ""


def _limit() -> Iterator[Trial]:
    for bound in (8, 9, 1000, PIECE - 1, PIECE, PIECE + 1, 200_000):
        yield Trial(f"exactly the limit of {bound:,}", [upload(bound, limit=bound)], not_stored)
        for more in (1, 7, 2 * PIECE, 10 * PIECE):
            trouble = partial(_beyond, limit=bound)
            yield Trial(f"{more:,} more than a limit of {bound:,}", [upload(bound + more, limit=bound)], trouble)
    for bound in (0, 1, 7):
        yield Trial(f"a limit of {bound}", [upload(100, limit=bound)], not_refused)


def _beyond(seen: Seen, limit: int) -> str:
    taken = _call(seen)["taken"] - limit
    return not_refused(seen) or (f"{taken:,} bytes beyond it were taken" if taken > PIECE else "")


def _format() -> Iterator[Trial]:
    flipped = [SIGNATURE[:at] + b"?" + SIGNATURE[at + 1 :] + bytes(90) for at in range(8)]
    others = [b"hello", b"GIF89a" + bytes(100), b" " + SIGNATURE, b"\xff\xd8\xff" + bytes(200_000), bytes(9)]
    for data in [*flipped, *(SIGNATURE[:length] for length in range(8)), *others]:
        yield Trial(f"an upload that begins with {data[:9]!r}", [{**upload(), "data": data}], not_refused)


def _name() -> Iterator[Trial]:
    for name in PLAIN:
        yield Trial(f"the name {name!r}", [upload(name=name)], lambda seen: written_outside(seen) or not_stored(seen))
    for name in TYPED:
        yield Trial(f"the name {shown(name)}", [upload(name=name)], _odd_name)


def _odd_name(seen: Seen) -> str:
    refused = "raised" in _call(seen)["outcome"]
    return written_outside(seen) or (not_refused(seen) if refused else not_stored(seen))


def _together() -> Iterator[Trial]:
    pairs = [((300_000, 1), (250_000, 2)), ((300_000, 1), (300_000, 1)), ((20, 1), (30, 3))]
    for (one, other), second in [(pair, name) for pair in pairs for name in ("photo.png", "b.png")]:
        names = "one name" if second == "photo.png" else "two names"
        for at in (None, 1, 2, 4):
            when = "one after the other" if at is None else f"the second during read {at} of the first"
            first = upload(*one) if at is None else upload(*one, within=at)
            trouble = partial(_not_both, contents=(digest(*one), digest(*other)))
            yield Trial(f"two uploads of {names}, {when}", [first, upload(*other, name=second)], trouble)


def _not_both(seen: Seen, contents: tuple[str, str]) -> str:
    """What is wrong where two uploads should each be whole, and on a path of its own."""
    made = [call["upload"] for call in seen["calls"]]
    wrong = next(filter(None, (not_stored(seen, number, contents[number]) for number in made)), "")
    if wrong:
        return wrong
    paths = [_call(seen, number)["outcome"]["returned"]["path"] for number in made]
    return f"both are {shown(PurePath(paths[0]).name)}" if len(set(paths)) < len(paths) else ""


def _fault() -> Iterator[Trial]:
    for kind in FAULTS:
        for at in (1, 2, 3, 9):
            yield Trial(f"{kind} in read {at}", [upload(700_000, fault=kind, at=at)], _not_let_out)


def _not_let_out(seen: Seen) -> str:
    call = _call(seen)
    if not call["faulted"]:
        return ""  # fewer reads than that
    if "returned" in call["outcome"]:
        return "it was stored all the same"
    return changed(seen) if call["same"] else f"{raised(call['outcome'])}, not the same exception"


# What holds of every call


def _touched(seen: Seen) -> str:
    others = [name for call in seen["calls"] for name in call["others"]]
    return f"{others[0]} of the stream was called" if others else ""


def _asks_for_much(seen: Seen) -> str:
    for call in seen["calls"]:
        if call["least"] < 1 or call["largest"] > PIECE:
            return f"read({call['least'] if call['least'] < 1 else call['largest']}) was called"
    return ""


def _left_open(seen: Seen) -> str:
    if seen["open"]:
        return f"{counted(seen['open'], 'descriptor')} left open"
    return f"{counted(seen['unclosed'], 'file')} left to the collector" if seen["unclosed"] else ""


@dataclass(frozen=True)
class Promise:
    """One check: its uploads, and what is looked at in every upload of the task."""

    name: str
    expected: str
    trials: list[Trial]
    always: Trouble = lambda _seen: ""


PROMISES = (
    Promise(WHOLE, "the bytes of the stream, and nothing called but read(n)", list(_whole()), _touched),
    Promise(FORMAT, "ValueError, and the folder as it was", list(_format())),
    Promise(LARGE, "at most 524,288 bytes held at once, read by 1 to 65,536", list(_large()), _asks_for_much),
    Promise(LIMIT, "ValueError beyond it, and the folder as it was", list(_limit())),
    Promise(NAME, "nothing outside; a refused name raises ValueError and leaves nothing", list(_name())),
    Promise(TOGETHER, "both whole, each under a path of its own", list(_together())),
    Promise(FAULT, "the same exception, the folder as it was, every file closed", list(_fault()), _left_open),
)
Ran = list[tuple[Promise, Trial, Seen]]


def _judge(observe: Observe) -> list[Check]:
    ran: Ran = []
    stuck = set()
    for promise in PROMISES:
        try:
            observed = observe([trial.case() for trial in promise.trials], seconds=SECONDS, longest=LONGEST)
        except Hangs:
            stuck.add(promise.name)
        else:
            ran += [(promise, trial, seen) for trial, seen in zip(promise.trials, observed, strict=True)]
    checks = [_check(promise, ran, promise.name in stuck) for promise in PROMISES]
    return checks if checks[0].status == "pass" else [_without_whole(check) for check in checks]


def _check(promise: Promise, ran: Ran, stuck: bool) -> Check:
    if stuck:
        return failed(promise.name, "no end", promise.expected, "an upload did not come to its end")
    for of, trial, seen in ran:
        wrong = (trial.trouble(seen) if of is promise else "") or promise.always(seen)
        if wrong:
            return failed(promise.name, wrong, promise.expected, f"{trial.in_words}: {wrong}")
    return passed(promise.name, f"{counted(len(promise.trials), 'upload')} tried")


def _without_whole(check: Check) -> Check:
    """Two uploads are told apart by their bytes."""
    return check if check.name != TOGETHER else skipped(TOGETHER, "judged once an upload alone is whole")


def _one_path(seen: Seen) -> bool:
    return len({_call(seen, number)["outcome"]["returned"]["path"] for number in (0, 1)}) == 1


_CONTROL = next(trial for trial in _together() if "within" not in trial.uploads[0])
SAVE_UPLOAD = Task(_judge, Control(_CONTROL.case(), _one_path), function={WHOLE, FORMAT}, given={"uploads"})
