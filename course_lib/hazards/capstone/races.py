"""Two requests at once: whatever happens between two statements of the one, the books are right and both are served.

For each scene the second request was let in before every statement of the first. What must hold after each trial holds
in every order of the two: stock and what is sold of it, each balance and what was ordered from it, the till. To another
program that reads the books in the middle of a request they are right as well: what is stored, is stored whole.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from course_lib.hazards.capstone.couriers import open_courier
from course_lib.hazards.capstone.model import USUAL, ask, order_body, parsed, query
from course_lib.hazards.capstone.world import MAY, RITA, broken, data, located, no_service, order
from course_lib.hazards.plainly import counted, first_wrong, shown
from course_lib.hazards.terms import Observe, Unmeasured
from course_lib.reading import Check, passed
from course_lib.testbeds.depot import SHIPPING
from course_lib.testbeds.hostile_faults import FAULTS, Fault
from course_lib.testbeds.hostile_reply import Reply

TRIALS, MEETINGS = 60, 3
PLACES = "TUW"  # where two meet: a courier for each scene, told by a country's first letter
HELD, MEANWHILE, FAILING = "HMF"  # by its second: the courier lets the first wait for one of the others
OTHERS = [{"name": "in the meantime", "price": 77}]
LONGEST_HELD, LOOK, ANSWERED = 0.8, 0.02, 0.1  # seconds: where nobody else comes; between looks; after the other
X, Y = "P-000{n}", "P-001{n}"  # the parts of one trial
PARTS = "sku IN ('P-000{n}', 'P-001{n}')"
OPEN = "SELECT coalesce(sum(total), 0) FROM orders WHERE state = 'open'"
BOOKS = f"""
    SELECT (SELECT coalesce(sum(quantity), 0) FROM stock WHERE {PARTS}),
           (SELECT coalesce(min(quantity), 0) FROM stock WHERE {PARTS}),
           (SELECT coalesce(sum(quantity), 0) FROM lines JOIN orders ON orders.id = order_id
            WHERE state = 'open' AND {PARTS}),
           a.balance, ({OPEN} AND customer = a.id), b.balance, ({OPEN} AND customer = b.id), till.balance, ({OPEN})
    FROM customers AS a, customers AS b, till WHERE a.id = 'a{{n}}' AND b.id = 'b{{n}}'"""  # noqa: S608  # words of ours
Answers = tuple[int, ...]


@dataclass(frozen=True)
class Scene:
    """Two steps that meet; the answers that some order of them gives; what one trial begins with."""

    says: str
    one: dict[str, Any]
    other: dict[str, Any]
    allowed: frozenset[Answers]
    stock: int = 5
    money: int = 100_000
    ordered: int = 0
    """Orders of the first customer's that there are in each trial, two pieces each."""
    goods: int = 0
    """Pieces that another program puts in, in each trial."""
    paid: int = 0
    """Cents that another program pays in for the first customer."""
    told: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    """What the two answers must say, besides other things."""
    at_the_courier: bool = False
    """Whether the other comes while the courier has not yet answered the first."""


def _order(who: str, *lines: tuple[str, int], country: str = "DE") -> dict[str, Any]:
    return {"ask": ask(f"token-{who}{{n}}", "POST", "/orders", order_body(lines, country))}


def _shipping(who: str, country: str) -> dict[str, Any]:
    return {"ask": ask(f"token-{who}{{n}}", "GET", "/shipping", query=query(country=country, grams=700) + "{n}")}


def _report(who: str) -> dict[str, Any]:
    return {"report": ask(f"token-{who}{{n}}", "POST", "/reports", {"month": MAY})}


