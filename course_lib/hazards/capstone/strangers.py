"""Whether anybody sees or does what is not theirs: every route as everybody, before its owner was there and after."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import sample
from secrets import token_hex
from typing import Any

from course_lib.hazards.capstone import odd
from course_lib.hazards.capstone.couriers import open_courier
from course_lib.hazards.capstone.model import Expected, ask, order_body, query, refused
from course_lib.hazards.capstone.world import ADA, BEN, CYD, MAY, RITA, Script, broken, data, order, sku
from course_lib.hazards.terms import Observe
from course_lib.instruments.access.tricks import lies, without_token
from course_lib.reading import Check, passed

SECRET = "for my secret tandem"  # noqa: S105  # what a stranger must not read, not what opens a door
DIGITS = re.compile("[0-9]+")
ORDERS, LABELS, REPORTS, STAFF, CHANGES, NEW = (
    "orders are their customer's own", "labels are their customer's own", "reports are their customer's own",
    "events and figures are for staff", "who may see something is asked anew each time",
    "what is new is its customer's own",
)  # fmt: skip
EXPECTED = "404 to strangers, 401 without a valid token, and no row of anybody else's in an answer"


def judge_strangers(observe: Observe) -> list[Check]:
    with open_courier() as courier:
        scripts = {name: make(courier.url) for name, make in KINDS.items()}
        seen = observe([script.case for script in scripts.values()], courier.ports, seconds=15.0, longest=60.0)
    checks = []
    for (name, script), one in zip(scripts.items(), seen, strict=True):
        problem = script.problem(one) or _secret_told(script, one)
        told = f"{len(script.case['steps'])} steps, all as stated"
        checks.append(broken(name, problem, EXPECTED) if problem else passed(name, told))
    return checks


def _secret_told(script: Script, seen: dict[str, Any]) -> str | None:
    """A refusal that tells of what it refuses: something of somebody else's, or that it is there at all."""
    tokens = {row[0] for row in script.model.customers.values()}
    first: dict[tuple[str, ...], bytes] = {}
    for step, answer in zip(script.case["steps"], seen["steps"], strict=True):
        if "ask" not in step or answer["status"] < 400:
            continue
        asked, who = step["ask"], str(step["ask"].get("headers", {}).get("Authorization", ""))
        told = f"{asked['method']} {asked['path']} refused, and told"
        if SECRET.encode() in answer["body"] or SECRET in answer["headers"]:
            return f"{told} what it refused"
        if any(token.encode() in answer["body"] for token in tokens if token not in str(asked)):
            return f"{told} somebody else's token"
        kind = who, asked["method"], DIGITS.sub("", asked["path"]), str(answer["status"])
        words = re.sub(rb"[0-9]+", b"", answer["body"])
        if answer["status"] == 404 and first.setdefault(kind, words) != words:
            return f"{asked['method']} {asked['path']} was refused in other words than what is not there at all"
    return None


def _world(courier: str, **settings: Any) -> Script:
    orders = [
        order("ada", (sku(1), 2), reference=SECRET),
        order("ben", (sku(2), 1), reference="bike 7"),
        order("ada", (sku(3), 1), reference=SECRET, state="cancelled"),
        order("ben", (sku(3), 4), reference=SECRET),
    ]
    return Script(data(orders), courier, **settings)


def _everybody(script: Script, method: str, path: str, number: int) -> None:
    """Strangers first, then the owner and staff, then strangers again: what the owner was told is kept by then."""
    owner, others = (ADA, (BEN, CYD)) if number in (1, 3) else (BEN, (ADA, CYD))
    for who in (*others, "", "wrong-token", owner, *others, "", "wrong-token", RITA, *others, ""):
        script.ask(ask(who, method, path))


def _orders(courier: str) -> Script:
    script = _world(courier)
    for number in (1, 2, 3, 4):
        _everybody(script, "GET", f"/orders/{number}", number)
    for path in ("/orders/999", "/orders/999/label", "/orders/999/cancel"):
        script.ask(ask(BEN, "POST" if path.endswith("cancel") else "GET", path))
    for given in odd.NO_TOKENS:
        nobody = {**ask("", "GET", "/orders/1"), "headers": {"Authorization": given}}
        script.ask(nobody, refused(401, how=f"Authorization: {given}"))
    _pretending(script)
    for path in ("/orders/1", "/orders/1/label"):
        _asking_for_the_head(script, path, 404)
    _asking_for_the_head(script, "/events", 403)
    for who in (ADA, BEN, CYD, RITA, ""):
        script.ask(ask(who, "GET", "/orders"))
        script.ask(ask(who, "GET", "/orders", query=query(reference=SECRET)))
        script.ask(ask(who, "GET", "/orders", query=query(customer="ada", limit=5)))
    for who, number in ((BEN, 1), (CYD, 2), ("", 1), ("wrong-token", 2), (BEN, 3)):
        script.ask(ask(who, "POST", f"/orders/{number}/cancel"))
    script.ask(ask(ADA, "POST", "/orders", {**order_body([(sku(5), 1)]), "customer": "ben", "id": 2}))
    script.ask(ask(BEN, "GET", "/orders/5"))
    script.ask(ask("", "POST", "/orders", order_body([(sku(5), 1)])))
    script.ask(ask(RITA, "GET", "/orders"))
    script.ask(ask(ADA, "POST", "/orders/1/cancel"))
    script.ask(ask(BEN, "POST", "/orders/1/cancel"))
    script.ask(ask(RITA, "POST", "/orders/2/cancel"))
    return script


