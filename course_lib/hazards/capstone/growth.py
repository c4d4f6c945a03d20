"""Whether memory grows with the requests: what each kind of them leaves behind, beyond what may be kept.

The limits are set to ten each, so that a few requests fill what is bounded. What still grows in each of three windows
after that grows for as long as the service lives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_lib.hazards.capstone.couriers import CODES, open_courier
from course_lib.hazards.capstone.model import Request, ask, order_body
from course_lib.hazards.capstone.world import ADA, RITA, broken, data, no_service, order, sku
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, passed
from course_lib.testbeds.hostile_faults import FAULTS

KEPT, WARM_UP, OPERATIONS, WINDOWS = 10, 20, 16, 3
URLS = 80  # rounds until what libraries keep of addresses, 128 of them, is full
BLOCKS, BYTES, OUTSIDE = 0.5, 24.0, 1.0  # a round of requests: what less is kept of than an entry is noise
SEEDED = WARM_UP + WINDOWS * OPERATIONS


@dataclass(frozen=True)
class Kind:
    """One round of requests, and the statuses that it may have."""

    asks: tuple[Request, ...]
    statuses: frozenset[int]
    warm_up: int = WARM_UP


def _kinds() -> dict[str, Kind]:
    return {
        "requests that lead to nothing are forgotten": Kind(
            (
                ask("", "GET", "/nowhere/{n}"),
                ask("", "GET", "/parts/NO-{n}"),
                ask("wrong-{n}", "GET", "/orders"),
                ask(ADA, "GET", "/orders", query="reference=none{n}"),
                ask(ADA, "POST", "/orders", b'{"lines": "{n}"}'),
            ),
            frozenset({404, 401, 200, 400}),
        ),
        "answers of the courier are kept up to the limit": Kind(
            (
                ask(ADA, "GET", "/shipping", query="country=DE&grams=1{n}"),
                ask(ADA, "GET", "/shipping", query=f"country={CODES[0]}&grams=1{{n}}"),
            ),
            frozenset({200, 502}),
            URLS,
        ),
        "labels are kept up to the limit": Kind((ask(ADA, "GET", "/orders/{n}/label"),), frozenset({200, 404})),
        "orders and events are kept up to the limit": Kind(
            (
                ask(ADA, "POST", "/orders", order_body([(sku(1), 1)])),
                ask(RITA, "GET", "/events"),
                ask(RITA, "GET", "/figures"),
            ),
            frozenset({201, 200}),
        ),
        "reports are forgotten when they are written": Kind(
            (ask(ADA, "POST", "/reports", {"month": "2020-01"}), ask(ADA, "GET", "/reports/{n}")),
            frozenset({202, 200, 404}),
        ),
    }


EXPECTED = "what is kept stays within the limits that the settings state"


def judge_growth(observe: Observe) -> list[Check]:
    kinds = _kinds()
    with open_courier({CODES[0]: FAULTS["status 503"]}) as courier:
        cases = [_case(kind, courier.url) for kind in kinds.values()]
        seen = observe(cases, courier.ports, seconds=25.0, longest=90.0)
    return [_judged(name, kind, told) for (name, kind), told in zip(kinds.items(), seen, strict=True)]


def _case(kind: Kind, courier: str) -> dict[str, Any]:
    customers = {"ada": (ADA, "customer", 90_000_000), "rita": (RITA, "staff", 0)}
    orders = [order("ada", (sku(number % 30), 1)) for number in range(SEEDED)]
    rows = data(orders, {sku(1): 1_000_000}, customers)
    limits = {"quotes_kept": KEPT, "labels_kept": KEPT, "events_kept": KEPT}
    return {
        "kind": "growth", **rows, "courier": courier, "settings": limits, "asks": list(kind.asks),
        "warm_up": kind.warm_up, "operations": OPERATIONS, "windows": WINDOWS,
    }  # fmt: skip


def _judged(name: str, kind: Kind, seen: dict[str, Any]) -> Check:
    if trouble := no_service(seen):
        return broken(name, trouble, EXPECTED)
    strange = [status for status, _ in seen["statuses"] if status not in kind.statuses]
    if strange:
        return broken(name, f"a request was answered with {strange[0]}", "every request is served as ever")
    blocks, size, outside = (min(figures) / OPERATIONS for figures in zip(*seen["windows"], strict=True))
    what = "request" if len(kind.asks) == 1 else f"round of {len(kind.asks)} requests"
    told = f"each {what} left at least {blocks:,.1f} blocks and {size:,.0f} bytes behind, in each of {WINDOWS} windows"
    if outside >= OUTSIDE:
        return broken(name, f"each {what} left {outside:,.0f} bytes behind outside of Python's memory", EXPECTED)
    if blocks >= BLOCKS or size >= BYTES:
        return broken(name, told, EXPECTED)
    return passed(name, f"{WINDOWS} windows of {OPERATIONS} after {kind.warm_up} to warm up, and nothing grows in each")
