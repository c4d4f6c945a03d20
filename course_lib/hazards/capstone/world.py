"""The worlds that services are judged in, and scripts of requests whose right answers the model knows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from course_lib.hazards.capstone.model import MOST_KEPT, Expected, Model, Request, ask, wrong
from course_lib.hazards.plainly import first_wrong, raised, shown
from course_lib.hazards.terms import Unmeasured
from course_lib.reading import Check, failed
from course_lib.testbeds.depot import some_parts

HEADER = ["id", "customer", "reference", "total", "reference_total"]
MAY = "2026-05"
CUSTOMERS = {
    "ada": ("ada-t0ken", "customer", 900_000),
    "ben": ("ben_token", "customer", 500_000),
    "cyd": ("cyd-token", "customer", 300),
    "rita": ("rita-token", "staff", 50_000),
}
ADA, BEN, CYD, RITA = (row[0] for row in CUSTOMERS.values())
NOWHERE = "http://127.0.0.1:9"
Observation = dict[str, Any]
MOST_HELD = 2.9  # seconds: a request must wait for three
Rows = list[tuple[Any, ...]]


def order(customer: str, *lines: tuple[str, int], **others: Any) -> dict[str, Any]:
    """A row of orders, at the prices that `some_parts` has."""
    return {
        "customer": customer,
        "lines": [[sku, quantity, 100 + int(sku[2:]) % 50] for sku, quantity in lines],
        **others,
    }


def at_another_price(order: dict[str, Any]) -> dict[str, Any]:
    """The same from a time when each part cost more than it does now."""
    return {**order, "lines": [[sku, quantity, price + 7] for sku, quantity, price in order["lines"]]}


def sku(number: int) -> str:
    return f"P-{number:05d}"


def data(
    orders: list[dict[str, Any]] | None = None,
    stock: dict[str, int] | None = None,
    customers: dict[str, tuple[str, str, int]] | None = None,
    parts: int = 60,
) -> dict[str, Any]:
    """The rows that a world begins with."""
    return {
        "customers": customers or CUSTOMERS,
        "stock": {sku(number): 10 + number for number in range(40)} if stock is None else stock,
        "orders": orders or [],
        "till": 1_000_000,
        "parts": some_parts(parts),
    }


class Script:
    """Requests one after the other, with the right answer to each as the model has it."""

    def __init__(self, rows: dict[str, Any], courier: str = NOWHERE, **settings: Any) -> None:
        self.model = Model(rows, settings.get("events_kept", MOST_KEPT))
        self.case: dict[str, Any] = {"kind": "script", **rows, "courier": courier, "settings": settings, "steps": []}
        self._expected: list[Expected | None] = []
        self._held: dict[int, Rows] = {}
        self._stored: dict[int, Rows] = {}
        self._twins: dict[int, Script] = {}
        self._requests: list[Request | None] = []
        self._folders: dict[int, int] = {}
        self._reports = 0

    def ask(self, request: Request, expected: Expected | None = None) -> None:
        """One request; an answer that is given in words of its own changes nothing in the model."""
        if expected is not None:
            self.model.requests += 1
        self._expected.append(expected or self.model.expect(request))
        self._requests.append(request)
        self.case["steps"].append({"ask": request})

    def do(self, verb: str, given: Any = None) -> int:
        """Another step; its place among the observations."""
        self.case["steps"].append({verb: given})
        self._expected.append(None)
        self._requests.append(None)
        return len(self._expected) - 1

    def write(self, sql: str) -> None:
        """Another program writes; what it changes is changed in the model by whoever calls this."""
        self.do("write", sql)

    def held(self, request: Request) -> None:
        """One request while another program has the database for itself, for less long than a request must wait."""
        self.ask(request)
        self.case["steps"][-1] = {"held": request}

    def stored(self, request: Request, by: str, sql: str, rows: Rows) -> None:
        """One request while another program, `by` writing or reading, keeps everybody from storing anything.

        As soon as the answer is there, the database must say what the answer tells.
        """
        self.ask(request)
        self.case["steps"][-1] = {"stored": {"ask": request, "by": by, "rows": sql}}
        self._stored[len(self._expected) - 1] = rows

    def holds(self, sql: str, rows: Rows) -> None:
        """What the database must say then, and not later: as soon as the last request was answered."""
        self._held[self.do("rows", sql)] = rows

    def holds_the_model(self) -> None:
        """Stock, balances and till must be what the model has."""
        self.holds("SELECT sku, quantity FROM stock ORDER BY sku", sorted(self.model.stock.items()))
        balances = sorted((who, row[2]) for who, row in self.model.customers.items())
        self.holds("SELECT id, balance FROM customers ORDER BY id", balances)
        self.holds("SELECT balance FROM till", [(self.model.till,)])

    def restart(self) -> None:
        """The service is closed, and another of the same files goes on where it ended."""
        self.do("restart")
        self.model.requests = 0
        self.model.events.clear()

    def holds_reports_alone(self) -> None:
        """The folder must hold the reports that were asked for, and nothing else."""
        self._folders[self.do("files")] = self._reports

    def twin(self, other: Script) -> None:
        """From here on a second service of the same files lives beside this one, and is asked what that script asks."""
        self._twins[self.do("twin", other.case)] = other

    def order_report(self, token: str, month: str = MAY, held: bool = False) -> int:
        """Asks for a report and waits until it is no longer waiting; its number.

        Where it is `held`, another program has the database for itself when the report is written.
        """
        self._reports += 1
        told = {"id": self._reports, "month": month, "state": "waiting"}
        if held:
            self.do("slow_reports")
        self.ask(ask(token, "POST", "/reports", {"month": month}), Expected((202,), told))
        if held:
            self.do("written_while_held")
        self.do("reports")
        return self._reports

    def report(self, token: str, month: str = MAY) -> int:
        """A report that must come to be, with the rows that the model has now."""
        number = self.order_report(token, month)
        done = {"id": number, "month": month, "state": "done"}
        self.ask(ask(token, "GET", f"/reports/{number}"), Expected((200,), done))
        who = self.model.by_token(token) or ""
        table = [HEADER, *self.model.report(who, month)]
        self.ask(ask(token, "GET", f"/reports/{number}/file"), Expected((200,), table=table))
        return number

    def problem(self, seen: Observation) -> str | None:
        """The first thing that is wrong in what was seen, or None."""
        return no_service(seen) or first_wrong(self._problems(seen["steps"]))

    def _problems(self, steps: list[Any]) -> Iterator[str | None]:
        for at, (request, expected, observed) in enumerate(zip(self._requests, self._expected, steps, strict=True)):
            if request is not None and expected is not None:
                problem = wrong(request, observed, expected)
                if problem is None and at in self._stored:
                    problem = _not_stored(request, observed, self._stored[at])
                yield _in_time(observed, problem)
            elif at in self._held:
                yield _other_rows(observed, self._held[at], self._before(at))
            elif isinstance(observed, dict) and observed.get("early"):
                yield f"report {observed['early'][0]} was done before its file was written"
            elif at in self._folders:
                yield _other_files(observed, self._folders[at])
            elif isinstance(observed, dict) and "raised" in observed:
                yield f"where it was closed and started again, it raised {located(observed)}"
            elif at in self._twins:
                problem = self._twins[at].problem(observed)
                yield f"with two services in one process, {problem}" if problem else None

    def _before(self, at: int) -> str:
        """The request before that step, in words."""
        asked = next((one for one in reversed(self._requests[:at]) if one is not None), None)
        return f"after {asked['method']} {asked['path']}" if asked else "in the beginning"


def _in_time(answer: Observation, problem: str | None) -> str | None:
    """The problem, where it can be the service's: nobody need wait longer for another program than the README says."""
    if problem and answer.get("held", 0.0) > MOST_HELD:
        raise Unmeasured("the machine was so busy that another program's hold on the database could not be kept short")
    return problem


