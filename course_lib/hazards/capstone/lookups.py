"""Whether finding a part costs more in a larger catalogue: steps of work, counted at three sizes, never timed."""

from __future__ import annotations

from typing import Any

from course_lib.hazards.capstone.couriers import open_courier
from course_lib.hazards.capstone.model import Model, ask, order_body, wrong
from course_lib.hazards.capstone.world import ADA, broken, data, no_service, order, sku
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, passed

SIZES = (500, 2_000, 8_000)
SHARE = 0.1  # steps for each part more: who goes through them all makes one at least
PARTS, ORDERS = "a part is found in any catalogue", "orders are priced and named in any catalogue"
EXPECTED = "as much work in a catalogue of any size"


def judge_lookups(observe: Observe) -> list[Check]:
    with open_courier() as courier:
        worlds = [_world(size) for size in SIZES]
        cases = [
            {"kind": "work", **rows, "courier": courier.url, "ahead": _ahead(size),
             "asks": [*_parts(size), *_orders(size)]}
            for size, rows in zip(SIZES, worlds, strict=True)
        ]  # fmt: skip
        seen = observe(cases, courier.ports, seconds=30.0, longest=90.0)
    if trouble := next(filter(None, map(no_service, seen)), None):
        return [broken(PARTS, trouble, EXPECTED)]
    first = len(_parts(SIZES[0]))
    return [_judged(PARTS, worlds, seen, slice(0, first)), _judged(ORDERS, worlds, seen, slice(first, None))]


def _world(size: int) -> dict[str, Any]:
    lines = [(sku(at * (size - 1) // 4), 1) for at in range(5)]
    others = [(sku(1 + at * (size - 3) // 4), 1) for at in range(5)]
    stock = {sku(number): 1_000 for number in (0, 7, 8, size // 2, size // 3, size - 2, size - 1)}
    return data([order("ada", *lines), order("ada", *others)], stock, {"ada": (ADA, "customer", 900_000)}, parts=size)


def _ahead(size: int) -> list[dict[str, Any]]:
    """What is asked first, since it may prepare something: each route twice, and no part that is asked for later."""
    parts = [sku(size // 5), sku(size // 7), "P-1", "ZZ-BOTTOM"]
    order_of = ask(ADA, "POST", "/orders", order_body([(sku(8), 1), (sku(size // 3), 1)]))
    papers = [ask(ADA, "GET", "/orders/2"), ask(ADA, "GET", "/orders/2/label")]
    return [*(ask("", "GET", f"/parts/{code}") for code in parts), *[order_of, *papers] * 2]


def _parts(size: int) -> list[dict[str, Any]]:
    codes = [sku(0), sku(size // 2), sku(size - 1), sku(3 * size // 4), "P-0", "ZZ-TOP", sku(size + 7)]
    return [ask("", "GET", f"/parts/{code}") for code in codes]


def _orders(size: int) -> list[dict[str, Any]]:
    lines = [(sku(7), 1), (sku(size // 2), 1), (sku(size - 2), 1)]
    return [
        ask(ADA, "POST", "/orders", order_body(lines)),
        ask(ADA, "GET", "/orders/1"),
        ask(ADA, "GET", "/orders/1/label"),
    ]


def _judged(name: str, worlds: list[dict[str, Any]], seen: list[dict[str, Any]], which: slice) -> Check:
    told = [one["work"][which] for one in seen]
    for size, rows, works in zip(SIZES, worlds, told, strict=True):
        asked = [*_parts(size), *_orders(size)][which]
        for request, work in zip(asked, works, strict=True):
            if problem := _wrong(rows, request, work):
                return broken(name, problem, "every answer is as ever")
    figures = [[_work(one) for one in works] for works in told]
    for at, (small, large) in enumerate(zip(figures[0], figures[-1], strict=True)):
        if large - small > SHARE * (SIZES[-1] - SIZES[0]):
            request = [*_parts(SIZES[-1]), *_orders(SIZES[-1])][which][at]
            figure = ", ".join(f"{one[at]:,} with {size:,}" for one, size in zip(figures, SIZES, strict=True))
            return broken(name, f"{request['method']} {request['path']} took steps of work: {figure} parts", EXPECTED)
    most = ", ".join(f"{max(one):,}" for one in figures)
    return passed(name, f"at most {most} steps with {', '.join(f'{size:,}' for size in SIZES)} parts")


def _work(work: dict[str, Any]) -> int:
    return int(work["steps"] + work["assumed"] + work["database"])


def _wrong(rows: dict[str, Any], request: dict[str, Any], work: dict[str, Any]) -> str | None:
    """What is wrong with the answer; two orders were taken ahead."""
    model = Model(rows)
    for one in _ahead(len(rows["parts"])):
        model.expect(one)
    return wrong(request, work, model.expect(request))
