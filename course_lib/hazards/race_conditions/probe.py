"""Runs small concurrent programs on a submitted class, in every order that can matter, and reports each distinct end.

The submission's source is rewritten as it is loaded, and the locks it makes are the explorer's. A case says how the
object is made, which calls each thread makes, and what to look at afterwards; what may come out of it is not known
here.
"""

from __future__ import annotations

import concurrent.futures.thread
import functools
import multiprocessing.heap
import multiprocessing.sharedctypes
import multiprocessing.synchronize
import queue
import threading
import time
import types
from collections.abc import Callable, Iterator
from typing import Any

from course_lib.hazards.attempt import attempt, describe
from course_lib.interleavings import Outcome, Program, Trace, explore, note, replay
from course_lib.interleavings import compile_instrumented as compile_cell
from course_lib.interleavings.exploring.worker import Abort
from course_lib.interleavings.observing.identity import start_numbers
from course_lib.interleavings.observing.library import prepare_twins
from course_lib.interleavings.waiting import patching

__all__ = ["CONTROLS", "PROBES", "before_load", "compile_cell", "preload"]

TRACES = 4
SOME, FAR_SECONDS = 100, 1.0  # calls at once; processor time for all, which only what copies all it has counted takes
_PLAIN = (int, bool, str, float, type(None))
_LIBRARIES = (concurrent.futures.thread, multiprocessing.sharedctypes, multiprocessing.synchronize, queue)


def preload() -> None:
    """What takes long and is the same for every submission."""
    prepare_twins()


def before_load(task: str) -> None:
    """Locks that the submission makes, at whatever moment, are the explorer's."""
    patching.install()
    multiprocessing.heap.Arena._dir_candidates = []  # type: ignore[attr-defined]  # shared values live in the scratch folder


def _plain(value: Any) -> Any:
    return value if type(value) in _PLAIN else {"opaque": type(value).__name__}


def _called(call: list[Any], thing: Any) -> dict[str, Any]:
    """What one call did. `["@count"]` is an attribute, `["+", …]` another object made of these arguments and dropped,
    anything else a method with its arguments."""
    name, *arguments = call
    try:
        if name == "+":
            type(thing)(*map(_fresh, arguments))
            return {"returned": None}
        value = getattr(thing, name[1:]) if name.startswith("@") else getattr(thing, name)(*map(_fresh, arguments))
        return {"returned": _plain(value)}
    except (Abort, MemoryError):
        raise
    except BaseException as error:
        return describe(error)


def _comes_back(subject: Any, case: dict[str, Any]) -> bool:
    """Whether one thread alone can make the later calls, on another object: whoever waits for ever is not joined."""
    (call, times), (thing, _) = case["later"], _begun(subject, case)
    return not any("raised" in _called(call, thing) for _ in range(times))


def _called_by_a_thread(call: list[Any], thing: Any) -> dict[str, Any]:
    """What one call did that a thread made which has ended since."""
    results: list[dict[str, Any]] = []
    thread = threading.Thread(target=lambda: results.append(_called(call, thing)))
    thread.start()
    thread.join()
    return results[0]


def _in_words(call: list[Any], result: dict[str, Any]) -> str:
    name, *arguments = call
    shown = name[1:] if name.startswith("@") else f"{name}({', '.join(map(repr, arguments))})"
    shown = f"__init__{shown[1:]} of another object" if name == "+" else shown
    return f"{shown} raises {result['raised']}" if "raised" in result else f"{shown} is {result['returned']!r}"


def _thread(calls: list[list[Any]]) -> Callable[[Any], list[dict[str, Any]]]:
    def run(thing: Any) -> list[dict[str, Any]]:
        results = []
        for call in calls:
            results.append(_called(call, thing))
            note(_in_words(call, results[-1]))
        return results

    return run


