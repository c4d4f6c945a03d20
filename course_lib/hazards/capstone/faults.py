"""Whether a fault stays one: a failing courier is told as such, and what could not be written is said to have failed.

Each fault has a country of its own; the same courier is good to all others. Nothing is judged by time: a silent courier
is silent for much longer than the service may wait.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from random import sample
from typing import Any

from course_lib.hazards.capstone.couriers import CODES, Running, grams_of, open_courier
from course_lib.hazards.capstone.model import Expected, ask, order_body, query, refused
from course_lib.hazards.capstone.world import ADA, MAY, Script, broken, data, order, sku
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, passed
from course_lib.testbeds.depot import SHIPPING
from course_lib.testbeds.hostile_api import REFUSED
from course_lib.testbeds.hostile_faults import FAULTS, Fault
from course_lib.testbeds.hostile_reply import Reply

Good = dict[str, Any]
HEAVY = 702  # grams for which the courier fails in a country where it is good for others, lighter and heavier
ORDERED_GRAMS = 408  # the same, for an order: four of part 2
WELL_FROM = 555  # grams: once it has been asked for them, the courier is well again where it was ill
TIMES = 12  # that it fails, in each of its ways, before it is well again
OFTEN = range(1, TIMES + 1)  # and each number of times up to that: whoever counts failures gives up after some of them
TOLD, ORDERS = "a failing courier is told as such", "no order is taken on a failing courier's word"
GOOD, AGAIN = "good answers are used", "a courier that is well again is used at once"
NOBODY, SILENT = "no option is no failure, and no free parcel", "a silent courier is told as such"
REPORTS = "a report that can't be written has failed"
REFUSING = "a courier that lets nobody in is told as such"


def _says(name: str, change: Callable[[Good], Any]) -> Fault:
    """A 200 with a body that is not what was asked for."""
    return Fault(name, "error", name, lambda reply: reply.answer(200, json.dumps(change(reply.good)).encode()))


def _option(**changes: Any) -> Callable[[Good], Good]:
    def change(good: Good) -> Good:
        first, *rest = good["options"]
        return {**good, "options": [*rest, {key: one for key, one in {**first, **changes}.items() if one is not ...}]}

    return change


OWN = (
    _says("another country", lambda good: {**good, "country": "PT"}),
    _says("the country in small letters", lambda good: {**good, "country": good["country"].lower()}),
    _says("another weight", lambda good: {**good, "grams": good["grams"] + 1}),
    _says("a weight in quotes", lambda good: {**good, "grams": str(good["grams"])}),
    _says("a weight with a point", lambda good: {**good, "grams": float(good["grams"])}),
    _says("no country", lambda good: {key: one for key, one in good.items() if key != "country"}),
    _says("no options", lambda good: {key: one for key, one in good.items() if key != "options"}),
    _says("options null", lambda good: {**good, "options": None}),
    _says("options by name", lambda good: {**good, "options": {one["name"]: one for one in good["options"]}}),
    _says("options an empty object", lambda good: {**good, "options": {}}),
    _says("options as texts", lambda good: {**good, "options": ["parcel"]}),
    _says("an option without a name", _option(name=...)),
    _says("an option with an empty name", _option(name="")),
    _says("an option with a number for a name", _option(name=7)),
    _says("an option without a price", _option(price=...)),
    _says("a price in quotes", _option(price="490")),
    _says("a price of null", _option(price=None)),
    _says("a price with a point", _option(price=4.9)),
    _says("a whole price with a point", _option(price=490.0)),
    _says("a price below 0", _option(price=-490)),
    _says("a price of true", _option(price=True)),
)
TRUE_GRAM = _says("a weight of true", lambda good: {**good, "grams": True})  # which equals the one gram asked for
USUAL = (
    "status 201", "status 204", "status 302", "status 404", "status 429", "status 500", "status 503", "redirect loop",
    "redirects without end", "empty body", "blank body", "HTML", "plain text", "cut JSON", "malformed JSON",
    "JSON and more", "null", "true", "string", "list", "empty object", "error object", "wrapped object", "deep JSON",
    "short body", "short body that parses", "cut chunk", "bad gzip", "reset before the headers", "reset in the headers",
    "reset after the headers", "reset in the body", "close before the headers", "close in the headers", "garbage",
    "JSON without HTTP",
)  # fmt: skip
FAULTY = [*(FAULTS[name] for name in USUAL), *OWN]
USABLE = (
    "good, in chunks", "good, byte by byte", "good, without a length", "good, with a field called error", "slow body",
)  # fmt: skip
AFTER_SILENCES = (801, 802, 803)  # grams that it is asked for when it has been silent
LATE = "nothing for longer than the timeout, then a good answer"
LATE_SECONDS, TIMEOUT = 0.7, 0.4  # as far from the timeout as from a whole second, the least that many clients wait
LATE_GRAMS = (901, 902, 903, 904, 905)
QUIET = ("silent before the headers", "silent after the headers", "silent in the body")
RIGHT = {"options": [{"name": "express", "price": 2 * SHIPPING}, {"name": "parcel", "price": SHIPPING}]}
ILL = ("status 503", "cut JSON", "reset before the headers")
ORDERED = ("status 503", "cut JSON", "HTML", "error object", "reset in the body", "no options", "a price below 0")


def judge_faults(observe: Observe) -> list[Check]:
    kinds = [*FAULTY, TRUE_GRAM, *(FAULTS[name] for name in (*USABLE, *QUIET)), _late(), *_ill()]
    codes = dict(zip((kind.name for kind in kinds), sample(CODES, len(CODES)), strict=False))
    faults = {codes[kind.name]: kind for kind in kinds} | {
        f"DE {grams}": FAULTS["status 503"] for grams in (HEAVY, ORDERED_GRAMS)
    }
    with open_courier(faults, silence=4.0) as courier:
        scripts = {name: make(courier, codes) for name, make in SCRIPTS.items()}
        seen = observe([script.case for script in scripts.values()], courier.ports, seconds=40.0, longest=120.0)
        parcels = courier.parcels()
    names = {code: name for name, code in codes.items()}
    return [
        _judged(name, script, one, names, parcels) for (name, script), one in zip(scripts.items(), seen, strict=True)
    ]


def _judged(
    name: str, script: Script, seen: dict[str, Any], names: dict[str, str], parcels: set[tuple[str, str]]
) -> Check:
    problem = script.problem(seen)
    if problem is None and name == SILENT:
        problem = _not_asked(parcels) or _waited_longer(seen)
    if problem is None:
        return passed(name, f"{len(script.case['steps'])} steps, all as stated")
    fault = next((told for code, told in names.items() if f"country={code}" in problem), "")
    told = f"where the courier's answer was {fault!r}, {problem}" if fault else problem
    return broken(name, told, "502 for every failure of the courier, failed for every report that is not there")


def _not_asked(parcels: set[tuple[str, str]]) -> str | None:
    """What was told of parcels that the courier was never asked for, or None."""
    if all(("DE", str(grams)) in parcels for grams in AFTER_SILENCES):
        return None
    return "the courier had been silent some times, and from then on was said to fail without being asked"


def _waited_longer(seen: dict[str, Any]) -> str | None:
    """That most answers were waited for that came after the timeout, in words; one or two may be the machine's."""
    waited = sum(one["status"] == 200 for one in seen["steps"][-len(LATE_GRAMS) :])
    if waited <= len(LATE_GRAMS) // 2:
        return None
    told = f"a courier that said nothing for {LATE_SECONDS} seconds was waited for {waited} times of {len(LATE_GRAMS)}"
    return f"{told}, where it may say nothing for {TIMEOUT}"


