"""Drives a directory and an id intersection at several sizes and reports what they gave and what work was counted.

The submission's source is rewritten as it is loaded, so that each operation is charged what it costs; the keys are
plain ones, and nothing of what is judged differs from ordinary use.
"""

from __future__ import annotations

import gc
import operator
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from course_lib.hazards.attempt import attempt
from course_lib.hazards.data_structures.probe_samples import IndexedDirectory, ScanningDirectory, hashed, scanned
from course_lib.hazards.families import HANDED_OVER, changed
from course_lib.hazards.settling import once_threads_have_ended, running_threads, settled
from course_lib.instruments.work import adopting
from course_lib.instruments.work.costs import tally
from course_lib.instruments.work.operations import Work, count_database_steps, work_since, work_until_now
from course_lib.instruments.work.rewriting import compile_counted as compile_cell

__all__ = ["CONTROLS", "PROBES", "before_load", "compile_cell", "preload"]

Observation = dict[str, Any]


def preload() -> None:
    """What takes long and is the same for every submission: the libraries that are most used, rewritten."""
    adopting.prepare("collections", "functools", "sortedcontainers.sortedlist", "sortedcontainers.sorteddict")
    adopting.exchange_all((ScanningDirectory, IndexedDirectory, scanned, hashed))
    count_database_steps()


def before_load(_task: str) -> None:
    adopting.install()


def _plain_work(work: Work) -> Observation:
    return {name: getattr(work, name) for name in Work.__dataclass_fields__}


def _measured(action: Callable[[], Any]) -> Observation:
    """The counts of a call, with the calls into unknown C by name; or what it raised."""
    before = work_until_now()
    tally.unknown.clear()
    outcome = attempt(action)
    work = _plain_work(work_since(before))
    return {"raised": outcome} if "raised" in outcome else {**work, "unknown": sorted(tally.unknown)}


# --- UserDirectory -------------------------------------------------------------------------------------------------


def _letter_cases(number: int) -> str:
    """Number 5 is aBcDeFgHiJ…: texts that differ in letter case alone."""
    return "".join(letter.upper() if number >> at & 1 else letter for at, letter in enumerate("abcdefghijklmnopqrst"))


_LONG_NAME = "Reilly" * 12
_EMAILS: dict[str, Callable[[int], str]] = {
    "in no order": lambda number: f"u{number * 2_654_435_761 % 4_294_967_296:010d}@example.org",
    "in sorted order": lambda number: f"u{number:010d}@example.org",
    "that differ after the @ alone": lambda number: f"info@u{number * 2_654_435_761 % 4_294_967_296:010d}.org",
    "that differ in letter case alone": lambda number: f"{_letter_cases(number)}@example.org",
    "of odd spelling": lambda number: (
        f' J\u00fcrgen "J" O\'{_LONG_NAME} {number * 2_654_435_761 % 4_294_967_296:010d}\t'
    ),
    "of whom every second has the same e-mail": lambda number: (
        f"u{number * 2_654_435_761 % 4_294_967_296:010d}@example.org" if number % 2 else "everybody@example.org"
    ),
}


def _users(email: Callable[[int], str], count: int, first: int = 0) -> list[Observation]:
    return [{"email": email(number), "number": number} for number in range(first, first + count)]


def user_directory(subject: Any, case: Observation) -> Observation:
    return _DIRECTORY[case["kind"]](subject, case)


def _script(subject: Any, case: Observation) -> Observation:
    """Runs calls on one directory: [("find", email) | ("add", user)], with what each gave."""
    given = HANDED_OVER[case["iterable"]]([dict(user) for user in case["users"]])
    made = attempt(subject, given)
    if "raised" in made:
        return {"made": made, "answers": []}
    directory = made["returned"]
    answers = []
    for verb, argument in case["calls"]:
        if verb == "find":
            answers.append(settled(lambda text: directory.find_by_email(text), "".join(list(argument)))[0])
        else:
            outcome = attempt(lambda user: directory.add(user), dict(argument))
            answers.append({} if "returned" in outcome else outcome)
    return {"made": {}, "answers": answers}


def _by_turns(subject: Any, case: Observation) -> Observation:
    """The work of as many additions as there are users, each with a lookup after it: of a new one, an old one, none."""
    return _added_and_found(subject, case, first=case["size"])


def _from_nothing(subject: Any, case: Observation) -> Observation:
    """The same in a directory that was made of no users: whatever was made to the measure of these is small."""
    return _added_and_found(subject, case, first=0)