def _not_stored(request: Request, seen: Observation, must: Rows) -> str | None:
    """What the database did not hold when the answer was there, in words, or None."""
    rows = [tuple(row) for row in seen["rows"] or []]
    if rows == must:
        return None
    answered = f"{request['method']} {request['path']} was answered with {seen['status']}"
    return f"{answered} before what it tells was stored: the database held {shown(rows, 120)}"


def _other_rows(seen: Rows, must: Rows, when: str) -> str | None:
    """The first row that is another than it must be, in words."""
    rows = [tuple(row) for row in seen]
    if rows == must:
        return None
    row, right = next((one, other) for one, other in zip_longest(rows, must) if one != other)
    return f"{when} the database holds {shown(row, 120)}, where it must hold {shown(right, 120)}"


def _other_files(seen: list[str], reports: int) -> str | None:
    """The first file of the folder that is no report's, or report that has none, in words."""
    must = {f"report-{number}.csv" for number in range(1, reports + 1)}
    for name in sorted({*seen} ^ must):
        return f"with {reports} reports done their folder {'lacks' if name in must else 'holds'} {name[:60]}"
    return None


def no_service(seen: Observation) -> str | None:
    """Why there was no service to ask, in words, or None."""
    trouble = seen.get("trouble")
    if not trouble:
        return None
    if "shut_out" in trouble:
        return "another program waited ten seconds for the database, and the service still held it"
    return f"create_service raised {located(trouble)}"


def located(told: dict[str, Any]) -> str:
    where = f" in {told['where']}" if told.get("where") else ""
    return f"{raised({**told, 'line': None})}{where}"


def broken(name: str, problem: str, expected: str) -> Check:
    """A check that does not hold, whose measurement and reason are one sentence."""
    return failed(name, problem, expected, problem)