def _late() -> Fault:
    def play(reply: Reply) -> None:
        reply.wait(LATE_SECONDS)
        reply.answer(200, reply.body)

    return Fault(LATE, "silent", LATE, play)


def _ill() -> list[Fault]:
    """Couriers that fail until somebody has asked for `WELL_FROM` grams, however often they are asked before.

    Those of one way to fail each get well together; each of the others, which are for one number of failures, alone.
    """
    well: list[str] = []
    together = [Fault(_ill_with(name), "either", name, _until_then(FAULTS[name], well)) for name in ILL]
    alone = [Fault(_ill_for(times), "either", "", _until_then(FAULTS[ILL[times % len(ILL)]], [])) for times in OFTEN]
    return [*together, *alone]


def _until_then(fault: Fault, well: list[str]) -> Callable[[Reply], None]:
    def play(reply: Reply) -> None:
        if grams_of(reply.path) == str(WELL_FROM):
            well.append(reply.path)
        if well:
            reply.answer(200, reply.body)
        else:
            fault.play(reply)

    return play


def _ill_with(name: str) -> str:
    return f"{name}, until it is well again"


def _ill_for(times: int) -> str:
    return f"{ILL[times % len(ILL)]}, {times} times, until it is well again"


def _script(courier: str, timeout: float = 20.0) -> Script:
    return Script(data([order("ada", (sku(1), 1))]), courier, timeout=timeout)


def _told(courier: Running, codes: dict[str, str]) -> Script:
    script = _script(courier.url)
    for grams in (700, HEAVY + 2):
        script.ask(ask(ADA, "GET", "/shipping", query=query(country="DE", grams=grams)))
    script.ask(ask(ADA, "GET", "/shipping", query=query(country="DE", grams=HEAVY)), refused(502))
    for fault in FAULTY:
        wanted = query(country=codes[fault.name], grams=700)
        script.ask(ask(ADA, "GET", "/shipping", query=wanted), refused(502))
    wanted = query(country=codes[TRUE_GRAM.name], grams=1)
    script.ask(ask(ADA, "GET", "/shipping", query=wanted), refused(502))
    for grams in (701, 700):  # it was well all the time: who has counted its failures must not hold them against it
        script.ask(ask(ADA, "GET", "/shipping", query=query(country="DE", grams=grams)))
    return script


