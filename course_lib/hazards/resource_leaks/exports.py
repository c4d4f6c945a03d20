"""Judges `export_profiles`: what is returned and what the files hold, then who closed them, also when something raises.

Something is raised in turn by `fetch` and by `json`, while a file may be open: the exceptions that code expects, those
that stop a program, and at the first user as well as at a later one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from course_lib.hazards import families
from course_lib.hazards.plainly import counted, first_wrong, raised, same, shown
from course_lib.hazards.resource_leaks.checks import (
    BUDGET,
    SIZES,
    Observation,
    Wrong,
    around_the_ledger,
    closes_all,
    few_open,
    long_run,
    what_it_did,
)
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, failed, passed, skipped

WRITES = "writes every profile and returns them in order"
PROPAGATES = "an error propagates, and the files before it are complete"
CLOSES = "closes every file itself"
CLOSES_ON_ERROR = "closes every file itself when something raises"
FEW = f"at most {BUDGET} files are open at once"
HAZARD = (CLOSES, CLOSES_ON_ERROR, FEW)

MANY = 2003  # users: more than Python's stack holds, and a hundred times as many as a share of them may keep open


@dataclass(frozen=True)
class Failure:
    """What is raised in the middle of an export, by whom, at which user (counted from 0)."""

    who: str
    raises: str
    at: int
    late: bool = False  # after more text than a buffer holds

    @property
    def when(self) -> str:
        return f"when {self.who} raised {self.raises}" + (" late in a profile" if self.late else "")


CLOSED_AFTER = (*(f"{size} users" for size in SIZES), "users and data of every kind", f"{MANY:,} users")

FAILURES = (  # few of them late: who leaves all files open is to have descriptors left for the rest
    Failure("fetch", "FetchFailed", 13),
    Failure("fetch", "KeyboardInterrupt", 5),
    Failure("fetch", "SystemExit", 0),
    Failure("fetch", "ConnectionResetError", 3),
    Failure("fetch", "StopIteration", 2),
    Failure("fetch", "StopIteration", 0),
    Failure("fetch", "GeneratorExit", 1),
    Failure("fetch", "KeyError", 1),
    Failure("fetch", "FileNotFoundError", 2),
    Failure("fetch", "EOFError", 0),
    Failure("fetch", "TimeoutError", 0),
    Failure("fetch", "RuntimeError", 1),
    Failure("json", "TypeError", 13, late=True),
    Failure("json", "TypeError", 0),
    Failure("json", "RecursionError", 0),
    Failure("json", "ValueError", 4),
    Failure("json", "KeyboardInterrupt", 0),
    Failure("json", "KeyboardInterrupt", 13, late=True),
    Failure("json", "SystemExit", 6),
)


def _profile(user_id: object, turn: int) -> dict[str, Any]:
    return {"id": user_id, "name": f"Zoë Ångström {turn}", "score": turn / 4, "tags": ["a", None, True], "city": "東京"}


def plain_export(count: int, keep: bool) -> dict[str, Any]:
    """An export of `count` users, of whom nothing is unusual."""
    ids = list(range(100, 100 + count))
    return {"ids": ids, "profiles": [_profile(one, turn) for turn, one in enumerate(ids)], "keep": keep}


def _awkward_export() -> dict[str, Any]:
    """Few users: an id twice, ids of text, a longer file there already, data of every size and kind.

    The folder is relative, for the third time, one of its files is no longer as it was left, and `fetch` tells what
    it does where standard output leads elsewhere.
    """
    users: list[tuple[Any, Any]] = [
        (3, {"old": True}), ("ada", _profile("ada", 1)), (7, _profile(7, 2)), (3, _profile(3, 3)), (13, _large()),
        (0, _profile(0, 4)), (15, {}), ("Grace B.v2", None), ("zoë", [1, 1.0, True]), ("o'hara, x", "a text"),
        (-4, []), (2**70, 0.0), ("%s {} %20", _unusual()), ("12", {None: "nobody"}), (7, _profile(7, 6)),
        (21, _more_than_json_has()), ("007", _more_than_json_has()["visits"]),
        (" 7 ", _profile(7, 8)), ("rene\u0301", _profile("rene", 9)), *enumerate(_of_one_alphabet(), 30),
    ]  # fmt: skip
    ids, profiles = [user_id for user_id, _ in users], [data for _, data in users]
    existing = {"user_7.json": b'{"old": "' + b"x" * 9000}
    return {
        "ids": ids,
        "profiles": profiles,
        "keep": False,
        "existing": existing,
        "waits": True,
        "tells": True,
        "relative": True,
    }


def _of_one_alphabet() -> list[dict[str, Any]]:
    """Each text fits into one byte a letter in some encoding that is older than UTF-8."""
    return [{"name": name} for name in ("Zoë", "Łucja", "Ольга", "5 €", "Ελένη")]


def _large() -> dict[str, Any]:
    return {
        **_profile(13, 6),
        "about": "déjà vu, " * 500,
        "history": [f"entry {number} — déjà vu" for number in range(1500)],
    }


def _unusual() -> dict[str, Any]:
    """Texts, keys and numbers of every kind, at more than one depth."""
    texts = families.texts(longest=2000)
    numbers = [*families.whole_numbers(), 0.5, -0.0, 1e22, 5e-324, 1.0, True, 1, None]
    others = {"Team": None, "team": "", **{f"Of {text}": text for text in families.texts_like_values()}}
    keys = {text: [turn] for turn, text in enumerate(texts)}
    return {"texts": texts, "keys": keys, "numbers": {"all": numbers}, **others}


def _more_than_json_has() -> dict[str, Any]:
    """What `json` writes and reads back as something else, so that a list of what it read shows."""
    return {"place": (52.5, 13.4), "visits": {2025: [(1, ())], 2.5: {-7: None}}}


def _many_exports() -> dict[str, Any]:
    """Far more users than in any other run, most of them twice; each time the same data."""
    ids = [*range(MANY - MANY // 2), *range(MANY // 2)]
    return {"ids": ids, "profiles": [{"id": 9}] * MANY, "keep": False, "clears": True}


def _failing_export(failure: Failure) -> dict[str, Any]:
    case = plain_export(SIZES[0], keep=True)
    profile = case["profiles"][failure.at]
    if failure.late:
        profile["history"] = ["entry"] * 3000
    if failure.who == "fetch":
        return {**case, "failure": [failure.at, failure.raises]}
    if failure.raises == "TypeError":  # no such value, no such key
        profile |= {"roles": {"editor"}} if failure.late else {"seats": {("B", 7): "window"}}
        return case
    return {**case, "interrupted": [[failure.at, failure.raises]]}


def judge_export_profiles(observe: Observe) -> list[Check]:
    """Five checks; the last four are skipped where the files are not right. The long run comes last."""
    cases = [_awkward_export(), plain_export(0, keep=False)]
    cases += [plain_export(size, keep) for keep in (False, True) for size in SIZES]
    failing = [_failing_export(failure) for failure in FAILURES]
    *seen, kept = observe([*cases, *failing, {**cases[0], "keep": True, "waits": False}])
    right, cut_short = seen[: len(cases)], seen[len(cases) :]
    wrong = first_wrong(map(_wrong, cases, right))
    if wrong:
        return _not_right_first(wrong)
    closed, sizes = [*right[4:], kept], list(zip(SIZES, right[2:4], strict=True))
    hazard = _hazard(right, closed, cut_short, sizes)
    if all(check.status == "pass" for check in hazard):
        many = _many_exports()
        last = long_run(observe, many)
        wrong = _wrong(many, last)
        hazard = _hazard([*right, last], [*closed, last], cut_short, [*sizes, (MANY, last)])
    works_on = f"{SIZES[0]} and {SIZES[1]} users, an id twice, an existing file"
    works = failed(WRITES, *wrong) if wrong else passed(WRITES, works_on)
    return [works, _propagates(failing, cut_short), *hazard]


def _hazard(
    right: Sequence[Observation],
    closed: Sequence[Observation],
    cut_short: Sequence[Observation],
    sizes: Sequence[tuple[int, Observation]],
) -> list[Check]:
    """Who closed the files of the `closed` runs and of those cut short, and how many were open at each size."""
    return around_the_ledger(HAZARD, "file", [right[0], *right[2:]]) or [
        closes_all(CLOSES, "file", list(zip(CLOSED_AFTER, closed, strict=False))),
        closes_all(CLOSES_ON_ERROR, "file", [(f.when, one) for f, one in zip(FAILURES, cut_short, strict=True)]),
        few_open(FEW, "file", sizes),
    ]


def _not_right_first(wrong: Wrong) -> list[Check]:
    return [failed(WRITES, *wrong), *(skipped(name, "the files must be right first") for name in (PROPAGATES, *HAZARD))]


def _wrong(case: dict[str, Any], seen: Observation) -> Wrong | None:
    """The first thing that is wrong with a run in which nothing fails, or None."""
    ids, profiles, outcome = case["ids"], case["profiles"], seen["outcome"]
    if "raised" in outcome:
        told = raised(outcome)
        return told, "the list of data", f"with {counted(len(ids), 'user')} it raised {told}"
    if not same(seen["calls"], ids) or seen["overlapped"]:
        how = "at the same time" if seen["overlapped"] else f"as {shown(seen['calls'])}"
        rule = "fetch is called once for each id of the list, in its order, one after the other"
        return f"fetched {how}", f"fetched as {shown(ids)}", f"{rule}; here the calls came {how}"
    if not same(outcome["returned"], profiles):
        return _wrong_result(outcome["returned"], profiles)
    return _wrong_file(ids, profiles, seen["files"], cleared=set(seen["cleared"]))


def _wrong_result(got: Any, profiles: list[Any]) -> Wrong:
    expected = "the list of what fetch returned, in order"
    if type(got) is not list or len(got) != len(profiles):
        return shown(got), expected, f"for {counted(len(profiles), 'user')} it returned {shown(got)}"
    turn = next(turn for turn, pair in enumerate(zip(got, profiles, strict=True)) if not same(*pair))
    told = f"for user number {turn + 1}, fetch gave {shown(profiles[turn])} and the list holds {shown(got[turn])}"
    return f"another value for user number {turn + 1}", expected, told


def _wrong_file(
    ids: Sequence[Any], profiles: Sequence[Any], files: dict[str, bytes], cleared: Collection[Any] = ()
) -> Wrong | None:
    """The first file that does not hold what was last fetched for its user, or None; the `cleared` ones were there."""
    users = [(one, profile) for one, profile in zip(ids, profiles, strict=True) if one not in cleared]
    due = {f"user_{user_id}.json": profile for user_id, profile in users}
    right: set[tuple[bytes | None, int]] = set()  # thousands of files may hold the same of one profile
    for name, profile in due.items():
        pair = files.get(name), id(profile)
        if pair in right:
            continue
        problem = _file_problem(files.get(name), profile)
        if problem:
            return f"{name} {problem}", f"{name} holds that user's data as UTF-8 JSON", f"{name} {problem}"
        right.add(pair)
    return None


def _file_problem(content: bytes | None, profile: Any) -> str | None:
    if not content:
        return "does not exist" if content is None else "is empty"
    try:
        loaded = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        return "is not UTF-8"
    except ValueError as problem:
        return f"is not JSON ({problem})"
    return (
        None if same(loaded, json.loads(json.dumps(profile))) else "holds other data than fetch returned for that user"
    )


def _propagates(cases: Sequence[dict[str, Any]], seen: Sequence[Observation]) -> Check:
    """Whether what was raised came out, nothing was fetched after a failed fetch, and the earlier files are whole."""
    wrong = first_wrong(map(_wrong_failure, cases, seen, FAILURES))
    if wrong:
        return failed(PROPAGATES, *wrong)
    return passed(PROPAGATES, f"{len(FAILURES)} failures of fetch and json came out unchanged")


def _wrong_failure(case: dict[str, Any], seen: Observation, failure: Failure) -> Wrong | None:
    kind, at, when = failure.raises, failure.at, failure.when
    if kind not in seen["outcome"].get("bases", ()):
        did = what_it_did(seen["outcome"])
        return f"{when}, it {did}", f"{kind} propagates", f"{when}, export_profiles {did}; the caller gets no {kind}"
    if not (seen["outcome"]["itself"] or kind == "TypeError"):  # that one json makes itself
        told = f"{when}, another {kind} came out: {raised(seen['outcome'])}"
        return told, f"the {kind} that was raised propagates itself", told
    calls = seen["calls"] if failure.who == "fetch" else seen["calls"][: at + 1]
    if calls != case["ids"][: at + 1]:
        told = f"{counted(len(calls), 'call')} of fetch"
        return told, counted(at + 1, "call"), f"{when} for user number {at + 1}, there were {told}"
    wrong = _wrong_file(case["ids"][:at], case["profiles"][:at], seen["files"])
    if wrong is None:
        return None
    before = "the file before it is complete" if at == 1 else f"the {at} files before it are complete"
    return wrong[0], before, f"{when} for user number {at + 1}, {wrong[2]}"
