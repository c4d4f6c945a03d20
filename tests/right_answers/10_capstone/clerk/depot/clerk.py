"""The only one who changes the database for requests: what is asked of him is done whole, in the order in which it came."""

import queue
import sqlite3
import threading
from concurrent.futures import Future


class Refused(Exception):
    """409: what was asked can't be had."""


class Clerk:
    def __init__(self, database):
        self._asked = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, args=(database,))
        self._thread.start()

    def do(self, work, *values):
        answer = Future()
        self._asked.put((answer, work, values))
        return answer.result()

    def close(self):
        self._asked.put(None)
        self._thread.join()

    def _work(self, database):
        connection = sqlite3.connect(database, timeout=30, isolation_level=None)
        try:
            while (asked := self._asked.get()) is not None:
                answer, work, values = asked
                try:
                    connection.execute("BEGIN IMMEDIATE")
                    try:
                        result = work(connection, *values)
                        connection.execute("COMMIT")
                    except BaseException:
                        connection.execute("ROLLBACK")
                        raise
                except BaseException as problem:
                    answer.set_exception(problem)
                    del problem
                else:
                    answer.set_result(result)
                del asked, answer, work, values
                result = None
        finally:
            connection.close()


def sell(connection, customer, country, reference, month, shipping, total, lines):
    for code, quantity, _ in lines:
        done = connection.execute(
            "UPDATE stock SET quantity = quantity - ? WHERE sku = ? AND quantity >= ?", (quantity, code, quantity)
        )
        if done.rowcount != 1:
            raise Refused("there is too little in stock")
    paid = connection.execute(
        "UPDATE customers SET balance = balance - ? WHERE id = ? AND balance >= ?", (total, customer, total)
    )
    if paid.rowcount != 1:
        raise Refused("the balance is too small")
    connection.execute("UPDATE till SET balance = balance + ? WHERE id = 1", (total,))
    number = connection.execute(
        "INSERT INTO orders (customer, state, country, reference, month, shipping, total) VALUES (?, 'open', ?, ?, ?, ?, ?)",
        (customer, country, reference, month, shipping, total),
    ).lastrowid
    connection.executemany(
        "INSERT INTO lines (order_id, sku, quantity, price) VALUES (?, ?, ?, ?)",
        [(number, code, quantity, price) for code, quantity, price in lines],
    )
    return number


def take_back(connection, number):
    row = connection.execute("SELECT customer, state, total FROM orders WHERE id = ?", (number,)).fetchone()
    if row is None or row[1] != "open":
        raise Refused("it is cancelled already")
    connection.execute("UPDATE orders SET state = 'cancelled' WHERE id = ?", (number,))
    for code, quantity in connection.execute(
        "SELECT sku, quantity FROM lines WHERE order_id = ?", (number,)
    ).fetchall():
        connection.execute(
            "INSERT INTO stock (sku, quantity) VALUES (?, ?) ON CONFLICT (sku) DO UPDATE SET quantity = quantity + ?",
            (code, quantity, quantity),
        )
    connection.execute("UPDATE customers SET balance = balance + ? WHERE id = ?", (row[2], row[0]))
    connection.execute("UPDATE till SET balance = balance - ? WHERE id = 1", (row[2],))
    return row[0]


def ask_for_report(connection, customer, month):
    return connection.execute(
        "INSERT INTO reports (customer, month, state) VALUES (?, ?, 'waiting')", (customer, month)
    ).lastrowid
