"""Runs `fetch_profile` against the hostile server and keeps what became of each call.

Everything that is answered at once is asked for in turn, in the main thread. Silences are sat out side by side, so that
many cost the time of one, and so is the rest of a client that pauses between its retries. Calls that must succeed run
beside them: where one fails, the code is not made for threads (it uses signals, say, or a global default timeout), and
nothing of that run counts. What looks mishandled there is tried again alone, in a fresh process, in the main thread
and with longer silences, so that neither threads nor a busy machine make a right client wrong.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from course_lib.hazards.plainly import raised, same, shown
from course_lib.hazards.terms import Observe, Unmeasured
from course_lib.instruments.faults import LEGEND, Outcome, declares_error, outcome_of
from course_lib.testbeds.hostile_api import HostileAPI
from course_lib.testbeds.hostile_faults import FAULTS, HOLD, Fault

GOOD = ("good", "good at the root", "good, with a field called error", "good, large", "good, byte by byte")
SLOW = ("slow headers", "slow body")
STATUSES = tuple(name for name in FAULTS if name.startswith("status "))
BODIES = (
    "empty body", "blank body", "HTML", "plain text", "cut JSON", "malformed JSON", "JSON and more", "null", "true",
    "number", "string", "list", "empty object", "error object", "wrapped object", "no id", "another id", "id as text",
    "id null", "not UTF-8",
)  # fmt: skip
LINKS = (
    "redirect loop", "redirects without end", "short body", "cut chunk", "reset before the headers",
    "reset in the headers", "reset after the headers", "reset in the body", "close before the headers",
    "close in the headers", "garbage", "JSON without HTTP", "refused",
)  # fmt: skip
SILENT = tuple(name for name, fault in FAULTS.items() if fault.promise == "silent")
PROMPT = (*LINKS, *STATUSES, *BODIES)
SIGNALS = ("KeyboardInterrupt", "SystemExit")

NUMBERS = {"rank": 3, "score": 1.0, "share": 0.0625, "debt": -0.0, "visits": 2**61 + 1}  # at each depth of an answer

AMPLE_SECONDS = 20.0
BURNT, FIRST_LONGEST, SECOND_LONGEST = 12.0, 25.0, 40.0
FIRST_BUDGET_SECONDS, BUDGET_SECONDS = 2.0, 12.0
SIGNAL_TRIES, PROOFS = 3, 4

Call = tuple[str, int]  # fault, user id


@dataclass(frozen=True)
class Timing:
    """Seconds: the timeout given where the server falls silent, how long it is silent, how long it is merely slow."""

    timeout: float
    silence: float
    pause: float


# A client that waits twice as long as it may is told by the silence; one with a time of its own by silence or pause.
QUICK, CALM = Timing(0.4, 0.7, 0.75), Timing(0.95, 1.7, 1.75)


@dataclass(frozen=True)
class Told:
    """What became of one call under one fault: the outcome, and what came back or out, in words."""

    fault: str
    outcome: Outcome
    detail: str

    @property
    def holds(self) -> bool:
        """Whether the call kept the contract."""
        return LEGEND[self.outcome][0] == "good"


@dataclass
class Ledger:
    """What is known so far: what became of each call, and what it left open; how often good answers were asked for."""

    told: dict[Call, Told] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    calls: dict[Call, int] = field(default_factory=dict)
    requests: dict[Call, list[str]] = field(default_factory=dict)
    interrupted: dict[str, dict[str, Any]] = field(default_factory=dict)

    def of(self, faults: Sequence[str]) -> list[Told]:
        """What became of the calls under these faults."""
        return [told for (fault, _), told in self.told.items() if fault in faults]

    def holds(self, calls: Sequence[Call]) -> bool:
        """Whether these calls kept the contract, and no call at all left anything open."""
        return all(self.told[call].holds for call in calls) and not any(self.left.values())

    def works(self) -> bool:
        """Whether the plainest good answer came back."""
        return any(told.holds for told in self.of(["good"]))


def measure(observe: Observe) -> Ledger:
    """All calls, each with its fairest run; raises Unmeasured where no port or no signal could be had."""
    ledger = Ledger()
    rest, doubtful = _first_run(observe, ledger)
    if ledger.works():
        if rest:
            _alone(observe, ledger, _rest_beside(observe, ledger, rest))
        _alone(observe, ledger, doubtful[:1])
        if ledger.holds(doubtful[:1]):  # else one is enough
            _alone(observe, ledger, doubtful[1:])
        _again_unless_sent(observe, ledger)
    return ledger


def _first_run(observe: Observe, ledger: Ledger) -> tuple[list[Call], list[Call]]:
    """Good answers, all that is answered at once, the silences, the interrupts, one good answer twice more.

    The prompt calls for which there was no time, and the waiting calls whose outcome is in doubt.
    """
    first = [*((name, _some_id()) for name in GOOD), ("good", 0), ("good", 2**60 + secrets.randbelow(2**60))]
    prompt, waiting = ([(name, _some_id()) for name in names] for names in (PROMPT, (*SLOW, *SILENT)))
    last = [("good", _some_id())] * 2
    with _server(QUICK, SIGNALS) as api:
        cases = [
            _in_turn(api, first, QUICK),
            {**_in_turn(api, prompt, QUICK), "budget": FIRST_BUDGET_SECONDS},
            {**_in_turn(api, waiting, QUICK), "together": True},
            *(_signal_case(api, name) for name in SIGNALS),
            _in_turn(api, last, QUICK),
        ]
        seen = observe(cases, api.ports, BURNT, FIRST_LONGEST)
        for calls, observation in zip((first, prompt, waiting, last), (*seen[:3], seen[-1]), strict=True):
            _enter(ledger, api, calls, observation)
        ledger.interrupted = _with_arrival(api, SIGNALS, seen[3:5])
        _enter_requests(ledger, api, [*first, *last])
    slow = waiting[: len(SLOW)]
    doubtful = _in_doubt(ledger, seen[2], slow, waiting)
    return prompt[len(seen[1]["results"]) :], doubtful + [call for call in slow if doubtful and call not in doubtful]


def _rest_beside(observe: Observe, ledger: Ledger, rest: Sequence[Call]) -> list[Call]:
    """Runs the rest side by side; the calls whose outcome is in doubt."""
    proof = [("good", _some_id()) for _ in range(PROOFS)]
    with _server(CALM) as api:
        [seen] = observe([{**_in_turn(api, [*proof, *rest], CALM), "together": True}], api.ports, BURNT, FIRST_LONGEST)
        _enter(ledger, api, [*proof, *rest], seen)
    doubtful = _in_doubt(ledger, seen, proof, rest)
    for call in proof:
        del ledger.told[call]
    return doubtful


def _in_doubt(ledger: Ledger, seen: dict[str, Any], proof: Sequence[Call], calls: Sequence[Call]) -> list[Call]:
    """The calls side by side that went wrong; all, where one of the `proof` did, or where something stayed open."""
    bad = [call for call in calls if not ledger.told[call].holds]
    if seen["left_together"] or not all(ledger.told[call].holds for call in proof):
        return bad + [call for call in calls if call not in bad]
    return bad


def _alone(observe: Observe, ledger: Ledger, calls: Sequence[Call]) -> None:
    """These calls in turn, in fresh processes, until all have run or one is confirmed as mishandled.

    Each process begins with a good answer: what the code remembers of that must not come back.
    """
    left = list(calls)
    while left:
        with _server(CALM) as api:
            in_time = {**_in_turn(api, left, CALM), "budget": BUDGET_SECONDS}
            seen = observe([_in_turn(api, [("good", _some_id())], CALM), in_time], api.ports, BURNT, SECOND_LONGEST)
            _enter(ledger, api, left, seen[1])
        count = len(seen[1]["results"])
        done, left = left[:count], left[count:]
        if not ledger.holds(done):
            return


def _again_unless_sent(observe: Observe, ledger: Ledger) -> None:
    """Repeats the interrupts that the machine was too busy to send in time."""
    for _ in range(SIGNAL_TRIES):
        late = [name for name, one in ledger.interrupted.items() if one["arrived"] and not one["sent"]]
        if not late:
            return
        with _server(CALM, late) as api:
            seen = observe([_signal_case(api, name) for name in late], api.ports, BURNT, FIRST_LONGEST)
            ledger.interrupted.update(_with_arrival(api, late, seen))
    if any(one["arrived"] and not one["sent"] for one in ledger.interrupted.values()):
        raise Unmeasured("the machine was too busy to interrupt a call in time; run the check again")


def _with_arrival(api: HostileAPI, names: Sequence[str], seen: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The observations by name, each with whether the request to be interrupted had arrived at all."""
    return {name: {**one, "arrived": bool(api.asked(name))} for name, one in zip(names, seen, strict=True)}


