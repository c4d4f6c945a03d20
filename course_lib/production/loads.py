"""What reaches the service: shoppers all the time, and eight loads, each of which brings out one thing.

A load is a list of pieces of work, each done again and again by a client of its own. A client knows what the README
promises, and says of an answer that breaks it what was wrong.
"""

from __future__ import annotations

import csv
import io
import random
import string
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from course_lib.production.clients import Answer, Desk
from course_lib.production.depot import BOOKKEEPER, BOSS, CROWDED, LIGHT, PAST, SCARCE, SHOPPERS, Books, options
from course_lib.production.toxics import TOXICS, Suffering

SHOPPING = 0
REPORTS, CRAWL, COURIER, SALE, BIG_CUSTOMER, SEASON, STRANGE_CODES, NEIGHBOURS = range(1, 9)
LONG_PATH = 250_000  # waitress takes 256 KiB of headers
BUYERS = 6
Work = Callable[[], None]


class Loads:
    """The loads of one run; `work(load)` gives the pieces of work of one of them."""

    def __init__(self, desk: Desk, depot: Books, upstream: Suffering, seed: int) -> None:
        self._desk, self._depot, self._upstream, self._seed = desk, depot, upstream, seed
        self._grams = iter(range(1, 10**7))
        self._lock, self._crowd = threading.Lock(), ThreadPoolExecutor(BUYERS)
        self._turn = {"toxic": 0, "spell": 0}

    def close(self) -> None:
        """Sends the crowd of the sale home."""
        self._crowd.shutdown()

    def work(self, load: int) -> list[Work]:
        """Each piece is a client's; it has its own random numbers, from the seed and its place."""
        made: dict[int, list[Callable[[random.Random], None]]] = {
            SHOPPING: [self._shop, self._look_at_figures],
            REPORTS: [self._fetch_report] * 3,
            CRAWL: [self._crawl, self._weigh, self._weigh],
            COURIER: [self._send_under_toxics],
            SALE: [self._sell],
            BIG_CUSTOMER: [self._keep_books],
            STRANGE_CODES: [self._try_codes, self._try_references],
            NEIGHBOURS: [self._ask_for_theirs],
        }
        return [
            self._bound(piece, random.Random(f"{self._seed} {load} {at}"))
            for at, piece in enumerate(made.get(load, []))
        ]

    def _bound(self, piece: Callable[[random.Random], None], numbers: random.Random) -> Work:
        return lambda: piece(numbers)

    def _ask(self, load: int, method: str, path: str, who: str = "", **rest: Any) -> Answer:
        return self._desk.ask(method, path, self._depot.tokens.get(who, ""), load=load, **rest)

    def _next_grams(self) -> int:
        with self._lock:
            return next(self._grams)

    def _expect(self, load: int, answer: Answer, is_right: bool, says: str) -> bool:
        """Counts an answer as good, or as wrong; one that is a failure of its own has been counted."""
        if is_right:
            self._desk.good(load)
        elif 0 < answer.status < 500:
            self._desk.wrong(load, answer, says)
        return is_right

    # Shoppers

    def _shop(self, numbers: random.Random) -> None:
        who, sku = numbers.choice(SHOPPERS), numbers.choice(self._depot.skus)
        part = self._ask(SHOPPING, "GET", f"/parts/{sku}")
        self._expect(SHOPPING, part, part.status == 200 and part.plain["sku"] == sku, f"{sku} was not found")
        own = self._ask(SHOPPING, "GET", "/orders?limit=3", who)
        rows = own.plain if own.status == 200 else None
        is_own = isinstance(rows, list) and all(row["customer"] == who for row in rows)
        self._expect(SHOPPING, own, is_own, f"{who} did not get their orders")
        known = numbers.choice(self._depot.orders[who][:8])
        label = self._ask(SHOPPING, "GET", f"/orders/{known}/label", who)
        is_whole = label.status == 200 and f"for {who}\n".encode() in label.body
        self._expect(SHOPPING, label, is_whole, f"the label of order {known} is not whole")
        self._desk.stopped.wait(0.02)

    def _look_at_figures(self, numbers: random.Random) -> None:
        figures = self._ask(SHOPPING, "GET", "/figures", BOSS)
        is_right = figures.status == 200 and figures.plain["orders"] > 0
        self._expect(SHOPPING, figures, is_right, "the figures are not there")
        self._desk.stopped.wait(1.0)

    # Reports

    def _fetch_report(self, numbers: random.Random) -> None:
        who = numbers.choice(SHOPPERS)
        for _ in range(3):
            asked = self._ask(REPORTS, "POST", "/reports", who, body={"month": PAST})
            if not self._expect(REPORTS, asked, asked.status == 202, "a report was not taken"):
                return
        state = self._wait_for(REPORTS, who, asked.plain["id"])
        if state != "done":
            return
        file = self._ask(REPORTS, "GET", f"/reports/{asked.plain['id']}/file", who)
        rows = list(csv.reader(io.StringIO(file.body.decode("utf-8", "replace"))))
        known = [str(number) for number in self._depot.orders[who][:8]]
        is_whole = file.status == 200 and {row[0] for row in rows[1:]} >= set(known)
        self._expect(REPORTS, file, is_whole, f"the report of {who} is called done and holds {len(rows)} lines")

    def _wait_for(self, load: int, who: str, report: int) -> str:
        """Asks until the report is done or failed; what it was last."""
        for _ in range(200):
            answer = self._ask(load, "GET", f"/reports/{report}", who)
            state = answer.plain.get("state") if answer.status == 200 else ""
            if state != "waiting" or self._desk.stopped.wait(0.02):
                return str(state)
        return "waiting"

    # A crawler, and a shop next door that asks for the price of every weight

    def _crawl(self, numbers: random.Random) -> None:
        path = "/" + "".join(numbers.choices(string.ascii_letters, k=64)) * (LONG_PATH // 64)
        answer = self._ask(CRAWL, "GET", path)
        self._expect(CRAWL, answer, answer.status in (401, 404, 414, 431), "a path that does not exist was answered")

    def _weigh(self, numbers: random.Random) -> None:
        grams = self._next_grams()
        self._shipping_is_right(CRAWL, CROWDED, grams)

    # The courier's bad days

    def _send_under_toxics(self, numbers: random.Random) -> None:
        """One toxic at a time: weights new and old under it, an order, and the same weights once it has gone."""
        self._turn["toxic"] += 1
        self._upstream.toxic = list(TOXICS)[self._turn["toxic"] % len(TOXICS)]
        weights = [self._next_grams() for _ in range(2)]
        for grams in weights:
            self._shipping_is_right(COURIER, "FR", grams)
        self._order_costs_shipping(numbers)
        self._upstream.toxic = ""
        for grams in weights:
            self._shipping_is_right(COURIER, "FR", grams)

    def _shipping_is_right(self, load: int, country: str, grams: int) -> None:
        path = f"/shipping?country={country}&grams={grams}"
        answer = self._ask(load, "GET", path, "ada", promised_502=True)
        right = {"options": options(country, grams)}
        is_right = answer.status == 502 or (answer.status == 200 and answer.plain == right)
        got = answer.plain.get("options") if isinstance(answer.plain, dict) else None
        count = len(got) if isinstance(got, list) else "no list of"
        if is_right:
            return self._desk.good(load)
        self._expect(
            COURIER,
            answer,
            False,
            f"GET {path}: {answer.status} with {count} options, there are {len(right['options'])}",
        )

    def _order_costs_shipping(self, numbers: random.Random) -> None:
        pieces = self._next_grams() % 900 + 1
        body = {"lines": [{"sku": LIGHT, "quantity": pieces}], "country": "FR"}
        answer = self._ask(COURIER, "POST", "/orders", "bo", body=body, promised_502=True)
        price = answer.plain.get("shipping") if answer.status == 201 else None
        is_right = answer.status == 502 or price == min(one["price"] for one in options("FR", pieces))
        self._expect(COURIER, answer, is_right, f"POST /orders: {answer.status}, shipping {price} for {pieces} grams")

    # The sale

    def _sell(self, numbers: random.Random) -> None:
        """A few pieces come in and more want them at once; what was got is cancelled by two at once."""
        self._depot.goods_come_in(BUYERS - 2)
        bought = list(self._crowd.map(self._buy, [numbers.choice(SHOPPERS) for _ in range(BUYERS)]))
        self._books_balance(bought)
        got = [answer for answer in bought if answer.status == 201]
        back = list(self._crowd.map(self._take_back, [got[0], got[0]])) if got else []
        if [answer.status for answer in back].count(200) > 1:
            self._desk.wrong(SALE, back[-1], f"order {got[0].plain['id']} was paid back twice")
        self._books_balance(back)

    def _buy(self, who: str) -> Answer:
        """One piece, with a weight that nobody has asked the courier for: he takes his time."""
        lines = [{"sku": SCARCE, "quantity": 1}, {"sku": LIGHT, "quantity": self._next_grams() % 900 + 1}]
        answer = self._ask(SALE, "POST", "/orders", who, body={"lines": lines, "country": "DE"}, promised_502=True)
        self._expect(SALE, answer, answer.status in (201, 409, 502), f"an order was answered with {answer.status}")
        return answer

    def _take_back(self, order: Answer) -> Answer:
        return self._ask(SALE, "POST", f"/orders/{order.plain['id']}/cancel", BOSS)

    def _books_balance(self, answers: list[Answer]) -> None:
        """Nobody else sells the scarce part, so between two rounds the books must balance."""
        found, depot = self._depot.audit(), self._depot
        last = next((one for one in reversed(answers) if one.status in (200, 201)), None)
        if last is None:
            return
        if found.pieces != depot.delivered:
            more = found.pieces - depot.delivered
            says = f"{depot.delivered} pieces of {SCARCE} came in; sold and in stock are {found.pieces} ({more:+})"
            self._desk.wrong(SALE, last, says)
        elif found.least < 0:
            self._desk.wrong(SALE, last, f"a stock or a balance has fallen to {found.least}")
        elif found.money != depot.money:
            self._desk.wrong(SALE, last, f"the books are {found.money - depot.money:+} cents off")

    # The big customer

    def _keep_books(self, numbers: random.Random) -> None:
        self._depot.take_over(BOOKKEEPER, 10)
        answer = self._ask(BIG_CUSTOMER, "GET", "/orders?limit=200", BOOKKEEPER)
        expected = min(200, len(self._depot.orders[BOOKKEEPER]))
        rows = answer.plain if answer.status == 200 else []
        self._expect(BIG_CUSTOMER, answer, len(rows) == expected, f"{len(rows)} of {expected} orders were listed")
        self._desk.stopped.wait(0.1)

    # Somebody who tries things

    def _try_codes(self, numbers: random.Random) -> None:
        spell = SPELLS[self._turn["spell"] % len(SPELLS)]
        self._turn["spell"] += 1
        known = numbers.choice(self._depot.skus)
        answer = self._ask(STRANGE_CODES, "GET", f"/stock?sku={known},{_quoted(spell)}")
        got = answer.plain if isinstance(answer.plain, dict) else {}
        strange = sorted(set(got) - {known, spell})
        if answer.status == 200 and strange:
            says = f"GET /stock gave {len(strange)} keys that nobody asked for, {strange[0][:12]}… among them"
            self._desk.stranger(STRANGE_CODES, answer, True, says)
        elif answer.status == 500 and self._ask(STRANGE_CODES, "GET", f"/stock?sku={known}").status == 200:
            self._desk.wrong(STRANGE_CODES, answer, f"GET /stock: a code with {spell[:8]!r} in it is answered with 500")
        else:
            self._expect(STRANGE_CODES, answer, answer.status == 200, "a strange code was refused")
        self._desk.stopped.wait(0.05)

    def _try_references(self, numbers: random.Random) -> None:
        """An order with a strange reference, and a report on it: the sum must be the order's own."""
        body = {"lines": [{"sku": LIGHT, "quantity": 1}], "country": "DE", "reference": "x' OR '1'='1"}
        ordered = self._ask(STRANGE_CODES, "POST", "/orders", "fay", body=body, promised_502=True)
        if ordered.status != 201:
            return
        asked = self._ask(STRANGE_CODES, "POST", "/reports", "fay", body={"month": ordered.plain["month"]})
        if asked.status != 202 or self._wait_for(STRANGE_CODES, "fay", asked.plain["id"]) != "done":
            return
        file = self._ask(STRANGE_CODES, "GET", f"/reports/{asked.plain['id']}/file", "fay")
        rows = list(csv.reader(io.StringIO(file.body.decode("utf-8", "replace"))))[1:]
        own = [row for row in rows if len(row) == 5 and row[2] == body["reference"]]
        is_right = bool(own) and int(own[0][4]) == sum(int(row[3]) for row in own)
        self._expect(STRANGE_CODES, file, is_right, "a report sums up orders that are not of its reference")
        self._desk.stopped.wait(0.3)

    # Neighbours

    def _ask_for_theirs(self, numbers: random.Random) -> None:
        owner, stranger = numbers.sample(SHOPPERS, 2)
        order = numbers.choice(self._depot.orders[owner][:8])
        own = self._ask(NEIGHBOURS, "GET", f"/orders/{order}/label", owner)
        self._expect(NEIGHBOURS, own, own.status == 200, f"{owner} did not get their own label")
        for path in (f"/orders/{order}", f"/orders/{order}/label"):
            self._is_refused(path, stranger, owner)
        asked = self._ask(NEIGHBOURS, "POST", "/reports", owner, body={"month": PAST})
        if asked.status == 202 and self._wait_for(NEIGHBOURS, owner, asked.plain["id"]) == "done":
            self._is_refused(f"/reports/{asked.plain['id']}/file", stranger, owner)
        self._desk.stopped.wait(0.05)

    def _is_refused(self, path: str, stranger: str, owner: str) -> None:
        answer = self._ask(NEIGHBOURS, "GET", path, stranger)
        if answer.status and answer.status < 500:
            says = f"{stranger} was answered {answer.status} to GET {path}, which is {owner}'s"
            self._desk.stranger(NEIGHBOURS, answer, answer.status == 200, says)


SPELLS = (
    "x') UNION SELECT * FROM (SELECT token FROM customers) JOIN (SELECT 1) --",
    "O'Ring",
    "50% off; --",
    "x') OR ('1'='1",
)


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")
