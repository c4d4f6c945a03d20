"""Routes, who may use them, and what they answer."""

import collections
import datetime
import json
import re
import threading
from urllib.parse import parse_qs

from depot import clerk as clerks
from depot.parcels import CourierFails
from depot.reading import Parts, looking, orders_by

REASONS = {
    200: "OK",
    201: "Created",
    202: "Accepted",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    502: "Bad Gateway",
}
NUMBER = "([0-9]{1,18})"


class Answer(Exception):
    def __init__(self, status, text):
        self.status, self.body = status, {"error": text}


class Web:
    def __init__(self, settings, clerk, parcels, writers):
        self._database, self._clerk, self._parcels, self._writers = settings["database"], clerk, parcels, writers
        self._parts = Parts(settings["catalogue"])
        self._events = collections.deque(maxlen=settings["events_kept"])
        self._requests, self._lock = 0, threading.Lock()
        self._routes = [
            (re.compile(path), methods)
            for path, methods in (
                (r"/health", {"GET": (self.health, "")}),
                (r"/parts/([^/]+)", {"GET": (self.part, "")}),
                (r"/stock", {"GET": (self.stock, "")}),
                (r"/shipping", {"GET": (self.shipping, "any")}),
                (r"/orders", {"GET": (self.orders, "any"), "POST": (self.order, "any")}),
                (rf"/orders/{NUMBER}", {"GET": (self.one_order, "any")}),
                (rf"/orders/{NUMBER}/cancel", {"POST": (self.cancel, "any")}),
                (rf"/orders/{NUMBER}/label", {"GET": (self.label, "any")}),
                (r"/reports", {"POST": (self.report, "any")}),
                (rf"/reports/{NUMBER}", {"GET": (self.report_state, "any")}),
                (rf"/reports/{NUMBER}/file", {"GET": (self.report_file, "any")}),
                (r"/events", {"GET": (self.events, "staff")}),
                (r"/figures", {"GET": (self.figures, "staff")}),
            )
        ]

    def __call__(self, environ, start_response):
        with self._lock:
            self._requests += 1
        try:
            status, body, kind = self._answer(environ)
        except Answer as refused:
            status, body, kind = refused.status, refused.body, "application/json"
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        start_response(f"{status} {REASONS[status]}", [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]

    def _answer(self, environ):
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        for pattern, methods in self._routes:
            found = pattern.fullmatch(path)
            if found:
                break
        else:
            raise Answer(404, "there is no such path")
        if environ["REQUEST_METHOD"] not in methods:
            raise Answer(405, "there is no such method")
        run, who = methods[environ["REQUEST_METHOD"]]
        with looking(self._database) as connection:
            caller = self._caller(connection, environ) if who else None
            if who == "staff" and caller[1] != "staff":
                raise Answer(403, "this is for staff")
            return run(connection, environ, caller, *found.groups())

    def _caller(self, connection, environ):
        found = re.fullmatch(r"Bearer ([A-Za-z0-9_-]+)", environ.get("HTTP_AUTHORIZATION", ""))
        row = found and connection.execute("SELECT id, role FROM customers WHERE token = ?", found.groups()).fetchone()
        if not row:
            raise Answer(401, "a token is needed")
        return row

    def health(self, connection, environ, caller):
        return 200, {"status": "ok"}, "application/json"

    def part(self, connection, environ, caller, code):
        part = self._parts.find(code)
        if part is None:
            raise Answer(404, "there is no such part")
        row = connection.execute("SELECT quantity FROM stock WHERE sku = ?", (code,)).fetchone()
        told = {key: part[key] for key in ("sku", "name", "grams", "price")}
        return 200, {**told, "stock": row[0] if row else 0}, "application/json"

    def stock(self, connection, environ, caller):
        codes = _asked(environ).get("sku", "").split(",")
        if codes == [""] or len(codes) > 40:
            raise Answer(400, "1 to 40 codes are needed")
        marks = ", ".join("?" * len(codes))
        rows = connection.execute(f"SELECT sku, quantity FROM stock WHERE sku IN ({marks})", codes).fetchall()
        return 200, dict(rows), "application/json"

    def shipping(self, connection, environ, caller):
        asked = _asked(environ)
        country, grams = asked.get("country", ""), asked.get("grams", "")
        if not _is_country(country) or not re.fullmatch("[0-9]{1,9}", grams) or not 1 <= int(grams) <= 10_000_000:
            raise Answer(400, "a country and a weight are needed")
        connection.close()
        return 200, {"options": list(self._options(country, int(grams)))}, "application/json"

    def _options(self, country, grams):
        try:
            return self._parcels.options(country, grams)
        except CourierFails as problem:
            raise Answer(502, f"the courier fails: {problem}") from None

    def order(self, connection, environ, caller):
        wanted = _body(environ)
        lines, country, reference = wanted.get("lines"), wanted.get("country"), wanted.get("reference", "")
        if type(lines) is not list or not 1 <= len(lines) <= 20 or not _is_country(country):
            raise Answer(400, "lines and a country are needed")
        if type(reference) is not str or len(reference) > 200 or "\0" in reference or not _encodes(reference):
            raise Answer(400, "the reference can't be taken")
        kept, grams = [], 0
        for line in lines:
            if type(line) is not dict or type(line.get("sku")) is not str or type(line.get("quantity")) is not int:
                raise Answer(400, "a line is a code and a quantity")
            part = self._parts.find(line["sku"])
            if part is None or not 1 <= line["quantity"] <= 1000:
                raise Answer(400, "a line is of a part of the catalogue, 1 to 1000 of it")
            kept.append((part["sku"], line["quantity"], part["price"]))
            grams += part["grams"] * line["quantity"]
        if len({code for code, _, _ in kept}) < len(kept):
            raise Answer(400, "each part may be named once")
        connection.close()
        options = self._options(country, grams)
        if not options:
            raise Answer(409, "nobody drives there")
        shipping = min(option["price"] for option in options)
        total = shipping + sum(quantity * price for _, quantity, price in kept)
        month = datetime.datetime.now(datetime.UTC).strftime("%Y-%m")
        number = self._do(clerks.sell, caller[0], country, reference, month, shipping, total, kept)
        self._events.append({"what": "ordered", "order": number, "customer": caller[0]})
        lines = [
            {"sku": code, "name": self._parts.name(code), "quantity": quantity, "price": price}
            for code, quantity, price in sorted(kept)
        ]
        told = {
            "id": number,
            "customer": caller[0],
            "state": "open",
            "country": country,
            "reference": reference,
            "month": month,
            "shipping": shipping,
            "total": total,
            "lines": lines,
        }
        return 201, told, "application/json"

    def _do(self, work, *values):
        try:
            return self._clerk.do(work, *values)
        except clerks.Refused as problem:
            raise Answer(409, str(problem)) from None

    def orders(self, connection, environ, caller):
        asked = _asked(environ)
        limit = asked.get("limit", "50")
        if not re.fullmatch("[0-9]{1,9}", limit) or not 1 <= int(limit) <= 200:
            raise Answer(400, "the limit is 1 to 200")
        where, values = ["1"], []
        if caller[1] != "staff":
            where, values = ["customer = ?"], [caller[0]]
        if "reference" in asked:
            where.append("reference = ?")
            values.append(asked["reference"])
        return 200, orders_by(connection, self._parts, " AND ".join(where), values, int(limit)), "application/json"

    def _order(self, connection, caller, number):
        found = orders_by(connection, self._parts, "id = ?", (int(number),), 1)
        if not found or (caller[1] != "staff" and found[0]["customer"] != caller[0]):
            raise Answer(404, "there is no such order")
        return found[0]

    def one_order(self, connection, environ, caller, number):
        return 200, self._order(connection, caller, number), "application/json"

    def cancel(self, connection, environ, caller, number):
        order = self._order(connection, caller, number)
        connection.close()
        owner = self._do(clerks.take_back, int(number))
        self._events.append({"what": "cancelled", "order": int(number), "customer": owner})
        return 200, {**order, "state": "cancelled"}, "application/json"

    def label(self, connection, environ, caller, number):
        order = self._order(connection, caller, number)
        bars = "".join(("." if bit == "0" else "#") * 3 for bit in format(order["id"], "032b"))
        lines = ["DEPOT", f"order {order['id']}", f"for {order['customer']}", f"to {order['country']}"]
        lines += [f"{line['quantity']} x {line['sku']} {line['name']}" for line in order["lines"]]
        text = "\n".join([*lines, *[bars] * 60, ""])
        return 200, text.encode(), "text/plain; charset=utf-8"

    def report(self, connection, environ, caller):
        month = _body(environ).get("month")
        if type(month) is not str or not re.fullmatch("[0-9]{4}-[0-9]{2}", month):
            raise Answer(400, "a month is needed")
        connection.close()
        number = self._clerk.do(clerks.ask_for_report, caller[0], month)
        self._writers.begin(number, caller[0], month, caller[1] == "staff")
        return 202, {"id": number, "month": month, "state": "waiting"}, "application/json"

    def _report(self, connection, caller, number):
        row = connection.execute("SELECT customer, month, state FROM reports WHERE id = ?", (int(number),)).fetchone()
        if row is None or (caller[1] != "staff" and row[0] != caller[0]):
            raise Answer(404, "there is no such report")
        return row

    def report_state(self, connection, environ, caller, number):
        _, month, state = self._report(connection, caller, number)
        return 200, {"id": int(number), "month": month, "state": state}, "application/json"

    def report_file(self, connection, environ, caller, number):
        _, _, state = self._report(connection, caller, number)
        if state != "done":
            raise Answer(409, "it is not done")
        try:
            with open(self._writers.path(int(number)), "rb") as file:
                return 200, file.read(), "text/csv; charset=utf-8"
        except OSError:
            raise Answer(404, "the report is gone") from None

    def events(self, connection, environ, caller):
        return 200, list(self._events.copy()), "application/json"

    def figures(self, connection, environ, caller):
        orders, turnover = connection.execute(
            "SELECT count(*), coalesce(sum(total), 0) FROM orders WHERE state = 'open'"
        ).fetchone()
        best = connection.execute(
            "SELECT sku FROM lines JOIN orders ON orders.id = order_id WHERE state = 'open'"
            " GROUP BY sku ORDER BY sum(quantity) DESC, sku LIMIT 1"
        ).fetchone()
        told = {"requests": self._requests, "orders": orders, "turnover": turnover, "best_seller": best and best[0]}
        return 200, told, "application/json"


def _asked(environ):
    found = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True, errors="replace", max_num_fields=None)
    return {key: values[0] for key, values in found.items()}


def _body(environ):
    try:
        size = max(0, int(environ.get("CONTENT_LENGTH") or 0))
        told = json.loads(environ["wsgi.input"].read(size))
    except (ValueError, RecursionError):
        told = None
    if type(told) is not dict:
        raise Answer(400, "an object is needed")
    return told


def _is_country(country):
    return type(country) is str and re.fullmatch("[A-Z]{2}", country) is not None


def _encodes(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
