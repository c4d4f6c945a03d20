"""Whether the service does what it did: every route, every refusal, each answer as its README says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from course_lib.hazards.capstone import odd
from course_lib.hazards.capstone.couriers import DEARER, Running, open_courier
from course_lib.hazards.capstone.model import FREE, Expected, ask, order_body, query, refused
from course_lib.hazards.capstone.world import (
    ADA,
    BEN,
    CUSTOMERS,
    CYD,
    HEADER,
    MAY,
    RITA,
    Script,
    at_another_price,
    broken,
    data,
    located,
    order,
    sku,
)
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, passed
from course_lib.testbeds.depot import SCHEMA, SHIPPING

ANSWERS = "answers as its README says"
ORDERS = "takes orders and takes them back"
PAPER = "draws labels and writes reports"
OTHERS = "counts what another program writes"
CLOSES = "ends what it started when it is closed"
NAMES = (ANSWERS, ORDERS, PAPER, OTHERS, CLOSES)
HIGH, HIGHEST = 3_000_000_001, 10**18 - 2  # numbers of orders: in 32 digits of a bar code, in 18 of a path
AT_THE_END = 16  # reports that were asked for and are not waited for
REFERENCES = (" Rad 7 ", "Rad 7\n", "RAD 7", "%", "_ad 7", "Rad\\7", "e\u0301", "\u00e9", "null", "0")
FORMS = (
    "SELECT tables.name, group_concat(columns.name) FROM sqlite_master AS tables, "
    "pragma_table_info(tables.name) AS columns WHERE tables.name IN "
    "('customers', 'lines', 'orders', 'reports', 'stock', 'till') GROUP BY 1 ORDER BY 1"
)
EXPECTED = "each answer is the one that README.md states"


def judge_service(observe: Observe) -> list[Check]:
    with open_courier() as courier:
        scripts = {name: make(courier) for name, make in SCRIPTS.items()}
        seen = observe([script.case for script in scripts.values()], courier.ports, seconds=12.0, longest=40.0)
        parcels = courier.parcels()
    checks = []
    for (name, script), one in zip(scripts.items(), seen, strict=True):
        problem = script.problem(one) or _unasked(script, parcels)
        asked = len(script.case["steps"])
        checks.append(broken(name, problem, EXPECTED) if problem else passed(name, f"{asked} steps, all as stated"))
    return [*checks, _closes(seen)]


def _unasked(script: Script, parcels: set[tuple[str, str]]) -> str | None:
    """An order that was taken without a word of the courier on its parcel, or None."""
    left_out = sorted(script.model.parcels - parcels)
    told = (f"an order of {grams} grams to {country} was taken, and the courier never asked for it"
            for country, grams in left_out)  # fmt: skip
    return next(told, None)


def _closes(seen: list[dict[str, object]]) -> Check:
    expected = "close() returns, and no thread and no descriptor of the service is left"
    for one in seen:
        closed = one.get("closed")
        if not isinstance(closed, dict):
            continue
        if "raised" in closed:
            return broken(CLOSES, f"close() raised {located(closed)}", expected)
        if closed["reports"]:
            number, state = closed["reports"][0]
            told = f"after close() report {number}, which could be written, is {state}"
            return broken(CLOSES, told, expected)
        if closed["threads"] > 0:
            return broken(CLOSES, f"{closed['threads']} more threads after close() than before the start", expected)
    return passed(CLOSES, "no thread left")


def _answers(courier: Running) -> Script:
    stock = {**data()["stock"], sku(7): HIGH}  # a number like any other, however large
    script = Script(data([*_some_orders(), *_many_orders()], stock), courier.url)
    for request in (
        ask("", "GET", "/health"),
        ask("", "GET", f"/parts/{sku(7)}"),
        ask("", "GET", f"/parts/{sku(59)}"),
        ask("", "GET", "/parts/NO-SUCH"),
        ask("", "GET", "/stock", query=query(sku=f"{sku(1)},{sku(50)},NO-SUCH,{sku(3)}")),
        ask("", "GET", "/stock", query=query(sku=",".join(map(sku, range(40))))),
        ask("", "GET", "/stock", query=query(sku=",".join(map(sku, range(41))))),
        ask("", "GET", "/stock", query=query(sku=f" {sku(1)},{sku(2)} ,{sku(3).lower()},{sku(4)}\n,{sku(5)}")),
        ask("", "GET", "/stock"),
        ask(ADA, "GET", "/shipping", query=query(country="DE", grams=1200)),
        ask(ADA, "GET", "/shipping", query=query(country="XX", grams=700)),
        ask(ADA, "GET", "/shipping", query=query(country="de", grams=700)),
        ask(ADA, "GET", "/shipping", query=query(country="DE", grams=0)),
        ask(ADA, "GET", "/shipping", query=query(country="DE", grams="much")),
        ask(ADA, "GET", "/shipping", query=query(country="DE")),
        ask(ADA, "GET", "/shipping", query=query(country="FR", grams=10_000_000)),
        ask(ADA, "GET", "/orders"),
        ask(BEN, "GET", "/orders"),
        ask(RITA, "GET", "/orders"),
        ask(RITA, "GET", "/orders", query=query(limit=2)),
        ask(RITA, "GET", "/orders", query=query(limit=200)),
        ask(ADA, "GET", "/orders", query=query(reference="bike 7")),
        ask(ADA, "GET", "/orders", query=query(reference="")),
        ask(RITA, "GET", "/orders", query=query(reference="bike 7", limit=200)),
        ask(RITA, "GET", "/orders", query=query(reference="bike 7", limit=2)),  # not of the newest two of all
        ask(ADA, "GET", "/orders", query=query(reference="", limit=1)),
        ask(ADA, "GET", "/orders", query=query(limit=0)),
        ask(ADA, "GET", "/orders", query=query(limit=201)),
        ask(ADA, "GET", "/orders", query=query(limit="all")),
        ask(ADA, "GET", "/orders/1"),
        ask(RITA, "GET", "/orders/2"),
        ask(ADA, "GET", "/orders/999"),
        ask(RITA, "GET", "/events"),
        ask(RITA, "GET", "/figures"),
        ask(ADA, "GET", "/events"),
        ask(ADA, "GET", "/figures"),
        ask("", "GET", "/orders"),
        ask("not-a-token", "GET", "/orders"),
        ask(ADA, "GET", "/nowhere"),
    ):
        script.ask(request)
    for request, expected in odd.questions():
        script.ask(request, expected)
    script.ask(ask(ADA, "DELETE", "/orders"), refused(405))
    script.ask(ask("", "POST", "/health"), refused(405, 401))
    script.ask(ask("", "GET", "/nowhere"), refused(404, 401))
    script.ask(ask(ADA, "POST", "/reports", {"month": "May"}), refused(400))
    script.ask(ask(ADA, "POST", "/reports", b"{"), refused(400))
    script.ask(ask(ADA, "GET", "/reports/1"), refused(404))
    _numbered_reports(script)
    script.ask(ask(RITA, "GET", "/figures"))
    return script


def _numbered_reports(script: Script) -> None:
    """Reports of before, and a gap between them: the next number is one more than the highest."""
    for number in (2, 40):
        script.write(f"INSERT INTO reports VALUES ({number}, 'ben', '{MAY}', 'done')")  # noqa: S608  # words of our own
    for number in (41, 42):
        told = Expected((202,), {"id": number, "month": MAY, "state": "waiting"})
        script.ask(ask(ADA, "POST", "/reports", {"month": MAY}), told)
    script.do("reports")


def _joined() -> tuple[dict[str, tuple[str, str, int]], list[dict[str, object]]]:
    """Customers and references that, joined by whatever somebody may join them by, are one text."""
    orders, customers = [], {}
    for number, mark in enumerate(("", *" -_:;,./|#@=+&~\t\n")):
        longer = f"j{mark}o"
        customers[longer] = (f"joined-{number}", "customer", 100)
        orders += [order("j", (sku(1), 1), reference=f"o{mark}k"), order(longer, (sku(2), 1), reference="k")]
    return {"j": ("joined", "customer", 100), **customers}, orders


def _some_orders() -> list[dict[str, object]]:
    return [
        at_another_price(order("ada", (sku(3), 2), (sku(1), 1), reference="bike 7")),
        order("ben", (sku(5), 4), country="FR", shipping=980),
        order("ada", (sku(9), 1), reference="bike 7", month="2026-04"),
        order("ada", (sku(2), 7), state="cancelled"),
        order("ben", (sku(3), 3), (sku(45), 2), reference="bike 7"),
        order("ada", ("P-77777", 1), reference="a part that is gone"),
    ]


def _many_orders() -> list[dict[str, object]]:
    """More than a list holds that asks for no number; no part is in more of them than two that are sold by ones.

    Two others are sold equally often, and oftener than any other; of one more, most in one order, of one, most before
    it was cancelled.
    """
    ones = [order("cyd", (sku(21 - number % 2), 1), (sku(30 + number % 10), 1)) for number in range(60)]
    dozens = [order("cyd", (sku(number), 250)) for number in (12, 11, 12, 11)]
    return [*ones, *dozens, order("cyd", (sku(14), 400)), order("cyd", (sku(13), 900), state="cancelled")]


def _orders(courier: Running) -> Script:
    stock = {**data()["stock"], sku(39): 1_001, sku(1): 101}  # more than anybody may order at once of one part
    script = Script(data(_some_orders(), stock), courier.url, events_kept=10)
    _renumber(script, 6, 60)
    first = max(script.model.orders) + 1
    short, many = [(sku(4), 15)], [(sku(number), 1) for number in range(20)]
    bodies: tuple[object, ...] = (
        order_body([(sku(2), 3), (sku(1), 1)], reference="Grüße, 2. Rad"),
        order_body(many, "AT"),
        order_body([*many, (sku(30), 1)]),
        order_body([]),
        order_body(short),
        order_body([(sku(2), 1), *short]),  # whole or not at all, whichever line is looked at first
        order_body([*short, (sku(6), 1)]),
        order_body([(sku(1), 0)]),
        order_body([(sku(1), 1001)]),
        order_body([(sku(39), 1000)]),
        order_body([(sku(1), 1), (sku(1), 2)]),
        order_body([("NO-SUCH", 1)]),
        order_body([(sku(50), 1)]),
        order_body([(sku(1), 1)], "germany"),
        order_body([(sku(1), 1)], reference="x" * 201),
        order_body([(sku(1), 1)], reference=7),
        order_body([(sku(1), 1)], reference="ü" * 200, total=1, customer="ben"),
        {"lines": [{"sku": sku(1), "quantity": "2"}], "country": "DE"},
        {"lines": [{"sku": sku(1), "quantity": True}], "country": "DE"},
        {"lines": {sku(1): 1}, "country": "DE"},
        {"country": "DE"},
        [],
        b"{",
        b"",
        b"[" * 100_000,
    )
    for body in bodies:
        script.ask(ask(ADA, "POST", "/orders", body))
        newest = max(script.model.orders)
        script.holds("SELECT id, state FROM orders ORDER BY id DESC LIMIT 1", [(newest, "open")])
    for reference in REFERENCES:
        script.ask(ask(ADA, "POST", "/orders", order_body([(sku(1), 1)], reference=reference)))
    for reference in (*REFERENCES, "rad 7", "Rad 7"):
        script.ask(ask(ADA, "GET", "/orders", query=query(reference=reference)))
    for request, expected in odd.orders():
        script.ask(request, expected)
    for country in ("DE", FREE):  # asked for by an order before, and given as they came
        wanted = query(country=country, grams=script.model.parts[sku(1)]["grams"])
        script.ask(ask(ADA, "GET", "/shipping", query=wanted))
    _to_the_last(script)
    script.ask(ask(CYD, "POST", "/orders", order_body([(sku(1), 1)])))
    script.ask(ask("", "POST", "/orders", order_body([(sku(1), 1)])))
    script.holds_the_model()
    for who, number in ((ADA, first), (ADA, first), (ADA, 4), (BEN, 2), (RITA, 60), (ADA, 999)):
        script.ask(ask(who, "GET", f"/orders/{number}"))
        script.ask(ask(who, "POST", f"/orders/{number}/cancel", b"never mind" if number == 4 else None))
        script.ask(ask(who, "GET", f"/orders/{number}"))
    script.holds_the_model()
    script.ask(ask("", "GET", "/stock", query=query(sku=f"{sku(1)},{sku(2)},P-77777")))
    for by in ("writing", "reading"):
        _stored(script, by)
    script.holds_the_model()
    script.ask(ask(ADA, "GET", "/orders"))
    script.ask(ask(RITA, "GET", "/events"))
    script.ask(ask(RITA, "GET", "/figures"))
    return script


def _to_the_last(script: Script) -> None:
    """A piece more than there are and then all of them; a cent less than it costs, and then all that there is."""
    left = script.model.stock[sku(3)]
    for quantity in (left + 1, left):
        script.ask(ask(ADA, "POST", "/orders", order_body([(sku(3), quantity)])))
    script.ask(ask("", "GET", "/stock", query=query(sku=f"{sku(3)},{sku(4)}")))
    price = SHIPPING + script.model.parts[sku(1)]["price"]
    for balance in (price - 1, price):
        script.write(f"UPDATE customers SET balance = {balance} WHERE id = 'cyd'")  # noqa: S608  # a number of our own
        script.model.customers["cyd"][2] = balance
        script.ask(ask(CYD, "POST", "/orders", order_body([(sku(1), 1)])))


def _stored(script: Script, by: str) -> None:
    """An order and its cancellation, each answered when it is in the database, not when it is about to be."""
    number = max(script.model.orders) + 1
    state = f"SELECT state FROM orders WHERE id = {number}"  # noqa: S608  # a number of our own
    script.stored(ask(ADA, "POST", "/orders", order_body([(sku(1), 1)])), by, state, [("open",)])
    script.stored(ask(ADA, "POST", f"/orders/{number}/cancel"), by, state, [("cancelled",)])


def _paper(courier: Running) -> Script:
    odd_ones = [order("ben", (sku(6), 1), reference=one) for one in ('Grüße, "2."\nRad; 3', *odd.PLAIN)]
    customers, joined = _joined()
    rows = data([*_some_orders(), *odd_ones, *joined], customers={**CUSTOMERS, **customers})
    script = Script(rows, courier.url)
    for number, high in ((8, HIGH), (9, HIGHEST)):
        _renumber(script, number, high)
    for who, number in ((ADA, 1), (ADA, 4), (RITA, 5), (BEN, 5), (ADA, 1), (ADA, 999), (BEN, HIGH), (RITA, HIGH)):
        script.ask(ask(who, "GET", f"/orders/{number}/label"))
    script.ask(ask(BEN, "GET", f"/orders/{HIGHEST}"))
    for request, expected in odd.months():
        script.ask(request, expected)
    as_it_was = Expected((200,), table=[HEADER, *script.model.report("ada", MAY)])
    for who, month in ((ADA, MAY), (BEN, MAY), (RITA, MAY), (ADA, "2026-04"), (CYD, MAY), (BEN, "0000-13")):
        script.report(who, month)
    later = script.order_report(ADA)
    script.ask(ask(ADA, "POST", "/orders/1/cancel"))
    script.ask(ask(ADA, "GET", f"/reports/{later}/file"), as_it_was)
    script.ask(ask(ADA, "GET", "/orders/1/label"))
    script.report(RITA)
    script.holds_reports_alone()
    script.holds(FORMS, _forms())
    script.restart()
    held = script.order_report(CYD, held=True)
    script.ask(ask(CYD, "GET", f"/reports/{held}"), Expected((200,), {"id": held, "month": MAY, "state": "done"}))
    for who in (ADA, RITA):
        script.ask(ask(who, "GET", "/reports/1"), Expected((200,), {"id": 1, "month": MAY, "state": "done"}))
        script.ask(ask(who, "GET", "/reports/1/file"), as_it_was)
    script.ask(ask(RITA, "GET", "/events"))
    script.ask(ask(RITA, "GET", "/figures"))
    script.do("slow_reports")
    for number in range(held + 1, held + 1 + AT_THE_END):
        told = Expected((202,), {"id": number, "month": MAY, "state": "waiting"})
        script.ask(ask(ADA, "POST", "/reports", {"month": MAY}), told)
    return script


def _forms() -> list[tuple[Any, ...]]:
    """What FORMS says of a database as it is handed over."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA)
        return connection.execute(FORMS).fetchall()