def _added_and_found(subject: Any, case: Observation, first: int) -> Observation:
    email, size = _EMAILS[case["emails"]], case["size"]
    made = attempt(lambda: subject(_users(email, first)))
    if "raised" in made:
        return {"work": {"raised": made}}
    directory, new = made["returned"], _users(email, size, first)
    wanted = [email((number, number // 2, number + size)[number % 3]) for number in range(first, first + size)]

    def add_and_find() -> None:
        for user, one in zip(new, wanted, strict=True):
            directory.add(user)
            directory.find_by_email(one)

    return {"work": _measured(add_and_find)}


def _lookups(subject: Any, case: Observation) -> Observation:
    """The work of building, and of single lookups, hits and misses: before and right after one `add`, and after many.

    One lookup goes ahead of those before any `add` and after many, since it may bring things into order.
    """
    email, size = _EMAILS[case["emails"]], case["size"]
    users, new = _users(email, size), _users(email, 1 + size // 8, size)
    made: list[Any] = []

    def build_and_find() -> None:
        made.append(subject(users))
        made[0].find_by_email(email(1))

    building = _measured(build_and_find)
    if "raised" in building:
        return {"building": building, "before": [building], "after": [building]}
    before = _each(made[0], email, [0, 2, size // 2, size - 1], size)
    added = [attempt(made[0].add, user) for user in new[:1]]
    after = _each(made[0], email, [3, size // 2 + 1, size - 2, size], size)
    added += [attempt(made[0].add, user) for user in new[1:]]
    attempt(made[0].find_by_email, email(4))
    after += _each(made[0], email, [5, size - 3, size, size + len(new) - 1], size)
    broke = [{"raised": outcome} for outcome in added if "raised" in outcome]
    return {"building": building, "before": before, "after": broke or after}


def _each(directory: Any, email: Callable[[int], str], hits: list[int], size: int) -> list[Observation]:
    wanted = [*map(email, hits), email(10 * size + 7), email(20 * size + 11), "nobody@example.org"]
    return [_measured(partial(directory.find_by_email, one)) for one in wanted]


_DIRECTORY = {"script": _script, "by turns": _by_turns, "from nothing": _from_nothing, "lookups": _lookups}


# --- common_ids ----------------------------------------------------------------------------------------------------


def common_ids(subject: Any, case: Observation) -> Observation:
    return _IDS[case["kind"]](subject, case)


def _result(subject: Any, case: Observation) -> Observation:
    outcome, (left, right) = settled(subject, list(case["left"]), list(case["right"]))
    return {"outcome": outcome, "left": left, "right": right}


def _one_list_twice(subject: Any, case: Observation) -> Observation:
    ids = list(case["ids"])
    outcome, (left, right) = settled(subject, ids, ids)
    return {"outcome": outcome, "left": left, "right": right}


def _again(subject: Any, case: Observation) -> Observation:
    """Calls with the same two lists, between which the caller changes them, and what was returned."""
    left, right, told = list(case["left"]), list(case["right"]), []
    for new_left, new_right in [(case["left"], case["right"]), *case["then"]]:
        left[:], right[:] = new_left, new_right
        outcome = attempt(subject, left, right)
        told.append({"outcome": dict(outcome), "left": list(left), "right": list(right)})
        if "raised" in outcome:
            break
        if type(outcome["returned"]) is list:
            told[-1]["outcome"] = {"returned": list(outcome["returned"])}
            changed(outcome["returned"])
    return {"calls": told}


def _remembered(subject: Any, case: Observation) -> Observation:
    """How many ids, of which nobody else holds any, and how many of the two lists are held once a call is over."""
    make, third = _MAKERS[case["type"]], case["size"]
    ids = [make(number) for number in range(4 * third)]
    left, right = ids[: 3 * third], [make(number) for number in range(third, 5 * third)]
    watched, lists = [*left, *right], (left, right)
    del ids
    gc.collect()
    before = [sys.getrefcount(one) for one in watched], [sys.getrefcount(one) for one in lists]
    threads = running_threads()
    outcome = attempt(subject, left, right)
    raised = {"raised": outcome} if "raised" in outcome else {}
    outcome.clear()

    def held() -> tuple[int, int]:
        gc.collect()
        after = [sys.getrefcount(one) for one in watched], [sys.getrefcount(one) for one in lists]
        of_ids, of_lists = (sum(map(operator.gt, now, then)) for now, then in zip(after, before, strict=True))
        return of_ids, of_lists

    of_ids, of_lists = once_threads_have_ended(held, lambda found: not any(found), threads)
    return {"held": of_ids, "lists": of_lists, **raised}


def _ids_work(subject: Any, case: Observation) -> Observation:
    ones, others = _SHAPES[case["shape"]](case["size"])
    make = _MAKERS[case["type"]]
    left, right = [make(number) for number in ones], [make(number) for number in others]
    return {"work": _measured(lambda: subject(left, right))}


_IDS = {
    "result": _result,
    "one list twice": _one_list_twice,
    "again": _again,
    "remembered": _remembered,
    "work": _ids_work,
}
FAR_APART = 63 * 10**6 * 2**20  # whoever sorts ids into a round number of buckets finds all of these in a few
_SHAPES: dict[str, Callable[[int], tuple[Iterable[int], Iterable[int]]]] = {
    "the same ids": lambda n: (range(n, 0, -1), range(1, n + 1)),
    "no common id": lambda n: (range(n), range(3 * n, 2 * n, -1)),
    "few ids, often repeated": lambda n: ([number % 8 for number in range(n)], [number % 8 for number in range(n)]),
    "left repeats one id": lambda n: ([1] * n, range(n)),
    "right repeats one id": lambda n: (range(n), [n // 2] * n),
    "left is short": lambda n: (range(n // 16), range(n)),
    "right is short": lambda n: (range(n), range(n // 16)),
    "in no order": lambda n: ([one * 7919 % n for one in range(n)], [one * 104_729 % n for one in range(n)]),
    "far apart, in no order": lambda n: (
        [FAR_APART * (one * 7919 % n) for one in range(n)],
        [FAR_APART * (one * 104_729 % n) for one in range(n)],
    ),
    "each id twice": lambda n: (
        [one * 7919 % n // 2 for one in range(n)],
        [one * 104_729 % n // 2 for one in range(n)],
    ),
}
_MAKERS: dict[str, Callable[[int], Any]] = {
    "int": lambda number: number + 1_000_000,
    "int from 0": lambda number: number,
    "str": lambda number: f"id-{number:08d}",
    "str in letter cases": lambda number: f"{_letter_cases(number)}-id",
}


PROBES: dict[str, Callable[[Any, Observation], Observation]] = {
    "UserDirectory": user_directory,
    "common_ids": common_ids,
}
CONTROLS = {
    "UserDirectory": (ScanningDirectory, IndexedDirectory),
    "common_ids": (scanned, hashed),
}