CANCEL = {"ask": ask("token-a{n}", "POST", "/orders/{m}/cancel")}
LISTS = {who: {"ask": ask(f"token-{who}{{n}}", "GET", "/orders")} for who in "ab"}
ONE_OF_TWO = frozenset({(201, 409), (409, 201)})
BOTH, FOUND = frozenset({(201, 201)}), frozenset({(200, 200)})
SCENES = {
    "the last piece is sold once": Scene(
        "two customers ordered the last piece of a part", _order("a", (X, 1)), _order("b", (X, 1)), ONE_OF_TWO, stock=1
    ),
    "a balance pays once": Scene(
        "a customer with money for one order sent two", _order("a", (X, 1)), _order("a", (Y, 1)), ONE_OF_TWO, money=700
    ),
    "both orders count": Scene(
        "two customers ordered a part of which there is enough", _order("a", (X, 2)), _order("b", (X, 1)), BOTH
    ),
    "nobody waits for ever": Scene(
        "two customers ordered the same two parts, in opposite order",
        _order("a", (X, 1), (Y, 1)), _order("b", (Y, 1), (X, 1)), BOTH,
    ),
    "who can't pay takes nothing from others": Scene(
        "a customer with too little money ordered what another could pay", _order("a", (X, 5), (Y, 5)),
        _order("b", (X, 5)), frozenset({(409, 201)}), money=1300,
    ),
    "a customer's two orders both count": Scene(
        "a customer with money for two orders sent both", _order("a", (X, 1)), _order("a", (Y, 1)), BOTH
    ),
    "an order is paid back once": Scene(
        "an order was cancelled twice at once", CANCEL, CANCEL, frozenset({(200, 409), (409, 200)}), ordered=1
    ),
    "an order and a cancellation both count": Scene(
        "a part was ordered while an order of it was cancelled", _order("b", (X, 1)), CANCEL,
        frozenset({(201, 200)}), ordered=1,
    ),
    "a cancellation and an order both count": Scene(
        "an order was cancelled while its part was ordered", CANCEL, _order("b", (X, 1)),
        frozenset({(200, 201)}), ordered=1,
    ),
    "nobody is told of another's order": Scene(
        "two customers asked for their orders", LISTS["b"], LISTS["a"], FOUND, ordered=1
    ),
    "two reports have two numbers": Scene(
        "two customers asked for a report and fetched it", _report("a"), _report("b"), FOUND, ordered=1
    ),
    "a report is of one moment": Scene(
        "an order was cancelled while a report was written", _report("a"), CANCEL, FOUND, ordered=2
    ),
    "two parcels are asked for at once": Scene(
        "two customers asked what a parcel costs", _shipping("a", "TH"), _shipping("b", "TM"), FOUND,
        told=({"options": USUAL}, {"options": OTHERS}), at_the_courier=True,
    ),
    "two orders are under way at once": Scene(
        "two customers ordered", _order("a", (X, 1), country="UH"), _order("b", (X, 1), country="UM"), BOTH,
        told=(
            {"customer": "a{n}", "country": "UH", "shipping": SHIPPING},
            {"customer": "b{n}", "country": "UM", "shipping": OTHERS[0]["price"]},
        ), at_the_courier=True,
    ),
    "one parcel's courier fails while another's is asked": Scene(
        "two customers asked what a parcel costs, and the courier failed for the second", _shipping("a", "WH"),
        _shipping("b", "WF"), frozenset({(200, 502)}), told=({"options": USUAL}, {}), at_the_courier=True,
    ),
    "goods that come in are not lost": Scene(
        "goods came in while a part was ordered", _order("a", (X, 1)),
        {"write": "UPDATE stock SET quantity = quantity + 100 WHERE sku = 'P-000{n}'"}, frozenset({(201,)}), goods=100,
    ),
    "money that comes in is not lost": Scene(
        "a customer paid in while an order was cancelled", CANCEL,
        {"write": "UPDATE customers SET balance = balance + 5000 WHERE id = 'a{n}'"}, frozenset({(200,)}),
        ordered=1, paid=5000,
    ),
    "an order is stored whole or not at all": Scene(
        "another program read the books while two parts were ordered", _order("a", (X, 1), (Y, 1)), {"rows": BOOKS},
        frozenset({(201,)}),
    ),
    "a cancellation is stored whole or not at all": Scene(
        "another program read the books while an order was cancelled", CANCEL, {"rows": BOOKS}, frozenset({(200,)}),
        ordered=1,
    ),
}  # fmt: skip
ORDINALS = ("the first", "the second")
EXPECTED = "the books are right, and both are answered as in one of the two orders"


