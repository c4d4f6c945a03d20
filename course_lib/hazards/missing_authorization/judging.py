"""From scripts to checks: sends a task's scripts to the probe, files the complaints, states the verdict.

What an app serves at all is judged first: of an app that does not serve the people it is for, nothing else
is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from course_lib.hazards.missing_authorization.scripts import Ledger, Script, answers, hold, seen_from
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, failed, skipped

Stated = tuple[str, str, Callable[[], list[Script]]]
"""A check's name, what it expects in words, and its scripts."""


@dataclass(frozen=True)
class Sweep:
    """Every route and method of `url_map` but the named ones, asked as each of the people.

    `named` are (method, path) pairs that the scripts judge; `people` maps who to their headers; `samples`
    are what the arguments of a route are filled with, by name or by "*", one set after the other.
    """

    check: str
    world: dict[str, Any]
    named: tuple[tuple[str, str], ...]
    people: dict[str, dict[str, str]]
    samples: tuple[dict[str, str], ...]

    def case(self) -> dict[str, Any]:
        """The sweep as the probe is given it."""
        sweep = {"people": self.people, "samples": list(self.samples), "skip": [list(pair) for pair in self.named]}
        return {"worlds": [self.world], "steps": [], "sweep": sweep}

    def judge(self, ledger: Ledger, swept: Sequence[dict[str, Any]]) -> None:
        """Files each route that the contract does not name and that yet answers or changes something."""
        for each in swept:
            ledger.count(self.check)
            if "raised" in each:
                ledger.complain(self.check, f"url_map could not be read: {each['raised']}")
                continue
            seen = seen_from(each, {})
            if seen.status not in (401, 404, 405) or seen.changed:
                told = f"{each['who']}: {each['method']} {each['rule']} got {seen.status}"
                ledger.complain(self.check, f"{told}, on a route that nobody asked for")


@dataclass(frozen=True)
class Plan:
    """All that a task is judged by; `works` is the check without which the others are not reached."""

    works: Stated
    checks: tuple[Stated, ...]
    sweep: Sweep


def judge_plan(observe: Observe, plan: Plan) -> list[Check]:
    """The checks of a task."""
    scripts = [script for _, _, build in (plan.works, *plan.checks) for script in build()]
    observations = observe([*(script.case() for script in scripts), plan.sweep.case()])
    trouble = next((seen["trouble"] for seen in observations if "trouble" in seen), None)
    if trouble is not None:
        return _no_app(plan, trouble)
    ledger = Ledger()
    for script, observation in zip(scripts, observations[:-1], strict=True):
        for ask, seen in answers(observation, script):
            hold(ledger, ask, seen, plan.works[0])
    plan.sweep.judge(ledger, observations[-1]["swept"])
    return _stated(plan, ledger)


def _stated(plan: Plan, ledger: Ledger) -> list[Check]:
    name, expected, _ = plan.works
    first = ledger.check(name, expected)
    if ledger.complaints.get(name) and _serves_little(ledger, name):
        because = "the app does not yet serve those whom it is for"
        return [first, *(skipped(name, because) for name, _, _ in plan.checks)]
    return [first, *(ledger.check(name, expected) for name, expected, _ in plan.checks)]


def _serves_little(ledger: Ledger, name: str) -> bool:
    return 2 * len(ledger.complaints[name]) > ledger.asked[name]


def _no_app(plan: Plan, trouble: dict[str, Any]) -> list[Check]:
    """The one thing to say where there is no app to ask."""
    name = plan.works[0]
    if "raised" in trouble:
        line = f" on line {trouble['line']}" if trouble["line"] else ""
        measured = f"raised {trouble['raised']}{line}: {trouble['message']}"
        feedback = f"No request could be made: building the app {measured}. It is built anew for each store."
    else:
        measured = f"returned {trouble['type']}"
        feedback = f"No request could be made: the function {measured}, and a Flask app was asked for."
    first = failed(name, measured, "a Flask app", feedback)
    return [first, *(skipped(name, "there is no app to ask") for name, _, _ in plan.checks)]
