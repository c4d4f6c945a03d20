"""Hazard 7: does a value ever act as SQL? Judged by rows, by the database's content, by the statements that arrive.

A value stays data where benign and hostile values alike bring back exactly the promised rows, nothing is written, and
no part of the value stands outside a literal in any statement. How the statement was built is free: correct escaping
by hand passes, and the check says that it was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from course_lib.hazards.plainly import counted, then
from course_lib.hazards.sql_injection import cases
from course_lib.hazards.sql_injection.outcomes import Call, Group, Judged, Report, trouble_of
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.instruments.injection.trials import MARK
from course_lib.instruments.sql_structure import structure
from course_lib.reading import Check, failed, passed

USERS_ORDERS = "returns the user's orders by id"
FINDS = "finds the orders whose note contains the text"
SORTS = "sorts by each of the four columns"
UNTOUCHED = "leaves the database as it was"
HOSTILE_ID, HOSTILE_STATUS = "keeps hostile text in user_id data", "keeps hostile text in status data"
EXACT, NO_ID = "filters by exactly that status", "gives nobody's orders for a user_id that is no integer"
REFUSES = "refuses any other sort_by before a statement is run"
HOSTILE_TEXT, LITERAL = "keeps hostile text in the search data", "takes every character of the text literally"
PLAIN_FIRST = "the plain cases come first"


def _check_calls(name: str, expected: str, judged: Judged, function: str) -> Check:
    """Whether every call's outcome is allowed; the first that is not is told in full."""
    wrong = [(call, trouble) for call, report in judged if (trouble := trouble_of(call, report))]
    if not wrong:
        return passed(name, f"{len(judged)} of {len(judged)} calls right", expected)
    call, trouble = wrong[0]
    measured = f"{len(judged) - len(wrong)} of {len(judged)} calls right"
    return failed(name, measured, expected, f"{function}({call}) {trouble}")


def _check_stays_data(name: str, judged: Judged, plain: Report, function: str) -> Check:
    """Whether hostile values got the answers due, and none stood outside a literal in a statement."""
    expected = "the promised rows for every value, and no value that acts as SQL"
    acted = [(call, report) for call, report in judged if report["loose"]]
    wrong = [(call, trouble) for call, report in judged if (trouble := trouble_of(call, report))]
    if not acted and not wrong:
        by_hand = sum(report["spliced"] > 0 for _, report in judged)
        note = f"; {by_hand} of them written into the statement, escaped by hand" if by_hand else ""
        return passed(name, f"{len(judged)} of {len(judged)} values stayed data{note}", expected)
    measured = f"{len(acted)} of {len(judged)} values changed the statement, {len(wrong)} brought the wrong outcome"
    seen = _most_telling(acted)
    if seen is None:
        return failed(name, measured, expected, f"{function}({wrong[0][0]}) {wrong[0][1]}")
    call, report = seen
    grown = _grown(plain, report)
    trouble = trouble_of(call, report) or "gave the right rows all the same"
    return failed(name, measured, expected, f"{function}({call}) {trouble}: {grown}")


def _most_telling(acted: Judged) -> tuple[Call, Report] | None:
    """The first attack that brought rows back, else the first that changed a statement at all."""
    ran = [pair for pair in acted if "returned" in pair[1]["outcome"] and trouble_of(*pair)]
    return next(iter(ran or acted), None)


def _grown(plain: Report, report: Report) -> str:
    now = len(structure(report["loose"][0]))
    texts = plain["statements"]
    if not texts:
        return "part of the value stood outside every literal in the statement"
    return f"a plain value made a statement of {len(structure(texts[-1]))} parts, this value made one of {now}"