def judge_races(observe: Observe) -> list[Check]:
    with open_courier(_meeting_places()) as courier:
        cases = [_case(scene, courier.url) for scene in SCENES.values()]
        half = (len(cases) + 1) // 2
        seen = [
            told
            for part in (cases[:half], cases[half:])
            if part
            for told in observe(part, courier.ports, seconds=25.0, longest=90.0)
        ]
    return [_judged(name, scene, told) for (name, scene), told in zip(SCENES.items(), seen, strict=True)]


def _case(scene: Scene, courier: str) -> dict[str, Any]:
    customers = {
        f"{who}{number:02d}": (f"token-{who}{number:02d}", "customer", scene.money)
        for who in "ab"
        for number in range(TRIALS)
    }
    stock = {f"P-00{row}{number:02d}": scene.stock for row in (0, 1) for number in range(TRIALS)}
    customers["rita"] = (RITA, "staff", 0)
    orders = [
        order(f"a{number:02d}", (f"P-000{number:02d}", 2)) for _ in range(scene.ordered) for number in range(TRIALS)
    ]
    rows = data(orders, stock, customers, parts=200)
    return {
        "counted": True, "kind": "race", **rows, "courier": courier, "one": scene.one, "other": scene.other,
        "then": [BOOKS], **_at_the_courier(scene),
    }  # fmt: skip


def _at_the_courier(scene: Scene) -> dict[str, Any]:
    """Two that change nothing are asked once more, one after the other."""
    if not scene.at_the_courier:
        return {}
    again = [] if scene.allowed == BOTH else [scene.one, scene.other]
    return {"meetings": MEETINGS, "again": again, "last": [{"ask": ask(RITA, "GET", "/figures")}]}


def _meeting_places() -> dict[str, Fault]:
    return {country: fault for place in PLACES for country, fault in _meeting_place(place).items()}


def _meeting_place(place: str) -> dict[str, Fault]:
    """A courier that answers a parcel to `HELD` when somebody else has been answered, or after a while."""
    answered = list[str]()

    def hold(reply: Reply) -> None:
        before, waited = len(answered), 0.0
        while len(answered) == before and waited < LONGEST_HELD:
            reply.wait(LOOK)
            waited += LOOK
        reply.wait(ANSWERED)
        reply.answer(200, reply.body)

    def good(reply: Reply) -> None:
        reply.answer(200, json.dumps({**reply.good, "options": OTHERS}).encode())
        answered.append(reply.path)

    def ill(reply: Reply) -> None:
        FAULTS["status 503"].play(reply)
        answered.append(reply.path)

    plays = {HELD: hold, MEANWHILE: good, FAILING: ill}
    return {place + kind: Fault(place + kind, "either", kind, play) for kind, play in plays.items()}


def _judged(name: str, scene: Scene, seen: dict[str, Any]) -> Check:
    if trouble := no_service(seen):
        return broken(name, trouble, EXPECTED)
    trials = [one for one in seen["trials"] if one["stopped"]]
    problem = first_wrong(_wrong(scene, one, number) for number, one in enumerate(seen["trials"]))
    if problem:
        return broken(name, f"{scene.says}: {problem}", EXPECTED)
    if not trials:
        if scene.at_the_courier:
            raise Unmeasured("the machine was so busy that no two requests met at the courier")
        return broken(name, f"{scene.says}: the first request sent no statement to the database", EXPECTED)
    if scene.at_the_courier:
        problem = _wrong_count(seen)
        told = f"let in {counted(len(trials), 'time')} while the courier was asked"
        return broken(name, f"{scene.says}: {problem}", EXPECTED) if problem else passed(name, told)
    waited = sum(one["waited"] for one in trials)
    return passed(name, f"let in at each of {counted(len(trials), 'statement')}; {waited} times it had to wait")


def _wrong(scene: Scene, trial: dict[str, Any], number: int) -> str | None:
    where = f" when the other came before its statement {number + 1} ({_short(trial['stopped'])})"
    where = " when the other came while the courier was asked" if scene.at_the_courier else where
    where = where if trial["stopped"] else " one after the other"
    if trial["stuck"]:
        return f"they did not come back{where}"
    raised = next((one for one in trial["answers"] if isinstance(one, dict) and "raised" in one), None)
    if raised is not None:
        return f"{located(raised)}{where}"
    statuses = tuple(one["status"] for one in trial["answers"] if isinstance(one, dict))
    if (trial["stopped"] or scene.at_the_courier) and statuses not in scene.allowed:
        wanted = " or ".join(" and ".join(map(str, one)) for one in sorted(scene.allowed))
        return f"they were answered {' and '.join(map(str, statuses))}, not {wanted},{where}"
    read = [one for one in trial["answers"] if isinstance(one, list)]  # by another program, meanwhile
    books = (_wrong_books(scene, number, rows, where) for rows in (*read, *trial["rows"]))
    told = (
        _strange(trial["answers"], where)
        or _torn(trial["answers"][0], where)
        or _other_words(scene, number, trial, where)
    )
    return told or first_wrong(books)