@contextmanager
def _server(timing: Timing, held: Sequence[str] = ()) -> Iterator[HostileAPI]:
    """A server with every fault under random addresses, and one more address for each signal."""
    salt = secrets.token_hex(3)

    def good(target: str) -> dict[str, Any]:
        last = target.rpartition("/")[2]
        number = int(last) if last.lstrip("-").isdecimal() else 0
        return {
            "id": number,
            "name": f"Zoë {salt}",
            "active": True,
            "team": None,
            **NUMBERS,
            "roles": [{"of": salt, **NUMBERS}],
        }

    faults: Mapping[str, Fault] = {**FAULTS, **dict.fromkeys(held, HOLD)}
    api = HostileAPI(good, silence=timing.silence, pause=timing.pause, faults=faults, opaque=True)
    try:
        api.start()
    except OSError as error:
        raise Unmeasured(f"no port could be had for the server: {error.strerror}") from error
    try:
        yield api
    finally:
        api.stop()


def _some_id() -> int:
    return 2 + secrets.randbelow(10**6)


def _in_turn(api: HostileAPI, calls: Sequence[Call], timing: Timing) -> dict[str, Any]:
    return {"rows": [_row(api, *call, timing.timeout if call[0] in SILENT else AMPLE_SECONDS) for call in calls]}


