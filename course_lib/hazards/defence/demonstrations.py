"""Judges the demonstrations of the claims that a learner upholds, on modules with and without each fault.

Each demonstration is called on the module as it stands and on others, every time in a fresh process, so that it can go
by nothing but what the module does. One that does not come back is not called again, and costs the others nothing. A
demonstration of an untrue claim is not run: to uphold it is the mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from course_lib.hazards.defence.claims_on_desk import CLAIMS, FAULTS, variants
from course_lib.hazards.plainly import counted, first_wrong, raised, shown, then
from course_lib.hazards.terms import Control, Hangs, Observe, SubmissionError, Task
from course_lib.reading import Check, failed, passed

READS, UPHOLDS, NONE_UNTRUE = "can be read", "upholds every true claim", "upholds no untrue claim"
SHOWS, SPARES = "raises where the fault is", "returns where the fault is not"
SECONDS, LONGEST = 8.0, 16.0  # a demonstration may wait for threads
PLAIN = ("None", "True", "False", "something")  # what is returned says nothing, as long as it ran
A_WHILE = 1.0  # seconds after which one that is known to hang is asked where it is

Seen = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What the demonstration of a claim did on a module with its fault, or without."""

    number: int
    faulty: bool
    seen: Seen

    @property
    def asserts(self) -> bool:
        return "AssertionError" in self.seen.get("bases", ())

    @property
    def returned(self) -> bool:
        return "returned" in self.seen

    def in_words(self) -> str:
        if "hangs" in self.seen:
            line = self.seen["hangs"]
            return f"did not come back within {SECONDS:.0f} seconds{f' (it stood in line {line})' if line else ''}"
        if not self.returned:
            return f"raised {raised(self.seen)}"
        given = self.seen["returned"]
        return f"returned {given}" if given not in PLAIN else "returned"


def _judge(observe: Observe) -> list[Check]:
    [seen] = observe([{}])
    readable = _can_be_read(seen["claims"])
    if readable.status != "pass":
        rest = [UPHOLDS, NONE_UNTRUE, SHOWS, SPARES]
        return then(readable, list, rest, "judged once the demonstrations can be read")
    upheld = [number for number, _ in seen["claims"]]
    outcomes = [one for number in upheld if number in FAULTS for one in _outcomes(observe, number)]
    return [readable, _upholds(upheld), _none_untrue(upheld), _shows(outcomes), _spares(outcomes)]


def _outcomes(observe: Observe, number: int) -> Iterator[Outcome]:
    """What one demonstration does on each module, up to the first from which it does not come back."""
    for source, faulty in variants(number):
        case = {"claim": number, "source": source}
        try:
            yield Outcome(number, faulty, observe([case], seconds=SECONDS, longest=LONGEST)[0])
        except Hangs:
            yield Outcome(number, faulty, {"hangs": _where_it_stands(observe, case)})
            return


def _where_it_stands(observe: Observe, case: dict[str, Any]) -> int | None:
    """The line in which a demonstration waits or goes round; None where it can't be interrupted there."""
    try:
        [seen] = observe([{**case, "interrupt": A_WHILE}], seconds=3 * A_WHILE, longest=3 * A_WHILE)
    except SubmissionError:
        return None
    line: int | None = seen.get("line")
    return line


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
    missing = len(FAULTS) - true
    told = f"{counted(missing, 'claim')} of the review can be shown to be true and {_is(missing)} not upheld"
    return failed(UPHOLDS, measured, f"all {len(FAULTS)}", told)


def _none_untrue(upheld: list[int]) -> Check:
    untrue = sum(number not in FAULTS for number in upheld)
    measured = f"{counted(untrue, 'untrue claim')} upheld"
    if not untrue:
        return passed(NONE_UNTRUE, measured)
    told = f"of the {counted(len(upheld), 'claim')} that you uphold, {untrue} {_is(untrue)} untrue: the module has no "
    return failed(NONE_UNTRUE, measured, "none", f"{told}such fault")


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _shows(outcomes: list[Outcome]) -> Check:
    faulty = [one for one in outcomes if one.faulty]
    missed = [one for one in faulty if not one.asserts]
    measured = f"{len(faulty) - len(missed)} of {len(faulty)} faulty modules shown to be so"
    if faulty and not missed:
        return passed(SHOWS, measured)
    told = "no true claim is demonstrated"
    if missed:
        told = f"on a module that has the fault, {_each_claim(missed, Outcome.in_words)}"
    return failed(SHOWS, measured, "AssertionError on every one, however the fault is written", told)


def _spares(outcomes: list[Outcome]) -> Check:
    sound = [one for one in outcomes if not one.faulty]
    accused = [one for one in sound if not one.returned]
    measured = f"{len(sound) - len(accused)} of {len(sound)} modules without the fault let through"
    if sound and not accused:
        return passed(SPARES, measured)
    told = "no true claim is demonstrated"
    if accused:
        told = f"on a module in which just that fault is repaired, {_each_claim(accused, _at_a_right_module)}"
    elif outcomes and not sound:
        told = "no demonstration came back from a module that has the fault, so none was tried on its repair"
    return failed(SPARES, measured, "a return from every one, however the fault is repaired", told)


def _at_a_right_module(one: Outcome) -> str:
    return one.in_words() + ("" if one.asserts or "hangs" in one.seen else ", and must return there")


def _each_claim(outcomes: Iterable[Outcome], in_words: Callable[[Outcome], str]) -> str:
    """What the demonstration of each of these claims did, the first time that it did what it should not."""
    first: dict[int, Outcome] = {}
    for one in outcomes:
        first.setdefault(one.number, one)
    return "; ".join(f"the demonstration of claim {number} {in_words(one)}" for number, one in first.items())


DEMONSTRATIONS = Task(
    _judge,
    Control({"claim": 1, "source": "x = 1\n"}, lambda seen: "raised" not in seen),
    unseen=True,
)
