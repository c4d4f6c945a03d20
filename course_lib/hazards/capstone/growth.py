"""Whether memory grows with the requests: how many rounds of them are remembered, beyond what may be kept.

The limits are set to ten each. Every round of requests carries a number that is nowhere else, and what counts is how
many of the later rounds' numbers are still in memory in the end; besides, objects of one class, entries of containers
and blocks that every window of rounds leaves behind. Where it doesn't matter who asks, each round is a customer's who
has asked for nothing before: what is kept for each customer grows with the requests as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_lib.hazards.capstone.couriers import CODES, open_courier
from course_lib.hazards.capstone.model import Request, ask, order_body
from course_lib.hazards.capstone.world import ADA, RITA, broken, data, no_service, order, sku
from course_lib.hazards.plainly import counted
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, passed
from course_lib.testbeds.hostile_faults import FAULTS

KEPT, WARM_UP, OPERATIONS, WINDOWS = 10, 100, 60, 3
REMEMBERED = 0.6  # of the later rounds: who keeps ten, or a hundred and some, forgets as many as he learns
MOST = KEPT + 8  # remembered where ten may be kept: the last requests may be there besides
BLOCKS = 15.0  # a round, in every window: less goes up and down by itself
LEFT = REMEMBERED * OPERATIONS / WINDOWS  # objects of one class, or entries of containers, in every window
FIRST, SEEDED = 7_300_001, WARM_UP + OPERATIONS
EACH = "t-{n}"  # the token of the round's own customer
FAILING = CODES[1]  # the countries of the rounds are made from even numbers: none of them ends in a B


@dataclass(frozen=True)
class Kind:
    """One round of requests, and the statuses that each of them may have."""

    asks: tuple[Request, ...]
    statuses: tuple[frozenset[int], ...]
    orders: int = 1
    """How many there are in the beginning, numbered like the rounds from `place` on: 0 is the first of them."""
    place: int = 0
    most: int = WARM_UP + OPERATIONS
    """So many rounds may be remembered at any time: where nothing but what has a limit carries their numbers."""
    owners: str = "customer"
    """Whose those orders are, as SQL has it: as they are made, ada's."""
    role: str = "customer"
    """What the rounds' own customers are."""
    warm_up: int = WARM_UP
    """Rounds before the first count: a hundred, where something may keep that many that the settings don't limit."""


def _each(*statuses: set[int]) -> tuple[frozenset[int], ...]:
    return tuple(map(frozenset, statuses))


AS_SOMEBODY: Request = {  # what a client tells of itself may be any text
    **ask("", "GET", "/health"),
    "headers": {"User-Agent": "reader/{n}", "Accept-Language": "x-{n}", "X-Request-Id": "{n}"},
}

KINDS = {
    "requests that lead to nothing are forgotten": Kind(
        (
            ask("", "GET", "/nowhere/{n}"),
            ask("", "GET", "/nowhere-{n}"),
            ask("", "FETCH-{n}", "/health"),
            AS_SOMEBODY,
            ask("", "GET", "/parts/NO-{n}"),
            ask("wrong-{n}", "GET", "/orders"),
            ask(EACH, "GET", "/orders", query="reference=none{n}"),
            ask(EACH, "POST", "/orders", b'{"lines": "{n}"}'),
        ),
        _each({404, 401}, {404, 401}, {405, 401}, {200}, {404}, {401}, {200}, {400}),
    ),
    "answers of the courier are kept up to the limit": Kind(
        (
            ask(EACH, "GET", "/shipping", query="country={c}&grams={n}"),
            ask(ADA, "GET", "/shipping", query=f"country={FAILING}&grams={{n}}"),
        ),
        _each({200}, {200, 502}),  # what a failure is answered with is judged elsewhere
        most=MOST,
        warm_up=30,  # who makes a client for each quote pays for its certificates each time
    ),
    "labels are kept up to the limit": Kind(
        (ask(ADA, "GET", "/orders/{n}/label"),), _each({200}), orders=SEEDED, most=MOST
    ),
    "labels of many customers are kept up to the limit": Kind(
        (ask(EACH, "GET", "/orders/{n}/label"),), _each({200}), orders=SEEDED, most=MOST, owners="'c-' || id"
    ),
    "a label is kept once, whoever asks for it": Kind(
        (ask(EACH, "GET", "/orders/1/label"),), _each({200}), most=MOST, role="staff"
    ),
    "orders and events are kept up to the limit": Kind(
        (
            ask(EACH, "POST", "/orders", order_body([(sku(1), 1)])),
            ask(EACH, "GET", "/orders/{n}"),
            ask(EACH, "POST", "/orders/{n}/cancel"),
            ask(RITA, "GET", "/events"),
            ask(RITA, "GET", "/figures"),
        ),
        _each({201}, {200}, {200}, {200}, {200}),
        place=-1,  # the next one gets the number of the first round
    ),
    "reports are forgotten when they are written": Kind(
        (ask(EACH, "POST", "/reports", {"month": "2020-01"}), ask(EACH, "GET", "/reports/{n}")),
        _each({202}, {200}),
    ),
}
EXPECTED = "what is kept stays within the limits that the settings state"


