"""Judges lookups and an intersection by how their counted work grows between sizes.

Between the smallest and the largest size the counts of a logarithm grow by less than half, those of a scan in
proportion. Where all counts stay flat, the thread's processor time guards their blind spot (a loop inside C over plain
values): it fails a submission only far beyond what any cache can do, and makes it `unmeasured` between the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from course_lib.graders import Control, Observe, Task
from course_lib.reading import Check, failed, passed, skipped, unmeasured

COUNTS = {
    "keys": "key operations",
    "steps": "steps",
    "bytes": "bytes of memory",
    "database": "database steps (in tens)",
}
SLACK = {"keys": 6, "steps": 60, "bytes": 2_000, "database": 12}

WORKS, BUILDS, LOOKS_UP, STAYS_FAST = (
    "finds the first user with that email",
    "building grows no faster than n log n",
    "a lookup's work does not grow",
    "a lookup's work does not grow after add",
)
Observation = dict[str, Any]


def _user(email: str, number: int) -> dict[str, Any]:
    return {"email": email, "number": number, "name": f"user {number}"}


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
]


def _judge_directory(observe: Observe) -> list[Check]:
    told = observe([_script(*script) for script in _SCRIPTS])
    wrong = next(filter(None, (_wrong_answer(script, seen) for script, seen in zip(_SCRIPTS, told, strict=True))), None)
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
        return f"UserDirectory({script[1]} of {len(script[0])} users) raised {_raised(seen['made'])}"
    for (verb, what, expected), outcome in zip(script[2], seen["answers"], strict=True):
        if "raised" in outcome:
            return f"{_call(verb, what)} raised {_raised(outcome)}"
        if verb == "find" and not _same(outcome["returned"], expected):
            return f"{_call(verb, what)} gave {_short(outcome['returned'])}, not {_short(expected)}"
    return None


def _call(verb: str, what: Any) -> str:
    return f"find_by_email({what!r})" if verb == "find" else f"add({_short(what)})"


def _raised(outcome: Observation) -> str:
    where = f" in line {outcome['line']}" if outcome["line"] else ""
    return f"{outcome['raised']}: {outcome['message']}{where}"


def _short(value: Any) -> str:
    return f"user {value['number']}" if isinstance(value, dict) and "number" in value else repr(value)[:60]


def _same(value: Any, expected: Any) -> bool:
    return type(value) is type(expected) and bool(value == expected)


def _judge_building(observe: Observe) -> Check:
    sizes = (256, 512, 1024)
    seen = _with_fallback(observe, [{"kind": "building", "users": size} for size in sizes])
    return _doubling(BUILDS, "users", dict(zip(sizes, (one["work"] for one in seen), strict=True)))


def _with_fallback(observe: Observe, cases: list[Observation], seconds: float = 4.0) -> list[Observation]:
    """The cases with keys that count; where a library refuses such keys, the same with plain ones."""
    counted = observe([{**case, "counted": True} for case in cases], seconds=seconds)
    if any("raised" in one or "raised" in one.get("work", {}) for one in counted):
        return observe([{**case, "counted": False} for case in cases], seconds=seconds)
    return counted


def _doubling(name: str, what: str, works: dict[int, Observation], slack: float = 1.0) -> Check:
    """Passes where no count grows faster than n log n from one size to its double."""
    for work in works.values():
        if "raised" in work:
            return failed(name, _raised(work["raised"]), "no exception", f"raised {_raised(work['raised'])}")
    sizes = sorted(works)
    worst, ratio = _fastest(sizes, works, {kind: allowed * 4 * slack for kind, allowed in SLACK.items()})
    told = ", ".join(f"{works[size][worst]:,} for {size:,} {what}" for size in sizes)
    measured = f"{COUNTS[worst]}: {told}"
    if ratio >= 3.0:
        return failed(name, measured, "about twice the work for twice the input",
                      f"{what}: {sizes[-2]:,} made {works[sizes[-2]][worst]:,} {COUNTS[worst]}; "
                      f"{sizes[-1]:,} made {works[sizes[-1]][worst]:,}")  # fmt: skip
    if ratio > 2.7:
        return unmeasured(name, f"{measured}: between n log n and a square, so neither is certain")
    return passed(name, measured)


def _fastest(sizes: list[int], works: dict[int, Observation], slack: dict[str, float]) -> tuple[str, float]:
    """The count that grew fastest over the last doubling, and its factor; growth within the slack counts as none."""
    factors = {}
    for kind in COUNTS:
        small, large = works[sizes[-2]][kind], works[sizes[-1]][kind]
        factors[kind] = large / max(small, 1) if large - small > slack[kind] else 1.0
    worst = max(factors, key=lambda kind: (factors[kind], works[sizes[-1]][kind]))
    return worst, factors[worst]


FEW, MANY = (200, 800), (1_000, 32_000)


def _judge_lookups(observe: Observe) -> list[Check]:
    """Small sizes first: a scan shows at once there, and would take minutes to count among many users."""
    checks = _judge_lookups_at(observe, FEW)
    return checks if any(check.status != "pass" for check in checks) else _judge_lookups_at(observe, MANY)


def _judge_lookups_at(observe: Observe, sizes: tuple[int, ...]) -> list[Check]:
    seen = _with_fallback(observe, [{"kind": "lookups", "users": size} for size in sizes], seconds=8.0)
    works = dict(zip(sizes, seen, strict=True))
    for size, one in works.items():
        raised = one if "raised" in one else next((w for w in _all_works(one) if "raised" in w), None)
        if raised:
            told = f"with {size:,} users {_raised(raised['raised'])}"
            return [failed(LOOKS_UP, told, "an answer", told), skipped(STAYS_FAST, "judged once lookups answer")]
    before = _flat(LOOKS_UP, {size: _most(one["before"]) for size, one in works.items()})
    after = [_flat(STAYS_FAST, {size: _most(one[when]) for size, one in works.items()}) for when in ("after", "grown")]
    stays = next((check for check in after if check.status != "pass"), after[0])
    if sizes == MANY and before.status == stays.status == "pass":
        before = _guard(before, {size: one["time"] for size, one in works.items()})
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
    grown = [kind for kind in COUNTS if large[kind] > 2.5 * small[kind] and large[kind] - small[kind] > SLACK[kind]]
    shown = max(grown, key=lambda kind: large[kind] / max(small[kind], 1)) if grown else "steps"
    measured = f"{COUNTS[shown]} a lookup: " + ", ".join(f"{w[shown]:,} among {n:,} users" for n, w in works.items())
    if not grown:
        return passed(name, measured)
    return failed(name, measured, "the same work, or a logarithm's, at every size",
                  f"one lookup made {small[shown]:,} {COUNTS[shown]} among {fewest:,} users and {large[shown]:,} among "
                  f"{most:,}")  # fmt: skip


def _guard(check: Check, times: dict[int, int]) -> Check:
    """Fails work that no count sees: 32 times the users and more than 12 times the processor time, beyond 20 µs."""
    fewest, most = min(times), max(times)
    small, large = times[fewest], times[most]
    if large < 20_000 or large < 7 * small:
        return check
    told = f"processor time grew {large // max(small, 1)} times from {fewest:,} to {most:,} users"
    if large < 12 * small:
        return unmeasured(check.name, f"the counts stay flat, but {told}; neither is certain")
    return failed(check.name, told, "the same work, or a logarithm's, at every size",
                  f"the counted work is flat, but {told}: something is searched where no count can see it")  # fmt: skip


RESULT, UNCHANGED, GROWS = (
    "the ids in both, in the order of left, each once",
    "neither argument is changed",
    "the work grows no faster than n log n",
)
_PAIRS: list[tuple[list[Any], list[Any]]] = [
    ([], []),
    ([1], []),
    ([], [1]),
    ([3, 1, 2], [2, 3]),
    ([3, 1, 3, 2, 1], [1, 3, 3, 9]),
    ([5, 4, 3, 2, 1], [1, 2, 3, 4, 5]),
    ([1, 2], [3, 4]),
    ([-1, 0, 10**30, 7], [10**30, -1, 0]),
    (["b", "a", "B", "b"], ["B", "b", "c"]),
    (["10", "9", "1"], ["1", "10"]),
    (["", "é", " "], [" ", ""]),
    ([2, 2, 2], [2]),
    (list(range(40, 0, -1)), list(range(0, 50, 3))),
]


def _common(left: list[Any], right: list[Any]) -> list[Any]:
    known = set(right)
    return [one for one in dict.fromkeys(left) if one in known]


def _judge_common(observe: Observe) -> list[Check]:
    told = observe([{"kind": "result", "left": left, "right": right} for left, right in _PAIRS])
    for (left, right), seen in zip(_PAIRS, told, strict=True):
        wrong = _wrong_result(left, right, seen)
        if wrong:
            later = skipped(GROWS, "judged once the results are right")
            first = passed(RESULT) if wrong.name != RESULT else None
            return [*([first] if first else []), wrong, later]
    works = [passed(RESULT, f"{len(_PAIRS)} pairs of lists answered rightly"), passed(UNCHANGED, "both as before")]
    return [*works, _judge_growth(observe)]


def _wrong_result(left: list[Any], right: list[Any], seen: Observation) -> Check | None:
    call = f"common_ids({left!r}, {right!r})"[:150]
    expected, outcome = _common(left, right), seen["outcome"]
    if "raised" in outcome:
        told = f"{call} raised {_raised(outcome)}"
        return failed(RESULT, told, repr(expected), told)
    got = outcome["returned"]
    if not (type(got) is list and got == expected and list(map(type, got)) == list(map(type, expected))):
        return failed(RESULT, f"{call} gave {got!r}"[:300], repr(expected), f"{call} gave {got!r}"[:300])
    if seen["left"] != left or seen["right"] != right:
        told = f"after {call} the lists were {seen['left']!r} and {seen['right']!r}"[:300]
        return failed(UNCHANGED, told, "both lists as they were given", told)
    return None


_SHAPES = ("the same ids", "no common id", "few ids, often repeated", "left repeats one id", "right repeats one id")
_SIZES = (64, 128)


def _judge_growth(observe: Observe) -> Check:
    cases = [
        {"kind": "work", "shape": shape, "size": size, "type": kind}
        for kind in ("int", "str")
        for shape in _SHAPES
        for size in _SIZES
    ]
    seen = _with_fallback(observe, cases)
    passes = []
    for start in range(0, len(cases), len(_SIZES)):
        works = dict(zip(_SIZES, (one["work"] for one in seen[start : start + len(_SIZES)]), strict=True))
        check = _doubling(GROWS, f"ids on each side ({cases[start]['shape']})", works)
        if check.status != "pass":
            return check
        passes.append(check)
    return _guard_growth(observe, passes[0])


def _guard_growth(observe: Observe, check: Check) -> Check:
    """Fails work that no count sees: 8 times the ids and more than 24 times the processor time."""
    small, large = 1_000, 8_000
    for shape in _SHAPES:
        cases = [{"kind": "work", "shape": shape, "size": n, "type": "int", "counted": False} for n in (small, large)]
        few, many = (one["time"] for one in observe(cases, seconds=8.0))
        told = f"processor time grew {many // max(few, 1)} times from {small:,} to {large:,} ids ({shape})"
        if many > 24 * few and many > 2_000_000:
            return failed(
                check.name, told, "about twice the work for twice the input", f"the counts are fine, but {told}"
            )
        if many > 16 * few and many > 2_000_000:
            return unmeasured(check.name, f"the counts are fine, but {told}; neither is certain")
    return check


def _control_grows(seen: Observation) -> bool:
    return bool(seen["work"]["keys"] > 150)


TASKS = {
    "UserDirectory": Task(
        _judge_directory,
        Control(
            {"kind": "lookups", "users": 60, "counted": True},
            lambda seen: _most(seen["before"])["keys"] > 40 and _most(seen["before"])["steps"] > 300,
        ),
    ),
    "common_ids": Task(
        _judge_common,
        Control({"kind": "work", "shape": "the same ids", "size": 20, "type": "int", "counted": True}, _control_grows),
    ),
}