def _pretending(script: Script) -> None:
    """A valid token in any place but its own, and claims that anybody can make."""
    for note, parts in without_token(ADA):
        script.ask({**ask("", "GET", "/orders/1"), **parts}, refused(401, how=note))
    for claimed, path, status in (("ada", "/orders/1", 404), ("rita", "/events", 403)):
        for note, parts in lies(claimed):
            asked = ask(BEN, "GET", path)
            headers = {**asked["headers"], **parts.get("headers", {})}
            script.ask({**asked, **parts, "headers": headers}, refused(status, how=note))


def _asking_for_the_head(script: Script, path: str, status: int) -> None:
    """HEAD is kept from strangers as GET is, or there is none at all."""
    for who, refusal in ((BEN, status), (CYD, status), ("", 401), ("wrong-token", 401)):
        script.ask(ask(who, "HEAD", path), refused(refusal, 405))


def _labels(courier: str) -> Script:
    script = _world(courier)
    for number in (1, 2, 3, 4):
        _everybody(script, "GET", f"/orders/{number}/label", number)
    script.ask(ask(ADA, "POST", "/orders/1/cancel"))
    _everybody(script, "GET", "/orders/1/label", 1)
    script.ask(ask(BEN, "GET", "/orders/0001/label"), refused(404))
    return script


def _reports(courier: str) -> Script:
    script = _world(courier)
    owners = (ADA, BEN, RITA, CYD)
    for owner in owners:
        script.report(owner)
    for number, owner in enumerate(owners, 1):
        for who in (ADA, BEN, CYD, "", "wrong-token"):
            if who == owner:
                continue
            script.ask(ask(who, "GET", f"/reports/{number}"), refused(404 if who in owners else 401))
            script.ask(ask(who, "GET", f"/reports/{number}/file"), refused(404 if who in owners else 401))
        told = {"id": number, "month": MAY, "state": "done"}
        script.ask(ask(RITA, "GET", f"/reports/{number}"), Expected((200,), told))
    for path in ("/reports/1", "/reports/1/file"):
        _asking_for_the_head(script, path, 404)
    _one_that_failed(script)
    script.ask(ask("", "POST", "/reports", {"month": MAY}), refused(401))
    script.ask(ask(BEN, "POST", "/reports", {"month": "2020-01", "customer": "ada"}),
               Expected((202,), {"id": 6, "month": "2020-01", "state": "waiting"}))  # fmt: skip
    script.do("reports")
    return script


def _one_that_failed(script: Script) -> None:
    """A report of ada's that an earlier service could not write: a stranger is not told so."""
    script.write(f"INSERT INTO reports VALUES (5, 'ada', '{MAY}', 'failed')")  # noqa: S608  # a month of our own
    for who, status in ((BEN, 404), (ADA, 409), (RITA, 409), (CYD, 404), ("", 401)):
        script.ask(ask(who, "GET", "/reports/5/file"), refused(status))
    for who in (BEN, CYD):
        script.ask(ask(who, "GET", "/reports/5"), refused(404))
        script.ask(ask(who, "GET", "/reports/999"), refused(404))
        script.ask(ask(who, "GET", "/reports/999/file"), refused(404))


def _staff(courier: str) -> Script:
    script = _world(courier)
    script.ask(ask(ADA, "POST", "/orders", order_body([(sku(5), 1)], reference=SECRET)))
    for path in ("/events", "/figures"):
        for who in (BEN, CYD, ADA, "", "wrong-token", RITA, BEN, ""):
            script.ask(ask(who, "GET", path))
    return script


def _changes(courier: str) -> Script:
    """Tokens and roles change while the service runs; what was allowed a moment ago is not any more."""
    script = _world(courier)
    for path in ("/orders/1", "/orders/1/label", "/orders"):
        script.ask(ask(ADA, "GET", path))
        script.ask(ask(RITA, "GET", path))
    script.write("UPDATE customers SET token = 'n3w-token' WHERE id = 'ada'")
    script.write("UPDATE customers SET role = 'customer' WHERE id = 'rita'")
    script.model.customers["ada"][0], script.model.customers["rita"][1] = "n3w-token", "customer"
    for who in (ADA, RITA, "n3w-token"):
        for path in ("/orders/1", "/orders/1/label", "/orders", "/events", "/figures"):
            script.ask(ask(who, "GET", path))
    return script


def _new(courier: str) -> Script:
    """Customers whose names and orders nobody can have foreseen, and who are called almost alike."""
    people = {name: (f"t-{token}", "customer", 9_000) for name, token in zip(_alike(), _alike(), strict=True)}
    staff = {f"s-{token_hex(3)}": (f"t-{token_hex(4)}", "staff", 0)}
    crowd = sample([*people] * 2, 2 * len(people))
    orders = [order(name, (sku(1 + number), 1), reference=SECRET) for number, name in enumerate(crowd)]
    script = Script(data(orders, customers=people | staff), courier)
    for token, *_ in [*staff.values(), *people.values()]:
        script.ask(ask(token, "GET", "/orders"))
        for number in range(1, len(crowd) + 1):
            script.ask(ask(token, "GET", f"/orders/{number}"))
            script.ask(ask(token, "GET", f"/orders/{number}/label"))
        script.ask(ask(token, "GET", "/events"))
        script.report(token)
    return script


def _alike() -> list[str]:
    """One is the other in capitals, or goes on where the other ends, or has a letter where the other has a line."""
    stem = f"c{token_hex(2)}a"
    return [stem, f"{stem}n", stem.upper(), f"{stem[:-1]}_", stem[:-1]]


KINDS: dict[str, Callable[[str], Script]] = {
    ORDERS: _orders, LABELS: _labels, REPORTS: _reports, STAFF: _staff, CHANGES: _changes, NEW: _new,
}  # fmt: skip
