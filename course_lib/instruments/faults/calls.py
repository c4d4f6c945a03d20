"""Calls a client once under each fault of a server and says what became of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from course_lib.instruments.faults.matrix import Cell, FaultReading, outcome_of
from course_lib.instruments.faults.together import run_together
from course_lib.instruments.own_line import own_line_of

AT_ONCE = 16
PATIENT_SECONDS = 30.0
HOPELESS_SECONDS = 120.0
MOST_REQUESTS = 500
DETAIL_LETTERS, REASON_LETTERS = 60, 160
DRIP, REFUSED = "drip", "refused"
LACKS = {
    "object": "the good answer is no object, so this is no fault",
    "id": "the good answer has no id that is a number, so this is no fault",
}
_WAITED = "(a timeout of its own, longer than the silence, looks the same: give the server a longer silence=)"


class Fault(Protocol):
    """What a server says of one of its faults; `promise` is "data", "error", "silent" or "either".

    `status` is that of the answer, `bodiless` whether it carries none; `needs` is what the good answer must have for
    this to be a fault: "object", "id" or nothing.
    """

    @property
    def name(self) -> str: ...
    @property
    def promise(self) -> str: ...
    @property
    def says(self) -> str: ...
    @property
    def status(self) -> int: ...
    @property
    def bodiless(self) -> bool: ...
    @property
    def needs(self) -> str: ...


class Server(Protocol):
    """A server that misbehaves in one way for each base address."""

    @property
    def faults(self) -> Mapping[str, Any]: ...
    def url(self, fault: str) -> str: ...
    def expected(self, fault: str, target: str) -> object: ...
    def asked(self, fault: str) -> list[Any]: ...
    def trouble(self, fault: str) -> str: ...


Client = Callable[[str, float], object]


def declares_error(value: object) -> bool:
    """Whether a returned value is `{"error": text}`, that key alone, with a text that is not empty."""
    return (
        isinstance(value, dict)
        and list(value) == ["error"]
        and isinstance(value["error"], str)
        and bool(value["error"])
    )


@dataclass(frozen=True)
class Word:
    """What a client promises beyond its answers: see `call_under_faults`."""

    errors: tuple[type[BaseException], ...]
    is_error: Callable[[Any], bool]
    right: Callable[[Any], object]
    accepts: Collection[int]
    total: bool

    def promise(self, fault: Fault) -> str:
        """What this client owes under a fault: data where it accepts the status, an error where its time is bounded."""
        if fault.status != 200 and fault.status in self.accepts:
            return "either" if fault.bodiless else "data"
        return "silent" if self.total and fault.name == DRIP else fault.promise


def call_under_faults(
    client: Client,
    server: Server,
    *,
    faults: Iterable[str] | None = None,
    timeout: float = 0.3,
    errors: tuple[type[BaseException], ...] = (),
    is_error: Callable[[Any], bool] = declares_error,
    right: Callable[[Any], object] = lambda body: body,
    accepts: Collection[int] = (200,),
    total: bool = False,
    at_once: int = AT_ONCE,
    watch: Callable[[Cell], None] = lambda cell: None,
) -> FaultReading:
    """The outcome of `client(base_url, timeout)` under each fault, or those named.

    The client declares an error by returning a value that satisfies `is_error` or by raising one of `errors`. Its right
    answer is `right` of the server's good body; `accepts` are the statuses that it takes for success. With `total` it
    bounds its whole time by `timeout`, so that a body which drips for longer must become an error: a client that has
    taken the whole of it did not. It gets `timeout` seconds where the server falls silent, and ample time elsewhere.
    With `at_once` 1 the calls run in turn in the calling thread, for clients that use signals. `watch` is told of each
    cell at once, from the thread that ran it. Faults that need more than the good answer has (an id) are left out,
    unless they are named.
    """
    names = list(server.faults if faults is None else faults)
    word = Word(errors, is_error, right, accepts, total)

    def measure(name: str) -> Cell:
        fault: Fault = server.faults[name]
        waits = fault.promise == "silent" or name == DRIP
        cell = _measure(partial(client, server.url(name), timeout if waits else PATIENT_SECONDS), fault, server, word)
        watch(cell)
        return cell

    cells = run_together([partial(measure, name) for name in names], at_once, HOPELESS_SECONDS)
    lost = [Cell(name, server.faults[name].says, "hang", "did not come back") for name in names]
    known = [cell or gone for cell, gone in zip(cells, lost, strict=True)]
    others = [name for name in names if name != REFUSED]
    if others and not any(map(server.asked, others)):
        known = [_unmeasured(cell, f"no request reached the server: {cell.detail}") for cell in known]
    return FaultReading(tuple(cell for cell in known if faults is not None or cell.detail not in LACKS.values()))


def _unmeasured(cell: Cell, because: str) -> Cell:
    if cell.outcome == "unmeasured":
        return cell
    return Cell(cell.fault, cell.says, "unmeasured", because)


def _measure(call: Callable[[], object], fault: Fault, server: Server, word: Word) -> Cell:
    """One call: its outcome, or why there is none."""
    try:
        value, raised = call(), None
    except BaseException as error:
        value, raised = None, error
    told = f"{type(raised).__name__}: {raised}" if raised is not None else repr(value)
    because = _not_measured(value, fault, server, _shorten(told, REASON_LETTERS))
    if because:
        return Cell(fault.name, fault.says, "unmeasured", because)
    asked, what = server.asked(fault.name), _shorten(told)
    if len(asked) > MOST_REQUESTS:
        return Cell(fault.name, fault.says, "hang", f"asked {len(asked)} times")
    promise, returned = word.promise(fault), raised is None
    declared = word.is_error(value) if returned else isinstance(raised, word.errors)
    is_right = returned and bool(asked) and value == word.right(server.expected(fault.name, asked[-1].target))
    outcome = outcome_of(promise, returned=returned, declared=declared, right=is_right)
    if raised is not None and outcome == "crash":
        return Cell(fault.name, fault.says, outcome, f"{what}{_where(raised)}")
    return Cell(fault.name, fault.says, outcome, f"{what} {_WAITED}" if outcome == "hang" else what)


def _where(error: BaseException) -> str:
    """The line of the reader's own code that let it out, to be added to what came out."""
    place = own_line_of(error)
    return f" ({place.where})" if place.line else ""


def _not_measured(value: object, fault: Fault, server: Server, what: str) -> str:
    """Why the call under this fault says nothing about the client, or nothing."""
    if inspect.isawaitable(value) or inspect.isgenerator(value) or inspect.isasyncgen(value):
        if inspect.iscoroutine(value):
            value.close()
        return f"nobody ran what the call gave back: {what}; hand over a function that runs it to its end"
    asked = server.asked(fault.name)
    if not asked:
        return "" if fault.name == REFUSED else f"no request reached the server: {what}"
    if server.trouble(fault.name):
        return f"the server has no good answer: {server.trouble(fault.name)}"
    good = server.expected("good", asked[-1].target) if fault.needs else None
    has = {"object": isinstance(good, dict), "id": isinstance(good, dict) and type(good.get("id")) is int}
    return "" if has.get(fault.needs, True) else LACKS[fault.needs]


def _shorten(text: str, longest: int = DETAIL_LETTERS) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
