"""Runs `fetch_profile` against the hostile server and keeps what became of each call.

Everything that is answered at once is asked for in turn, in the main thread. Silences are sat out side by side, so that
many cost the time of one, and so is the rest of a client that pauses between its retries. Calls that must succeed run
beside them: where one fails, the code is not made for threads (it uses signals, say, or a global default timeout), and
nothing of that run counts. What looks mishandled there is tried again alone, in a fresh process, in the main thread
and with longer silences, so that neither threads nor a busy machine make a right client wrong.

Whether a client has the patience that it was given, up to a day, is not waited for: its sockets tell what limit they
wait with, and a shorter one runs out at once, as it would in earnest; what runs out in turns at one socket is added up.
A client whose limit does not show there (it waits in threads, with signals or an event loop) is given a good answer
that takes its time, and one that comes when a short timeout is long over. A limit that is longer than the timeout by
more than a rounding is wrong where nothing else ends the call before it. What it can't see: some tenths of a second too
many in a client that waits in such another way; they are told from a busy machine by nothing.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from course_lib.hazards import families
from course_lib.hazards.plainly import raised, same, shown
from course_lib.hazards.terms import Observe, Unmeasured
from course_lib.instruments.faults import Cell, declares_error, outcome_of
from course_lib.testbeds.hostile_api import HostileAPI
from course_lib.testbeds.hostile_faults import FAULTS, GOOD_ONCE, HOLD, HOLD_IN_BODY, RARE, Fault

GOOD = (
    "good", "good at the root", "good, with a field called error", "good, large", "good, byte by byte",
    "good, in chunks", "good, without a length", *(name for name, fault in RARE.items() if fault.promise == "data"),
)  # fmt: skip
SLOW = ("slow headers", "slow body")
ALL: dict[str, Fault] = {**FAULTS, **RARE}
STATUSES = tuple(name for name in ALL if name.startswith("status "))
BODIES = (
    "empty body", "blank body", "HTML", "plain text", "cut JSON", "malformed JSON", "JSON and more", "null", "true",
    "number", "string", "list", "empty object", "error object", "wrapped object", "no id", "another id", "id as text",
    "id null", "not UTF-8", "deep JSON", "long number",
    *(name for name in RARE if not name.startswith(("good", "status ", "short "))),
)  # fmt: skip
NOTHING_FOR_AN_ID = ("no id", "id null", "empty object", "empty id", "empty list as id", "id without end")  # for user 0
LINKS = (
    "redirect loop", "redirects without end", "short body", "short body that parses", "short by a byte",
    "short by a megabyte", "short under small letters", "cut chunk", "short chunk that parses",
    "short of its last chunk", "bad gzip", "reset before the headers",
    "reset in the headers", "reset after the headers", "reset in the body", "close before the headers",
    "close in the headers", "garbage", "JSON without HTTP", "refused",
)  # fmt: skip
ONCE = GOOD_ONCE.name
TWICE = ("good", ONCE, "null", "cut JSON")  # what is asked for once more when the caller has changed what came first
SILENT = tuple(name for name, fault in FAULTS.items() if fault.promise == "silent")
PROMPT = (*LINKS, *STATUSES, *BODIES)
INTERRUPTS = {
    "KeyboardInterrupt": HOLD,
    "SystemExit": HOLD,
    "KeyboardInterrupt in the body": HOLD_IN_BODY,
}
IN_A_ROW = (3, 5, 10)  # errors of one server after which a good answer comes back all the same
LONG_TIMEOUTS, SHORT_TIMEOUTS = (86_400, 4.0), (0.1, 0.9, 1.0)  # seconds
SHORTEST, LONG_OVER = 0.1, 0.5  # seconds: a timeout, and a silence that whoever makes a whole second of it sits out
EARLY = 0.99  # of a timeout: less has not been waited
ROUNDING = 0.01  # seconds by which a socket's limit may be longer than the timeout and is still the same
STRETCHED = 1.0  # seconds after the timeout that anything else than a socket's limit is given to end a call

NUMBERS = {"rank": 3, "score": 1.0, "share": 0.0625, "debt": -0.0, "visits": 2**61 + 1}  # at each depth of an answer
_SOME_TEXTS = families.texts(longest=300)
_MARKS = "\u2028\u2029\x85\u201c\u201d\u2018\u2019\u00ad\u200d\ufeff\uff02"
TEXTS = {  # for a negative id
    "texts": _SOME_TEXTS,
    "keys": {text: [place] for place, text in enumerate(_SOME_TEXTS)},
    "marks": [f"one{mark}two" for mark in _MARKS],
    **{f"of {text}": text for text in families.texts_like_values()},
}

AMPLE_SECONDS = 20.0
BURNT, FIRST_LONGEST, SECOND_LONGEST = 12.0, 25.0, 40.0
FIRST_BUDGET_SECONDS, BUDGET_SECONDS = 2.0, 12.0
SIGNAL_TRIES, PROOFS = 3, 4


class Call(NamedTuple):
    """The fault to call under, the user's id, and a path below the fault's base address."""

    fault: str
    user_id: int
    below: str = ""


@dataclass(frozen=True)
class Timing:
    """Seconds: the timeout given where the server falls silent, how long it is silent, how long it is merely slow."""

    timeout: float
    silence: float
    pause: float


# A client that waits twice as long as it may is told by the silence; one with a time of its own by silence or pause.
QUICK, CALM = Timing(0.3, 0.55, 0.6), Timing(0.95, 1.7, 1.75)


@dataclass(frozen=True)
class Patience:
    """One call with a given timeout: the shortest limit that a socket waited with where that was less, or None.

    `shows`: every wait was one of a socket, in the main thread, with a limit. `holds`: the good answer came back, or
    the call waited as long as it was to, counting what ran out at once.
    """

    timeout: float
    limit: float | None
    shows: bool
    holds: bool
    detail: str


@dataclass
class Ledger:
    """What is known so far: what became of each call, and what it left open; how often good answers were asked for."""

    told: dict[Call, Cell] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    calls: dict[Call, int] = field(default_factory=dict)
    requests: dict[Call, list[str]] = field(default_factory=dict)
    interrupted: dict[str, dict[str, Any]] = field(default_factory=dict)
    patience: list[Patience] = field(default_factory=list)
    short: list[tuple[float, float]] = field(default_factory=list)  # timeout, longest limit of a socket
    overdue: tuple[float, float] | None = None  # timeout, and a longer wait that nothing ends before

    def of(self, faults: Sequence[str]) -> list[Cell]:
        """What became of the calls under these faults."""
        return [told for call, told in self.told.items() if call.fault in faults]

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
        _given_time(observe, ledger)
        _kept_longer(observe, ledger)
        if rest and not any(ledger.left.values()):  # else they would use up what a process may open
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
    first = [*(Call(name, _some_id()) for name in GOOD), *(Call("good", number) for number in _unusual_ids())]
    first += [Call("good", _some_id(), below) for below in ("/v2/eu", "/v2:beta/eu%20west/@me;all=1")]
    prompt, waiting = ([Call(name, _some_id()) for name in names] for names in (PROMPT, (*SLOW, *SILENT)))
    prompt += [
        Call("another id", number) for number in _unusual_ids()
    ]  # the large one's neighbour is one float with it
    prompt += [Call(name, 0) for name in NOTHING_FOR_AN_ID]
    for turn, errors in enumerate(itertools.accumulate(IN_A_ROW)):
        prompt.insert(errors + turn, Call("good", _some_id()))
    last = [Call("good", _some_id())] * 2
    twice = [Call(name, _some_id()) for name in TWICE]
    with _server(QUICK, INTERRUPTS) as api:
        cases = [
            _in_turn(api, first, QUICK),
            {**_in_turn(api, prompt, QUICK), "budget": FIRST_BUDGET_SECONDS},
            {**_in_turn(api, waiting, QUICK), "together": True},
            _in_turn(api, last, QUICK),
            {**_in_turn(api, twice, QUICK), "twice": True},
            _limits_case(api),
            *(_signal_case(api, name) for name in INTERRUPTS),
        ]
        seen = observe(cases, api.ports, BURNT, FIRST_LONGEST)
        for calls, observation in zip((first, prompt, waiting, last, twice), seen[:5], strict=True):
            _enter(ledger, api, calls, observation)
        timed = list(zip((*LONG_TIMEOUTS, *SHORT_TIMEOUTS), seen[5]["results"], strict=True))
        ledger.patience = [_patience(api, *pair) for pair in timed]
        ledger.short = [(timeout, one["longest"]) for timeout, one in timed[len(LONG_TIMEOUTS) :]]
        ledger.interrupted = _with_arrival(api, list(INTERRUPTS), seen[6:])
        _enter_requests(ledger, api, [*first, *last])
    slow = waiting[: len(SLOW)]
    doubtful = _in_doubt(ledger, seen[2], slow, waiting)
    return prompt[len(seen[1]["results"]) :], doubtful + [call for call in slow if doubtful and call not in doubtful]


def _limits_case(api: HostileAPI) -> dict[str, Any]:
    return {
        "limits": True,
        "rows": [_row(api, Call("good", 7), timeout) for timeout in (*LONG_TIMEOUTS, *SHORT_TIMEOUTS)],
    }


def _patience(api: HostileAPI, timeout: float, seen: dict[str, Any]) -> Patience:
    """What a call did where its sockets' shorter limits ran out at once.

    An error after the timeout is none of the client's doing: the machine may have been that slow.
    """
    told = _tell(api, Call("good", 7), seen["result"])
    waited = seen["spent"] + seen["ran_out"] >= EARLY * timeout
    return Patience(timeout, min(seen["limits"], default=None), seen["shows"], told.holds or waited, told.detail)


def _given_time(observe: Observe, ledger: Ledger) -> None:
    """Good answers that take their time, for a client whose limit its sockets do not show."""
    if all(one.shows or one.limit is not None for one in ledger.patience if one.timeout in LONG_TIMEOUTS):
        return
    if _comes_back_with_data(observe, SHORTEST, LONG_OVER):
        ledger.overdue = (SHORTEST, LONG_OVER)
    calls = [Call(name, _some_id()) for name in SLOW]
    with _server(CALM) as api:
        rows = {"rows": [_row(api, call, LONG_TIMEOUTS[-1]) for call in calls]}
        _enter(ledger, api, calls, observe([rows], api.ports, BURNT, FIRST_LONGEST)[0])


def _kept_longer(observe: Observe, ledger: Ledger) -> None:
    """Where a client's sockets would wait longer than the timeout: whether anything else ends the call before them.

    How much longer is known from the limit and not waited for.
    """
    longer = [(limit - timeout, limit, timeout) for timeout, limit in ledger.short if limit - timeout >= ROUNDING]
    if not longer:
        return
    _, limit, timeout = max(longer)
    if _comes_back_with_data(observe, timeout, timeout + STRETCHED):
        ledger.overdue = (timeout, limit)


def _comes_back_with_data(observe: Observe, timeout: float, silence: float) -> bool:
    """Whether a call sits out a silence longer than its timeout; twice, as once may be a busy machine."""
    call = Call(SILENT[0], _some_id())
    for _ in range(2):
        with _server(Timing(timeout, silence, silence)) as api:
            case = {"rows": [_row(api, call, timeout)], "stretched": True}
            seen = observe([case], api.ports, BURNT, FIRST_LONGEST)[0]
            if _tell(api, call, seen["results"][0]).outcome != "hang":
                return False
    return True


def _rest_beside(observe: Observe, ledger: Ledger, rest: Sequence[Call]) -> list[Call]:
    """Runs the rest side by side; the calls whose outcome is in doubt."""
    proof = [Call("good", _some_id()) for _ in range(PROOFS)]
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
            seen = observe([_in_turn(api, [Call("good", _some_id())], CALM), in_time], api.ports, BURNT, SECOND_LONGEST)
            _enter(ledger, api, left, seen[1])
        count = len(seen[1]["results"])
        done, left = left[:count], left[count:]
        if not ledger.holds(done):
            return


def _again_unless_sent(observe: Observe, ledger: Ledger) -> None:
    """Repeats the interrupts that came too late, and those after which something stood open: once may be chance."""
    for _ in range(SIGNAL_TRIES):
        doubtful = {name: one for name, one in ledger.interrupted.items() if one["late"] or one["left"] > 0}
        if not doubtful:
            return
        with _server(CALM, doubtful) as api:
            seen = observe([_signal_case(api, name) for name in doubtful], api.ports, BURNT, FIRST_LONGEST)
            ledger.interrupted.update(_with_arrival(api, list(doubtful), seen))


def _with_arrival(api: HostileAPI, names: Sequence[str], seen: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The observations by name, each with how often the server was asked, and whether the interrupt came late."""
    told = {}
    for name, one in zip(names, seen, strict=True):
        asked = len(api.asked(name))
        over = asked == 1 and one["result"] and _tell(api, Call(name, 7), one["result"]).outcome == "data"
        told[name] = {
            **one,
            "arrived": asked > 0,
            "late": asked > 0 and not (one["sent"] and one["result"] and not over),
        }
    return told