def _row(api: HostileAPI, fault: str, user_id: int, timeout: float) -> dict[str, Any]:
    return {"base_url": api.url(fault), "user_id": user_id, "timeout": timeout}


def _signal_case(api: HostileAPI, name: str) -> dict[str, Any]:
    return {"signal": name, "port": api.ports[0], "bell": api.doorbell(name), **_row(api, name, 7, AMPLE_SECONDS)}


def _enter(ledger: Ledger, api: HostileAPI, calls: Sequence[Call], seen: dict[str, Any]) -> None:
    """Adds one observation to the ledger; an earlier entry of the same call gives way."""
    for call, result in zip(calls, seen["results"], strict=False):
        ledger.told[call] = _tell(api, call, result)
    for (fault, _), result, count in zip(calls, seen["results"], seen.get("left", ()), strict=False):
        if result and "returned" in result:  # an exception holds what its frames hold, and it is a fault of its own
            ledger.left[fault] = max(count, ledger.left.get(fault, 0))


def _enter_requests(ledger: Ledger, api: HostileAPI, calls: Sequence[Call]) -> None:
    """How often each good answer was due, and what arrived at the server for it."""
    for call in calls:
        wanted = f"/users/{call[1]}"
        ledger.calls[call] = calls.count(call)
        ledger.requests[call] = [f"{one.method} {one.target}" for one in api.asked(call[0]) if one.target == wanted]


def _tell(api: HostileAPI, call: Call, result: dict[str, Any] | None) -> Told:
    fault, user_id = call
    if result is None:
        return Told(fault, "hang", "it had not come back a minute later")
    promise = api.faults[fault].promise
    if "raised" in result:
        outcome = outcome_of(promise, returned=False, declared=False, right=False)
        return Told(fault, outcome, f"it raised {raised(result)}")
    value = result["returned"]
    right = same(value, api.expected(fault, f"/users/{user_id}"))
    if promise == "either" and not (isinstance(value, dict) and same(value.get("id"), user_id)):
        promise = "error"
    outcome = outcome_of(promise, returned=True, declared=declares_error(value), right=right)
    return Told(fault, outcome, f"it gave back {shown(value)}")
