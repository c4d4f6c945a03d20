"""Whether everything that is opened is closed: descriptors after many requests of one kind, those that fail too.

Each kind has a service of its own; what counts is how many more descriptors are open once nothing is under way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_lib.hazards.capstone.couriers import CODES, open_courier
from course_lib.hazards.capstone.model import ask, order_body, query
from course_lib.hazards.capstone.world import ADA, BEN, CYD, RITA, Script, broken, data, located, no_service, order, sku
from course_lib.hazards.plainly import counted
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, passed
from course_lib.testbeds.hostile_faults import FAULTS

TIMES = 44
ALLOWED = 32
ALLOWED_AFTER = 2  # and no file, no socket among them: a library may open something else for itself, once
REPORTS, FAILING = "reports leave nothing open", "reports that fail leave nothing open"
REFUSED, COURIER = "refused requests leave nothing open", "a failing courier leaves nothing open"
SILENT, SHORT = "a silent courier leaves nothing open", 0.05  # seconds that it may say nothing, each time
SERVED, SERVINGS = "served requests leave nothing open", 36
CLOSED, UNFINISHED = "close() closes everything", "no unfinished report is left in the folder"
EXPECTED = f"at most {ALLOWED} descriptors more than before the start, when nothing is under way"
BROKEN = dict(
    zip(
        CODES,
        ("status 503", "cut JSON", "short body", "reset in the body", "HTML", "garbage", "wrapped object", "list"),
        strict=False,
    )
)
QUIET = dict(zip(CODES[len(BROKEN) :], ("silent before the headers", "silent in the body"), strict=False))


def judge_leaks(observe: Observe) -> list[Check]:
    faults = {code: FAULTS[name] for code, name in (BROKEN | QUIET).items()}
    with open_courier(faults) as courier:
        scripts = {name: make(courier.url) for name, make in KINDS.items()}
        seen = observe([script.case for script in scripts.values()], courier.ports, seconds=60.0, longest=180.0)
    told = dict(zip(scripts, seen, strict=True))
    unfinished = [_unfinished(told[name]) for name in told if name == FAILING]
    return [*(_judged(name, one) for name, one in told.items()), *unfinished, _closed(seen)]


def _judged(name: str, seen: dict[str, Any]) -> Check:
    if trouble := no_service(seen):
        return broken(name, trouble, EXPECTED)
    *steps, left = seen["steps"]
    if problem := _not_served(name, steps):
        return broken(name, problem, "every request is served as ever")
    times = SERVINGS if name in (SERVED, SILENT) else TIMES
    told = f"{counted(left, 'descriptor')} more than before the start, after {counted(times, 'time')}"
    return passed(name, told) if left <= ALLOWED else broken(name, told, EXPECTED)


def _not_served(name: str, steps: list[Any]) -> str | None:
    """Whether what was asked for was done at all; nothing passes by doing less."""
    states = [state for step in steps if isinstance(step, dict) and "states" in step for _, state in step["states"]]
    if name == REPORTS and states.count("done") != TIMES:
        return f"{TIMES} reports were asked for and {states.count('done')} were written"
    if name == FAILING and (len(states) != TIMES or "waiting" in states):
        return f"of {TIMES} reports that can't be written {states.count('waiting')} are still waiting"
    counts = [pair for step in steps if isinstance(step, list) for pair in step if isinstance(pair, tuple)]
    allowed = range(200, 400) if name in (REPORTS, SERVED) else (*range(200, 500), 502)
    if failed := next((status for status, _ in counts if status not in allowed), None):
        return f"a request was answered with {failed}"
    return None


def _unfinished(seen: dict[str, Any]) -> Check:
    if trouble := no_service(seen):
        return broken(UNFINISHED, trouble, "nothing but reports")
    files = next(step for step in seen["steps"] if isinstance(step, list) and step and isinstance(step[0], str))
    strange = [name for name in files if not (name.startswith("report-") and name.endswith(".csv"))]
    if strange:
        told = f"{counted(len(strange), 'file')} that no report has, {strange[0]} for one"
        return broken(UNFINISHED, told, "when no report is being written, the folder holds finished reports alone")
    return passed(UNFINISHED, f"{counted(TIMES, 'report')} could not be written, nothing was left of them")


def _closed(seen: list[dict[str, Any]]) -> Check:
    expected = "as many descriptors as before the start"
    for one in seen:
        closed = one.get("closed", {})
        if "raised" in closed:
            return broken(CLOSED, f"close() raised {located(closed)}", expected)
        if closed.get("files", 0) > 0:
            told = f"{counted(closed['files'], 'file or socket', 'files or sockets')} more open after close()"
            return broken(CLOSED, f"{told} than before the start", expected)
        if closed.get("descriptors", 0) > ALLOWED_AFTER:
            told = f"{closed['descriptors']} descriptors more were open after close() than before the start"
            return broken(CLOSED, told, expected)
    return passed(CLOSED, "no descriptor left")


def _reports(courier: str) -> Script:
    script = Script(data([order("ada", (sku(1), 1)), order("ben", (sku(2), 1))]), courier)
    script.do("many", {"times": TIMES, "ask": ask(ADA, "POST", "/reports", {"month": "2026-05"})})
    script.do("reports")
    script.do("many", {"times": TIMES, "ask": ask(ADA, "GET", "/reports/{n}/file")})
    script.do("descriptors")
    return script


def _failing(courier: str) -> Script:
    script = Script(data([order("ada", (sku(1), 1))]), courier)
    for number in range(1, TIMES + 1):
        script.do("obstacle", f"report-{number}.csv")
    script.do("many", {"times": TIMES, "ask": ask(ADA, "POST", "/reports", {"month": "2026-05"})})
    script.do("reports")
    script.do("many", {"times": TIMES, "ask": ask(ADA, "GET", "/reports/{n}")})
    script.do("files")
    script.do("descriptors")
    return script


def _refused(courier: str) -> Script:
    script = Script(data([order("ada", (sku(1), 1), state="cancelled")]), courier)
    many = order_body([(sku(1), 900)])
    for request in (
        ask("", "GET", "/orders"),
        ask("wrong", "GET", "/orders/1"),
        ask(BEN, "GET", "/orders/1"),
        ask(BEN, "GET", "/orders/1/label"),
        ask(ADA, "POST", "/orders/1/cancel"),
        ask(ADA, "POST", "/orders", many),
        ask(CYD, "POST", "/orders", order_body([(sku(1), 1)])),
        ask(ADA, "POST", "/orders", b"{"),
        ask(ADA, "POST", "/reports", {"month": 5}),
        ask(ADA, "GET", "/reports/{n}"),
        ask(ADA, "GET", "/reports/{n}/file"),
        ask(ADA, "GET", "/events"),
        ask("", "GET", "/nowhere/{n}"),
        ask("", "GET", "/parts/NO-{n}"),
        ask("", "GET", "/stock"),
    ):
        script.do("many", {"times": TIMES, "ask": request})
    script.do("descriptors")
    return script


def _served(courier: str) -> Script:
    orders = [order("ada", (sku(1), 1)) for _ in range(SERVINGS)]
    script = Script(data(orders, {sku(1): 1_000}), courier)
    for request in (
        ask("", "GET", f"/parts/{sku(1)}"),
        ask("", "GET", "/stock", query=query(sku=sku(1))),
        ask(ADA, "POST", "/orders", order_body([(sku(1), 1)])),
        ask(ADA, "GET", "/orders/{n}"),
        ask(ADA, "GET", "/orders/{n}/label"),
        ask(ADA, "POST", "/orders/{n}/cancel"),
        ask(ADA, "GET", "/orders", query=query(limit=3)),
        ask(RITA, "GET", "/events"),
        ask(RITA, "GET", "/figures"),
    ):
        script.do("many", {"times": SERVINGS, "ask": request})
    script.do("descriptors")
    return script


def _courier(courier: str) -> Script:
    script = Script(data(), courier)
    for code in BROKEN:
        wanted = ask(ADA, "GET", "/shipping", query=query(country=code, grams=100))
        script.do("many", {"times": SERVINGS, "ask": wanted})
    body = order_body([(sku(1), 1)], next(iter(BROKEN)))
    script.do("many", {"times": 5, "ask": ask(ADA, "POST", "/orders", body)})
    script.do("descriptors")
    return script


def _silent(courier: str) -> Script:
    script = Script(data(), courier, timeout=SHORT)
    for code in QUIET:
        wanted = ask(ADA, "GET", "/shipping", query=query(country=code, grams=100))
        script.do("many", {"times": SERVINGS, "ask": wanted})
    script.do("descriptors")
    return script


KINDS: dict[str, Callable[[str], Script]] = {  # every second one in a process of its own: as much work in either
    REPORTS: _reports, SERVED: _served, FAILING: _failing, COURIER: _courier, SILENT: _silent, REFUSED: _refused,
}  # fmt: skip