def _check_untouched(seen: dict[str, Judged], function: str) -> Check:
    """Whether the connection is open and nothing was written, in any call at all."""
    name, expected = UNTOUCHED, "the connection open, nothing written"
    judged = [pair for about in seen.values() for pair in about]
    for call, report in judged:
        written = [write for write in report["writes"] if " main." in write]
        told = "closed the connection" if not report["open"] else "; ".join(report["changes"])
        told = told or ("asked SQLite to write: " + ", ".join(written) if written else "")
        if told:
            return failed(name, told, expected, f"{function}({call}): {told}")
    return passed(name, f"open and unchanged after {len(judged)} calls", expected)


def _check_refused(judged: Judged, function: str) -> Check:
    """Whether every other name of a column raised ValueError, and no statement had run by then."""
    name, expected = REFUSES, "ValueError, 0 statements"
    wrong: list[tuple[Call, str]] = []
    for call, report in judged:
        trouble, ran = trouble_of(call, report), len(report["statements"])
        if ran and not trouble:
            trouble = f"raised ValueError, but only after {counted(ran, 'statement')}"
        if trouble:
            wrong.append((call, trouble))
    if not wrong:
        return passed(name, f"{len(judged)} of {len(judged)} names refused", expected)
    acted = [pair for pair in wrong if MARK in str(pair[0])]
    told = next((pair for pair in acted + wrong if "returned" in pair[1]), wrong[0])
    measured = f"{len(judged) - len(wrong)} of {len(judged)} names refused"
    return failed(name, measured, expected, f"{function}({told[0]}) {told[1]}")


def _observe(observe: Observe, groups: dict[str, list[Group]]) -> dict[str, Judged]:
    """The calls with their reports, by what they are about."""
    flat = [group for about in groups.values() for group in about]
    reports = iter(observe([group.to_plain() for group in flat], seconds=8.0))
    return {
        about: [pair for group in found for pair in zip(group.calls, next(reports)["calls"], strict=True)]
        for about, found in groups.items()
    }


def _whole(plain: Judged, again: Judged) -> Judged:
    """The plain calls, and those on one connection; a connection that was closed has a check of its own."""
    return plain + again if all(report["open"] for _, report in plain) else plain


def _users(rows: list[cases.Row], *given: Any) -> Call:
    """A call with an integer, and perhaps a status: exactly the promised rows."""
    return Call(given, {}, (cases.orders_of(rows, *given),))


def _lenient(rows: list[cases.Row], user_id: Any, *rest: Any) -> Call:
    """A call with a `user_id` of another type: nobody's orders, or those of the integer that it can be read as."""
    own = (cases.orders_of(rows, reading, *rest) for reading in cases.readings_of(user_id))
    return Call((user_id, *rest), {}, ([], *own), may_refuse=True)


@cache
def _user_groups() -> dict[str, list[Group]]:
    """Groups of calls by what they are about."""
    rows, long = cases.user_rows(), cases.long_user_rows()
    numbers, statuses, many = cases.number_rows(), cases.status_rows(), cases.many_rows()
    totals = cases.total_rows()
    plain = [_users(rows, 7, "shipped"), *(_users(rows, user) for user in (*cases.USERS, 3, 2**31, 2**62, -1))]
    plain += [Call((), {"user_id": 8, "status": None}, (cases.orders_of(rows, 8),)), _users(rows, 7, None)]
    exact = [
        Call((7,), {"status": value}, (cases.orders_of(rows, 7, value),))
        for value in (*cases.PLAIN_STATUSES, *cases.ODD_STATUSES)
    ]
    exact += [_users(rows, 7, value) for value in cases.UNKNOWN_STATUSES]
    exact += [_users(rows, user, "open") for user in cases.USERS]
    hostile_ids = [_lenient(rows, value) for value in cases.HOSTILE_IDS]
    hostile_ids += [_lenient(rows, value, "paid") for value in cases.HOSTILE_IDS[:9]]
    hostile_ids += [_lenient(rows, value, cases.BETWEEN_QUOTES) for value in cases.BLANKS]
    odd_ids = [_lenient(rows, value) for value in (*cases.NO_IDS, *cases.READABLE_IDS, *cases.NUMBERS_AS_TEXT)]
    odd_ids += [_lenient(rows, value, "paid") for value in ("7", 7.0, None, 7.5, "abc")]
    family = [_users(statuses, 7, value) for value in (*cases.STATUS_FAMILY, *cases.UNKNOWN_FAMILY)]
    lengthy = [_users(long, 7, value) for value in (cases.LONG, cases.LONG_WIDE, cases.LONG_WILD, cases.LONG[:-1])]
    return {
        "plain": [
            Group(rows, plain),
            Group(numbers, [_users(numbers, user) for user in cases.WHOLE_NUMBERS]),
            Group(many, [_users(many, 3)]),
            Group(totals, [_users(totals, 7)], alone=True),
        ],
        "status": [Group(rows, exact), Group(statuses, family), Group(long, lengthy)],
        "hostile id": [Group(rows, hostile_ids)],
        "hostile status": [Group(rows, [_users(rows, 7, value) for value in _hostile_statuses()])],
        "odd id": [Group(rows, odd_ids)],
        "again": _one_connection(rows),
    }


