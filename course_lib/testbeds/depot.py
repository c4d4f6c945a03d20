"""What the depot of lesson 10 stands on: its tables, its catalogue, and a courier's good answer.

The tables are those of `exercises/10_capstone/README.md`, word for word. The service's own tests, the judge and the
simulated production all make their data here, so that they start it in one and the same way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import connect
from typing import Any
from urllib.parse import parse_qs, urlsplit

SCHEMA = """\
CREATE TABLE customers (id TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, role TEXT NOT NULL, balance INTEGER NOT NULL);
CREATE TABLE stock (sku TEXT PRIMARY KEY, quantity INTEGER NOT NULL);
CREATE TABLE till (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT NOT NULL, state TEXT NOT NULL, country TEXT NOT NULL,
                     reference TEXT NOT NULL, month TEXT NOT NULL, shipping INTEGER NOT NULL, total INTEGER NOT NULL);
CREATE TABLE lines (order_id INTEGER NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL, price INTEGER NOT NULL,
                    PRIMARY KEY (order_id, sku));
CREATE TABLE reports (id INTEGER PRIMARY KEY, customer TEXT NOT NULL, month TEXT NOT NULL, state TEXT NOT NULL);
CREATE INDEX orders_by_customer ON orders (customer, month);
"""
SHIPPING = 490


@dataclass(frozen=True)
class Order:
    """A row of `orders`, with its lines as (sku, quantity, price); the total follows from them."""

    customer: str
    lines: tuple[tuple[str, int, int], ...]
    reference: str = ""
    month: str = "2026-05"
    state: str = "open"
    country: str = "DE"
    shipping: int = SHIPPING

    @property
    def total(self) -> int:
        return self.shipping + sum(quantity * price for _, quantity, price in self.lines)


@dataclass(frozen=True)
class Data:
    """What the database holds: {id: (token, role, balance)}, {sku: quantity}, and orders with numbers from 1 on."""

    customers: dict[str, tuple[str, str, int]]
    stock: dict[str, int]
    orders: list[Order] = field(default_factory=list)
    till: int = 0


def some_parts(count: int) -> list[dict[str, Any]]:
    """A catalogue of so many parts, in no order: `P-00000` and on, each with its own price and weight."""
    numbers = sorted(range(count), key=lambda number: number * 7919 % 10_007)
    return [
        {"sku": f"P-{number:05d}", "name": _name(number), "grams": _grams(number), "price": 100 + number % 50}
        for number in numbers
    ]


def _grams(number: int) -> int:
    """Some are so heavy that a thousand are more than a courier is asked for by hand."""
    return 30_000 if number % 40 == 39 else 100 + number % 900


def _name(number: int) -> str:
    """Every fifth is long, and needs more than one alphabet."""
    return f"Part {number}" if number % 5 else f"Glühbirne № {number} für Räder aus Łódź, 6 V – „warmweiß“ 电灯"


def write_catalogue(path: Path, parts: Iterable[dict[str, Any]]) -> None:
    """The catalogue's file."""
    path.write_text(json.dumps(list(parts), ensure_ascii=False), "utf-8")


def create_database(path: Path, data: Data) -> None:
    """A new database file with the tables and the data, all of it in one transaction."""
    numbered = list(enumerate(data.orders, 1))
    orders = [
        (number, one.customer, one.state, one.country, one.reference, one.month, one.shipping, one.total)
        for number, one in numbered
    ]
    with closing(connect(path)) as connection, connection:
        connection.executescript(f"BEGIN; {SCHEMA}")
        connection.execute("INSERT INTO till VALUES (1, ?)", (data.till,))
        customers = [(who, *row) for who, row in data.customers.items()]
        connection.executemany("INSERT INTO customers VALUES (?, ?, ?, ?)", customers)
        connection.executemany("INSERT INTO stock VALUES (?, ?)", data.stock.items())
        connection.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)", orders)
        lines = [(number, *line) for number, one in numbered for line in one.lines]
        connection.executemany("INSERT INTO lines VALUES (?, ?, ?, ?)", lines)


def settings(folder: Path, courier: str, **others: Any) -> dict[str, Any]:
    """Settings of a service whose files lie in the folder: `depot.db`, `catalogue.json`, `reports/`."""
    chosen: dict[str, Any] = {
        "database": str(folder / "depot.db"), "catalogue": str(folder / "catalogue.json"), "courier": courier,
        "reports": str(folder / "reports"), "timeout": 2.0, "workers": 2,
        "quotes_kept": 1000, "labels_kept": 4000, "events_kept": 500,
    }  # fmt: skip
    return {**chosen, **others}


def courier_answer(target: str) -> dict[str, Any]:
    """The courier's good answer to `/options?country=DE&grams=1200`; to `XX` nobody drives."""
    query = parse_qs(urlsplit(target).query)
    country, grams = query.get("country", [""])[0], query.get("grams", ["0"])[0]
    weight = int(grams) if grams.isdecimal() else 0
    options = [{"name": "express", "price": 2 * SHIPPING}, {"name": "parcel", "price": SHIPPING}]
    return {"country": country, "grams": weight, "options": [] if country == "XX" else options}
