"""Drives `fetch_profile` against addresses where a server misbehaves, and `import_orders` over lines.

Of each call: what it gave back or raised, and how many descriptors it left open, counted before anything is collected.
It can't see threads or memory that a call leaves behind, nor what another process holds.
"""

from __future__ import annotations

import _thread
import gc
import importlib
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from course_lib.hazards.attempt import attempt
from course_lib.hazards.families import changed
from course_lib.hazards.settling import as_it_is, settled
from course_lib.instruments.faults import open_descriptors, run_together

LIBRARIES = ("requests", "httpx", "urllib.request", "http.client", "asyncio", "ssl", "encodings.idna", "email.parser")
AT_ONCE = 40
GRACE_SECONDS = 60.0
RINGS_SECONDS = 10.0
ALMOST, POLLS = 0.999, 20
LOOK_SECONDS, MOST_LOOKS, STILL = 0.001, 500, 4
DEEP = 100  # levels of nesting
MANY_LEFT = 60  # descriptors, of the 256 that a process may have
_main = threading.main_thread().ident or 0

_clock, _sleep, _frames = time.monotonic, time.sleep, sys._current_frames
_descriptors, _settled, _together, _partial, _len = open_descriptors, settled, run_together, partial, len
_attempt, _changed, _as_it_is = attempt, changed, as_it_is
_settimeout = socket.socket.settimeout
_gettimeout, _get_ident, _TimeoutError = socket.socket.gettimeout, threading.get_ident, TimeoutError
_RECEIVE: dict[str, Callable[..., Any]] = {name: getattr(socket.socket, name) for name in ("recv", "recv_into")}
_kill: Callable[[int, int], None] | None = getattr(signal, "pthread_kill", None)  # absent on Windows
_interrupt_main: Callable[[Any], None] = (
    _thread.interrupt_main
)  # what is there instead: it does not wake a thread that waits for the server


def preload() -> None:
    """Imports the HTTP clients that submissions use, so that no call pays for it; a missing one is no harm."""
    for name in LIBRARIES:
        try:
            importlib.import_module(name)
        except ImportError:
            continue


