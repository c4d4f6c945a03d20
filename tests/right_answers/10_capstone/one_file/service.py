"""The depot in one file: a WSGI function, sqlite3, urllib. Written from the README, without the delivered code."""

import collections
import contextlib
import csv
import datetime
import http.client
import io
import json
import os
import re
import sqlite3
import string
import threading
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path

ORDER = "id, customer, state, country, reference, month, shipping, total"


class Answer(Exception):
    def __init__(self, status, body, kind="application/json"):
        super().__init__(status)
        self.status, self.body, self.kind = status, body, kind


def refuse(status, why):
    raise Answer(status, {"error": why})


class Lru:
    """The values used last, so many."""

    def __init__(self, most):
        self.most, self.kept, self.lock = most, collections.OrderedDict(), threading.Lock()

    def get(self, key):
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)

    def put(self, key, value):
        with self.lock:
            self.kept[key] = value
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


class Depot:
    def __init__(self, settings):
        self.settings = settings
        with open(settings["catalogue"], encoding="utf-8") as file:
            self.parts = {part["sku"]: part for part in json.load(file)}
        self.quotes = Lru(settings["quotes_kept"])
        self.labels = Lru(settings["labels_kept"])
        self.events = collections.deque(maxlen=settings["events_kept"])
        self.pool = ThreadPoolExecutor(settings["workers"])
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirects)
        self.requests, self.lock = 0, threading.Lock()

    def close(self):
        self.pool.shutdown(wait=True)

    # the database

    @contextlib.contextmanager
    def reading(self):
        connection = sqlite3.connect(self.settings["database"], timeout=20, isolation_level=None)
        connection.row_factory = sqlite3.Row
        try:
            yield connection
        finally:
            connection.close()

    @contextlib.contextmanager
    def writing(self):
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    # WSGI

    def __call__(self, environ, start_response):
        with self.lock:
            self.requests += 1
        try:
            status, body, kind = 200, *self.answer(environ)
        except Answer as answer:
            status, body, kind = answer.status, answer.body, answer.kind
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        start_response(f"{status} {HTTPStatus(status).phrase}",
                       [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(data)))])
        return [data]

    def answer(self, environ):
        method = environ["REQUEST_METHOD"]
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        query = dict(reversed(urllib.parse.parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)))
        for pattern, handlers in ROUTES:
            match = re.fullmatch(pattern, path)
            if match:
                break
        else:
            refuse(404, "there is no such page")
        if method not in handlers:
            refuse(405, "there is no such method here")
        handler, public = handlers[method]
        if public:
            result = handler(self, *match.groups(), query)
        else:
            with self.reading() as connection:
                who = self.caller(connection, environ)
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            result = handler(self, who, *match.groups(), query, body)
        return result if isinstance(result, tuple) else (result, "application/json")

    def caller(self, connection, environ):
        scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        row = connection.execute("SELECT id, role FROM customers WHERE token = ?", (token,)).fetchone()
        if scheme != "Bearer" or row is None:
            refuse(401, "who are you?")
        return row

    # parts and the courier

    def health(self, _query):
        return {"status": "ok"}

    def part(self, sku, _query):
        if sku not in self.parts:
            refuse(404, "no such part")
        with self.reading() as connection:
            row = connection.execute("SELECT quantity FROM stock WHERE sku = ?", (sku,)).fetchone()
        part = self.parts[sku]
        return {**{key: part[key] for key in ("sku", "name", "grams", "price")}, "stock": row[0] if row else 0}

    def stock(self, query):
        codes = query.get("sku", "").split(",")
        if codes == [""] or len(codes) > 40:
            refuse(400, "1 to 40 codes")
        marks = ",".join("?" * len(codes))
        with self.reading() as connection:
            return dict(map(tuple, connection.execute(f"SELECT sku, quantity FROM stock WHERE sku IN ({marks})", codes)))

    def shipping(self, _who, query, _body):
        return {"options": self.options(self.country(query.get("country")), self.number(query, "grams", 1, 10**7))}

    @staticmethod
    def country(text):
        if not isinstance(text, str) or len(text) != 2 or not set(text) <= set(string.ascii_uppercase):
            refuse(400, "country is two capital letters")
        return text

    @staticmethod
    def number(query, name, least, most, default=None):
        text = query.get(name, default)
        if text is None or not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
            refuse(400, f"{name} is a number from {least} to {most}")
        return int(text)

    def options(self, country, grams):
        known = self.quotes.get((country, grams))
        if known is None:
            known = self.asked(country, grams)
            self.quotes.put((country, grams), known)
        return known

    def asked(self, country, grams):
        url = f"{self.settings['courier']}/options?" + urllib.parse.urlencode({"country": country, "grams": grams})
        try:
            with self.opener.open(url, timeout=self.settings["timeout"]) as response:
                length, data = response.headers.get("Content-Length"), response.read()
                assert response.status == 200
                assert length is None or len(data) == int(length)
            found = json.loads(data.decode("utf-8"))
            assert type(found["grams"]) is int
            assert (found["country"], found["grams"]) == (country, grams)
            assert type(found["options"]) is list
            options = [{"name": one["name"], "price": one["price"]} for one in found["options"]]
            assert all(type(one["name"]) is str and one["name"] for one in options)
            assert all(type(one["price"]) is int and one["price"] >= 0 for one in options)
        except (OSError, http.client.HTTPException, ValueError, AssertionError, KeyError, TypeError, RecursionError) as why:
            raise Answer(502, {"error": f"the courier failed: {type(why).__name__}"}) from None
        return options

    # orders

    def wanted(self, body):
        try:
            body = json.loads(body)
            lines = [(line["sku"], line["quantity"]) for line in body["lines"]]
            reference = body.get("reference", "")
            reference.encode("utf-8")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            refuse(400, "this is no order")
        right = all(type(n) is int and 1 <= n <= 1000 and type(sku) is str and sku in self.parts for sku, n in lines)
        if not right or type(body["lines"]) is not list or not 1 <= len(lines) <= 20 or len(dict(lines)) < len(lines):
            refuse(400, "lines are wrong")
        if len(reference) > 200 or "\0" in reference:
            refuse(400, "the reference is wrong")
        return lines, self.country(body.get("country")), reference

    def place(self, who, _query, body):
        lines, country, reference = self.wanted(body)
        options = self.options(country, sum(self.parts[sku]["grams"] * n for sku, n in lines))
        if not options:
            refuse(409, "nobody drives there")
        shipping = min(one["price"] for one in options)
        total = shipping + sum(self.parts[sku]["price"] * n for sku, n in lines)
        month = datetime.datetime.now(datetime.UTC).strftime("%Y-%m")
        with self.writing() as connection:
            for sku, n in lines:
                row = connection.execute("SELECT quantity FROM stock WHERE sku = ?", (sku,)).fetchone()
                if row is None or row[0] < n:
                    refuse(409, f"too little of {sku}")
                connection.execute("UPDATE stock SET quantity = ? WHERE sku = ?", (row[0] - n, sku))
            balance = connection.execute("SELECT balance FROM customers WHERE id = ?", (who["id"],)).fetchone()[0]
            if balance < total:
                refuse(409, "too little money")
            connection.execute("UPDATE customers SET balance = ? WHERE id = ?", (balance - total, who["id"]))
            connection.execute("UPDATE till SET balance = balance + ?", (total,))
            number = connection.execute(
                f"INSERT INTO orders ({ORDER}) VALUES (NULL, ?, 'open', ?, ?, ?, ?, ?)",
                (who["id"], country, reference, month, shipping, total)).lastrowid
            connection.executemany("INSERT INTO lines VALUES (?, ?, ?, ?)",
                                   [(number, sku, n, self.parts[sku]["price"]) for sku, n in lines])
            answer = self.orders(connection, "WHERE id = ?", (number,))[0]
        self.events.append({"what": "ordered", "order": number, "customer": who["id"]})
        raise Answer(201, answer)

    def orders(self, connection, where, values, limit=1):
        rows = connection.execute(
            f"SELECT {ORDER} FROM orders {where} ORDER BY id DESC LIMIT ?", (*values, limit)).fetchall()
        found = {row["id"]: {**dict(row), "lines": []} for row in rows}
        marks = ",".join("?" * len(found))
        for number, sku, n, price in connection.execute(
                f"SELECT order_id, sku, quantity, price FROM lines WHERE order_id IN ({marks}) ORDER BY sku", [*found]):
            name = self.parts[sku]["name"] if sku in self.parts else sku
            found[number]["lines"].append({"sku": sku, "name": name, "quantity": n, "price": price})
        return list(found.values())

    def listing(self, who, query, _body):
        limit = self.number(query, "limit", 1, 200, "50")
        conditions, values = ["1 = 1"], []
        if who["role"] != "staff":
            conditions.append("customer = ?")
            values.append(who["id"])
        if "reference" in query:
            conditions.append("reference = ?")
            values.append(query["reference"])
        with self.reading() as connection:
            return self.orders(connection, "WHERE " + " AND ".join(conditions), values, limit)

    def own(self, connection, who, number):
        found = self.orders(connection, "WHERE id = ?", (int(number),))
        if not found or (found[0]["customer"] != who["id"] and who["role"] != "staff"):
            refuse(404, "no such order")
        return found[0]

    def order(self, who, number, _query, _body):
        with self.reading() as connection:
            return self.own(connection, who, number)

    def cancel(self, who, number, _query, _body):
        with self.writing() as connection:
            order = self.own(connection, who, number)
            if order["state"] == "cancelled":
                refuse(409, "cancelled already")
            connection.execute("UPDATE orders SET state = 'cancelled' WHERE id = ?", (order["id"],))
            for line in order["lines"]:
                connection.execute(
                    "INSERT INTO stock VALUES (?, ?) ON CONFLICT (sku) DO UPDATE SET quantity = quantity + ?",
                    (line["sku"], line["quantity"], line["quantity"]))
            paid = order["total"], order["customer"]
            connection.execute("UPDATE customers SET balance = balance + ? WHERE id = ?", paid)
            connection.execute("UPDATE till SET balance = balance - ?", paid[:1])
        self.events.append({"what": "cancelled", "order": order["id"], "customer": order["customer"]})
        return {**order, "state": "cancelled"}

    def label(self, who, number, _query, _body):
        with self.reading() as connection:
            order = self.own(connection, who, number)
        drawn = self.labels.get(order["id"])
        if drawn is None:
            lines = [f"{line['quantity']} x {line['sku']} {line['name']}" for line in order["lines"]]
            bars = re.sub(".", lambda digit: "#.#"[1 - int(digit[0])] * 3, f"{order['id']:032b}")
            head = ["DEPOT", f"order {order['id']}", f"for {order['customer']}", f"to {order['country']}"]
            drawn = "".join(f"{line}\n" for line in [*head, *lines, *[bars] * 60]).encode()
            self.labels.put(order["id"], drawn)
        return drawn, "text/plain"

    # reports

    def ask_report(self, who, _query, body):
        try:
            month = json.loads(body)["month"]
        except (ValueError, TypeError, KeyError, RecursionError):
            month = None
        if not isinstance(month, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}", month):
            refuse(400, "month is like 2026-05")
        with self.writing() as connection:
            number = connection.execute("INSERT INTO reports VALUES (NULL, ?, ?, 'waiting')", (who["id"], month)).lastrowid
        self.pool.submit(self.write_report, number, month, None if who["role"] == "staff" else who["id"])
        raise Answer(202, {"id": number, "month": month, "state": "waiting"})

    def write_report(self, number, month, only):
        unfinished = Path(self.settings["reports"], f".unfinished-{number}")
        try:
            with self.reading() as connection, open(unfinished, "w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["id", "customer", "reference", "total", "reference_total"])
                sums = collections.Counter()
                rows = connection.execute(
                    "SELECT id, customer, reference, total FROM orders WHERE month = ? AND state = 'open' "
                    "AND (? IS NULL OR customer = ?) ORDER BY id", (month, only, only)).fetchall()
                for row in rows:
                    sums[row["customer"], row["reference"]] += row["total"]
                writer.writerows([*row, sums[row["customer"], row["reference"]]] for row in rows)
            os.replace(unfinished, self.report_path(number))
            state = "done"
        except (OSError, sqlite3.Error):
            state = "failed"
            with contextlib.suppress(OSError):
                unfinished.unlink()
        with self.writing() as connection:
            connection.execute("UPDATE reports SET state = ? WHERE id = ?", (state, number))

    def report_path(self, number):
        return Path(self.settings["reports"], f"report-{number}.csv")

    def own_report(self, who, number):
        with self.reading() as connection:
            row = connection.execute("SELECT * FROM reports WHERE id = ?", (int(number),)).fetchone()
        if row is None or (row["customer"] != who["id"] and who["role"] != "staff"):
            refuse(404, "no such report")
        return row

    def report(self, who, number, _query, _body):
        row = self.own_report(who, number)
        return {"id": row["id"], "month": row["month"], "state": row["state"]}

    def report_file(self, who, number, _query, _body):
        row = self.own_report(who, number)
        if row["state"] != "done":
            refuse(409, f"it is {row['state']}")
        return self.report_path(row["id"]).read_bytes(), "text/csv"

    # staff

    def all_events(self, who, _query, _body):
        if who["role"] != "staff":
            refuse(403, "staff only")
        return list(self.events)

    def figures(self, who, _query, _body):
        if who["role"] != "staff":
            refuse(403, "staff only")
        with self.reading() as connection:
            orders, turnover = connection.execute(
                "SELECT count(*), coalesce(sum(total), 0) FROM orders WHERE state = 'open'").fetchone()
            best = connection.execute(
                "SELECT sku FROM lines, orders WHERE id = order_id AND state = 'open' "
                "GROUP BY sku ORDER BY sum(quantity) DESC, sku LIMIT 1").fetchone()
        return {"requests": self.requests, "orders": orders, "turnover": turnover, "best_seller": best and best[0]}


NUMBER = "([0-9]{1,18})"
ROUTES = [
    ("/health", {"GET": (Depot.health, True)}),
    ("/parts/(.+)", {"GET": (Depot.part, True)}),
    ("/stock", {"GET": (Depot.stock, True)}),
    ("/shipping", {"GET": (Depot.shipping, False)}),
    ("/orders", {"GET": (Depot.listing, False), "POST": (Depot.place, False)}),
    (f"/orders/{NUMBER}", {"GET": (Depot.order, False)}),
    (f"/orders/{NUMBER}/cancel", {"POST": (Depot.cancel, False)}),
    (f"/orders/{NUMBER}/label", {"GET": (Depot.label, False)}),
    ("/reports", {"POST": (Depot.ask_report, False)}),
    (f"/reports/{NUMBER}", {"GET": (Depot.report, False)}),
    (f"/reports/{NUMBER}/file", {"GET": (Depot.report_file, False)}),
    ("/events", {"GET": (Depot.all_events, False)}),
    ("/figures", {"GET": (Depot.figures, False)}),
]


class Service:
    def __init__(self, settings):
        self.app = Depot(settings)
        self.close = self.app.close


def create_service(settings):
    return Service(settings)