@contextmanager
def _server(timing: Timing, held: Iterable[str] = ()) -> Iterator[HostileAPI]:
    """A server with every fault under random addresses, and one more address for each interrupt."""
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
            **(TEXTS if number < 0 else {}),
        }

    faults: Mapping[str, Fault] = {**ALL, ONCE: GOOD_ONCE, **{name: INTERRUPTS[name] for name in held}}
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


def _unusual_ids() -> list[int]:
    return [0, -7, 2**60 + secrets.randbelow(2**60)]


def _in_turn(api: HostileAPI, calls: Sequence[Call], timing: Timing) -> dict[str, Any]:
    return {"rows": [_row(api, call, timing.timeout if call.fault in SILENT else AMPLE_SECONDS) for call in calls]}


def _row(api: HostileAPI, call: Call, timeout: float) -> dict[str, Any]:
    return {"base_url": api.url(call.fault) + call.below, "user_id": call.user_id, "timeout": timeout}


def _signal_case(api: HostileAPI, name: str) -> dict[str, Any]:
    row = _row(api, Call(name, 7), AMPLE_SECONDS)
    return {"signal": name.split()[0], "port": api.ports[0], "bell": api.doorbell(name), **row}


def _enter(ledger: Ledger, api: HostileAPI, calls: Sequence[Call], seen: dict[str, Any]) -> None:
    """Adds one observation to the ledger; an earlier entry of the same call gives way."""
    for call, result in zip(calls, seen["results"], strict=False):
        ledger.told[call] = _tell(api, call, result)
    for (fault, *_), result, count in zip(calls, seen["results"], seen.get("left", ()), strict=False):
        if result and "returned" in result:  # an exception holds what its frames hold, and it is a fault of its own
            ledger.left[fault] = max(count, ledger.left.get(fault, 0))


