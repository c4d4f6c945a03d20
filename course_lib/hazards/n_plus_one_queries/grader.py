"""States what holds for the two N+1 tasks: the right list, from the database as it is, in few queries and rows.

Queries are judged at every size, rows against the number of users, or with and without posts outside the limit; what
the rows hold, in bytes, as well, so that many rows packed into one are as many bytes as before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
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
from course_lib.hazards.plainly import counted, raised, same, shown, then
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.reading import Check, failed, figure, passed

RIGHT, FRESH = "returns the right list", "reads the database at every call"
USER_QUERIES, USER_ROWS = "at most 2 queries at every size", "at most 2 rows a user"
BYTES_A_USER, BYTES_OF_A_COUNT, LONGEST = 200, 64, 160
SECONDS, LONGEST_SECONDS = 8.0, 24.0  # for small worlds: code that is profiled line by line takes ten times as long
FAR_SECONDS, FAR_LONGEST = 24.0, 60.0  # for large ones: what has come back from the small ones is no loop
POST_QUERIES, POST_ROWS = "at most 3 queries for every limit", "rows do not grow with older posts"


@dataclass(frozen=True)
class Call:
    """One call of the submission: what it should have returned, and what was observed."""

    size: int
    what: str
    expected: list[dict[str, Any]]
    seen: dict[str, Any]

    @cached_property
    def right(self) -> bool:
        return same(self.seen["outcome"].get("returned"), self.expected)


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
    again = groups is large_user_worlds()
    cases = [
        {"worlds": list(group), "scatter": 17 + number, "again": again and number == 0}
        for number, group in enumerate(groups)
    ]
    seconds, longest = _patience(far=again)
    observed = observe(cases, seconds=seconds, longest=longest)
    return [
        Call(len(users), _described(users), expected_users(users), seen)
        for group, told in zip(groups, observed, strict=True)
        for users, seen in zip(group, told["calls"], strict=True)
    ]


def _patience(far: bool) -> tuple[float, float]:
    return (FAR_SECONDS, FAR_LONGEST) if far else (SECONDS, LONGEST_SECONDS)


def _described(users: Users) -> str:
    idle = sum(count == 0 for _, count in users)
    among = f" ({idle} without posts)" if idle else ""
    return f"{counted(len(users), 'user')}{among} and {counted(sum(count for _, count in users), 'post')}"


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
    seconds, longest = _patience(far=feeds is large_feed_worlds())
    observations = observe([feed.to_case() for feed in feeds], seconds=seconds, longest=longest)
    return [
        [
            Call(len(posts), f"{counted(len(posts), 'post')}, limit {feed.limit}", expected_posts(feed, number), seen)
            for number, (posts, seen) in enumerate(zip(feed.worlds, observed["calls"], strict=True))
        ]
        for feed, observed in zip(feeds, observations, strict=True)
    ]


def _neighbours(observed: list[list[Call]]) -> list[tuple[list[Call], list[Call]]]:
    """The pairs of cases with the same answer, where the second has more posts outside the limit."""
    single = [group for group in observed if len(group) == 1]
    return [
        (a, b)
        for a, b in pairwise(single)
        if a[0].expected == b[0].expected and a[0].size < b[0].size and a[0].expected
    ]


def _checks(
    calls: list[Call],
    queries: Callable[[list[Call]], Check],
    queries_name: str,
    rows: Callable[[list[Call]], Check],
    rows_name: str,
) -> list[Check]:
    counts = (queries_name, rows_name)

    def fresh() -> list[Check]:
        because = "a remembered answer needs no query"
        return then(_fresh(calls), lambda: [queries(calls), rows(calls)], counts, because)

    return then(_right(calls), fresh, (FRESH, *counts), "the list comes first")


def _right(calls: list[Call]) -> Check:
    for number, call in enumerate(calls):
        if not call.right and not _is_stale(calls, number):
            measured, feedback = _difference(call)
            return failed(RIGHT, measured, "every entry, in order, as plain values", feedback)
    return passed(RIGHT, f"{len(calls)} databases, {sum(len(call.expected) for call in calls):,} entries, all right")


def _is_stale(calls: list[Call], number: int) -> bool:
    returned = calls[number].seen["outcome"].get("returned")
    return bool(returned) and any(earlier.right and same(returned, earlier.expected) for earlier in calls[:number])


def _fresh(calls: list[Call]) -> Check:
    for call in calls:
        if not call.right:
            said = f"{call.what}: an earlier call's answer came back, made with {_queries(call.seen['queries'])}"
            return failed(FRESH, said, "the rows as they are now", f"The rows changed between two calls. With {said}.")
    return passed(FRESH, "an answer for the rows as they are, also after they change")


def _difference(call: Call) -> tuple[str, str]:
    outcome = call.seen["outcome"]
    if "raised" in outcome:
        return raised(outcome), f"With {call.what} it raised {raised(outcome)}."
    returned = outcome["returned"]
    if type(returned) is not list:
        kind = getattr(returned, "type_name", type(returned).__name__)
        return f"a {kind}", f"It returned a {kind}; the promise is a list of dicts with plain values."
    if len(returned) != len(call.expected):
        said = f"{counted(len(returned), 'entry')} for {call.what}"
        return said, f"With {call.what} it returned {counted(len(returned), 'entry')} instead of {len(call.expected)}."
    index = next(
        i for i, (got, wanted) in enumerate(zip(returned, call.expected, strict=True)) if not same(got, wanted)
    )
    got, wanted = shown(returned[index], LONGEST), shown(call.expected[index], LONGEST)
    return got, f"With {call.what}, entry {index} is {got} where the rows say {wanted}."


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
        return passed(name, f"{_queries(most)} at most, from {min(series)} to {_units(max(series), unit)}", expected)
    measured = ", ".join(_at(size, series, unit) for size in _few_of(series, allowed))
    return failed(name, measured, expected, _why_many(series, unit))


def _units(number: int, unit: str) -> str:
    return counted(number, unit, "posts shown" if unit == "post shown" else "")


def _queries(number: int) -> str:
    return counted(number, "query")


def _few_of(series: dict[int, Call], allowed: int) -> list[int]:
    """The smallest size, one in the middle and the largest; where none of these made too many, the worst of all."""
    sizes = list(series)
    few = {sizes[0], sizes[len(sizes) // 2], sizes[-1]}
    worst = max(sizes, key=lambda size: series[size].seen["queries"])
    if all(series[size].seen["queries"] <= allowed for size in few):
        few = {sizes[0], worst, sizes[-1]}
    return sorted(few)


def _at(size: int, series: dict[int, Call], unit: str) -> str:
    return f"{_units(size, unit)}: {_queries(series[size].seen['queries'])}"


def _why_many(series: dict[int, Call], unit: str) -> str:
    worst = max(series, key=lambda size: series[size].seen["queries"])
    most = series[worst].seen["queries"]
    *_, second, largest = (call.seen["queries"] for call in series.values())
    if second == largest == most:
        return f"It made {_queries(most)} at all larger sizes alike: no growth, and too many all the same."
    fewer = [size for size in series if size < worst and series[size].seen["queries"] < most]
    said = f"{_units(worst, unit)} made {_queries(most)}"
    if fewer:
        before = series[fewer[-1]].seen["queries"]
        slope = (most - before) / (worst - fewer[-1])
        said = f"{_units(fewer[-1], unit)} made {_queries(before)}, {said}"
        said += f": {figure(slope)} for each further {unit}" if slope >= 0.5 else ""
    if not series[worst].seen["repeated"]:
        return f"{said}."
    statement, count, line, source = series[worst].seen["repeated"]
    place = f", sent from line {line}: {source.rstrip(' ,')}" if line else ""
    return f"{said}. {count} of them are the same statement, {statement}{place}"


def _user_rows(calls: list[Call]) -> Check:
    expected = f"at most 2 rows a user, and less than {BYTES_A_USER} bytes"
    for noun, key, allowed in (("row", "rows", 2), ("byte", "bytes", BYTES_A_USER)):
        over = [call for call in calls if call.seen[key] > allowed * max(call.size, 1)]
        if over:
            worst = max(over, key=lambda call: int(call.seen[key]))
            came = counted(worst.seen[key], noun)
            each = f"{figure(worst.seen[key] / max(worst.size, 1))} a user"
            packed = " in few rows" if key == "bytes" else ""
            said = f"With {worst.what}, {came} came back{packed}: {each}."
            return failed(USER_ROWS, f"{worst.what}: {came}", expected, said)
    most = max(call.seen["rows"] / max(call.size, 1) for call in calls)
    return passed(USER_ROWS, f"{counted(most, 'row')} a user at most", expected)


def _post_rows(pairs: list[tuple[Call, Call]], _calls: list[Call]) -> Check:
    expected = "as many rows and bytes as without the older posts"
    for noun, key, slack in (("row", "rows", 0), ("byte", "bytes", BYTES_OF_A_COUNT)):
        for few, many in pairs:
            before, after = few.seen[key], many.seen[key]
            if after > before + slack:
                said = f"{few.what}: {counted(before, noun)}; {many.what}: {counted(after, noun)}"
                more = many.size - few.size
                told = f"{said}. The answer is the same, and {more} older posts were added."
                return failed(POST_ROWS, said, expected, told)
    told = "; ".join(f"{many.what}: {counted(many.seen['rows'], 'row')}" for _, many in pairs)
    return passed(POST_ROWS, told, expected)


def _made_many(observation: dict[str, Any]) -> bool:
    return bool(observation["calls"][0]["queries"] > 3)


_FEW: Users = [("ada", 2), ("bob", 0), ("cyd", 1), ("dan", 3)]
_CONTROL_FEED = Feed(limit=4, worlds=[[[n, f"p{n}", f"2026-01-0{n} 08:00:00.000000", 0, [0]] for n in range(1, 6)]])

TASKS = {
    "users_with_post_counts": Task(
        judge_users, Control({"worlds": [_FEW], "scatter": 1}, _made_many), function={RIGHT, FRESH}, given={"worlds"}
    ),
    "recent_posts": Task(
        judge_posts, Control(_CONTROL_FEED.to_case(), _made_many), function={RIGHT, FRESH}, given={"limit"}
    ),
}
