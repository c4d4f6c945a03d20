"""Hazard 4: is there an order of the threads' steps in which the promise breaks? Judged on small programs, every order.

The probe reports each distinct end of each program; here it is compared with what a sequential specification
allows. A program that could not be covered completely is unmeasured unless a forbidden end was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from course_lib.hazards.plainly import counted, raised
from course_lib.hazards.race_conditions.bank import BANK, BANK_PLAIN, OPPOSITE, bank_trouble
from course_lib.hazards.race_conditions.programs import (
    PREEMPTIONS,
    Call,
    Observation,
    Shape,
    call_in_words,
    got,
    losing_steps,
)
from course_lib.hazards.race_conditions.tickets import (
    COUNTER,
    COUNTER_PLAIN,
    OFFICE,
    OFFICE_PLAIN,
    counter_trouble,
    office_trouble,
)
from course_lib.hazards.terms import Control, Hangs, Observe, SubmissionError, Task, Unmeasured
from course_lib.reading import Check, failed, passed, skipped, unmeasured

Trouble = Callable[[Shape, Observation], str]
"""What is wrong with one end of one program, in words; empty where nothing is."""

Pair = tuple[Shape, Observation]
"""A program and what was observed of it."""

FIRST, ALL = 60, 8000  # schedules of a first look, which finds what never comes back, and of a full search
PATIENT, LONGEST = 20.0, 90.0  # seconds for what is known to take long
SEARCHED, SEARCHED_LONGEST = 45.0, 135.0  # seconds for all orders of one program
FEW = 6  # calls of a thread that are told one by one
WORKS = "works with one thread"
NEVER_STUCK = "always comes to an end"


class Family(NamedTuple):
    """A check and the programs that it is made of."""

    name: str
    expected: str
    shapes: list[Shape]


class Rules(NamedTuple):
    """What one task is judged by."""

    plain: list[Shape]
    families: list[Family]
    trouble: Trouble
    ends: str
    """Name of the check that every program comes to an end."""
    control: Shape
    """The program on which the course's own broken class must be told from its repaired twin."""

    def shapes(self) -> list[Shape]:
        return [*self.plain, *(shape for family in self.families for shape in family.shapes)]


def _judge(observe: Observe, rules: Rules) -> list[Check]:
    shapes = rules.shapes()
    seen = _first_look(observe, shapes)
    checks = _checks(rules, seen)
    if _one_fails(checks):
        return [_left_open(check) for check in _with_steps(observe, rules, seen, FIRST)]
    left = [number for number, one in enumerate(seen) if not one.get("exhausted")]
    if not left:
        return checks
    for more in _all_orders(observe, [shapes[number].case(ALL, number) for number in left]):
        seen[more["number"]] = more
    checks = _checks(rules, seen)
    return _with_steps(observe, rules, seen, ALL) if _one_fails(checks) else checks


def _one_fails(checks: list[Check]) -> bool:
    return "fail" in [check.status for check in checks]


def _with_steps(observe: Observe, rules: Rules, seen: list[Observation], schedules: int) -> list[Check]:
    """The same checks, told with the steps that lead to what is wrong: only now are they written down.

    A program that does not do the same once more, or does not come back this time, is told of without them.
    """
    shapes = rules.shapes()
    cases = [shapes[number].case(schedules, number, traced=True) for number in _told_of(rules, seen)]
    try:
        again = observe(cases, seconds=PATIENT, longest=LONGEST)
    except SubmissionError:
        again = []
    for more in again:
        number = more["number"]
        if any(_is_wrong(shapes[number], outcome, rules.trouble) for outcome in more.get("outcomes", ())):
            seen[number] = more
    return _checks(rules, seen)


def _told_of(rules: Rules, seen: list[Observation]) -> list[int]:
    """The numbers of the programs that the failed checks tell of: for each check, the first that is wrong."""
    shapes = rules.shapes()
    ends = [(number, end) for number, one in enumerate(seen) for end in one.get("outcomes", ())]
    hangs = [number for number, end in ends if stuck(end)]
    wrong = [number for number, end in ends if not stuck(end) and rules.trouble(shapes[number], end)]
    groups = [rules.plain, *(family.shapes for family in rules.families)]
    told = [[number for number in wrong if shapes[number] in group] for group in groups]
    told.append(sorted(hangs, key=lambda number: number < len(rules.plain)))
    return sorted({numbers[0] for numbers in told if numbers})


def _is_wrong(shape: Shape, outcome: Observation, trouble: Trouble) -> bool:
    return bool(stuck(outcome) or trouble(shape, outcome))