def judge_growth(observe: Observe) -> list[Check]:
    with open_courier({FAILING: FAULTS["status 503"]}) as courier:
        cases = [_case(kind, FIRST + 10_000 * at, courier.url) for at, kind in enumerate(KINDS.values())]
        seen = observe(cases, courier.ports, seconds=60.0, longest=180.0)
    return [_judged(name, kind, told) for (name, kind), told in zip(KINDS.items(), seen, strict=True)]


def _case(kind: Kind, first: int, courier: str) -> dict[str, Any]:
    customers = {"ada": (ADA, "customer", 90_000_000), "rita": (RITA, "staff", 0)}
    orders = [order("ada", (sku(number % 30), 1)) for number in range(kind.orders)]
    rows = data(orders, {sku(1): 1_000_000}, customers)
    limits = {"quotes_kept": KEPT, "labels_kept": KEPT, "events_kept": KEPT}
    return {
        "kind": "growth", **rows, "courier": courier, "settings": limits, "asks": list(kind.asks),
        "warm_up": kind.warm_up, "operations": OPERATIONS, "windows": WINDOWS, "first": first,
        "before": [*_numbered(first - 1 + kind.place), *_peopled(kind, first)],
    }  # fmt: skip


def _numbered(before: int) -> list[str]:
    """The orders get the numbers that come after this one; order 1 is one more, and ada's."""
    columns = "customer, state, country, reference, month, shipping, total"
    return [
        f"UPDATE orders SET id = id + {before}",  # noqa: S608  # a number of our own, as below
        f"UPDATE lines SET order_id = order_id + {before}",  # noqa: S608
        f"INSERT INTO orders SELECT 1, {columns} FROM orders LIMIT 1",  # noqa: S608
        f"INSERT INTO reports VALUES ({before}, 'rita', '2020-01', 'done')",  # noqa: S608
    ]


def _peopled(kind: Kind, first: int) -> list[str]:
    """A customer for each round, called like it."""
    rounds = f"(SELECT {first} UNION ALL SELECT n + 1 FROM rounds LIMIT {SEEDED})"  # noqa: S608  # words of our own
    people = f"SELECT 'c-' || n, 't-' || n, '{kind.role}', 900000 FROM rounds"  # noqa: S608
    return [
        f"UPDATE orders SET customer = {kind.owners} WHERE id > 1",  # noqa: S608
        f"INSERT INTO customers WITH RECURSIVE rounds(n) AS {rounds} {people}",
    ]


def _judged(name: str, kind: Kind, seen: dict[str, Any]) -> Check:
    if trouble := no_service(seen):
        return broken(name, trouble, EXPECTED)
    for one, allowed, statuses in zip(kind.asks, kind.statuses, seen["statuses"], strict=True):
        if strange := [status for status in statuses if status not in allowed]:
            told = f"{one['method']} {one['path']} was answered with {strange[0]}"
            return broken(name, told, "every request is served as ever")
    before, after = seen["remembered"]
    rounds = kind.warm_up + OPERATIONS
    told = f"after {kind.warm_up} rounds of requests {before} were remembered, {after} after {rounds}"
    if after - before > REMEMBERED * OPERATIONS:
        return broken(name, told, EXPECTED)
    if min(before, after) > kind.most:
        return broken(name, f"{told}, and {KEPT} may be kept", EXPECTED)
    if kept := [(what, many) for what, many in seen["kept"] if many >= LEFT]:
        what, many = kept[0]
        left = f"each {OPERATIONS // WINDOWS} rounds of requests left {counted(many, what)} behind"
        return broken(name, left, EXPECTED)
    blocks = min(seen["blocks"]) * WINDOWS / OPERATIONS
    if blocks >= BLOCKS:
        return broken(name, f"each round of requests left {blocks:,.0f} blocks of memory behind", EXPECTED)
    if seen["outside"] >= OPERATIONS:
        return broken(name, f"{seen['outside']:,} bytes were kept outside of Python's memory", EXPECTED)
    return passed(name, told)