def _hostile_statuses() -> list[str]:
    unknown = [f"{value} " for value in cases.TEXT_ATTACKS]
    return [*cases.TEXT_ATTACKS, *unknown, "' OR '1'='1", "paid' OR 'a'='a"]


def _one_connection(rows: list[cases.Row]) -> list[Group]:
    """Calls in a row on one connection, before and after orders that arrive over it, or over another one."""
    before = [_users(rows, 8, "shipped"), _users(rows, 8, "shipped"), _users(rows, 12_345), _users(rows, 8, "unknown")]
    after = _arrivals(cases.orders_of, rows, [(8, "shipped"), (8,), (8, "shipped"), (8, "open"), (8,)])
    return [Group(rows, [*before, *after], True, elsewhere) for elsewhere in (False, True)]


def _arrivals(due: Callable[..., list[Any]], rows: list[cases.Row], given: Iterable[tuple[Any, ...]]) -> list[Call]:
    """Calls, before each of which one more order has arrived."""
    held, calls = rows, list[Call]()
    for number, args in enumerate(given):
        late: cases.Row = (2001 + number, 8, "shipped", 1, "2026-01-01", "so plain again")
        held = [*held, late]
        calls.append(Call(args, {}, (due(held, *args),), insert=(late,)))
    return calls


def judge_get_user_orders(observe: Observe) -> list[Check]:
    """The checks of `get_user_orders`."""
    function = "get_user_orders"
    seen = _observe(observe, _user_groups())
    plain = _whole(seen["plain"], seen["again"])
    first = _check_calls(USERS_ORDERS, "exactly the promised rows", plain, function)

    def rest() -> list[Check]:
        expected = "an empty list or ValueError; text that reads as an integer may give that user's orders"
        return [
            _check_stays_data(HOSTILE_ID, seen["hostile id"], plain[1][1], function),
            _check_stays_data(HOSTILE_STATUS, seen["hostile status"], plain[0][1], function),
            _check_calls(EXACT, "exactly the promised rows", seen["status"], function),
            _check_calls(NO_ID, expected, seen["odd id"], function),
            _check_untouched(seen, function),
        ]

    return then(first, rest, (HOSTILE_ID, HOSTILE_STATUS, EXACT, NO_ID, UNTOUCHED), PLAIN_FIRST)


def _search(rows: list[cases.Row], text: str, *rest: Any, **keywords: Any) -> Call:
    return Call((text, *rest), keywords, (cases.orders_with(rows, text, *rest, **keywords),))


def _sorts(rows: list[cases.Row], *texts: str) -> list[Call]:
    """Every column in both directions."""
    orders = [(column, descending) for column in cases.COLUMNS for descending in (False, True)]
    return [_search(rows, text, column, descending) for text in texts for column, descending in orders]


_AGAIN = ("plain", "plain", "nowhere to be found", "")
_MEANWHILE = [("plain",), ("plain ag",), ("so plain aga",), ("again",), ("",), ("PLAIN", "total"), ("",)]