def _all_orders(observe: Observe, cases: list[dict[str, Any]]) -> list[Observation]:
    """All orders of these programs: the small ones together, each large one in a process of its own.

    Each has come back in its first schedules, so a search that does not end is a long one, and no call without an end.
    """
    large = [case for case in cases if case["enough"]]
    small = [case for case in cases if not case["enough"]]
    try:
        found = observe(small, seconds=PATIENT, longest=LONGEST) if small else []
    except Hangs:
        found, large = [], cases
    try:
        return [*found, *observe(large, seconds=SEARCHED, longest=SEARCHED_LONGEST, alone=True)] if large else found
    except Hangs as problem:
        raise Unmeasured(f"all orders of one program could not be tried in {SEARCHED:g} processor seconds") from problem


def _first_look(observe: Observe, shapes: list[Shape]) -> list[Observation]:
    """What a few schedules of each program show. A thousand calls that write files may take long on a busy machine.

    Threads that nobody controls are begun only where no other program has shown that one may wait for ever.
    """
    cases = [shape.case(FIRST, number) for number, shape in enumerate(shapes)]
    long = [case for case, shape in zip(cases, shapes, strict=True) if shape.later]
    short = [case for case in cases if case not in long]
    found = _together_or_each(observe, short)
    if any(stuck(end) for one in found for end in one.get("outcomes", ())):
        long = [{**case, "in_turn": False} for case in long]
    found = [*found, *(observe(long, seconds=PATIENT, longest=LONGEST) if long else ())]
    return sorted(found, key=lambda seen: int(seen["number"]))


def _together_or_each(observe: Observe, cases: list[dict[str, Any]]) -> list[Observation]:
    """What is seen of these programs: many together may take too long where none of them is without an end."""
    try:
        return observe(cases)
    except Hangs:
        return observe(cases, alone=True)


def _left_open(check: Check) -> Check:
    """Where another check fails already, the rest of a long search can wait."""
    if check.status != "unmeasured":
        return check
    return skipped(check.name, "no fault found so far; all orders are tried once the other checks hold")


def _checks(rules: Rules, seen: list[Observation]) -> list[Check]:
    pairs = list(zip(rules.shapes(), seen, strict=True))
    plain, rest = pairs[: len(rules.plain)], pairs[len(rules.plain) :]
    first = _check_plain(plain, rules.trouble)
    if first.status == "fail":
        later = "judged once it works with one thread"
        return [first, *(skipped(name, later) for name in (rules.ends, *(family.name for family in rules.families)))]
    checks = [first, _check_ends(rules.ends, [*rest, *plain])]
    for family in rules.families:
        checks.append(_check_family(family, [pair for pair in rest if pair[0] in family.shapes], rules.trouble))
    return checks


def _check_plain(pairs: list[Pair], trouble: Trouble) -> Check:
    """A program that never comes back is told of by the check on that; here it costs the first one alone."""
    expected = "the promised answers, one call after the other"
    answered = 0
    for shape, seen in pairs:
        wrong = _first_wrong(shape, seen, trouble)
        if wrong is not None and stuck(wrong[1]):
            if shape is not pairs[0][0]:
                continue
            return skipped(WORKS, f"{shape.in_words()}: a call never came back, see the next check")
        if wrong is not None:
            return failed(WORKS, wrong[0], expected, _up_to(shape, *wrong, trouble))
        if not seen["exhausted"]:
            return unmeasured(WORKS, f"could not be measured: {seen['reason']}")
        answered += len(shape.threads[0])
    return passed(WORKS, f"{answered} calls answered rightly", expected)


def _up_to(shape: Shape, wrong: str, outcome: Observation, trouble: Trouble) -> str:
    """What went wrong with one thread, after the fewest calls with which it does."""
    [calls], results = shape.threads, (outcome.get("threads") or [[]])[0] or []
    for before, pair in enumerate(zip(calls, results, strict=False)):
        shorter = shape._replace(threads=[calls[: before + 1]])
        if trouble(shorter, {**outcome, "threads": [results[: before + 1]]}) != wrong:
            continue
        if not wrong.startswith(got(*pair)):
            return f"{shorter.in_words()}: {wrong}"
        earlier = shape._replace(threads=[calls[:before]]).in_words()
        return f"{earlier}, then {wrong}" if before else ": ".join(filter(None, [earlier, wrong]))
    return f"{shape.in_words()}: {wrong}"


def _first_wrong(shape: Shape, seen: Observation, trouble: Trouble) -> tuple[str, Observation] | None:
    """The first forbidden end of a program and what is wrong with it."""
    if "made" in seen:
        return f"making the object raised {raised(seen['made'])}", seen
    for outcome in seen["outcomes"]:
        wrong = stuck(outcome) or trouble(shape, outcome)
        if wrong:
            return wrong, outcome
    return None


def stuck(outcome: Observation) -> str:
    """How an end without an end came about; empty for a program that finished."""
    if outcome.get("status") == "deadlock":
        return f"deadlock: {outcome['detail']}"
    words = {"livelock": "the threads wait for each other in a loop for ever", "endless": "a call never ends"}
    return words.get(outcome.get("status", ""), "")


