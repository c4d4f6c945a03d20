"""What the service must answer, by its README: a small model in plain Python that every answer is compared with.

The model knows no threads, no SQL and no courier but a good one: it is obviously right, and that is all it is for.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import Any
from urllib.parse import parse_qs, quote

from course_lib.hazards.plainly import same, shown
from course_lib.testbeds.depot import SHIPPING

Request = dict[str, Any]
NOBODY, STRANGE = "", "not-a-token"
MOST_KEPT = 10_000  # events, by README.md
USUAL = [{"name": "express", "price": 2 * SHIPPING}, {"name": "parcel", "price": SHIPPING}]
SHOWN = 160  # characters of a request that a sentence quotes
FREE = "OO"  # a country to which it costs nothing, if you like; the courier has odd words for it
OPTIONS: dict[str, list[dict[str, Any]]] = {
    "XX": [],
    FREE: [
        {"name": name, "price": price}
        for name, price in ((" Łódź\n", 700), ("parcel", 0), ("parcel", 90), ("0", 10**9), (" ", 800), ("\u200b…", 900))
    ],
}
ODD = re.compile("[\0\ud800-\udfff]")


def ask(who: str, method: str, path: str, body: Any = None, query: str = "") -> Request:
    """A request as the probe sends it; `who` is a token, empty for none."""
    request: Request = {"method": method, "path": path, "query": query}
    if who:
        request["headers"] = {"Authorization": f"Bearer {who}"}
    if body is not None:
        request["body"] = body if isinstance(body, bytes) else json.dumps(body).encode()
        request["content_type"] = "application/json"
    return request


def query(**values: object) -> str:
    return "&".join(f"{name}={quote(str(value), safe='')}" for name, value in values.items())


def order_body(lines: Sequence[tuple[str, int]], country: str = "DE", **others: Any) -> dict[str, Any]:
    return {"lines": [{"sku": sku, "quantity": quantity} for sku, quantity in lines], "country": country, **others}


@dataclass(frozen=True)
class Expected:
    """What an answer must be: one of the statuses, and with the first of them the body, as JSON or as text."""

    statuses: tuple[int, ...]
    body: Any = None
    text: str | None = None
    table: list[list[str]] | None = None
    """The rows of a report, its header among them."""
    how: str = ""
    """What is odd in the request besides its address, in a few words."""


def refused(*statuses: int, how: str = "") -> Expected:
    return Expected(statuses, how=how)


class Model:
    """The depot's rows, and what each request makes of them; `month` is that in which orders are taken."""

    def __init__(self, data: dict[str, Any], events_kept: int = MOST_KEPT) -> None:
        data = copy.deepcopy(data)
        self.events_kept = events_kept
        self.customers = {who: list(row) for who, row in data["customers"].items()}
        self.stock: dict[str, int] = data["stock"]
        self.parts = {part["sku"]: part for part in data["parts"]}
        self.orders = {number: _row(number, order) for number, order in enumerate(data["orders"], 1)}
        self.till: int = data["till"]
        self.events: list[dict[str, Any]] = []
        self.requests = 0
        self.parcels: set[tuple[str, str]] = set()
        """Country and weight of every order that was taken: the courier was asked for it, now or before."""

    def by_token(self, token: str) -> str | None:
        return next((who for who, row in self.customers.items() if row[0] == token), None)

    def is_staff(self, who: str) -> bool:
        return bool(self.customers[who][1] == "staff")

    def may_see(self, who: str, order: dict[str, Any]) -> bool:
        return order["customer"] == who or self.is_staff(who)

    def expect(self, request: Request) -> Expected:
        """The right answer; what the request changes is changed in the model."""
        self.requests += 1
        path, method = request["path"], request["method"]
        words = path.split("/")[1:]
        if path == "/health":
            return Expected((200,), {"status": "ok"})
        if words[0] == "parts":
            return self._part(path.removeprefix("/parts/"))
        if path == "/stock":
            return self._stock(request["query"])
        who = self.by_token(request.get("headers", {}).get("Authorization", "").removeprefix("Bearer "))
        if who is None:
            return refused(401)
        given = parse_qs(request["query"], keep_blank_values=True)
        if path == "/shipping":
            return self._shipping(given)
        if path == "/orders" and method == "POST":
            return self._place(who, request.get("body", b""))
        if path == "/orders":
            return self._listing(who, given)
        if words[0] == "orders":
            return self._of_order(who, method, words[1:])
        return self._of_staff(who, path)

    def _part(self, sku: str) -> Expected:
        if sku not in self.parts:
            return refused(404)
        part = self.parts[sku]
        return Expected((200,), {**part, "stock": self.stock.get(sku, 0)})

    def _stock(self, text: str) -> Expected:
        codes = parse_qs(text, keep_blank_values=True).get("sku", [""])[0].split(",")
        if codes == [""] or len(codes) > 40:
            return refused(400)
        return Expected((200,), {code: self.stock[code] for code in codes if code in self.stock})

    def _shipping(self, given: dict[str, list[str]]) -> Expected:
        country, grams = given.get("country", [""])[0], given.get("grams", [""])[0]
        weight = int(grams) if grams.isascii() and grams.isdecimal() else 0
        if not _is_country(country) or not 1 <= weight <= 10_000_000:
            return refused(400)
        return Expected((200,), {"options": OPTIONS.get(country, USUAL)})

    def _place(self, who: str, body: bytes) -> Expected:
        wanted = _order_in(body, self.parts)
        if wanted is None:
            return refused(400)
        lines, country, reference = wanted
        shipping = min((one["price"] for one in OPTIONS.get(country, USUAL)), default=0)
        total = shipping + sum(quantity * self.parts[sku]["price"] for sku, quantity in lines)
        short = any(self.stock.get(sku, 0) < quantity for sku, quantity in lines)
        if country == "XX" or short or self.customers[who][2] < total:
            return refused(409)
        for sku, quantity in lines:
            self.stock[sku] -= quantity
        self.customers[who][2] -= total
        self.till += total
        number = max(self.orders, default=0) + 1
        self.parcels.add((country, str(sum(quantity * self.parts[sku]["grams"] for sku, quantity in lines))))
        priced = [(sku, quantity, self.parts[sku]["price"]) for sku, quantity in lines]
        order = {"customer": who, "lines": priced, "reference": reference, "country": country, "month": None,
                 "shipping": shipping}  # fmt: skip
        self.orders[number] = _row(number, order)
        self._note("ordered", number)
        return Expected((201,), self.order(number))

    def _note(self, what: str, number: int) -> None:
        self.events.append({"what": what, "order": number, "customer": self.orders[number]["customer"]})

    def order(self, number: int) -> dict[str, Any]:
        """The order as it is answered; a month of None is any month."""
        row = self.orders[number]
        lines = [
            {"sku": sku, "name": self.parts[sku]["name"] if sku in self.parts else sku, "quantity": n, "price": price}
            for sku, n, price in sorted(row["lines"])
        ]
        return {**row, "lines": lines}

    def _listing(self, who: str, given: dict[str, list[str]]) -> Expected:
        limit = given.get("limit", ["50"])[0]
        if not (limit.isascii() and limit.isdecimal() and 1 <= int(limit) <= 200):
            return refused(400)
        reference = given.get("reference", [None])[0]
        numbers = [
            number for number in sorted(self.orders, reverse=True)
            if self.may_see(who, self.orders[number]) and reference in (None, self.orders[number]["reference"])
        ]  # fmt: skip
        return Expected((200,), [self.order(number) for number in numbers[: int(limit)]])

    def _of_order(self, who: str, method: str, words: list[str]) -> Expected:
        number = int(words[0]) if words[0].isdecimal() else 0
        if number not in self.orders or not self.may_see(who, self.orders[number]):
            return refused(404)
        if words[1:] == ["label"]:
            return Expected((200,), text=self.label(number))
        if words[1:] == ["cancel"]:
            return self._cancel(number)
        return Expected((200,), self.order(number))

    def label(self, number: int) -> str:
        order = self.order(number)
        lines = ["DEPOT", f"order {number}", f"for {order['customer']}", f"to {order['country']}"]
        lines += [f"{line['quantity']} x {line['sku']} {line['name']}" for line in order["lines"]]
        lines += ["".join(("#" if digit == "1" else ".") * 3 for digit in f"{number:032b}")] * 60
        return "".join(f"{line}\n" for line in lines)

    def _cancel(self, number: int) -> Expected:
        row = self.orders[number]
        if row["state"] == "cancelled":
            return refused(409)
        row["state"] = "cancelled"
        for sku, quantity, _ in row["lines"]:
            self.stock[sku] = self.stock.get(sku, 0) + quantity
        self.customers[row["customer"]][2] += row["total"]
        self.till -= row["total"]
        self._note("cancelled", number)
        return Expected((200,), self.order(number))

    def _of_staff(self, who: str, path: str) -> Expected:
        if path not in ("/events", "/figures"):
            return refused(404)
        if not self.is_staff(who):
            return refused(403)
        if path == "/events":
            return Expected((200,), self.events[-self.events_kept :])
        still_open = [order for order in self.orders.values() if order["state"] == "open"]
        sold: dict[str, int] = {}
        for order in still_open:
            for sku, quantity, _ in order["lines"]:
                sold[sku] = sold.get(sku, 0) + quantity
        best = min(sold, key=lambda sku: (-sold[sku], sku)) if sold else None
        turnover = sum(order["total"] for order in still_open)
        figures = {"requests": self.requests, "orders": len(still_open), "turnover": turnover, "best_seller": best}
        return Expected((200,), figures)

    def report(self, who: str, month: str) -> list[list[str]]:
        """The rows of a report without its header, as texts."""
        rows = [
            order for _, order in sorted(self.orders.items())
            if order["month"] == month and order["state"] == "open" and self.may_see(who, order)
        ]  # fmt: skip
        together: dict[tuple[str, str], int] = {}
        for order in rows:
            key = order["customer"], order["reference"]
            together[key] = together.get(key, 0) + order["total"]
        return [
            [str(order["id"]), order["customer"], order["reference"], str(order["total"]),
             str(together[order["customer"], order["reference"]])]
            for order in rows
        ]  # fmt: skip


