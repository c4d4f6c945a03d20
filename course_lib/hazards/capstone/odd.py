"""What nobody asks on a good day: paths and methods that there are not, numbers that are none, values at each limit.

Every one has the answer that README.md states; the model knows it, or it stands beside the request. Nothing is here
that the README leaves open: a path's number with leading zeros or in another script, a token's scheme in small letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from course_lib.hazards.capstone.model import FREE, Expected, Request, ask, order_body, query, refused
from course_lib.hazards.capstone.world import ADA, sku

Asked = Iterator[tuple[Request, Expected | None]]
NOT_NAMED = (
    "/orders/", "/orders/1/", "/orders/1/labels", "/orders/-1", "/orders/0", "/orders/1.0", "/orders/one",
    "/orders/999999999999999999", "/orders/99999999999999999999", "/reports/999999999999999999", "/health/",
    "/parts/", "/static/service.py", "/service.py",
)  # fmt: skip
NO_SUCH_METHOD = (
    ("PUT", "/orders/1"), ("PATCH", "/orders"), ("GET", "/orders/1/cancel"), ("POST", "/orders/1/label"),
    ("GET", "/reports"), ("DELETE", "/reports/1"), ("POST", "/events"), ("POST", "/shipping"), ("PUT", "/stock"),
    ("DELETE", f"/parts/{sku(7)}"),
)  # fmt: skip
NO_NUMBERS = ("", "-1", "+5", " 5", "5 ", "5\n", "1.0", "1_0", "1e1", "0x5", "five", "\u0665")
NO_COUNTRIES = ("", "D", "DEU", "de", "DE\n", " DE", "D1", "\u00c4\u00d6", "\u0391\u0392")
NO_TOKENS = ("Bearer", "Bearer ", ADA, f"Basic {ADA}", f"Bearer {ADA.upper()}", f"Bearer {ADA}x", f"Bearer {ADA[:-1]}",
             "Bearer ben%token", "Bearer %", f"Bearer{ADA}", "Bearer a b c")  # fmt: skip
NO_CODES = (sku(1).lower(), f" {sku(1)}", f"{sku(1)}\n", f"{sku(1)}0", "", 7, None, [sku(1)], {"sku": sku(1)})
NO_QUANTITIES = (-1, 1.0, 1.5, "2", None, [1], True, 10**30)
NO_REFERENCES: tuple[Any, ...] = (None, 7, True, ["x"], "a\0b", "\ud800", "x\udfffy", "x" * 201)
NO_LINES: tuple[Any, ...] = (
    None,
    "P-00001",
    {},
    1,
    [None],
    [sku(1)],
    [[sku(1), 1]],
    [{"sku": sku(1)}],
    [{"quantity": 1}],
)
NO_OBJECTS = (b"", b"null", b"7", b'"lines"', b"[]", b"{", b"{}{}", b'{"lines": NaN}', b"\xff\xfe\xfd", b"[" * 100_000)
NO_MONTHS: tuple[Any, ...] = (
    None, 202605, "", "2026-5", "2026-05\n", " 2026-05", "2026-05-01", "26-05", "2026/05", "2026-05' --", ["2026-05"],
)  # fmt: skip
PLAIN = ("\U0001f6b2" * 200, "a\r\nb", "a\rb", "\t", "<b>&amp;", "=1+1", "\u2028", "0")  # without a meaning in SQL
REFERENCES = (*PLAIN, "'; DROP--", '"')


def questions() -> Asked:
    """Of those who ask and change nothing."""
    for path in NOT_NAMED:
        yield ask(ADA, "GET", path), refused(404)
    for method, path in NO_SUCH_METHOD:
        yield ask(ADA, method, path), refused(405)
    for given in NO_TOKENS:
        yield {**ask("", "GET", "/orders"), "headers": {"Authorization": given}}, refused(401)
    for text in NO_NUMBERS:
        yield ask(ADA, "GET", "/shipping", query=query(country="DE", grams=text)), None
        yield ask(ADA, "GET", "/orders", query=query(limit=text)), None
    for text in NO_COUNTRIES:
        yield ask(ADA, "GET", "/shipping", query=query(country=text, grams=700)), None
    yield ask(ADA, "GET", "/shipping", query=query(country=FREE, grams=5)), None
    for text in ("05", "000000007"):  # each a number: up to nine digits and nothing else
        yield ask(ADA, "GET", "/shipping", query=query(country="DE", grams=text)), None
        yield ask(ADA, "GET", "/orders", query=query(limit=text)), None
    for grams in (1, 10_000_001):
        yield ask(ADA, "GET", "/shipping", query=query(country="DE", grams=grams)), None
    for codes in ("", ",", "," * 39, "," * 40, ",".join([sku(1)] * 41), f"{sku(0)},,{sku(1)}", f"{sku(1)}, {sku(2)}"):
        yield ask("", "GET", "/stock", query=query(sku=codes)), None
    for code in (sku(7).lower(), f"{sku(7)}1", f" {sku(7)}", sku(7)[:-1]):
        yield ask("", "GET", f"/parts/{code}"), None
    for path in ("/shipping", "/orders", "/orders/1", "/orders/1/label", "/reports/1", "/reports/1/file", "/events"):
        yield ask("", "GET", path), refused(401)
    for path in ("/orders", "/orders/1/cancel", "/reports"):
        yield ask("", "POST", path, b"{"), refused(401)


def orders() -> Asked:
    """Of those who order: at each limit, and past it by one; with what else a body may hold."""
    one = [(sku(1), 1)]
    for body in NO_OBJECTS:
        yield ask(ADA, "POST", "/orders", body), None
    for lines in NO_LINES:
        yield ask(ADA, "POST", "/orders", {"lines": lines, "country": "DE"}), None
    for code in NO_CODES:
        yield ask(ADA, "POST", "/orders", {"lines": [{"sku": code, "quantity": 1}], "country": "DE"}), None
    for quantity in NO_QUANTITIES:
        yield ask(ADA, "POST", "/orders", {"lines": [{"sku": sku(1), "quantity": quantity}], "country": "DE"}), None
    for country in (*NO_COUNTRIES, None, 7, ["D", "E"]):
        yield ask(ADA, "POST", "/orders", {**order_body(one), "country": country}), None
    yield ask(ADA, "POST", "/orders", {"lines": order_body(one)["lines"]}), None
    yield ask(ADA, "POST", "/orders", order_body(one, FREE)), None
    for reference in NO_REFERENCES:
        yield ask(ADA, "POST", "/orders", order_body(one, reference=reference)), None
    for reference in REFERENCES:
        yield ask(ADA, "POST", "/orders", order_body(one, reference=reference)), None
        yield ask(ADA, "GET", "/orders", query=query(reference=reference)), None
    more = {"sku": sku(1), "quantity": 1, "price": 1, "note": None}
    yield ask(ADA, "POST", "/orders", {"lines": [more], "country": "DE", "total": 1, "customer": "ben", "id": 1}), None
    for kind in (None, "text/plain", "application/x-www-form-urlencoded"):
        yield {**ask(ADA, "POST", "/orders", order_body(one)), "content_type": kind}, None


def months() -> Asked:
    """Of those who want a report for a month that there is not."""
    for month in NO_MONTHS:
        yield ask(ADA, "POST", "/reports", {"month": month}), refused(400)
    for body in NO_OBJECTS:
        yield ask(ADA, "POST", "/reports", body), refused(400)