def _check_ends(name: str, pairs: list[Pair]) -> Check:
    expected = "no order of the steps in which a thread waits for ever"
    for shape, seen in pairs:
        for outcome in seen.get("outcomes", ()):
            if stuck(outcome):
                return failed(name, stuck(outcome), expected, _story(shape, outcome, stuck(outcome)))
    total = sum(seen.get("schedules", 0) for _, seen in pairs)
    return _covered(name, pairs, f"{counted(len(pairs), 'program')}, {total} schedules, every one ended", expected)


def _check_family(family: Family, pairs: list[Pair], trouble: Trouble) -> Check:
    for shape, seen in pairs:
        for outcome in seen.get("outcomes", ()):
            wrong = "" if stuck(outcome) else trouble(shape, outcome)
            if wrong:
                return failed(family.name, wrong, family.expected, _story(shape, outcome, wrong))
    total = sum(seen.get("schedules", 0) for _, seen in pairs)
    return _covered(family.name, pairs, f"held in all {total} schedules that can matter", family.expected)


def _forbidden(rules: Rules, pairs: list[Pair]) -> Iterator[tuple[Shape, str, Observation]]:
    """Each forbidden end with its program and what is wrong with it, in the order in which the checks tell of them."""
    plain = [pair for pair in pairs if pair[0] in rules.plain]
    rest = [pair for pair in pairs if pair[0] not in rules.plain]
    for shape, seen in plain:
        wrong = _first_wrong(shape, seen, rules.trouble)
        if wrong is not None and not stuck(wrong[1]):
            yield shape, *wrong
    ends = [(shape, outcome) for shape, seen in [*rest, *plain] for outcome in seen.get("outcomes", ())]
    yield from ((shape, stuck(outcome), outcome) for shape, outcome in ends if stuck(outcome))
    for shape, outcome in ends:
        wrong_end = "" if stuck(outcome) else rules.trouble(shape, outcome)
        if wrong_end:
            yield shape, wrong_end, outcome


def _covered(name: str, pairs: list[Pair], measured: str, expected: str) -> Check:
    """A pass, if nothing was left out but schedules of large programs with many preemptions."""
    bounds = []
    for shape, seen in pairs:
        if seen.get("exhausted") or shape.makes_another:  # of those, only what is found counts
            continue
        bound = seen.get("bound")
        if not shape.is_large or bound is None or bound < PREEMPTIONS:
            reason = seen.get("reason") or seen.get("made", {}).get("message", "")
            return unmeasured(name, f"no fault found, but not every order was covered in {shape.in_words()}: {reason}")
        bounds.append(bound)
    if bounds:
        measured += f"; of {counted(len(bounds), 'larger program')} those with up to {min(bounds)} preemptions"
    return passed(name, measured, expected)


def _story(shape: Shape, outcome: Observation, wrong: str) -> str:
    threads = " and ".join(f"T{index} calls {_in_short(calls)}" for index, calls in enumerate(shape.threads))
    if shape.before:
        threads = f"After {shape.before[1]} times {call_in_words(shape.before[0])}, {threads}"
    steps = losing_steps(outcome)
    end = "" if steps.endswith("…") else "."
    return f"{threads}: {wrong}. " + (f"One such order: {steps}{end}" if steps else "")


def _in_short(calls: list[Call]) -> str:
    more = f" and {len(calls) - FEW} more" if len(calls) > FEW else ""
    return ", ".join(map(call_in_words, calls[:FEW])) + more


def _task(rules: Rules) -> Task:
    def is_bad(seen: Observation) -> bool:
        return not seen.get("exhausted") or _first_wrong(rules.control, seen, rules.trouble) is not None

    def evidence(observations: list[Observation]) -> dict[str, Any] | None:
        """The schedule of the end that the verdict's reason tells of, for a picture."""
        shapes, last = rules.shapes(), {seen["number"]: seen for seen in observations}
        pairs = [(shapes[number], last[number]) for number in sorted(last)]
        shape, wrong, outcome = next(_forbidden(rules, pairs), (None, "", {}))
        if shape is None or not outcome.get("trace"):
            return None
        return {"kind": "schedule", "title": f"{shape.in_words()}: {wrong}", "trace": outcome["trace"]}

    return Task(
        lambda observe: _judge(observe, rules),
        Control(rules.control.case(FIRST), is_bad),
        evidence,
        function={WORKS},
        given={"make", "threads"},
    )


_COUNTER, _OFFICE, _BANK = ([Family(*one) for one in families] for families in (COUNTER, OFFICE, BANK))
TASKS: dict[str, Task] = {
    "UserCounter": _task(Rules(COUNTER_PLAIN, _COUNTER, counter_trouble, NEVER_STUCK, _COUNTER[0].shapes[0])),
    "TicketOffice": _task(Rules(OFFICE_PLAIN, _OFFICE, office_trouble, NEVER_STUCK, _OFFICE[0].shapes[0])),
    "Bank": _task(Rules(BANK_PLAIN, _BANK, bank_trouble, "no order of calls deadlocks", OPPOSITE)),
}