def before_load(task: str) -> None:
    """No proxy stands between a client and the loopback server; nothing is collected that the code left to chance."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            del os.environ[name]
    os.environ["no_proxy"] = "*"
    gc.disable()


def probe_fetch(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    """Calls the subject once a row, in turn or side by side, or once while a signal arrives."""
    if "signal" in case:
        return _interrupted(subject, case)
    if case.get("limits"):
        return {"results": [_with_limits_run_out(subject, row) for row in case["rows"]]}
    if case.get("stretched"):
        return {"results": [_with_limits_stretched(subject, row) for row in case["rows"]]}
    if case.get("together"):
        return _side_by_side(subject, case["rows"])
    results, left = [], list[int]()
    begun, budget = _clock(), case.get("budget", float("inf"))
    for row in case["rows"]:
        # the judge goes on from here in another process, where the calls so far have left it anything to measure with
        if _clock() - begun > budget or ("budget" in case and sum(left) > MANY_LEFT):
            break
        if case.get("twice"):  # whoever calls may do with a result what they like, and then call again
            _changed(_attempt(_call(subject, row)).get("returned"))
        result, count = _watched(_call(subject, row))
        results.append(result)
        left.append(count)
    return {"results": results, "left": left}


def _call(subject: Any, row: dict[str, Any]) -> Callable[[], Any]:
    return _partial(subject, row["base_url"], row["user_id"], row["timeout"])


def _watched(call: Callable[[], Any]) -> tuple[dict[str, Any], int]:
    """What the call did, and how many descriptors more were open the moment it was over."""
    before, after = _descriptors(), frozenset[tuple[int, int, int]]()

    def observed() -> Any:
        nonlocal after
        try:
            return call()
        finally:
            after = _descriptors()

    result, _ = _settled(observed)
    return result, _len(after - before)


def _side_by_side(subject: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
    before = _descriptors()
    calls = [_partial(_settled, _call(subject, row)) for row in rows]
    results = [done and done[0] for done in _together(calls, AT_ONCE, GRACE_SECONDS)]
    return {"results": results, "left_together": _len(_descriptors() - before)}


def _with_limits_run_out(subject: Any, row: dict[str, Any]) -> dict[str, Any]:
    """A call in which a socket's limit below the timeout runs out at once, as if the server had been silent so long.

    `limits` are those that ran out, twenty at most: a client may poll; `ran_out` is their sum at the socket where most
    did. `shows`: nothing waited in any other way. `longest` is the longest limit of any wait, 0 where none had one;
    `spent` is how long the call took, in seconds.
    """
    limits: list[float] = []
    at_one: dict[Any, float] = {}
    shows: list[bool] = []
    given: list[float] = []

    def waits(receive: Callable[..., Any]) -> Callable[..., Any]:
        def receive_within(self: Any, *arguments: Any) -> Any:
            limit = _gettimeout(self)
            given.append(limit or 0.0)
            shows.append(limit is not None and limit > 0 and _get_ident() == _main)
            if limit and limit < ALMOST * row["timeout"] and _len(limits) < POLLS:
                limits.append(limit)
                at_one[self] = at_one.get(self, 0.0) + limit
                raise _TimeoutError("timed out")
            return receive(self, *arguments)

        return receive_within

    begun = _clock()
    result = _received_through(waits, subject, row)
    spent = _clock() - begun
    waited = {"shows": bool(shows) and all(shows), "longest": max(given, default=0.0), "spent": spent}
    return {"result": result, "limits": limits, "ran_out": max(at_one.values(), default=0.0), **waited}


def _with_limits_stretched(subject: Any, row: dict[str, Any]) -> dict[str, Any]:
    """A call in which a socket's limit above the timeout never runs out, so that anything else may end the call first.

    Where the answer comes back all the same, nothing would have ended it before that limit.
    """

    def waits(receive: Callable[..., Any]) -> Callable[..., Any]:
        def receive_at_last(self: Any, *arguments: Any) -> Any:
            limit = _gettimeout(self)
            if limit is None or limit <= row["timeout"]:
                return receive(self, *arguments)
            _settimeout(self, None)
            try:
                return receive(self, *arguments)
            finally:
                _settimeout(self, limit)

        return receive_at_last

    return _received_through(waits, subject, row)


def _received_through(waits: Callable[..., Any], subject: Any, row: dict[str, Any]) -> dict[str, Any]:
    """What a call did while every socket received through what `waits` makes of its own way to."""
    for name, receive in _RECEIVE.items():
        setattr(socket.socket, name, waits(receive))
    try:
        result, _ = _settled(_call(subject, row))
    finally:
        for name in _RECEIVE:
            delattr(socket.socket, name)
    return result


def _interrupted(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    """What a call does when a signal raises KeyboardInterrupt or SystemExit in it, once the server has the request."""
    number = signal.SIGINT if case["signal"] == "KeyboardInterrupt" else signal.SIGTERM
    previous = signal.signal(number, signal.default_int_handler if number == signal.SIGINT else _exit_on_signal)
    sent: list[bool] = []
    bell = socket.create_connection(("127.0.0.1", case["port"]), timeout=RINGS_SECONDS)
    watcher = threading.Thread(target=_signal_on_ring, args=(bell, case["bell"], number, sent), daemon=True)
    result: dict[str, Any] = {}
    count = 0
    try:
        watcher.start()
        result, count = _watched(_call(subject, case))
        bell.shutdown(socket.SHUT_RDWR)
        watcher.join(RINGS_SECONDS)
    except (KeyboardInterrupt, SystemExit, OSError):
        pass  # it came when the call was already over
    finally:
        bell.close()
        signal.signal(number, previous)
    return {"result": result, "left": count, "sent": bool(sent)}


def _exit_on_signal(_number: int, _frame: object) -> None:
    raise SystemExit(3)


def _signal_on_ring(bell: socket.socket, target: str, number: int, sent: list[bool]) -> None:
    """Waits until the server says that the request has arrived, then signals the main thread."""
    try:
        bell.sendall(f"GET {target} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
        rung = bell.recv(64).startswith(b"HTTP/1.1 204")
    except OSError:
        return
    if rung:
        _until_it_waits()
        sent.append(True)
        if _kill is None:
            _interrupt_main(number)
        else:
            _kill(_main, number)


def _until_it_waits() -> None:
    """Comes back when the main thread has stood at one instruction for a while: it waits for the server."""
    before: tuple[int, int] | None = None
    still = 0
    for _ in range(MOST_LOOKS):
        frame = _frames().get(_main)
        now = (id(frame), frame.f_lasti) if frame else None
        still, before = (still + 1 if now == before else 0), now
        if still == STILL:
            return
        _sleep(LOOK_SECONDS)


def probe_orders(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    """What the subject gives back for a list of lines, `times` over; a line may come as a recipe.

    Where it is asked `again`, `beside` is told too: the orders that the caller had not changed of an earlier result.
    """
    if not case.get("again"):
        return _orders_told(subject, case)
    beside = _changed_by_the_caller(_attempt(subject, [_line(line) for line in case["lines"]]))
    return {**_orders_told(subject, case), "beside": beside}


def _changed_by_the_caller(outcome: dict[str, Any]) -> list[Any]:
    """Changes every second order of a result, counted from the first, then all of it; the others as they were between.

    Nothing, where the result has another shape.
    """
    result = outcome.get("returned")
    orders = result.get("imported") if type(result) is dict else None
    if type(orders) is not list:
        return []
    for order in orders[::2]:
        _changed(order)
    beside = [_as_it_is(order) for order in orders[1::2]]
    _changed(result)
    return beside


def _orders_told(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    nests: list[dict[Any, Any]] = []

    def call(lines: list[str]) -> Any:
        result = subject(lines)
        if type(result) is dict and type(result.get("imported")) is list:
            nests.extend(_nests_of(order) for order in list(result["imported"]))
        return result

    outcome, _ = _settled(call, [_line(line) for line in case["lines"]] * case.get("times", 1))
    if any(nests):
        result = outcome["returned"]
        outcome = {"returned": {**result, "imported": _with_nests(result["imported"], nests)}}
    return outcome


def _with_nests(orders: list[Any], nests: list[dict[Any, Any]]) -> list[Any]:
    """The orders as they were held, with their nests: a thread that nobody waited for may have added some since."""
    looked_at, later = orders[: _len(nests)], orders[_len(nests) :]
    together = zip(looked_at, nests, strict=False)
    return [{**order, **nested} if nested else order for order, nested in together] + later


def _nests_of(order: Any) -> dict[Any, Any]:
    """Of each value that is nested deeper than crosses to the judge: how deep, through what, and around what."""
    if type(order) is not dict:
        return {}
    told = {key: _nest(value) for key, value in order.items()}
    return {key: nest for key, nest in told.items() if nest is not None}


def _nest(value: Any) -> dict[str, Any] | None:
    """What is known of a list or dict of one item that holds another of one item, and so on; None where it is flat."""
    kinds: set[str] = set()
    levels, inner = 0, value
    while type(inner) in (list, dict) and _len(inner) == 1:
        levels, kinds = levels + 1, kinds | {type(inner).__name__}
        [inner] = inner if type(inner) is list else inner.values()
    return {"levels": levels, "kinds": sorted(kinds), "innermost": inner} if levels > DEEP else None


def _line(line: str | dict[str, Any]) -> str:
    """A line as it is, or `before + piece * times + after`."""
    if isinstance(line, str):
        return line
    return str(line["before"] + line["piece"] * line["times"] + line["after"])


def _leaves_open_and_raises(_base_url: str, _user_id: int, _timeout: float) -> dict[str, Any]:
    os.pipe()
    raise ValueError("not a profile")


def _closes_and_declares(_base_url: str, _user_id: int, _timeout: float) -> dict[str, Any]:
    for descriptor in os.pipe():
        os.close(descriptor)
    return {"error": "not a profile"}


def _loses_lines(lines: list[str]) -> dict[str, Any]:
    return {"imported": [{"line": line} for line in lines if line == "good"], "rejected": []}


def _keeps_lines(lines: list[str]) -> dict[str, Any]:
    return {"imported": [], "rejected": [(number, "not good") for number, _ in enumerate(lines, 1)]}


PROBES: dict[str, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {
    "fetch_profile": probe_fetch,
    "import_orders": probe_orders,
}
CONTROLS: dict[str, tuple[Any, Any]] = {
    "fetch_profile": (_leaves_open_and_raises, _closes_and_declares),
    "import_orders": (_loses_lines, _keeps_lines),
}
