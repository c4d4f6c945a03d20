"""A shop's orders in a real SQLite database: what code under review queries, searches and is attacked with.

Two tables. `orders` is the one that code is meant to read; `customers` holds what nobody who asks for orders
may ever see. Orders are stored in no useful order, so a query that forgets to sort shows it, and `id` is no
alias of the row number. Among the rows are the values that real shops have: notes with percent signs, quotes
and backslashes, notes that are missing, statuses that are empty, equal totals, whole and broken amounts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

SCHEMA = """
CREATE TABLE orders (
    id INTEGER NOT NULL UNIQUE,
    user_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    total NUMERIC NOT NULL,
    created_at TEXT NOT NULL,
    note TEXT
);
CREATE TABLE customers (user_id INTEGER NOT NULL, email TEXT NOT NULL, card TEXT NOT NULL);
"""

STATUSES = ("paid", "open", "shipped", "Paid", "")
NOTES = (
    "Leave at the door",
    "100% wool, 2 pieces",
    "gift for O'Brien",
    None,
    "size_L not size L",
    r"see C:\orders\7",
    'call "Ana" first',
    "",
    "CAFÉ crème, no sugar",
    "deliver after 6; ring -- twice",
)


class Order(NamedTuple):
    """One row of `orders`."""

    id: int
    user_id: int
    status: str
    total: float
    created_at: str
    note: str | None


def sample_orders(users: int, orders_per_user: int = 4) -> list[Order]:
    """Orders of users 1 to `users`, ids from 1, with every odd value of the shop; the same on every run."""
    return [_sample_order(number, 1 + number // orders_per_user) for number in range(users * orders_per_user)]


def _sample_order(number: int, user_id: int) -> Order:
    total = (number * 37) % 90 + (0.5 if number % 3 == 0 else 0)
    month, day, hour = 1 + (number * 5) % 12, 1 + (number * 11) % 28, (number * 7) % 24
    created_at = f"2026-{month:02d}-{day:02d}T{hour:02d}:00:00"
    status = STATUSES[(number * 3) % len(STATUSES)]
    return Order(1 + number, user_id, status, total, created_at, NOTES[(number * 7) % len(NOTES)])


ConnectionType = TypeVar("ConnectionType", bound=sqlite3.Connection)


def open_orders(
    orders: Iterable[Sequence[object]],
    path: str = ":memory:",
    factory: type[ConnectionType] = sqlite3.Connection,  # type: ignore[assignment]  # the default binds the variable
) -> ConnectionType:
    """An open connection to a new database with those orders and one customer a user; the caller closes it.

    Raises sqlite3.OperationalError where the file already holds such tables.
    """
    connection = sqlite3.connect(path, factory=factory)
    try:
        _fill(connection, sorted(map(tuple, orders), key=_shuffled))
    except BaseException:
        connection.close()
        raise
    return connection


def _fill(connection: sqlite3.Connection, rows: list[tuple[object, ...]]) -> None:
    users = dict.fromkeys(row[1] for row in rows)
    connection.executescript(SCHEMA)
    connection.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO customers VALUES (?, ?, ?)", map(_customer, users))
    connection.commit()


def _shuffled(row: tuple[object, ...]) -> int:
    return hash(row[0]) * 7919 % 10007  # ints hash to themselves, so the order is the same on every run


def _customer(user_id: object) -> tuple[object, str, str]:
    digits = f"4{hash(user_id) * 7_919_357_000_123 % 10**15:015d}"
    card = " ".join(digits[place : place + 4] for place in range(0, 16, 4))
    return user_id, f"user{user_id}@shop.test", card