def run_program(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    """Explores one program: `others` and `beside` (objects used before it and after it is made), `make` (arguments),
    `before`, `threads`, `later` and `final` (calls), `names` (of the threads; none: all bear one name, as threads may).

    Where it is `traced`, the steps that lead to an end are told as well, which costs far more than to find it.
    """

    def setup() -> Any:
        for make, calls in case["others"]:
            use([*map(_fresh, make)], calls)
        given = [*map(_fresh, case["make"])]
        thing = subject(*given)
        for make, calls in case["beside"]:
            use(given if make is None else [*map(_fresh, make)], calls)
        call, times = case["before"] or ([], 0)
        for _ in range(times):
            _called(call, thing)
        return thing

    def use(given: list[Any], calls: list[list[Any]]) -> None:
        other = subject(*given)
        for call in calls:
            _called(call, other)

    def observe(thing: Any) -> list[dict[str, Any]]:
        call, times = case["later"] or ([], 0)
        make = _called_by_a_thread if case["in_turn"] and _comes_back(subject, case) else _called
        for _ in range(times):
            outcome = make(call, thing)
            if "raised" in outcome:
                return [outcome for _ in case["final"]]
        return [_called(call, thing) for call in case["final"]]

    made = attempt(setup)
    if "raised" in made:
        return {"number": case["number"], "made": made}
    same: dict[str, Any] = {}  # threads that make the same calls are one function, so that the explorer knows it
    threads = [same.setdefault(repr(calls), _thread(calls)) for calls in case["threads"]]
    program = Program(setup, threads, observe, _namespaces(subject), case["names"] or ["worker"] * len(threads))
    found = explore(program, schedules=case["schedules"], enough=case["enough"])
    outcomes = [
        _told(program, outcome, case["traced"] and (index < TRACES or outcome.status != "done"))
        for index, outcome in enumerate(found.outcomes)
    ]
    told = {"outcomes": outcomes, "exhausted": found.exhausted, "reason": found.reason}
    told["bound"] = found.bound_completed
    if all(outcome.status == "done" for outcome in found.outcomes):
        outcomes += [*(_used_up(subject, case) for _ in range(case["anew"])), *_far_on(subject, case)]
    return {"number": case["number"], "schedules": found.schedules, **told}


def _used_up(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    """The end of one more object, which nothing holds afterwards: the next one stands in its place, with its `id`."""
    start_numbers()
    thing, results = _begun(subject, case)
    return _end(results, [_called(call, thing) for call in case["final"]])


def _begun(subject: Any, case: dict[str, Any]) -> tuple[Any, list[dict[str, Any]]]:
    """An object of its own, on which the one thread's calls were made; what they gave."""
    thing = subject(*map(_fresh, case["make"]))
    return thing, [_called(call, thing) for call in case["threads"][0]]


def _end(results: list[dict[str, Any]], final: list[dict[str, Any]]) -> dict[str, Any]:
    """An end of a program with one thread that nothing had to explore."""
    return {"status": "done", "detail": "", "final": final, "preemptions": 0, "threads": [results], "trace": None}


def _far_on(subject: Any, case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The end after `far` calls, or as many as the time allows; none where the object holds its count plainly.

    Meanwhile two looks at the clock may show one time, and two things that came one after the other one `id`.
    """
    if not case["far"] or _is_plain_count(_begun(subject, case)[0], case):
        return
    with patching.counted_on_by_nobody():
        thing, results = _begun(subject, case)
        again, begun, times = _again(thing, case), time.process_time(), 0
        while times < case["far"] and time.process_time() < begun + FAR_SECONDS:
            done = attempt(_some_times, again)
            times += SOME
            if "raised" in done:
                results = [done]
                break
        end = _end(results, [_called(call, thing) for call in case["final"]])
    yield {**end, "later": times}


def _again(thing: Any, case: dict[str, Any]) -> Callable[[], Any]:
    name, *arguments = case["later"][0]
    found: Callable[..., Any] = getattr(thing, name)
    return functools.partial(found, *arguments) if arguments else found


def _some_times(call: Callable[[], Any]) -> None:
    for _ in range(SOME):
        call()


def _is_plain_count(thing: Any, case: dict[str, Any]) -> bool:
    """Whether the count is an int of the object itself, which goes on from a large one as from a small one.

    Setting it is a guess at the object's inside. So it never tells what is wrong, only what needn't be tried.
    """
    look, *others = case["final"]
    if others:
        return False
    found = _called(look, thing).get("returned")
    held = vars(thing) if hasattr(thing, "__dict__") else {}
    names = [name for name, value in held.items() if type(value) is int and value == found]
    for name in names:
        held[name] = case["far"]
    went_on = names and "raised" not in attempt(_again(thing, case))
    return bool(went_on) and _called(look, thing) == {"returned": case["far"] + 1}


def _fresh(value: Any) -> Any:
    """An equal value that is another object: of two callers who name one account, each has a text of their own."""
    if type(value) is dict:
        return dict(value)
    if type(value) is str:
        return "".join([*value])
    return int(str(value)) if type(value) is int else value


def _told(program: Program, outcome: Outcome, with_trace: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "status": outcome.status,
        "detail": outcome.detail,
        "final": outcome.observed,
        "preemptions": outcome.schedule.preemptions,
    }
    told["threads"] = [result[1] if result[0] == "returned" else None for result in outcome.results]
    told["trace"] = _trace_of(program, outcome) if with_trace else None
    return told


def _trace_of(program: Program, outcome: Outcome) -> dict[str, Any] | None:
    try:
        return _trace(replay(program, outcome.schedule))
    except RuntimeError:
        return None  # a program that doesn't repeat itself


def _trace(trace: Trace) -> dict[str, Any]:
    plain = trace.to_plain()
    plain["steps"] = plain["steps"][:200]
    for step, words in zip(plain["steps"], trace.steps, strict=False):
        step["words"] = words.in_words()
    return plain


def _namespaces(subject: Any) -> list[dict[str, Any]]:
    """The module dicts that the class's functions live in, whose state is put back before each run."""
    found: dict[int, dict[str, Any]] = {}
    for function in _functions(subject):
        found[id(function.__globals__)] = function.__globals__
    return [names for names in found.values() if names.get("__name__") in ("__main__", "submission", __name__)]


def _functions(subject: Any) -> Iterator[types.FunctionType]:
    if isinstance(subject, types.FunctionType):
        yield subject
    for base in getattr(subject, "__mro__", ()):
        for value in list(vars(base).values()):
            inner = getattr(value, "fget", None) or getattr(value, "__func__", None) or value
            if isinstance(inner, types.FunctionType):
                yield inner


_SAMPLES = """
import threading

class BrokenCounter:
    def __init__(self):
        self.count = 0
    def increment(self):
        self.count += 1

class Counter:
    def __init__(self):
        self.count, self.lock = 0, threading.Lock()
    def increment(self):
        with self.lock:
            self.count += 1

class BrokenOffice:
    def __init__(self, seats):
        self.remaining = seats
    def reserve(self, quantity):
        if self.remaining < quantity:
            return False
        self.remaining -= quantity
        return True

class Office(BrokenOffice):
    def __init__(self, seats):
        super().__init__(seats)
        self.lock = threading.Lock()
    def reserve(self, quantity):
        with self.lock:
            return super().reserve(quantity)

class BrokenBank:
    def __init__(self, balances):
        self.balances = balances
        self.locks = {name: threading.Lock() for name in balances}
    def transfer(self, source, target, amount):
        with self.locks[source], self.locks[target]:
            if self.balances[source] < amount:
                return False
            self.balances[source] -= amount
            self.balances[target] += amount
            return True
    def balance(self, account):
        return self.balances[account]

class Bank(BrokenBank):
    def __init__(self, balances):
        self.balances = balances
        self.locks = dict.fromkeys(balances, threading.RLock())
"""
_samples: dict[str, Any] = {"__name__": __name__}
exec(compile_cell(_SAMPLES.encode(), "<samples>"), _samples)

PROBES: dict[str, Callable[[Any, dict[str, Any]], dict[str, Any]]] = dict.fromkeys(
    ("UserCounter", "TicketOffice", "Bank"), run_program
)
CONTROLS: dict[str, tuple[Any, Any]] = {
    "UserCounter": (_samples["BrokenCounter"], _samples["Counter"]),
    "TicketOffice": (_samples["BrokenOffice"], _samples["Office"]),
    "Bank": (_samples["BrokenBank"], _samples["Bank"]),
}
