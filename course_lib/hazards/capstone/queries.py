"""How many statements a request makes, and how many rows it reads, with little data and with much: by counts alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from course_lib.hazards.capstone.couriers import open_courier
from course_lib.hazards.capstone.model import Request, ask, order_body, parsed, query
from course_lib.hazards.capstone.world import (
    ADA,
    BEN,
    CUSTOMERS,
    MAY,
    RITA,
    Script,
    broken,
    data,
    no_service,
    order,
    sku,
)
from course_lib.hazards.plainly import counted
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, passed

SIZES = (4, 40, 160)  # orders of one customer, and twice as many of others
MANY = 80  # customers, most of whom ask for nothing
STATEMENTS, A_LINE = 12, 4
ROWS, AN_ORDER, A_REPORTED = 50, 25, 5
LISTS, ONE, WRITES, REPORTS = (
    "a list of orders", "one order, a label, figures, stock", "taking and cancelling an order", "a report",
)  # fmt: skip
EXPECTED = f"at most {STATEMENTS} statements however much data there is, {A_LINE} more for each line of what is written"


def judge_queries(observe: Observe) -> list[Check]:
    with open_courier() as courier:
        scripts = [(name, size, make(size, courier.url)) for name, make in KINDS.items() for size in SIZES]
        seen = observe([script.case for _, _, script in scripts], courier.ports, seconds=20.0, longest=60.0)
    told: dict[str, list[tuple[int, Script, dict[str, Any]]]] = {name: [] for name in KINDS}
    for (name, size, script), one in zip(scripts, seen, strict=True):
        told[name].append((size, script, one))
    return [_judged(name, worlds) for name, worlds in told.items()]


def _judged(name: str, worlds: list[tuple[int, Script, dict[str, Any]]]) -> Check:
    most = []
    for size, script, seen in worlds:
        if problem := script.problem(seen):
            return broken(name, problem, "every answer is as ever")
        costs = [*_costs(script, seen, size)]
        for statements, limit, rows, most_rows, told in costs:
            if statements > limit:
                return broken(name, told + _growing(name, worlds), EXPECTED)
            if rows > most_rows:
                return broken(name, f"{told}, and may read {counted(most_rows, 'row')}", EXPECTED)
        most.append(str(max(statements for statements, *_ in costs)))
    return passed(name, f"{', '.join(most)} statements at most, with {', '.join(map(str, SIZES))} orders")


def _growing(name: str, worlds: list[tuple[int, Script, dict[str, Any]]]) -> str:
    """The same for all sizes, as far as they were measured."""
    figures = [
        f"{max((statements for statements, *_ in _costs(script, seen, size)), default=0):,} with {size}"
        for size, script, seen in worlds
        if not no_service(seen)
    ]
    return f"; the most statements of a step of these: {', '.join(figures)} orders" if figures else ""


def _costs(script: Script, seen: dict[str, Any], size: int) -> Iterator[tuple[int, int, int, int, str]]:
    """(statements, their limit, rows, their limit, in words) of each step that had a cost.

    A report may be under way before it has been answered that it was asked for: the two are one.
    """
    begun = (0, 0, 0)
    for step, told in zip(script.case["steps"], seen["steps"], strict=True):
        [(verb, given)] = step.items()
        if verb == "ask" and (given["method"], given["path"]) == ("POST", "/reports"):
            begun = told["statements"], told["rows"], _reported(script, given)
        elif verb == "ask":
            yield _cost_of(given, told)
        elif verb == "reports":
            statements, rows = told["statements"] + begun[0], told["rows"] + begun[1]
            took = _in_words({"statements": statements, "rows": rows})
            words = f"a report over {begun[2]} of {3 * size} orders took {took}"
            yield statements, 2 * STATEMENTS, rows, 2 * ROWS + A_REPORTED * begun[2], words


def _reported(script: Script, asked: Request) -> int:
    """How many orders the report has that is asked for here."""
    token = asked["headers"]["Authorization"].removeprefix("Bearer ")
    return len(script.model.report(script.model.by_token(token) or "", MAY))


def _cost_of(request: Request, answer: dict[str, Any]) -> tuple[int, int, int, int, str]:
    body = parsed(answer["body"])
    answered = len(body) if isinstance(body, list) else 1
    lines = len(body["lines"]) if request["method"] == "POST" and isinstance(body, dict) and "lines" in body else 0
    words = f"{request['method']} {request['path']} took {_in_words(answer)} for {counted(answered, 'order')}"
    limit = STATEMENTS + A_LINE * lines
    return answer["statements"], limit, answer["rows"], ROWS + AN_ORDER * max(answered, 1), words


def _in_words(told: dict[str, Any]) -> str:
    return f"{counted(told['statements'], 'statement')} and {counted(told['rows'], 'row')}"


def _orders(size: int) -> list[dict[str, Any]]:
    """A third of them ada's, a third ben's, the others of many who have one or a few."""
    return [
        order(
            ("ada", "ben", f"c-{number // 3 % MANY:02d}")[number % 3],
            *((sku((number + at) % 30), 1 + at) for at in range(2 + number % 4)),
            reference=f"bike {number % 7 if number % 3 else number}",  # many that nothing else has
        )
        for number in range(3 * size)
    ]


def _world(size: int, courier: str) -> Script:
    stock = {sku(number): 10 + number for number in range(40)} | {f"OLD-{number:04d}": 1 for number in range(800)}
    many = {f"c-{number:02d}": (f"t-{number:02d}", "customer", 9) for number in range(MANY)}
    script = Script(data(_orders(size), stock, CUSTOMERS | many), courier)
    script.case["counted"] = True
    return script


def _lists(size: int, courier: str) -> Script:
    script = _world(size, courier)
    for request in (
        ask(ADA, "GET", "/orders", query=query(limit=200)),
        ask(ADA, "GET", "/orders", query=query(limit=2)),
        ask(RITA, "GET", "/orders", query=query(limit=200)),
        ask(BEN, "GET", "/orders", query=query(limit=200, reference="bike 3")),
        ask(ADA, "GET", "/orders", query=query(reference="no such bike")),
    ):
        script.ask(request)
    return script


def _one(size: int, courier: str) -> Script:
    script = _world(size, courier)
    for request in (
        ask(ADA, "GET", "/orders/1"),
        ask(ADA, "GET", "/orders/1/label"),
        ask(RITA, "GET", "/figures"),
        ask("", "GET", f"/parts/{sku(3)}"),
        ask("", "GET", "/stock", query=query(sku=",".join(map(sku, range(40))))),
        ask(ADA, "GET", "/shipping", query=query(country="DE", grams=100)),
        ask(ADA, "GET", "/nowhere"),
        ask("", "GET", "/orders/1"),
    ):
        script.ask(request)
    return script


def _writes(size: int, courier: str) -> Script:
    script = _world(size, courier)
    number = 3 * size + 1
    for lines in ([(sku(1), 1)], [(sku(at), 1) for at in range(20)]):
        script.ask(ask(ADA, "POST", "/orders", order_body(lines)))
        for path in (f"/orders/{number}", f"/orders/{number}/label"):
            script.ask(ask(ADA, "GET", path))
        script.ask(ask(ADA, "POST", f"/orders/{number}/cancel"))
        number += 1
    return script


def _reports(size: int, courier: str) -> Script:
    script = _world(size, courier)
    script.report(RITA)
    script.report("t-00")
    return script


KINDS: dict[str, Callable[[int, str], Script]] = {
    LISTS: _lists, ONE: _one, WRITES: _writes, REPORTS: _reports,
}  # fmt: skip