def _enter_requests(ledger: Ledger, api: HostileAPI, calls: Sequence[Call]) -> None:
    """How often each good answer was due, and what arrived at the server for it."""
    for call in calls:
        ends = f"/users/{call.user_id}"
        sent = [f"{one.method} {one.target}" for one in api.asked(call.fault) if one.target.endswith(ends)]
        ledger.calls[call], ledger.requests[call] = calls.count(call), sent


def _tell(api: HostileAPI, call: Call, result: dict[str, Any] | None) -> Cell:
    fault, user_id = call.fault, call.user_id
    promise, says = api.faults[fault].promise, api.faults[fault].says
    if result is None:
        return Cell(fault, says, "hang", "it had not come back a minute later")
    if "raised" in result:
        outcome = outcome_of(promise, returned=False, declared=False, right=False)
        return Cell(fault, says, outcome, f"it raised {raised(result)}")
    value = result["returned"]
    right = same(value, api.expected(fault, f"/users/{user_id}"))
    if promise == "data" and not right and not api.asked(fault):
        says = f"none, for no request came to {{base_url}}/users/{user_id}"
    if promise == "either" and not (isinstance(value, dict) and same(value.get("id"), user_id)):
        promise = "error"
    outcome = outcome_of(promise, returned=True, declared=declares_error(value), right=right)
    return Cell(fault, says, outcome, f"it gave back {shown(value)}")
