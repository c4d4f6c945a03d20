"""Judges the demonstrations of the claims that a learner upholds, on modules with and without each fault.

Each demonstration is called on the module as it stands and on five others, every time in a fresh process, so that it
can go by nothing but what the module does. A demonstration of an untrue claim is not run: to uphold it is the mistake.
"""

from __future__ import annotations

from typing import Any

from course_lib.hazards.defence.claims_on_desk import CLAIMS, FAULTS, variants
from course_lib.hazards.plainly import counted, first_wrong, raised, shown, then
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.reading import Check, failed, passed

READS, UPHOLDS, NONE_UNTRUE = "can be read", "upholds every true claim", "upholds no untrue claim"
SHOWS, SPARES = "raises where the fault is", "returns where the fault is not"
SECONDS, LONGEST = 8.0, 30.0  # a demonstration may wait for threads

Outcome = tuple[int, bool, dict[str, Any]]
"""A claim, whether the module had its fault, and what the demonstration did."""


def _judge(observe: Observe) -> list[Check]:
    [seen] = observe([{}])
    readable = _can_be_read(seen["claims"])
    if readable.status != "pass":
        rest = [UPHOLDS, NONE_UNTRUE, SHOWS, SPARES]
        return then(readable, list, rest, "judged once the demonstrations can be read")
    upheld = [number for number, _ in seen["claims"]]
    outcomes = [
        (number, faulty, observe([{"claim": number, "source": source}], seconds=SECONDS, longest=LONGEST)[0])
        for number in upheld
        if number in FAULTS
        for source, faulty in variants(number)
    ]
    return [readable, _upholds(upheld), _none_untrue(upheld), _shows(outcomes), _spares(outcomes)]


def _can_be_read(claims: list[tuple[Any, bool]]) -> Check:
    trouble = first_wrong(_trouble_with(number, callable_) for number, callable_ in claims)
    if trouble is None:
        return passed(READS, counted(len(claims), "demonstration"))
    return failed(READS, trouble, "a dict from the number of a claim to a function of one argument", trouble)


def _trouble_with(number: Any, callable_: bool) -> str | None:
    if type(number) is not int or number not in CLAIMS:
        return f"{shown(number)} is no claim's number; there are {CLAIMS.start} to {CLAIMS.stop - 1}"
    return None if callable_ else f"what stands under {number} is no function"


def _upholds(upheld: list[int]) -> Check:
    true = sum(number in FAULTS for number in upheld)
    measured = f"{true} of {len(FAULTS)} true claims upheld"
    if true == len(FAULTS):
        return passed(UPHOLDS, measured)
    told = f"{counted(len(FAULTS) - true, 'claim')} of the review can be shown to be true and are not upheld"
    return failed(UPHOLDS, measured, f"all {len(FAULTS)}", told)


def _none_untrue(upheld: list[int]) -> Check:
    untrue = sum(number not in FAULTS for number in upheld)
    measured = f"{counted(untrue, 'untrue claim')} upheld"
    if not untrue:
        return passed(NONE_UNTRUE, measured)
    told = f"of the {counted(len(upheld), 'claim')} that you uphold, untrue: {untrue}; the module has no such fault"
    return failed(NONE_UNTRUE, measured, "none", told)


def _shows(outcomes: list[Outcome]) -> Check:
    faulty = [(number, seen) for number, had, seen in outcomes if had]
    missed = [(number, seen) for number, seen in faulty if not _asserts(seen)]
    measured = f"{len(faulty) - len(missed)} of {len(faulty)} faulty modules shown to be so"
    if faulty and not missed:
        return passed(SHOWS, measured)
    told = "no true claim is demonstrated"
    if missed:
        number, seen = missed[0]
        told = f"the demonstration of claim {number} {_did(seen)} on a module that has the fault"
    return failed(SHOWS, measured, "AssertionError on every one, however the fault is written", told)


def _spares(outcomes: list[Outcome]) -> Check:
    sound = [(number, seen) for number, had, seen in outcomes if not had]
    accused = [(number, seen) for number, seen in sound if "raised" in seen]
    measured = f"{len(sound) - len(accused)} of {len(sound)} modules without the fault let through"
    if sound and not accused:
        return passed(SPARES, measured)
    told = "no true claim is demonstrated"
    if accused:
        number, seen = accused[0]
        told = f"the demonstration of claim {number} {_did(seen)} on a module in which just that fault is repaired"
        told += "" if _asserts(seen) else "; it may raise nothing there"
    return failed(SPARES, measured, "a return from every one, however the fault is repaired", told)


def _asserts(seen: dict[str, Any]) -> bool:
    return "AssertionError" in seen.get("bases", ())


def _did(seen: dict[str, Any]) -> str:
    return f"raised {raised(seen)}" if "raised" in seen else "returned"


DEMONSTRATIONS = Task(
    _judge,
    Control({"claim": 1, "source": "x = 1\n"}, lambda seen: "raised" not in seen),
    unseen=True,
)