def _wrong_count(seen: dict[str, Any]) -> str | None:
    """That another number of requests is told than were sent, in words."""
    sent = sum(len(one["answers"]) + len(one["again"]) for one in seen["trials"]) + 1
    [figures] = [parsed(one["body"]) for one in seen["last"]]
    told = figures.get("requests") if isinstance(figures, dict) else None
    return None if told == sent else f"{counted(sent, 'request')} were sent, and GET /figures told of {shown(told)}"


def _other_words(scene: Scene, number: int, trial: dict[str, Any], where: str) -> str | None:
    """What an answer says that it must not, that of another request for one, in words."""
    for at, answer in enumerate([*trial["answers"], *trial.get("again", [])]):
        body = parsed(answer["body"]) if isinstance(answer, dict) and "body" in answer else None
        for key, must in scene.told[at % 2].items():
            right = must.replace("{n}", f"{number:02d}") if isinstance(must, str) else must
            gave = body.get(key) if isinstance(body, dict) else None
            if gave != right:
                when = where if at < 2 else f" when it was asked again after both had met{where}"
                return f"{ORDINALS[at % 2]} was told {shown({key: gave}, 100)}, not {shown({key: right}, 100)},{when}"
    return None


def _torn(answer: Any, where: str) -> str | None:
    """A row of a report whose sum is not that of the rows beside it, in words."""
    if not isinstance(answer, dict) or "csv" not in answer.get("type", ""):
        return None
    rows = list(csv.reader(io.StringIO(answer["body"].decode("utf-8", "replace"), newline="")))[1:]
    if not all(len(row) == 5 and row[3].isdecimal() and row[4].isdecimal() for row in rows):
        return None  # no such report as the task `service` asks for, and says so
    for row in rows:
        totals = [int(one[3]) for one in rows if one[1:3] == row[1:3]]
        if int(row[4]) != sum(totals):
            added = " and ".join(map(str, totals))
            return f"a report has orders for {added} cents, which it says are {row[4]} together,{where}"
    return None


def _strange(answers: list[Any], where: str) -> str | None:
    """Whether the first was told of an order that is not theirs: where one asks for a list, it is who has none."""
    told = parsed(answers[0]["body"]) if isinstance(answers[0], dict) and "body" in answers[0] else None
    if not isinstance(told, list) or not told:
        return None
    return f"who has no order was told of {counted(len(told), 'order')}{where}"


def _short(statement: str) -> str:
    return shorten(statement, 60, placeholder=" …")


def _wrong_books(scene: Scene, number: int, rows: list[Any], where: str) -> str | None:
    [(stock, least, sold, *people, till, ordered)] = rows
    had = 2 * scene.stock + scene.goods + 2 * scene.ordered
    if stock + sold != had:
        return f"of {had} pieces {sold} are sold and {stock} in stock{where}"
    if least < 0:
        return f"the stock fell to {least}{where}"
    seeded = scene.ordered * (2 * (100 + number % 50) + SHIPPING)
    for at, balance, total in ((0, *people[:2]), (1, *people[2:])):
        owned = scene.money + (0 if at else seeded + scene.paid)
        if balance + total != owned:
            return f"a customer had {owned} cents, and has {balance} and orders for {total}{where}"
        if balance < 0:
            return f"a balance fell to {balance}{where}"
    begun = 1_000_000 - _seeded_in_all(scene)
    if till - ordered != begun:
        return f"the till and the open orders differ by {till - ordered - begun} cents{where}"
    return None


def _seeded_in_all(scene: Scene) -> int:
    return scene.ordered * sum(2 * (100 + number % 50) + SHIPPING for number in range(TRIALS))
