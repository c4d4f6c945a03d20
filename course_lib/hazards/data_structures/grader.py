"""Judges a directory by what it answers, and by how the counted work of building, lookups and additions grows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import product
from typing import Any

from course_lib.hazards.data_structures.checks import (
    LONG_SECONDS,
    LONGEST_SECONDS,
    PUTTING_IN_IS_FREE,
    SECONDS,
    Series,
    judge,
    outgrows_a_logarithm,
    outgrows_n_log_n,
)
from course_lib.hazards.data_structures.common_ids import COMMON_IDS
from course_lib.hazards.families import HANDED_OVER, SAME_CHECKSUM, texts
from course_lib.hazards.plainly import counted, first_wrong, raised, same, shown, then
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.reading import Check, failed, passed, skipped

WORKS, BUILDS, LOOKS_UP, STAYS_FAST, BY_TURNS = (
    "finds the first user with that email",
    "building grows no faster than n log n",
    "a lookup's work does not grow",
    "a lookup's work does not grow after add",
    "n times add and find grow no faster than n log n",
)
Observation = dict[str, Any]
Script = tuple[list[Any], str, list[tuple[str, Any, Any]]]  # users, how handed over, calls


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
    *[("find", "ben@x.org", _BEN)] * 3,
    *[("find", "ana@x.org", _ANA)] * 3,
    ("find", "nobody@x.org", None),
    ("add", _user("", 8), None),
    ("find", "", _user("", 8)),
]


def _script(users: list[Any], iterable: str, calls: list[tuple[str, Any, Any]]) -> Observation:
    return {"kind": "script", "users": users, "iterable": iterable, "calls": [(verb, what) for verb, what, _ in calls]}


def _of_all(emails: list[str], added: int) -> Script:
    """A directory of these e-mails, the last ones added: each finds its own user, and what is not there finds none."""
    users = [_user(email, number) for number, email in enumerate(emails)]
    built, more = users[: len(users) - added], users[len(users) - added :]
    adding: list[tuple[str, Any, Any]] = [("add", user, None) for user in more]
    finding = [("find", user["email"], user) for user in users]
    return built, "a list", [*finding[: len(built)], *adding, *finding, ("find", "nobody@x.org", None)]


def _of_many(built: int, added: int) -> Script:
    """More users than a cache of the usual sizes holds, some added; every third and the last are found."""
    users = [{"email": f"u{number}@x.org", "number": number} for number in range(built + added)]
    adding: list[tuple[str, Any, Any]] = [("add", user, None) for user in users[built:]]
    return users[:built], "a list", [*adding, *(("find", user["email"], user) for user in [*users[::3], users[-1]])]


_AFTER_THE_AT = [f"ana@{name}.org" for name in ("x", "y", "X", "xy", "x.y", "x-y", "xn--x")]
_ONE_MAILBOX = [f"{name}@x.org" for name in ("ana", "ana+news", "ana+", "+ana", "a.na", "ana.", "ana-news", '"ana"')]
_TAKEN_APART = ["ana", "@ana", "ana@", "@ana@", "@", "@@", "ana@@x.org", "@ana@x.org", "an@ax.org", "x.org@ana"]
"""Who takes an address apart at its @ and puts it together otherwise, or not at all, takes one for another."""
_ADDRESSES = [*_AFTER_THE_AT, *_ONE_MAILBOX[1:], *_TAKEN_APART, *(email for pair in SAME_CHECKSUM for email in pair)]
_ALIKE = [*dict.fromkeys([*texts("Ana", longest=300), *(f"{text}@x.org" for text in texts("Ana", longest=300))])]
_SCRIPTS: list[Script] = [
    *((_USERS, handed_over, _CALLS) for handed_over in HANDED_OVER),
    ([], "a list", [("find", "ana@x.org", None), ("add", _ANA, None), ("find", "ana@x.org", _ANA)]),
    (_USERS, "a list", [("add", _NEW, None), ("find", "new@x.org", _NEW), ("find", "ana@x.org", _ANA)]),
    ([_user("dup@x.org", 9), _user("dup@x.org", 10)], "a list", [("find", "dup@x.org", _user("dup@x.org", 9))]),
    ([_ANA], "a list", [("add", _ANA_AGAIN, None), ("find", "ana@x.org", _ANA)]),
    _of_all(_ADDRESSES, 3),
    _of_all(_ADDRESSES[::-1], len(_ADDRESSES)),
    _of_all(_ALIKE, 0),
    _of_all(_ALIKE, len(_ALIKE) // 2),
    _of_all(_ALIKE[::-1], len(_ALIKE)),
    _of_many(1_900, 200),
]


def _judge_directory(observe: Observe) -> list[Check]:
    scripts = [_script(*script) for script in _SCRIPTS]
    seen = observe([*scripts, *_cases(_FIRST_FAMILIES)], seconds=SECONDS)
    told, works_seen = seen[: len(scripts)], seen[len(scripts) :]
    wrong = first_wrong(_wrong_answer(script, one) for script, one in zip(_SCRIPTS, told, strict=True))
    works = (
        failed(WORKS, wrong, "the first user with exactly that email, or None", wrong)
        if wrong
        else passed(WORKS, f"{sum(len(script[2]) for script in _SCRIPTS):,} calls answered rightly")
    )
    rest = partial(_judge_work, observe, _by_family(_FIRST_FAMILIES, works_seen))
    return then(works, rest, (BUILDS, LOOKS_UP, STAYS_FAST, BY_TURNS), "judged once the answers are right")


def _wrong_answer(script: Script, seen: Observation) -> str | None:
    """What the first wrong answer was, in words, or None."""
    users, handed_over, calls = script
    if seen["made"]:
        return f"UserDirectory of {counted(len(users), 'user')}, given as {handed_over}, raised {raised(seen['made'])}"
    given = "" if handed_over == "a list" else f", users given as {handed_over}"
    for (verb, what, expected), outcome in zip(calls, seen["answers"], strict=True):
        if "raised" in outcome:
            return f"{_call(verb, what)} raised {raised(outcome)}{given}"
        if verb == "find" and not same(outcome["returned"], expected):
            return f"{_call(verb, what)} gave {_differing(outcome['returned'], expected)}{given}"
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


Family = tuple[str, str]  # what is measured, of users with which e-mails
Sizes = Mapping[Family, tuple[int, ...]]


# --- work ----------------------------------------------------------------------------------------------------------

EMAILS = (
    "in no order",
    "in sorted order",
    "that differ after the @ alone",
    "that differ in letter case alone",
    "of odd spelling",
    "of whom every second has the same e-mail",
)
_FEW, _SOME, _MANY = (16, 64, 256), (250, 1_000, 4_000), (500, 2_000, 8_000)
_IN_PROPORTION = "about four times the work for four times the users"
_THE_SAME = "the same work, or a logarithm's, at every size"


_FROM_NOTHING = ("from nothing", EMAILS[0])
_FIRST_FAMILIES, _OTHER_FAMILIES = (
    dict.fromkeys(product(("lookups", "by turns"), emails), _FEW) for emails in (EMAILS[:1], EMAILS[1:])
)
_OTHER_FAMILIES[_FROM_NOTHING] = (32, 128, 512)  # what is fixed hides what is quadratic among fewer
_AMONG_MANY = {("lookups", EMAILS[0]): _MANY, ("by turns", EMAILS[0]): _SOME, _FROM_NOTHING: _SOME}


def _judge_work(observe: Observe, first_seen: dict[Family, Series]) -> list[Check]:
    """Small sizes first: what is quadratic shows there at once, and would take minutes to count among many users."""
    checks = _checks(observe, first_seen, None)
    if all(check.status == "pass" for check in checks):
        checks = _checks(observe, _seen(observe, _OTHER_FAMILIES), None)
    if any(check.status != "pass" for check in checks):
        return checks
    return _checks(observe, _seen(observe, _AMONG_MANY), observe)


def _checks(observe: Observe, seen: dict[Family, Series], further: Observe | None) -> list[Check]:
    """The checks on what was seen; a larger size is measured `further` where that decides and none has failed yet."""
    lookups = [one for one in seen.items() if one[0][0] == "lookups"]
    by_turns = [one for one in seen.items() if one[0][0] != "lookups"]
    building = _first_not_passed(_judge_total(further, BUILDS, "building", *one) for one in lookups)
    if building.status != "pass":
        because = "judged once building is affordable"
        return [building, *(skipped(name, because) for name in (LOOKS_UP, STAYS_FAST, BY_TURNS))]
    before = _first_not_passed(_judge_lookups(observe, further, LOOKS_UP, "before", *one) for one in lookups)
    after = _first_not_passed(_judge_lookups(observe, further, STAYS_FAST, "after", *one) for one in lookups)
    all_passed = before.status == after.status == "pass"
    turns = _first_not_passed(_judge_total(further if all_passed else None, BY_TURNS, "work", *one) for one in by_turns)
    return [building, before, after, turns]


def _seen(observe: Observe, families: Sizes) -> dict[Family, Series]:
    """What was observed of each family at its sizes, all in one process."""
    return _by_family(families, observe(_cases(families), seconds=LONG_SECONDS, longest=LONGEST_SECONDS))


def _cases(families: Sizes) -> list[Observation]:
    return [_case(family, size) for family, sizes in families.items() for size in sizes]


def _by_family(families: Sizes, observed: list[Observation]) -> dict[Family, Series]:
    seen = iter(observed)
    return {family: {size: next(seen) for size in sizes} for family, sizes in families.items()}


def _case(family: Family, size: int) -> Observation:
    return {"kind": family[0], "emails": family[1], "size": size}


def _first_not_passed(checks: Iterable[Check]) -> Check:
    """The first check that does not pass, or the first of all; those behind it are not made."""
    first = None
    for check in checks:
        if check.status != "pass":
            return check
        first = first or check
    assert first
    return first


WorkIn = Callable[[Observation], Observation]


def _judge_total(further: Observe | None, name: str, part: str, family: Family, seen: Series) -> Check:
    series = {size: one[part] for size, one in seen.items()}
    more = partial(_work_at, further, family, lambda one: one[part]) if further else None
    return judge(name, _what(name, family), series, more, outgrows_n_log_n, PUTTING_IN_IS_FREE, _IN_PROPORTION)


def _judge_lookups(
    observe: Observe, further: Observe | None, name: str, when: str, family: Family, seen: Series
) -> Check:
    def dearest(one: Observation) -> Observation:
        return _dearest(one[when])

    series = {size: dearest(one) for size, one in seen.items()}
    more = partial(_work_at, further, family, dearest) if further else None
    far = partial(_work_at, observe, family, dearest)
    return judge(name, _what(name, family), series, more, outgrows_a_logarithm, PUTTING_IN_IS_FREE, _THE_SAME, far)


def _work_at(observe: Observe, family: Family, work_in: WorkIn, size: int) -> Observation:
    return work_in(observe([_case(family, size)], seconds=SECONDS)[0])


def _what(name: str, family: Family) -> str:
    begun = " in a directory that was empty" if family == _FROM_NOTHING else ""
    return f"{_WHAT[name]}{begun}, users {family[1]}"


_WHAT = {
    BUILDS: "building and one lookup",
    LOOKS_UP: "one lookup",
    STAYS_FAST: "one lookup after add",
    BY_TURNS: "as many times add and find",
}


def _dearest(works: list[Observation]) -> Observation:
    """The dearest lookup of several, or the one that raised."""
    broke = next((work for work in works if "raised" in work), None)
    return broke or max(works, key=PUTTING_IN_IS_FREE.of)


TASKS = {
    "UserDirectory": Task(
        _judge_directory,
        Control(_case(("lookups", EMAILS[0]), 60), lambda seen: _dearest(seen["before"])["steps"] > 100),
        function={WORKS},
        given={"users", "calls", "size"},
    ),
    "common_ids": COMMON_IDS,
}
