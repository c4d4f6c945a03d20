"""How counted work may grow from one size to the next; shared by the two tasks on data structures."""

from __future__ import annotations

from typing import Any

from course_lib.graders import Observe
from course_lib.reading import Check, failed, passed, unmeasured

Observation = dict[str, Any]

COUNTS = {
    "keys": "key operations",
    "steps": "steps",
    "bytes": "bytes of memory",
    "database": "database steps (in tens)",
}
SLACK = {"keys": 6, "steps": 60, "bytes": 2_000, "database": 12}


def raised(outcome: Observation) -> str:
    where = f" in line {outcome['line']}" if outcome["line"] else ""
    return f"{outcome['raised']}: {outcome['message']}{where}"


def with_fallback(observe: Observe, cases: list[Observation], seconds: float = 4.0) -> list[Observation]:
    """The cases with keys that count; where a library refuses such keys, the same with plain ones."""
    counted = observe([{**case, "counted": True} for case in cases], seconds=seconds)
    if any("raised" in one or "raised" in one.get("work", {}) for one in counted):
        return observe([{**case, "counted": False} for case in cases], seconds=seconds)
    return counted


def doubling(name: str, what: str, works: dict[int, Observation], slack: float = 1.0) -> Check:
    """Passes where no count grows faster than n log n from one size to its double."""
    for work in works.values():
        if "raised" in work:
            return failed(name, raised(work["raised"]), "no exception", f"raised {raised(work['raised'])}")
    sizes = sorted(works)
    worst, ratio = _fastest(sizes, works, {kind: allowed * 4 * slack for kind, allowed in SLACK.items()})
    told = ", ".join(f"{works[size][worst]:,} for {size:,} {what}" for size in sizes)
    measured = f"{COUNTS[worst]}: {told}"
    if ratio >= 3.0:
        return failed(name, measured, "about twice the work for twice the input",
                      f"{what}: {sizes[-2]:,} made {works[sizes[-2]][worst]:,} {COUNTS[worst]}; "
                      f"{sizes[-1]:,} made {works[sizes[-1]][worst]:,}")  # fmt: skip
    if ratio > 2.7:
        return unmeasured(name, f"{measured}: between n log n and a square, so neither is certain")
    return passed(name, measured)


def _fastest(sizes: list[int], works: dict[int, Observation], slack: dict[str, float]) -> tuple[str, float]:
    """The count that grew fastest over the last doubling, and its factor; growth within the slack counts as none."""
    factors = {}
    for kind in COUNTS:
        small, large = works[sizes[-2]][kind], works[sizes[-1]][kind]
        factors[kind] = large / max(small, 1) if large - small > slack[kind] else 1.0
    worst = max(factors, key=lambda kind: (factors[kind], works[sizes[-1]][kind]))
    return worst, factors[worst]
