"""How counted work may grow from one size to the next; shared by the two tasks on data structures."""

from __future__ import annotations

from typing import Any

from course_lib.hazards.plainly import raised
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, failed, passed, unmeasured

Observation = dict[str, Any]

COUNTS = {
    "keys": "key operations",
    "steps": "steps",
    "bytes": "bytes of memory",
    "database": "database steps (in tens)",
}
SLACK = {"keys": 6, "steps": 60, "bytes": 2_000, "database": 12}


def with_fallback(observe: Observe, cases: list[Observation], seconds: float = 4.0) -> list[Observation]:
    """The cases with keys that count; where a library refuses such keys, the same with plain ones."""
    counted = observe([{**case, "counted": True} for case in cases], seconds=seconds)
    if any("raised" in one or "raised" in one.get("work", {}) for one in counted):
        return observe([{**case, "counted": False} for case in cases], seconds=seconds)
    return counted


def sixteenfold(name: str, what: str, works: dict[int, Observation]) -> Check:
    """Passes where sixteen times the input makes no count grow faster than n log n.

    In proportion that is 16 times, as n log n 29 to 32 times; tables that double at a bad moment add half of that
    again. A square is 256 times, 100 and more with its linear part.
    """
    for work in works.values():
        if "raised" in work:
            told = raised(work["raised"])
            return failed(name, told, "no exception", f"raised {told}")
    (few, less), (many, more) = sorted(works.items())
    floor = {"bytes": 128 * few}  # a small input's tables are too small to be seen
    factors = {
        kind: more[kind] / max(less[kind], floor.get(kind, 1))
        for kind in COUNTS
        if more[kind] - less[kind] > 4 * SLACK[kind]
    }
    worst = max(factors, key=lambda kind: factors[kind], default="steps")
    measured = f"{COUNTS[worst]}: {less[worst]:,} for {few:,} {what}, {more[worst]:,} for {many:,}"
    if factors.get(worst, 0) >= 60:
        told = f"{few:,} {what} made {less[worst]:,} {COUNTS[worst]}, {many:,} made {more[worst]:,}"
        return failed(name, measured, "about sixteen times the work for sixteen times the input", told)
    if factors.get(worst, 0) > 48:
        return unmeasured(name, f"{measured}: between n log n and a square, so neither is certain")
    return passed(name, f"{COUNTS['keys']}: {less['keys']:,} for {few:,} {what}, {more['keys']:,} for {many:,}")