def _row(number: int, order: dict[str, Any]) -> dict[str, Any]:
    shipping = order.get("shipping", SHIPPING)
    lines = [tuple(line) for line in order["lines"]]
    total = shipping + sum(quantity * price for _, quantity, price in lines)
    return {
        "id": number, "customer": order["customer"], "state": order.get("state", "open"),
        "country": order.get("country", "DE"), "reference": order.get("reference", ""),
        "month": order.get("month", "2026-05"), "shipping": shipping, "total": total, "lines": lines,
    }  # fmt: skip


def _is_country(text: Any) -> bool:
    return isinstance(text, str) and len(text) == 2 and text.isascii() and text.isalpha() and text.isupper()


def _order_in(body: bytes, parts: dict[str, Any]) -> tuple[list[tuple[str, int]], str, str] | None:
    """Lines, country and reference of a body; None for one that is refused."""
    try:
        wanted = json.loads(body)
        lines = [(line["sku"], line["quantity"]) for line in wanted["lines"]]
        country, reference = wanted["country"], wanted.get("reference", "")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    fits = all(type(sku) is str and sku in parts and type(n) is int and 1 <= n <= 1000 for sku, n in lines)
    if not fits or not 1 <= len(lines) <= 20 or len(dict(lines)) != len(lines) or type(wanted["lines"]) is not list:
        return None
    if not _is_country(country) or type(reference) is not str or len(reference) > 200 or ODD.search(reference):
        return None
    return lines, country, reference


