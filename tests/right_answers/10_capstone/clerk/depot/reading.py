"""One short-lived connection for whoever only looks."""

import bisect
import contextlib
import json
import sqlite3


@contextlib.contextmanager
def looking(database):
    connection = sqlite3.connect(database, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        yield connection
    finally:
        connection.close()


class Parts:
    """Parts in the order of their codes, found by halving."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            parts = sorted(json.load(file), key=lambda part: part["sku"])
        self._codes = [part["sku"] for part in parts]
        self._parts = parts

    def find(self, code):
        at = bisect.bisect_left(self._codes, code)
        return self._parts[at] if at < len(self._codes) and self._codes[at] == code else None

    def name(self, code):
        part = self.find(code)
        return part["name"] if part else code


ORDER = ("id", "customer", "state", "country", "reference", "month", "shipping", "total")


def orders_by(connection, parts, where, values, limit):
    rows = connection.execute(
        f"SELECT {', '.join(ORDER)} FROM orders WHERE {where} ORDER BY id DESC LIMIT ?", (*values, limit)
    ).fetchall()
    lines = {row[0]: [] for row in rows}
    if lines:
        marks = ", ".join("?" * len(lines))
        for number, code, quantity, price in connection.execute(
            f"SELECT order_id, sku, quantity, price FROM lines WHERE order_id IN ({marks}) ORDER BY order_id, sku",
            tuple(lines),
        ):
            lines[number].append({"sku": code, "name": parts.name(code), "quantity": quantity, "price": price})
    return [{**dict(zip(ORDER, row, strict=True)), "lines": lines[row[0]]} for row in rows]
