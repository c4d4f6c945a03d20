"""States the checks of `fetch_profile`: which answers became data, which became errors, and what was left behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from course_lib.hazards.error_handling.runs import (
    BODIES,
    CALM,
    GOOD,
    LINKS,
    ONCE,
    SILENT,
    SLOW,
    STATUSES,
    Ledger,
    Patience,
    measure,
)
from course_lib.hazards.plainly import counted, raised, shown
from course_lib.hazards.terms import Observe
from course_lib.instruments.faults import Cell
from course_lib.reading import Check, failed, figure, passed, skipped, unmeasured

WORKS = "good answers come back"
BAD_ANSWERS = "bad answers become errors"
BROKEN_LINKS = "broken connections become errors"
SILENCE = "silence becomes an error"
INTERRUPTS = "interrupts get through"
OPEN = "nothing stays open"


def judge_fetch_profile(observe: Observe) -> list[Check]:
    """Six checks; all but the first are skipped where the function does not even fetch a good profile."""
    ledger = measure(observe)
    works = _check_good(ledger)
    if not ledger.works():
        rest = (BAD_ANSWERS, BROKEN_LINKS, SILENCE, INTERRUPTS, OPEN)
        return [works, *(skipped(name, "a good profile does not come back yet") for name in rest)]
    return [
        works,
        _check_errors(BAD_ANSWERS, ledger.of((*STATUSES, ONCE, *BODIES))),
        _check_errors(BROKEN_LINKS, ledger.of(LINKS)),
        _check_silence(ledger),
        _check_interrupts(ledger),
        _check_open(ledger),
    ]


def _check_good(ledger: Ledger) -> Check:
    answers = ledger.of((*GOOD, *SLOW))
    broken = [told for told in answers if not told.holds]
    if broken:
        measured, expected = _tally(answers), f"{len(answers)} data"
        return failed(WORKS, measured, expected, _because(broken))
    for call, requests in ledger.requests.items():
        calls = ledger.calls[call]
        if requests != [f"GET {call.below}/users/{call.user_id}"] * calls:
            sent = ", ".join(requests[:3]) or "nothing"
            count = f"{counted(len(requests), 'request')} for {counted(calls, 'call')}"
            measured = sent if len(requests) == calls else count
            feedback = f"under {call.fault!r} the server got {count} for one user: {sent}"
            return failed(WORKS, measured, "one GET of {base_url}/users/{id} a call", feedback)
    impatient = next((one for one in ledger.patience if not one.holds), None)
    if impatient:
        return failed(WORKS, *_impatient(impatient))
    return passed(WORKS, f"{_tally(answers)}, one GET each")


def _impatient(one: Patience) -> tuple[str, str, str]:
    """A call that did not come to the good answer, although it had a long time."""
    expected = "a good answer that comes within the timeout is returned"
    if one.limit is None:
        return f"no data with a timeout of {one.timeout} s", expected, f"the timeout was {one.timeout} s; {one.detail}"
    waited = f"gave up after {figure(one.limit)} s"
    feedback = (
        f"the timeout was {one.timeout} s, and when the server had said nothing for {figure(one.limit)} s, {one.detail}"
    )
    return waited, expected, feedback


def _check_errors(name: str, answers: Sequence[Cell]) -> Check:
    broken = [told for told in answers if not told.holds]
    if not broken:
        return passed(name, _tally(answers).replace(" data", " data, where either is right"))
    return failed(name, _tally(answers), 'each gives {"error": a text that says something}', _because(broken))


def _check_silence(ledger: Ledger) -> Check:
    check, overdue = _check_errors(SILENCE, ledger.of(SILENT)), ledger.overdue
    if check.status != "pass" or overdue is None:
        return check
    timeout, limit = overdue
    waits, asked = f"{figure(limit)} s", f"the timeout was {timeout} s"
    feedback = f"{asked}, the call waits for {waits} of silence, and nothing ends the call before that"
    return failed(SILENCE, f"waits for {waits} where {asked}", "no longer than the timeout", feedback)


def _tally(answers: Sequence[Cell]) -> str:
    counts = Counter(told.outcome for told in answers)
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items(), key=lambda pair: -pair[1]))


def _because(broken: Sequence[Cell]) -> str:
    """The first fault in full, the others by name."""
    first = broken[0]
    reason = f"the server's answer was: {first.says}; {first.detail}"
    if first.outcome == "hang":
        reason = f"{_WAITED}: {first.says}; {first.detail}"
    others = [told.fault for told in broken[1:]]
    if not others:
        return reason
    named = "; ".join(others[:5]) + (f"; and {len(others) - 5} more" if len(others) > 5 else "")
    return f"{reason}. Also: {named}"


_WAITED = f"the server said nothing for {CALM.silence} s, the timeout was {CALM.timeout} s, and the call still waited"


def _check_interrupts(ledger: Ledger) -> Check:
    expected = "KeyboardInterrupt and SystemExit propagate"
    missed = [name for name, seen in ledger.interrupted.items() if seen["late"] and not seen["sent"]]
    for name, seen in ledger.interrupted.items():
        result, kind = seen["result"], name.split()[0]
        if not seen["arrived"]:
            return skipped(INTERRUPTS, "the server got no request that could have been interrupted")
        if name in missed:
            continue
        if kind not in result.get("bases", ()):
            where = "rest of the body" if name != kind else "server"
            became = f"raised {raised(result)}" if "raised" in result else f"gave back {shown(result.get('returned'))}"
            feedback = f"{kind} was raised while the call waited for the {where}, and it {became}"
            return failed(INTERRUPTS, f"{kind} did not come out", expected, feedback)
    if missed:
        return unmeasured(INTERRUPTS, "the machine was too busy to interrupt a call in time; run the check again")
    return passed(INTERRUPTS, "KeyboardInterrupt and SystemExit came out", expected)


def _check_open(ledger: Ledger) -> Check:
    left = {**ledger.left, **{f"an interrupt ({name})": seen["left"] for name, seen in ledger.interrupted.items()}}
    guilty = {fault: count for fault, count in left.items() if count > 0}
    expected = "no descriptor more than before the call"
    if not guilty:
        calls = len(ledger.told) + len(ledger.interrupted)
        return passed(OPEN, f"0 descriptors left open after {calls} calls", expected)
    fault, count = next(iter(guilty.items()))
    more = counted(count, "descriptor")
    feedback = f"when the call under {fault!r} was over, {more} more than before it stood open"
    return failed(OPEN, f"descriptors left open under {len(guilty)} of {len(left)} answers", expected, feedback)
