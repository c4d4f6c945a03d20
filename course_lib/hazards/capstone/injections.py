"""Whether a text from outside is ever more than data: hostile texts in every place, each with its right answer.

Also texts that came in earlier: a reference that is stored and used in a report, a customer's name. In the end the
database is as the model has it, down to its tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from secrets import token_hex
from typing import Any

from course_lib.hazards.capstone.couriers import open_courier
from course_lib.hazards.capstone.model import ask, order_body, query, refused
from course_lib.hazards.capstone.world import ADA, RITA, Script, broken, data, order, sku
from course_lib.hazards.plainly import same, shown
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, passed

NEW = token_hex(4)  # so that no list of hostile texts is the judge's
HOSTILE = (
    "x' OR '1'='1", "'", "''", "x') OR 1=1 --", "') UNION SELECT token; --", "x'; DROP TABLE stock; --", '"', "\\",
    "\\'", "x' OR 1=1 /*", "%", "_", "?", ":name", "%s", "{0}", "$1", "x\u2019 OR 1=1", "0x27", "NULL", "a:b",
    "stock.sku", "x\" y' OR 1=1 --",
    "DROP-BAR", "union--nut", "x--1",  # such words stand in codes that mean no harm
    "') UNION SELECT * FROM (SELECT token FROM customers) JOIN (SELECT balance FROM customers) --",
    f"{NEW}' OR '1'='1", f"{NEW}') OR sku >= '", f"it's {NEW}",
    "sku", "reference", "token", "month", "id",  # what SQLite reads as a column where it stands in double quotes
)  # fmt: skip
MOST_LINES = 20
NO_ROW = f"{NEW}', 0), ('x"  # which gets one when its order is taken back
CODES, STORED, SOUGHT, ELSEWHERE, LEFT = (
    "codes are only data", "a reference that is stored is only data in a report",
    "a reference that is sought is only data",
    "tokens, months, countries and numbers are only data", "the database holds what it must",
)  # fmt: skip
PEOPLE = {
    "ada": (ADA, "customer", 900_000),
    "o'hara": ("ohara-token", "customer", 900_000),
    "x' OR '1'='1": ("odd-token", "customer", 900_000),
    "customer": ("column-token", "customer", 900_000),
    "rita": (RITA, "staff", 0),
}
AFTER = [
    "SELECT id, token, role, balance FROM customers ORDER BY id",
    "SELECT sku, quantity FROM stock ORDER BY sku",
    "SELECT balance FROM till",
    "SELECT id, customer, state, reference, total FROM orders ORDER BY id",
    "SELECT name FROM sqlite_master WHERE name IN ('customers', 'lines', 'orders', 'reports', 'stock', 'till') "
    "ORDER BY name",
]
EXPECTED = "the same answer as for any other text, and nothing else is read or written"


def judge_injections(observe: Observe) -> list[Check]:
    with open_courier() as courier:
        scripts = {name: make(courier.url) for name, make in KINDS.items()}
        for script in scripts.values():
            script.case["after"] = AFTER
        seen = observe([script.case for script in scripts.values()], courier.ports, seconds=15.0, longest=60.0)
    checks = []
    for (name, script), one in zip(scripts.items(), seen, strict=True):
        problem = script.problem(one)
        told = f"{len(script.case['steps'])} steps, all as stated"
        checks.append(broken(name, problem, EXPECTED) if problem else passed(name, told))
    return [*checks, _left(scripts, seen)]


def _left(scripts: dict[str, Script], seen: list[dict[str, Any]]) -> Check:
    for script, one in zip(scripts.values(), seen, strict=True):
        if "trouble" in one:
            continue
        for right, found in zip(_rows(script), one["after"], strict=True):
            if not same(found, right):
                row = next((row for row in found if row not in right), found)
                return broken(LEFT, f"afterwards the database holds {shown(row, 100)}", EXPECTED)
    return passed(LEFT, f"{len(scripts)} databases, each as it must be")


def _rows(script: Script) -> list[list[tuple[Any, ...]]]:
    model = script.model
    tables = [(name,) for name in sorted(("customers", "stock", "till", "orders", "lines", "reports"))]
    orders = [
        (number, row["customer"], row["state"], row["reference"], row["total"]) for number, row in model.orders.items()
    ]
    customers = sorted((who, *row) for who, row in model.customers.items())
    return [customers, sorted(model.stock.items()), [(model.till,)], orders, tables]


def _world(courier: str, more: Sequence[dict[str, Any]] = ()) -> Script:
    orders = [
        order("ada", (sku(1), 1), reference="plain"),
        order("o'hara", (sku(2), 1), reference="plain"),
        order("x' OR '1'='1", (sku(3), 1), reference="plain"),
        order("ada", (sku(4), 1), reference="plain"),
        order("ada", (sku(5), 2), reference=HOSTILE[0]),
        order("ada", (sku(6), 3), reference="it's"),
        order("ada", (sku(6), 1), reference="reference"),
        order("customer", (sku(2), 2), reference="\\"),
        order("customer", (sku(3), 2), reference='"'),
        order("customer", (sku(1), 1), reference="customer"),
        *more,
    ]
    stock = {sku(number): 50 for number in range(8)} | {_code(text): 7 for text in HOSTILE}
    return Script(data(orders, stock, PEOPLE), courier)


def _code(text: str) -> str:
    """The text as one code among others; each has a row, so that a text which is cut or refused is missed."""
    return text.replace(",", ";")


def _lines(codes: list[str]) -> dict[str, Any]:
    """An order of parts that the catalogue has no more: their codes came from outside once."""
    return {"customer": "ada", "lines": [[code, 1, 100] for code in codes], "reference": "codes"}


def _codes(courier: str) -> Script:
    stored = [_code(text) for text in HOSTILE]
    older = [_lines(stored[at : at + MOST_LINES]) for at in range(0, len(stored), MOST_LINES)]
    script = _world(courier, [*older, _lines([NO_ROW])])
    last = max(script.model.orders)
    for number in range(last - len(older), last + 1):
        for method, path in (("GET", ""), ("GET", "/label"), ("POST", "/cancel")):
            script.ask(ask(ADA, method, f"/orders/{number}{path}"))
    for at in range(0, len(stored), 39):
        script.ask(ask("", "GET", "/stock", query=query(sku=",".join([sku(1), *stored[at : at + 39]]))))
    for text in (*HOSTILE, "a\0b"):
        codes = _code(text)
        script.ask(ask("", "GET", "/stock", query=query(sku=codes)))
        script.ask(ask("", "GET", "/stock", query=query(sku=f"{sku(1)},{'x,' * 37}{codes},{sku(2)}")))
        if "\0" not in text:
            script.ask(ask("", "GET", f"/parts/{codes.replace('/', '-')}"))
    script.ask(ask("", "GET", "/stock", query=query(sku="x,y' OR sku > ',z")))
    script.ask(ask("", "GET", "/stock", query=query(sku=f"{sku(1)},{sku(7)}")))
    return script


def _stored(courier: str) -> Script:
    script = _world(courier)
    for token in (ADA, "ohara-token", "odd-token", "column-token", RITA):
        script.report(token)
    return script


def _sought(courier: str) -> Script:
    script = _world(courier)
    for text in HOSTILE:
        script.ask(ask(ADA, "GET", "/orders", query=query(reference=text)))
        script.ask(ask(ADA, "POST", "/orders", order_body([(sku(1), 1)], reference=text)))
        script.ask(ask(ADA, "GET", "/orders", query=query(reference=text)))
    script.ask(ask("odd-token", "GET", "/orders"))
    script.ask(ask("column-token", "GET", "/orders"))
    script.ask(ask("ohara-token", "GET", "/orders/2/label"))
    script.ask(ask("ohara-token", "POST", "/orders/2/cancel"))
    script.ask(ask(RITA, "GET", "/orders", query=query(limit=200)))
    return script


def _elsewhere(courier: str) -> Script:
    script = _world(courier)
    for text in HOSTILE:
        if text.isascii():
            script.ask(ask(text, "GET", "/orders"), refused(401))
        script.ask(ask(ADA, "POST", "/reports", {"month": text}), refused(400))
        script.ask(ask(ADA, "POST", "/orders", order_body([(sku(1), 1)], text)), refused(400))
        script.ask(ask(ADA, "POST", "/orders", order_body([(text, 1)])), refused(400))
        script.ask(ask(ADA, "GET", "/shipping", query=query(country=text, grams=5)), refused(400))
        script.ask(ask(ADA, "GET", "/orders", query=query(limit=text)), refused(400))
        if "/" not in text and "?" not in text:
            script.ask(ask(ADA, "GET", f"/orders/{text}"), refused(404))
    return script


KINDS: dict[str, Callable[[str], Script]] = {
    CODES: _codes, STORED: _stored, SOUGHT: _sought, ELSEWHERE: _elsewhere,
}  # fmt: skip