def _orders(courier: Running, codes: dict[str, str]) -> Script:
    script = _script(courier.url)
    for name in ORDERED:
        body = order_body([(sku(2), 1), (sku(3), 2)], codes[name])
        script.ask(ask(ADA, "POST", "/orders", body), refused(502))
    for grams in (ORDERED_GRAMS - 1, ORDERED_GRAMS + 1):  # what these cost is known by then
        script.ask(ask(ADA, "GET", "/shipping", query=query(country="DE", grams=grams)))
    script.ask(ask(ADA, "POST", "/orders", order_body([(sku(2), 4)])), refused(502))
    script.ask(ask(ADA, "GET", "/orders"))
    script.ask(ask("", "GET", "/stock", query=query(sku=f"{sku(2)},{sku(3)}")))
    script.ask(ask(ADA, "POST", "/orders", order_body([(sku(2), 1)])))
    script.ask(ask(ADA, "GET", "/orders"))
    return script


def _good(courier: Running, codes: dict[str, str]) -> Script:
    script = _script(courier.url)
    for name in USABLE:
        wanted = query(country=codes[name], grams=333)
        script.ask(ask(ADA, "GET", "/shipping", query=wanted), Expected((200,), RIGHT))
    return script


def _again(courier: Running, codes: dict[str, str]) -> Script:
    script = _script(courier.url)
    countries = [codes[_ill_with(name)] for name in ILL]
    body = order_body([(sku(2), 1)], countries[0])
    script.ask(ask(ADA, "POST", "/orders", body), refused(502))
    for country in countries:
        for _ in range(TIMES):
            script.ask(ask(ADA, "GET", "/shipping", query=query(country=country, grams=700)), refused(502))
    script.ask(ask(ADA, "GET", "/shipping", query=query(country=countries[-1], grams=WELL_FROM)))
    for country in countries:
        script.ask(ask(ADA, "GET", "/shipping", query=query(country=country, grams=700)))
    script.ask(ask(ADA, "POST", "/orders", body))
    script.ask(ask(ADA, "GET", "/orders"))
    for times in OFTEN:
        country = codes[_ill_for(times)]
        for _ in range(times):
            script.ask(ask(ADA, "GET", "/shipping", query=query(country=country, grams=700)), refused(502))
        for grams in (WELL_FROM, 700):
            script.ask(ask(ADA, "GET", "/shipping", query=query(country=country, grams=grams)))
    return script


def _nobody(courier: Running, codes: dict[str, str]) -> Script:
    script = _script(courier.url)
    script.ask(ask(ADA, "GET", "/shipping", query=query(country="XX", grams=100)))
    script.ask(ask(ADA, "POST", "/orders", order_body([(sku(2), 1)], "XX")))
    script.ask(ask(ADA, "GET", "/orders"))
    return script


def _silent(courier: Running, codes: dict[str, str]) -> Script:
    script = _script(courier.url, timeout=TIMEOUT)
    for name in 2 * QUIET:
        script.ask(ask(ADA, "GET", "/shipping", query=query(country=codes[name], grams=700)), refused(502))
    for grams in AFTER_SILENCES:  # on a busy machine it may be late again; it must be asked all the same
        wanted = ask(ADA, "GET", "/shipping", query=query(country="DE", grams=grams))
        script.ask(wanted, Expected((200, 502), RIGHT))
    for grams in LATE_GRAMS:
        wanted = ask(ADA, "GET", "/shipping", query=query(country=codes[LATE], grams=grams))
        script.ask(wanted, Expected((200, 502), RIGHT))
    return script


def _refusing(courier: Running, codes: dict[str, str]) -> Script:
    """Who needs no courier is served all the same."""
    script = _script(courier.api.url(REFUSED))
    for _ in range(2):
        script.ask(ask("", "GET", "/health"))
        script.ask(ask(ADA, "GET", "/shipping", query=query(country="DE", grams=700)), refused(502))
        script.ask(ask(ADA, "POST", "/orders", order_body([(sku(2), 1)])), refused(502))
    for method, path in (("GET", "/orders/1/label"), ("GET", "/orders"), ("POST", "/orders/1/cancel")):
        script.ask(ask(ADA, method, path))
    return script


def _reports(courier: Running, codes: dict[str, str]) -> Script:
    script = _script(courier.url)
    script.do("obstacle", "report-1.csv")
    _fails(script)
    script.report(ADA)
    script.do("no_folder")
    _fails(script)
    script.do("folder")
    script.report(ADA)
    return script


def _fails(script: Script) -> None:
    number = script.order_report(ADA)
    told = {"id": number, "month": MAY, "state": "failed"}
    script.ask(ask(ADA, "GET", f"/reports/{number}"), Expected((200,), told))
    script.ask(ask(ADA, "GET", f"/reports/{number}/file"), refused(409))


SCRIPTS: dict[str, Callable[[Running, dict[str, str]], Script]] = {
    TOLD: _told, ORDERS: _orders, GOOD: _good, AGAIN: _again, NOBODY: _nobody, SILENT: _silent, REPORTS: _reports,
    REFUSING: _refusing,
}  # fmt: skip