def wrong(request: Request, answer: dict[str, Any], expected: Expected) -> str | None:
    """What is wrong with an answer, in words with its request; None where nothing is."""
    told = _ends(f"{request['method']} {request['path']}{'?' + request['query'] if request['query'] else ''}")
    told = f"{told} ({expected.how})" if expected.how else told
    if answer["status"] not in expected.statuses:
        crash = answer.get("crash")
        why = f" ({crash['raised']} in {crash['where']})" if crash and crash["where"] else ""
        wanted = " or ".join(map(str, expected.statuses))
        return f"{told} answered {answer['status']}{why}, not {wanted}"
    if request["method"] == "HEAD":
        return None  # servers take away what some applications give with it
    if expected.text is not None:
        same_text = answer["body"] == expected.text.encode()
        return (
            _wrong_kind(told, answer, "text/plain") if same_text else _wrong_text(told, answer["body"], expected.text)
        )
    if expected.table is not None:
        return _wrong_table(told, answer["body"], expected.table) or _wrong_kind(told, answer, "text/csv")
    body = parsed(answer["body"])
    if answer["status"] >= 400:
        is_told = isinstance(body, dict) and isinstance(body.get("error"), str) and body["error"] != ""
        return None if is_told else f"{told} answered {answer['status']} without an object that has an error text"
    body = _any_month(body, expected.body)
    if same(body, expected.body):
        return None
    gave, right = _apart(body, expected.body)
    return f"{told} gave {shown(gave, 160)}, not {shown(right, 160)}"


