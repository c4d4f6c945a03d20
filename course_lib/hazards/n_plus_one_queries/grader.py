"""States what holds for the two N+1 tasks: the right list, from the database as it is, in few queries and rows.

Queries are judged at every size, rows against the number of users, or with and without posts outside the limit.
The cases avoid what the contract leaves open: usernames and tag names sort the same way in every collation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from course_lib.hazards.n_plus_one_queries.cases import (
    Feed,
    Users,
    expected_posts,
    expected_users,
    feed_worlds,
    large_feed_worlds,
    large_user_worlds,
    user_worlds,
)
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.reading import Check, failed, passed, skipped

RIGHT, FRESH = "returns the right list", "reads the database at every call"
USER_QUERIES, USER_ROWS = "at most 2 queries at every size", "at most 2 rows a user"
POST_QUERIES, POST_ROWS = "at most 3 queries for every limit", "rows do not grow with older posts"


@dataclass(frozen=True)
class Call:
    """One call of the submission: what it should have returned, and what was observed."""

    size: int
    what: str
    expected: list[dict[str, Any]]
    seen: dict[str, Any]

    @property
    def right(self) -> bool:
        return _same(self.seen["outcome"].get("returned"), self.expected)


def _same(value: Any, expected: Any) -> bool:
    """Equal in value and in type, all the way down."""
    if type(value) is not type(expected):
        return False
    if isinstance(expected, list):
        return len(value) == len(expected) and all(map(_same, value, expected))
    if isinstance(expected, dict):
        return value.keys() == expected.keys() and all(_same(value[key], expected[key]) for key in expected)
    return bool(value == expected)


def judge_users(observe: Observe) -> list[Check]:
    """The four checks of `users_with_post_counts`; the largest size is tried only once the smaller ones hold."""
    calls: list[Call] = []
    checks: list[Check] = []
    for worlds in (user_worlds(), large_user_worlds()):
        calls += _observe_users(observe, worlds)
        checks = _checks(calls, _user_queries, USER_QUERIES, _user_rows, USER_ROWS)
        if any(check.status != "pass" for check in checks):
            break
    return checks


def _observe_users(observe: Observe, groups: Sequence[Sequence[Users]]) -> list[Call]:
    cases = [{"worlds": list(group), "scatter": 17 + number} for number, group in enumerate(groups)]
    return [
        Call(len(users), _described(users), expected_users(users), seen)
        for group, observed in zip(groups, observe(cases), strict=True)
        for users, seen in zip(group, observed["calls"], strict=True)
    ]


def _described(users: Users) -> str:
    idle = sum(count == 0 for _, count in users)
    among = f" ({idle} without posts)" if idle else ""
    return f"{_plural(len(users), 'user')}{among} and {_plural(sum(count for _, count in users), 'post')}"


def judge_posts(observe: Observe) -> list[Check]:
    """The four checks of `recent_posts`; the largest limit is tried only once the smaller ones hold."""
    calls: list[Call] = []
    checks: list[Check] = []
    pairs: list[tuple[Call, Call]] = []
    for feeds in (feed_worlds(), large_feed_worlds()):
        observed = _observe_feeds(observe, feeds)
        calls += [call for group in observed for call in group]
        pairs += [(few, many) for (few,), (many,) in _neighbours(observed)]
        checks = _checks(calls, _post_queries, POST_QUERIES, partial(_post_rows, pairs), POST_ROWS)
        if any(check.status != "pass" for check in checks):
            break
    return checks


def _observe_feeds(observe: Observe, feeds: Sequence[Feed]) -> list[list[Call]]:
    observations = observe([feed.to_case() for feed in feeds])
    return [
        [
            Call(len(posts), f"{_plural(len(posts), 'post')}, limit {feed.limit}", expected_posts(feed, posts), seen)
            for posts, seen in zip(feed.worlds, observed["calls"], strict=True)
        ]
        for feed, observed in zip(feeds, observations, strict=True)
    ]


def _neighbours(observed: list[list[Call]]) -> list[tuple[list[Call], list[Call]]]:
    """The pairs of cases with the same answer, where the second has more posts outside the limit."""
    single = [group for group in observed if len(group) == 1]
    return [(a, b) for a, b in pairwise(single) if a[0].expected == b[0].expected and a[0].expected]


def _checks(
    calls: list[Call],
    queries: Callable[[list[Call]], Check],
    queries_name: str,
    rows: Callable[[list[Call]], Check],
    rows_name: str,
) -> list[Check]:
    right = _right(calls)
    if right.status != "pass":
        return [right, *(skipped(name, "the list comes first") for name in (FRESH, queries_name, rows_name))]
    fresh = _fresh(calls)
    if fresh.status != "pass":
        return [
            right,
            fresh,
            *(skipped(name, "a remembered answer needs no query") for name in (queries_name, rows_name)),
        ]
    return [right, fresh, queries(calls), rows(calls)]


def _right(calls: list[Call]) -> Check:
    for number, call in enumerate(calls):
        if not call.right and not _is_stale(calls, number):
            measured, feedback = _difference(call)
            return failed(RIGHT, measured, "every entry, in order, as plain values", feedback)
    return passed(RIGHT, f"{len(calls)} databases, {sum(len(call.expected) for call in calls):,} entries, all right")


def _is_stale(calls: list[Call], number: int) -> bool:
    returned = calls[number].seen["outcome"].get("returned")
    return bool(returned) and any(earlier.right and _same(returned, earlier.expected) for earlier in calls[:number])


def _fresh(calls: list[Call]) -> Check:
    for call in calls:
        if not call.right:
            said = f"{call.what}: an earlier call's answer came back, made with {_plural_queries(call.seen['queries'])}"
            return failed(FRESH, said, "the rows as they are now", f"The rows changed between two calls. With {said}.")
    return passed(FRESH, "an answer for the rows as they are, also after they change")


def _difference(call: Call) -> tuple[str, str]:
    outcome = call.seen["outcome"]
    if "raised" in outcome:
        place = f" (line {outcome['line']})" if outcome["line"] else ""
        said = f"{outcome['raised']}: {outcome['message']}{place}"
        return said, f"With {call.what} it raised {said}."
    returned = outcome["returned"]
    if type(returned) is not list:
        kind = getattr(returned, "type_name", type(returned).__name__)
        return f"a {kind}", f"It returned a {kind}; the promise is a list of dicts with plain values."
    if len(returned) != len(call.expected):
        said = f"{_plural(len(returned), 'entry')} for {call.what}"
        return said, f"With {call.what} it returned {_plural(len(returned), 'entry')} instead of {len(call.expected)}."
    index = next(
        i for i, (got, wanted) in enumerate(zip(returned, call.expected, strict=True)) if not _same(got, wanted)
    )
    got, wanted = _shown(returned[index]), _shown(call.expected[index])
    return got, f"With {call.what}, entry {index} is {got} where the rows say {wanted}."


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 160 else text[:157] + "…"


def _user_queries(calls: list[Call]) -> Check:
    return _few_queries(USER_QUERIES, _series(calls, lambda call: call.size), "user", 2)


def _post_queries(calls: list[Call]) -> Check:
    return _few_queries(POST_QUERIES, _series(calls, lambda call: len(call.expected)), "post shown", 3)


def _series(calls: list[Call], size: Callable[[Call], int]) -> dict[int, Call]:
    """The call with the most queries at each size, smallest size first."""
    by_size: dict[int, Call] = {}
    for call in sorted(calls, key=lambda call: (size(call), call.seen["queries"])):
        by_size[size(call)] = call
    return by_size


def _few_queries(name: str, series: dict[int, Call], unit: str, allowed: int) -> Check:
    expected = f"at most {allowed}"
    hidden = next((call for call in series.values() if call.seen["unaccounted"]), None)
    if hidden:
        said = f"what reached the database can't be counted: {hidden.seen['unaccounted'][0]}"
        return failed(name, said, expected, f"With {hidden.what}, {said}. Unknown is not few.")
    most = max(call.seen["queries"] for call in series.values())
    if most <= allowed:
        return passed(
            name, f"{_plural_queries(most)} at most, from {min(series)} to {_plural(max(series), unit)}", expected
        )
    measured = ", ".join(_at(size, series, unit) for size in _few_of(list(series)))
    return failed(name, measured, expected, _why_many(series, unit))


def _few_of(sizes: list[int]) -> list[int]:
    """The smallest, one in the middle and the largest."""
    return sorted({sizes[0], sizes[len(sizes) // 2], sizes[-1]})


def _at(size: int, series: dict[int, Call], unit: str) -> str:
    return f"{_plural(size, unit)}: {_plural_queries(series[size].seen['queries'])}"


def _why_many(series: dict[int, Call], unit: str) -> str:
    worst = max(series, key=lambda size: series[size].seen["queries"])
    most = series[worst].seen["queries"]
    *_, second, largest = (call.seen["queries"] for call in series.values())
    if second == largest == most:
        return f"It made {_plural_queries(most)} at all larger sizes alike: no growth, and too many all the same."
    fewer = [size for size in series if size < worst and series[size].seen["queries"] < most]
    said = f"{_plural(worst, unit)} made {_plural_queries(most)}"
    if fewer:
        before = series[fewer[-1]].seen["queries"]
        slope = (most - before) / (worst - fewer[-1])
        said = f"{_plural(fewer[-1], unit)} made {_plural_queries(before)}, {said}"
        said += f": {slope:.2g} for each further {unit}" if slope >= 0.5 else ""
    if not series[worst].seen["repeated"]:
        return f"{said}."
    statement, count, line, source = series[worst].seen["repeated"]
    place = f", sent from line {line}: {source.rstrip(' ,')}" if line else ""
    return f"{said}. {count} of them are the same statement, {statement}{place}"


def _user_rows(calls: list[Call]) -> Check:
    expected = "at most 2 rows a user"
    over = [call for call in calls if call.seen["rows"] > 2 * max(call.size, 1)]
    if not over:
        most = max(call.seen["rows"] / max(call.size, 1) for call in calls)
        return passed(USER_ROWS, f"{most:.3g} {'row' if most == 1 else 'rows'} a user at most", expected)
    worst = max(over, key=lambda call: call.seen["rows"])
    said = f"{worst.what}: {worst.seen['rows']:,} rows"
    each = worst.seen["rows"] / max(worst.size, 1)
    return failed(
        USER_ROWS, said, expected, f"With {worst.what}, {worst.seen['rows']:,} rows came back: {each:.3g} a user."
    )


def _post_rows(pairs: list[tuple[Call, Call]], _calls: list[Call]) -> Check:
    expected = "as many rows as without the older posts"
    for few, many in pairs:
        before, after = few.seen["rows"], many.seen["rows"]
        if after > before:
            said = f"{few.what}: {before:,} rows; {many.what}: {after:,} rows"
            more = many.size - few.size
            return failed(
                POST_ROWS, said, expected, f"{said}. The answer is the same, and {more} older posts were added."
            )
    shown = "; ".join(f"{many.what}: {many.seen['rows']:,} rows" for _, many in pairs)
    return passed(POST_ROWS, shown, expected)


_MANY = {"query": "queries", "entry": "entries", "post shown": "posts shown"}


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else _MANY.get(noun, noun + 's')}"


def _plural_queries(number: int) -> str:
    return _plural(number, "query")


def _made_many(observation: dict[str, Any]) -> bool:
    return bool(observation["calls"][0]["queries"] > 3)


_FEW: Users = [("ada", 2), ("bob", 0), ("cyd", 1), ("dan", 3)]
_CONTROL_FEED = Feed(limit=4, worlds=[[[n, f"p{n}", f"2026-01-0{n} 08:00:00.000000", 0, [0]] for n in range(1, 6)]])

TASKS = {
    "users_with_post_counts": Task(
        judge_users, Control({"worlds": [_FEW], "scatter": 1}, _made_many), function={RIGHT, FRESH}
    ),
    "recent_posts": Task(judge_posts, Control(_CONTROL_FEED.to_case(), _made_many), function={RIGHT, FRESH}),
}
