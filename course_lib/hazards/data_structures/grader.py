"""Judges a directory by how the counted work of its lookups grows between sizes.

Between the smallest and the largest size the counts of a logarithm grow by less than half, those of a scan in
proportion.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from course_lib.hazards.data_structures.checks import COUNTS, SLACK, sixteenfold, with_fallback
from course_lib.hazards.data_structures.common_ids import COMMON_IDS
from course_lib.hazards.plainly import first_wrong, raised, same, shown
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.reading import Check, failed, passed, skipped

WORKS, BUILDS, LOOKS_UP, STAYS_FAST = (
    "finds the first user with that email",
    "building grows no faster than n log n",
    "a lookup's work does not grow",
    "a lookup's work does not grow after add",
)
Observation = dict[str, Any]


def _user(email: str, number: int) -> dict[str, Any]:
    """A user with values that others are equal to, or print like: 1, True, 1.0 and lists of them."""
    more = {"active": True, "rate": 1.0, "scores": [1, 2, True], "flags": {1: False, "1": 0}}
    return {"email": email, "number": number, "name": f"user {number}", **more}


_ANA, _ANA_AGAIN, _BEN, _CAPITAL = (
    _user("ana@x.org", 1),
    _user("ana@x.org", 2),
    _user("ben@x.org", 3),
    _user("Ana@x.org", 4),
)
_NEW, _NEWER = _user("new@x.org", 5), _user("new@x.org", 6)
_USERS = [_ANA, _BEN, _ANA_AGAIN, _CAPITAL]
_CALLS: list[tuple[str, Any, Any]] = [
    ("find", "ana@x.org", _ANA),
    ("find", "ben@x.org", _BEN),
    ("find", "Ana@x.org", _CAPITAL),
    ("find", "ANA@x.org", None),
    ("find", " ana@x.org", None),
    ("find", "", None),
    ("find", "new@x.org", None),
    ("add", _NEW, None),
    ("find", "new@x.org", _NEW),
    ("add", _NEWER, None),
    ("find", "new@x.org", _NEW),
    ("add", _user("ben@x.org", 7), None),
    ("find", "ben@x.org", _BEN),
    ("find", "nobody@x.org", None),
    ("add", _user("", 8), None),
    ("find", "", _user("", 8)),
]


def _script(users: list[Any], iterable: str, calls: list[tuple[str, Any, Any]]) -> Observation:
    return {"kind": "script", "users": users, "iterable": iterable, "calls": [(verb, what) for verb, what, _ in calls]}


_SCRIPTS = [
    (_USERS, "list", _CALLS),
    (_USERS, "generator", _CALLS),
    ([], "list", [("find", "ana@x.org", None), ("add", _ANA, None), ("find", "ana@x.org", _ANA)]),
    (_USERS, "list", [("add", _NEW, None), ("find", "new@x.org", _NEW), ("find", "ana@x.org", _ANA)]),
    ([_user("dup@x.org", 9), _user("dup@x.org", 10)], "list", [("find", "dup@x.org", _user("dup@x.org", 9))]),
    ([_ANA], "list", [("add", _ANA_AGAIN, None), ("find", "ana@x.org", _ANA)]),
]


def _judge_directory(observe: Observe) -> list[Check]:
    told = observe([_script(*script) for script in _SCRIPTS])
    wrong = first_wrong(_wrong_answer(script, seen) for script, seen in zip(_SCRIPTS, told, strict=True))
    if wrong:
        later = [skipped(name, "judged once the answers are right") for name in (BUILDS, LOOKS_UP, STAYS_FAST)]
        return [failed(WORKS, wrong, "the first user with exactly that email, or None", wrong), *later]
    works = passed(WORKS, f"{sum(len(script[2]) for script in _SCRIPTS)} calls answered rightly")
    building = _judge_building(observe)
    if building.status != "pass":
        return [works, building, *(skipped(n, "judged once building is affordable") for n in (LOOKS_UP, STAYS_FAST))]
    return [works, building, *_judge_lookups(observe)]


def _wrong_answer(script: tuple[list[Any], str, list[Any]], seen: Observation) -> str | None:
    """What the first wrong answer was, in words, or None."""
    if seen["made"]:
        return f"UserDirectory({script[1]} of {len(script[0])} users) raised {raised(seen['made'])}"
    for (verb, what, expected), outcome in zip(script[2], seen["answers"], strict=True):
        if "raised" in outcome:
            return f"{_call(verb, what)} raised {raised(outcome)}"
        if verb == "find" and not same(outcome["returned"], expected):
            return f"{_call(verb, what)} gave {_differing(outcome['returned'], expected)}"
    return None


def _call(verb: str, what: Any) -> str:
    return f"find_by_email({shown(what)})" if verb == "find" else f"add({_named(what)})"


def _differing(value: Any, expected: Any) -> str:
    """Both by their numbers; where these agree, the first entry that differs."""
    if _named(value) != _named(expected) or not isinstance(value, dict):
        return f"{_named(value)}, not {_named(expected)}"
    where = next((key for key in expected if not same(value.get(key), expected[key])), None)
    if where is None:
        return f"{shown(value)}, not {shown(expected)}"
    return f"{_named(value)} with {where!r}: {shown(value.get(where))}, not {shown(expected[where])}"


def _named(user: Any) -> str:
    return f"user {user['number']}" if isinstance(user, dict) and "number" in user else shown(user)


def _judge_building(observe: Observe) -> Check:
    first = _judge_building_of(observe, "users", False)
    return first if first.status != "pass" else _judge_building_of(observe, "users in sorted order", True)


def _judge_building_of(observe: Observe, what: str, in_order: bool) -> Check:
    sizes = (16, 256) if in_order else (32, 512)
    seen = with_fallback(observe, [{"kind": "building", "users": size, "sorted": in_order} for size in sizes])
    return sixteenfold(BUILDS, what, dict(zip(sizes, (one["work"] for one in seen), strict=True)))


FEW, MANY = (200, 800), (1_000, 32_000)
LOOKUP_SLACK = {**SLACK, "keys": 16, "steps": 300}  # what one lookup in a table of randomised hashes may cost by chance


def _judge_lookups(observe: Observe) -> list[Check]:
    """Small sizes first: a scan shows at once there, and would take minutes to count among many users."""
    checks: list[Check] = []
    for sizes, in_order in ((FEW, False), (FEW, True), (MANY, False)):
        checks = _judge_lookups_at(observe, sizes, in_order)
        if any(check.status != "pass" for check in checks):
            break
    return checks


def _judge_lookups_at(observe: Observe, sizes: tuple[int, ...], in_order: bool) -> list[Check]:
    cases = [{"kind": "lookups", "users": size, "sorted": in_order} for size in sizes]
    seen = with_fallback(observe, cases, seconds=8.0)
    works = dict(zip(sizes, seen, strict=True))
    for size, one in works.items():
        broke = one if "raised" in one else next((w for w in _all_works(one) if "raised" in w), None)
        if broke:
            told = f"with {size:,} users {raised(broke['raised'])}"
            return [failed(LOOKS_UP, told, "an answer", told), skipped(STAYS_FAST, "judged once lookups answer")]
    before = _flat(LOOKS_UP, {size: _most(one["before"]) for size, one in works.items()})
    after = [_flat(STAYS_FAST, {size: _most(one[when]) for size, one in works.items()}) for when in ("after", "grown")]
    stays = next((check for check in after if check.status != "pass"), after[0])
    return [before, stays]


def _all_works(seen: Observation) -> Iterable[Observation]:
    return (work for when in ("before", "after", "grown") for work in seen[when])


def _most(works: list[Observation]) -> dict[str, int]:
    """The dearest lookup of several, count by count."""
    return {kind: max(work[kind] for work in works) for kind in COUNTS}


def _flat(name: str, works: dict[int, dict[str, int]]) -> Check:
    """Passes where no count of the largest size is more than two and a half times that of the smallest."""
    fewest, most = min(works), max(works)
    small, large = works[fewest], works[most]
    grown = [
        kind for kind in COUNTS if large[kind] > 2.5 * small[kind] and large[kind] - small[kind] > LOOKUP_SLACK[kind]
    ]
    shown = max(grown, key=lambda kind: large[kind] / max(small[kind], 1)) if grown else "keys"
    measured = f"{COUNTS[shown]} a lookup: " + ", ".join(f"{w[shown]:,} among {n:,} users" for n, w in works.items())
    if not grown:
        return passed(name, measured)
    return failed(
        name,
        measured,
        "the same work, or a logarithm's, at every size",
        f"one lookup made {small[shown]:,} {COUNTS[shown]} among {fewest:,} users and {large[shown]:,} among {most:,}",
    )


TASKS = {
    "UserDirectory": Task(
        _judge_directory,
        Control(
            {"kind": "lookups", "users": 60, "counted": True},
            lambda seen: _most(seen["before"])["keys"] > 40 and _most(seen["before"])["steps"] > 300,
        ),
        function={WORKS},
    ),
    "common_ids": COMMON_IDS,
}