def _ends(text: str) -> str:
    """A long request by its two ends: what is odd in it may stand at either."""
    return text if len(text) <= SHOWN else f"{text[:60]} … {text[-(SHOWN - 63) :]}"


def _apart(body: Any, right: Any) -> tuple[Any, Any]:
    """Both without what is the same in them: the keys that differ, of lists the first row that does."""
    if isinstance(body, list) and isinstance(right, list) and len(body) == len(right):
        return next((_apart(one, other) for one, other in zip(body, right, strict=True) if not same(one, other)))
    if not isinstance(body, dict) or not isinstance(right, dict):
        return body, right
    keys = [key for key in right | body if key not in body or key not in right or not same(body[key], right[key])]
    return {key: body[key] for key in keys if key in body}, {key: right[key] for key in keys if key in right}


def _wrong_kind(told: str, answer: dict[str, Any], must: str) -> str | None:
    """That the Content-Type says another thing than it must, in words; where it was not looked at, None."""
    kind, _, more = answer.get("type", must).partition(";")
    charset = more.partition("charset=")[2].strip("\"' ").lower()
    if kind.strip().lower() == must and charset in ("", "utf-8", "utf8"):
        return None
    return f"{told} gave the Content-Type {answer['type'][:60]!r}, which must be {must} in UTF-8"


def _wrong_text(told: str, body: bytes, text: str) -> str:
    """The first line that is another than it must be, in words."""
    lines = body.decode("utf-8", "replace").split("\n")
    one, right = next((pair for pair in zip_longest(lines, text.split("\n")) if pair[0] != pair[1]), (None, None))
    return f"{told} has the line {shown(one, 110)}, where it must be {shown(right, 110)}"


def _wrong_table(told: str, body: bytes, table: list[list[str]]) -> str | None:
    rows = list(csv.reader(io.StringIO(body.decode("utf-8", "replace"), newline="")))
    if rows == table:
        return None
    row, right = next(((one, other) for one, other in zip_longest(rows, table) if one != other), (None, None))
    return f"{told} holds the row {shown(row, 120)}, where it must be {shown(right, 120)}"


def _any_month(body: Any, expected: Any) -> Any:
    """The body with the present month, which nobody can foresee, taken out where the model has None."""
    if isinstance(body, list) and isinstance(expected, list) and len(body) == len(expected):
        return [_any_month(one, other) for one, other in zip(body, expected, strict=True)]
    if isinstance(body, dict) and isinstance(expected, dict) and expected.get("month", "") is None:
        return {**body, "month": None} if _is_month(body.get("month")) else body
    return body


def _is_month(text: Any) -> bool:
    """Whether it is the present month, or was it an hour ago, when the request may have been answered."""
    now = datetime.now(UTC)
    return text in {f"{when:%Y-%m}" for when in (now, now - timedelta(hours=1))}


def parsed(body: bytes) -> Any:
    """The body as JSON; the bytes themselves where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body
