"""The world that the service of lesson 10 is put into: its catalogue, its database, its customers, its courier.

Everything is made from one seed. The other program of the house writes the same database as the README says that it
does: goods come in, old orders are taken over.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from course_lib.testbeds.depot import SCHEMA

PAST, RICH, SCARCE, LIGHT = "2026-01", 10**9, "SALE-0001", "SALE-0002"
SHOPPERS = ("ada", "bo", "cy", "dee", "eli", "fay")
BOOKKEEPER, BOSS = "workshop", "boss"
SMALL, LARGE = 1_000, 60_000
WORDS = ("Chain", "Saddle", "Bell", "Brake", "Spoke", "Rim", "Pedal", "Lamp")
CROWDED = "US"  # where very many couriers drive


@dataclass(frozen=True)
class Audit:
    """What the books say at one moment: money in all, pieces of the scarce part in all, the least stock and balance."""

    money: int
    pieces: int
    least: int


class Books:
    """The database as the clients know it and the other program of the house writes it, in whichever process that is.

    `tokens` by customer, `orders` by customer as they were at the start and as they came in since.
    """

    def __init__(self, database: Path, tokens: dict[str, str], numbers: random.Random) -> None:
        self.database, self.tokens, self._random = database, tokens, numbers
        self.skus: list[str] = []
        self.orders: dict[str, list[int]] = {name: [] for name in tokens}
        self.delivered = self.money = 0

    def to_plain(self) -> dict[str, Any]:
        """All that `from_plain` needs to go on with the same books, in another process."""
        return {
            "database": str(self.database),
            "tokens": self.tokens,
            "random": self._random.getstate(),
            "skus": self.skus,
            "orders": self.orders,
            "delivered": self.delivered,
            "money": self.money,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        """The books that were made plain, also by way of JSON."""
        version, state, gauss = plain["random"]
        numbers = random.Random()
        numbers.setstate((version, tuple(state), gauss))
        books = cls(Path(plain["database"]), plain["tokens"], numbers)
        books.skus, books.orders = plain["skus"], plain["orders"]
        books.delivered, books.money = plain["delivered"], plain["money"]
        return books

    def take_over(self, customer: str, count: int) -> None:
        """Orders of an earlier month come in from the old system."""
        with closing(sqlite3.connect(self.database, timeout=20)) as connection, connection:
            for _ in range(count):
                row = (customer, "open", "DE", "", PAST, 490, 490 + 300)
                made = connection.execute(
                    "INSERT INTO orders (customer, state, country, reference, month, shipping, total) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    row,
                ).lastrowid
                assert made is not None
                bought = [(made, sku, 1, 100) for sku in self._random.sample(self.skus, 3)]
                connection.executemany("INSERT INTO lines VALUES (?, ?, ?, ?)", bought)
                self.orders[customer].append(made)

    def goods_come_in(self, pieces: int) -> None:
        """So many pieces of the scarce part are put into stock."""
        with closing(sqlite3.connect(self.database, timeout=20)) as connection, connection:
            connection.execute("UPDATE stock SET quantity = quantity + ? WHERE sku = ?", (pieces, SCARCE))
        self.delivered += pieces

    def audit(self) -> Audit:
        """The books as one moment has them."""
        with closing(sqlite3.connect(self.database, timeout=20)) as connection:
            return Audit(*connection.execute(_BOOKS, {"scarce": SCARCE}).fetchone())


class Depot(Books):
    """The files of one run, and the books in them."""

    def __init__(self, folder: Path, seed: int, sizes: Sequence[int] = (SMALL,)) -> None:
        numbers, people = random.Random(seed), (*SHOPPERS, BOOKKEEPER, BOSS)
        tokens = {name: f"tok-{numbers.getrandbits(64):016x}" for name in people}
        super().__init__(folder / "depot.db", tokens, numbers)
        self.folder, self.reports = folder, folder / "reports"
        self.reports.mkdir()
        self.parts = [self._part(number) for number in range(max(sizes))]
        self.skus = [part["sku"] for part in self.parts[:SMALL]]
        self.catalogues = {size: self._catalogue(size) for size in sizes}
        self._fill()
        self.money = self.audit().money

    def _part(self, number: int) -> dict[str, Any]:
        name = f"{self._random.choice(WORDS)} {number}"
        return {"sku": f"P-{number:05}", "name": name, "grams": 50 + number % 400, "price": 100 + number % 900}

    def _catalogue(self, size: int) -> Path:
        path = self.folder / f"catalogue-{size}.json"
        on_sale = {"name": "Last of the season", "grams": 700, "price": 4900}
        scarce, light = {"sku": SCARCE, **on_sale}, {"sku": LIGHT, "name": "Washer", "grams": 1, "price": 5}
        listed = [scarce, light, *self.parts[:size]]
        self._random.shuffle(listed)
        path.write_text(json.dumps(listed), encoding="utf-8")
        return path

    def _fill(self) -> None:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(SCHEMA)
            people = [
                (name, token, "staff" if name == BOSS else "customer", RICH) for name, token in self.tokens.items()
            ]
            connection.executemany("INSERT INTO customers VALUES (?, ?, ?, ?)", people)
            connection.executemany("INSERT INTO stock VALUES (?, 1000000)", [(sku,) for sku in self.skus])
            connection.execute("INSERT INTO stock VALUES (?, 1000000000)", (LIGHT,))
            connection.execute("INSERT INTO stock VALUES (?, 0)", (SCARCE,))
            connection.execute("INSERT INTO till VALUES (1, 1000000000)")
        for name in SHOPPERS:
            self.take_over(name, 8)
        self.take_over(BOOKKEEPER, 5)

    def settings(self, courier: str, size: int) -> dict[str, Any]:
        """What `create_service` is given."""
        kept = {"quotes_kept": 50, "labels_kept": 50, "events_kept": 200}
        files = {"database": self.database, "catalogue": self.catalogues[size], "reports": self.reports}
        return {
            **{key: str(path) for key, path in files.items()},
            **kept,
            "courier": courier,
            "timeout": 0.6,
            "workers": 2,
        }


_BOOKS = """
SELECT (SELECT sum(balance) FROM customers) + (SELECT sum(balance) FROM till),
       (SELECT quantity FROM stock WHERE sku = :scarce)
       + (SELECT coalesce(sum(lines.quantity), 0) FROM lines JOIN orders ON orders.id = lines.order_id
          WHERE lines.sku = :scarce AND orders.state = 'open'),
       (SELECT min(least) FROM (SELECT min(quantity) AS least FROM stock UNION SELECT min(balance) FROM customers))
"""


def options(country: str, grams: int) -> list[dict[str, Any]]:
    """What the courier asks for a parcel, when it is well."""
    few = 1000 if country == CROWDED else 3
    return [
        {"name": f"Courier {number} to {country}", "price": 300 + grams // 100 + 70 * number} for number in range(few)
    ]


def courier_answer(target: str) -> dict[str, Any]:
    """The courier's good answer to the path that it was asked for."""
    asked = parse_qs(urlsplit(target).query)
    country, grams = asked.get("country", [""])[0], int(asked.get("grams", ["0"])[0])
    return {"country": country, "grams": grams, "options": options(country, grams)}