def _renumber(script: Script, number: int, other: int) -> None:
    """An order gets another number; its lines too."""
    script.write(f"UPDATE orders SET id = {other} WHERE id = {number}")  # noqa: S608  # numbers of our own
    script.write(f"UPDATE lines SET order_id = {other} WHERE order_id = {number}")  # noqa: S608
    script.model.orders[other] = {**script.model.orders.pop(number), "id": other}


def _others(courier: Running) -> Script:
    customers = {"ada": (ADA, "customer", 10_000), "flo": ("the-staff", "staff", 0)}
    script = Script(data(stock={sku(1): 1}, customers=customers), courier.url)
    one = order_body([(sku(1), 1)])
    script.ask(ask(ADA, "POST", "/orders", one))
    script.ask(ask(ADA, "POST", "/orders", one))
    script.ask(ask("", "GET", f"/parts/{sku(1)}"))
    script.ask(ask("", "GET", "/stock", query=query(sku=sku(1))))
    script.write("UPDATE stock SET quantity = 3 WHERE sku = 'P-00001'")
    script.model.stock[sku(1)] = 3
    script.ask(ask("", "GET", f"/parts/{sku(1)}"))
    script.ask(ask("", "GET", "/stock", query=query(sku=sku(1))))
    script.ask(ask(ADA, "POST", "/orders", one))
    script.write("UPDATE customers SET balance = 100 WHERE id = 'ada'")
    script.model.customers["ada"][2] = 100
    script.ask(ask(ADA, "POST", "/orders", one))
    script.write("UPDATE customers SET token = 'new-token', balance = 9000 WHERE id = 'ada'")
    script.model.customers["ada"][0], script.model.customers["ada"][2] = "new-token", 9000
    script.ask(ask(ADA, "GET", "/orders"))
    script.ask(ask("new-token", "POST", "/orders", one))
    script.ask(ask("new-token", "GET", "/orders/1/label"))
    script.twin(_twin(courier.api.url(DEARER)))
    script.ask(ask("new-token", "GET", "/orders"))
    script.ask(ask("", "GET", f"/parts/{sku(59)}"))
    script.ask(ask("", "GET", f"/parts/{sku(62)}"))
    script.ask(ask("the-staff", "GET", "/events"))
    script.ask(ask("the-staff", "GET", "/figures"))
    script.report("new-token")
    script.holds_reports_alone()
    script.held(ask("new-token", "POST", "/orders", one))
    script.holds_the_model()
    return script


def _twin(courier: str) -> Script:
    """Another depot: other customers, other parts, and a courier who takes twice as much."""
    rows = data([order("eve", (sku(61), 1))], customers={"eve": ("eve-token", "staff", 9000)}, parts=63)
    script = Script(rows, courier)
    for request in (
        ask("eve-token", "GET", "/orders"),
        ask("", "GET", f"/parts/{sku(62)}"),
        ask("eve-token", "GET", "/orders/1/label"),
        ask("eve-token", "POST", "/orders/1/cancel"),
        ask("eve-token", "GET", "/events"),
        ask("eve-token", "GET", "/figures"),
        ask("new-token", "GET", "/orders"),
    ):
        script.ask(request)
    grams = script.model.parts[sku(1)]["grams"]
    dearer = {"options": [{"name": "express", "price": 4 * SHIPPING}, {"name": "parcel", "price": 2 * SHIPPING}]}
    wanted = ask("eve-token", "GET", "/shipping", query=query(country="DE", grams=grams))
    script.ask(wanted, Expected((200,), dearer))
    script.holds_the_model()
    return script


SCRIPTS = {ANSWERS: _answers, ORDERS: _orders, PAPER: _paper, OTHERS: _others}
