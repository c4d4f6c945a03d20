"""Calls a client once under each fault of a server and says what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Protocol

from course_lib.instruments.faults.matrix import Cell, FaultReading, outcome_of
from course_lib.instruments.faults.together import run_together

AT_ONCE = 16
PATIENT_SECONDS = 30.0
HOPELESS_SECONDS = 120.0
MOST_REQUESTS = 500
DETAIL_LETTERS = 60


class Fault(Protocol):
    """What a server says of one of its faults; `promise` is "data", "error", "silent" or "either"."""

    @property
    def name(self) -> str: ...
    @property
    def promise(self) -> str: ...
    @property
    def says(self) -> str: ...


class Server(Protocol):
    """A server that misbehaves in one way for each base address."""

    @property
    def faults(self) -> Mapping[str, Any]: ...
    def url(self, fault: str) -> str: ...
    def expected(self, fault: str, target: str) -> object: ...
    def asked(self, fault: str) -> list[Any]: ...


Client = Callable[[str, float], object]


def declares_error(value: object) -> bool:
    """Whether a returned value is `{"error": text}`, that key alone, with a text that is not empty."""
    return (
        isinstance(value, dict)
        and list(value) == ["error"]
        and isinstance(value["error"], str)
        and bool(value["error"])
    )


def call_under_faults(
    client: Client,
    server: Server,
    *,
    faults: Iterable[str] | None = None,
    timeout: float = 0.3,
    errors: tuple[type[BaseException], ...] = (),
    is_error: Callable[[Any], bool] = declares_error,
    at_once: int = AT_ONCE,
    watch: Callable[[Cell], None] = lambda cell: None,
) -> FaultReading:
    """The outcome of `client(base_url, timeout)` under each fault, or those named.

    The client declares an error by returning a value that satisfies `is_error` or by raising one of `errors`. It gets
    `timeout` seconds where the server falls silent, and ample time elsewhere. With `at_once` 1 the calls run in turn in
    the calling thread, for clients that use signals. `watch` is told of each cell at once, from the thread that ran it.
    """
    names = list(server.faults if faults is None else faults)

    def measure(name: str) -> Cell:
        fault: Fault = server.faults[name]
        waits = fault.promise == "silent" or name == "drip"
        cell = _measure(
            partial(client, server.url(name), timeout if waits else PATIENT_SECONDS), fault, server, errors, is_error
        )
        watch(cell)
        return cell

    cells = run_together([partial(measure, name) for name in names], at_once, HOPELESS_SECONDS)
    lost = [Cell(name, server.faults[name].says, "hang", "did not come back") for name in names]
    return FaultReading(tuple(cell or gone for cell, gone in zip(cells, lost, strict=True)))


def _measure(
    call: Callable[[], object],
    fault: Fault,
    server: Server,
    errors: tuple[type[BaseException], ...],
    is_error: Callable[[Any], bool],
) -> Cell:
    try:
        value, raised = call(), None
    except BaseException as error:
        value, raised = None, error
    asked = server.asked(fault.name)
    if len(asked) > MOST_REQUESTS:
        return Cell(fault.name, fault.says, "hang", f"asked {len(asked)} times")
    if raised is not None:
        outcome = outcome_of(fault.promise, returned=False, declared=isinstance(raised, errors), right=False)
        return Cell(fault.name, fault.says, outcome, _shorten(f"{type(raised).__name__}: {raised}"))
    right = bool(asked) and value == server.expected(fault.name, asked[-1].target)
    outcome = outcome_of(fault.promise, returned=True, declared=is_error(value), right=right)
    return Cell(fault.name, fault.says, outcome, _shorten(repr(value)))


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= DETAIL_LETTERS else line[: DETAIL_LETTERS - 1] + "…"