@cache
def _search_groups() -> dict[str, list[Group]]:
    """Groups of calls by what they are about."""
    rows, long, many, family = cases.note_rows(), cases.long_note_rows(), cases.many_rows(), cases.note_family_rows()
    totals, marks = cases.total_rows(), [f"x{mark}y" for mark in cases.PUNCTUATION]
    sorts = [*_sorts(rows, "", "e"), _search(rows, "", sort_by="total"), _search(rows, "", descending=True)]
    sorts.append(_search(rows, "a", descending=False, sort_by="status"))
    hostile = [_search(rows, text) for text in cases.HOSTILE_TEXTS]
    hostile += [_search(rows, text, "total", True) for text in cases.HOSTILE_TEXTS[:4]]
    names = [name for name in (*cases.REFUSED_COLUMNS, *cases.COLUMN_FAMILY) if name not in cases.COLUMNS]
    refused = [Call(("e", name), {}, (), may_refuse=True) for name in names]
    refused += [Call(("", name, True), {}, (), True) for name in ("id DESC", "note", "")]
    again = [*(_search(rows, text) for text in _AGAIN), *_arrivals(cases.orders_with, rows, _MEANWHILE)]
    return {
        "plain": [Group(rows, [_search(rows, text) for text in cases.PLAIN_TEXTS])],
        "literal": [
            Group(rows, [_search(rows, text) for text in (*cases.LITERAL_TEXTS, *marks, *cases.CASE_TEXTS)]),
            Group(rows, [_search(rows, text) for text in cases.FOR_NOTHING]),
            Group(family, [_search(family, text) for text in cases.NOTE_FAMILY]),
            Group(long, [_search(long, text) for text in cases.LONG_TEXTS]),
        ],
        "sort": [
            Group(rows, sorts),
            Group(family, _sorts(family, "wool")),
            Group(many, [_search(many, "plain", "total", True)]),
            Group(totals, _sorts(totals, "plain"), alone=True),
        ],
        "refused": [Group(long[:4], refused)],
        "hostile": [Group(rows, hostile)],
        "again": [Group(rows, again, True, elsewhere) for elsewhere in (False, True)],
    }


def judge_search_orders(observe: Observe) -> list[Check]:
    """The checks of `search_orders`."""
    function = "search_orders"
    seen = _observe(observe, _search_groups())
    plain = _whole(seen["plain"], seen["again"])
    first = _check_calls(FINDS, "exactly the promised rows", plain, function)

    def rest() -> list[Check]:
        expected = "every character ordinary, letter case ignored for a to z alone"
        return [
            _check_refused(seen["refused"], function),
            _check_stays_data(HOSTILE_TEXT, seen["hostile"], plain[1][1], function),
            _check_calls(LITERAL, expected, seen["literal"], function),
            _check_calls(SORTS, "ties by ascending id, also when descending", seen["sort"], function),
            _check_untouched(seen, function),
        ]

    return then(first, rest, (REFUSES, HOSTILE_TEXT, LITERAL, SORTS, UNTOUCHED), PLAIN_FIRST)


def _control(args: list[Any]) -> Control:
    rows = [(1, 7, "paid", 5, "2026-01-01", "plain"), (2, 8, "open", 6, "2026-01-02", None)]
    case = {"orders": rows, "mark": MARK, "calls": [{"args": args, "keywords": {}}]}
    return Control(case, lambda observation: bool(observation["calls"][0]["loose"]))


TASKS = {
    "get_user_orders": Task(
        judge_get_user_orders,
        _control([7, f"x' OR 1=1 -- {MARK}"]),
        function={USERS_ORDERS, UNTOUCHED},
        given={"calls"},
    ),
    "search_orders": Task(
        judge_search_orders, _control([f"x' OR 1=1 -- {MARK}"]), function={FINDS, SORTS, UNTOUCHED}, given={"calls"}
    ),
}
