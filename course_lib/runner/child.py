"""What happens inside the submission's own process, from the fork to its end.

It prepares the instrument, shuts itself in, hides the course's own modules, runs the learner's cells and then the
probe on each case, and reports raw observations over one channel. Every message begins with a secret word that the
submission was never given, so a line forged on any descriptor is recognised; what is not recognised ends the attempt.
Everything used after the submission has been loaded is held in local variables of functions that are already running.
"""

from __future__ import annotations

import ast
import base64
import importlib.abc
import linecache
import os
import socket
import struct
import sys
import types
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

from course_lib.probes import SUBMISSION_FILE, describe
from course_lib.runner import wire
from course_lib.runner.sandbox import confine, default_readable

KEPT = ("course_lib", "course_lib.testbeds")
FUTURE_FLAGS = 0x1FF0000
MEMORY, FILE_SIZE = 1 << 30, 64 << 20
LEARNER_VERBS = ("check", "hint", "solution", "reset", "predict", "compare", "display")

Send = Callable[[str, Any], None]


class Missing(Exception):
    """The submission does not define the task's name."""


def receive(channel: socket.socket) -> Any:
    """The one request on the channel: four bytes of length, then a packed value."""
    (length,) = struct.unpack("!I", _exactly(channel, 4))
    return wire.unpack(_exactly(channel, length).decode("ascii"))


def _exactly(channel: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = channel.recv(min(1 << 16, count - len(parts)))
        if not part:
            raise EOFError("the judge closed the channel")
        parts += part
    return bytes(parts)


def run(channel: socket.socket, probe: types.ModuleType) -> None:
    """Serves one request and ends the process; never returns."""
    exit_now = os._exit
    try:
        request = receive(channel)
        send = _sender(channel.detach(), request["nonce"])
        _serve(request, probe, send)
    finally:
        exit_now(0)


def _sender(descriptor: int, nonce: str) -> Send:
    write, pack, error = os.write, wire.pack, ValueError

    def send(kind: str, value: Any) -> None:
        try:
            text = pack(value)
        except error as problem:
            kind, text = "unrunnable", pack(f"what the code returned is {problem}")
        data = f"{nonce} {kind} {text}\n".encode("ascii")
        while data:
            data = data[write(descriptor, data) :]

    return send


def _serve(request: dict[str, Any], probe: types.ModuleType, send: Send) -> None:
    task, measure = request["task"], probe.PROBES[request["task"]]
    bad, good = probe.CONTROLS.get(task, (None, None))
    memory_error, base_error = MemoryError, BaseException
    try:
        before_load = getattr(probe, "before_load", None)
        if before_load:
            before_load(task)
        compile_cell = getattr(probe, "compile_cell", compile_plainly)
        cells = [(cell["label"], base64.b64decode(cell["source"])) for cell in request["cells"]]
        level = _shut_in(request)
        send("level", str(level))
        wanted = request["subject"]
        subject = _load(cells, request["notebook"], task, compile_cell, send) if wanted else None
    except Missing as problem:
        return send("missing", str(problem))
    except memory_error:
        return send("unrunnable", "the code ran out of memory while it was being loaded (1 GiB is allowed)")
    send("loaded", None)
    try:
        _measure(request, measure, (bad, good), subject, send)
    except memory_error:
        send("unrunnable", "the code ran out of memory (1 GiB is allowed)")
    except base_error as problem:
        send("broken", f"{type(problem).__name__}: {problem}")


def _measure(request: dict[str, Any], measure: Any, controls: tuple[Any, Any], subject: Any, send: Send) -> None:
    """The control pair, each case, the control pair again; each answer is sent as soon as it is there."""
    cases, control = request["cases"], request["control"]

    def prove(kind: str) -> None:
        if control is not None:
            send(kind, [measure(controls[0], dict(control)), measure(controls[1], dict(control))])

    prove("control")
    for case in cases:
        send("observation", measure(subject, case))
    prove("control")
    send("done", None)


def _shut_in(request: dict[str, Any]) -> Any:
    scratch = Path(request["scratch"])
    os.chdir(scratch)
    level = confine(scratch, default_readable(), request["ports"], MEMORY, int(request["cpu_seconds"]), FILE_SIZE)
    _hide_course()
    return level


def _hide_course() -> None:
    """Leaves only the testbeds importable; the learner's verbs become functions that do nothing."""
    kept = tuple(name for name in sys.modules if name in KEPT or name.startswith("course_lib.testbeds."))
    for name in [name for name in sys.modules if name.split(".")[0] == "course_lib" and name not in kept]:
        del sys.modules[name]
    verbs = types.ModuleType("course_lib.notebook")
    for verb in LEARNER_VERBS:
        setattr(verbs, verb, _do_nothing)
    sys.modules["course_lib.notebook"] = verbs
    sys.meta_path.insert(0, _OnlyTestbeds())
    root = str(Path(__file__).resolve().parents[2])
    sys.path[:] = [entry for entry in sys.path if entry not in ("", ".", root)]


def _do_nothing(*_args: object, **_keywords: object) -> None:
    return None


class _OnlyTestbeds(importlib.abc.MetaPathFinder):
    """Refuses every module of the course but its testbeds, in words a learner can use."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        if name.startswith("course_lib.") and not name.startswith("course_lib.testbeds."):
            raise ImportError(f"a submission can't import {name}; of the course only course_lib.testbeds is there")
        return None


class InertShell:
    """Stands in for IPython in a cell with magics: runs the body of timing magics, ignores everything else."""

    def __init__(self, run_source: Callable[[str], Any]) -> None:
        self._run_source = run_source

    def run_line_magic(self, name: str, line: str, *_rest: object) -> None:
        if name in ("time", "timeit", "prun", "memit"):
            self._run_source(line)

    def run_cell_magic(self, name: str, line: str, body: str) -> None:
        if name in ("time", "timeit", "capture", "prun", "memit"):
            self._run_source(body)

    def system(self, _command: str) -> None:
        return None

    def getoutput(self, _command: str, **_options: object) -> list[str]:
        return []

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return _do_nothing


def compile_plainly(source: bytes, filename: str, flags: int) -> types.CodeType:
    """The cell's code, as Python reads it."""
    code: types.CodeType = compile(source, filename, "exec", flags, dont_inherit=True)
    return code


class _Cells:
    """Runs cells one after the other in one namespace, the way a notebook does."""

    def __init__(self, notebook: bool, compile_cell: Callable[[bytes, str, int], types.CodeType]) -> None:
        self.module = types.ModuleType("__main__" if notebook else "submission")
        sys.modules[self.module.__name__] = self.module
        self.namespace = vars(self.module)
        self._notebook, self._compile, self._flags = notebook, compile_cell, 0
        self._loop: Any = None
        if notebook:
            shell = InertShell(lambda text: self.run("magic", text.encode()))
            self.namespace.update(dict.fromkeys(LEARNER_VERBS, _do_nothing), get_ipython=lambda: shell)

    def run(self, label: str, source: bytes) -> None:
        filename = f"{SUBMISSION_FILE} {label}>"
        text = source.decode("utf-8", "replace")
        linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
        top_level_await = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if self._notebook else 0
        code = self._compile(source, filename, self._flags | top_level_await)
        if self._notebook:
            self._flags |= code.co_flags & FUTURE_FLAGS
        pending = eval(code, self.namespace)
        if code.co_flags & 0x80:  # a cell with a top-level await is a coroutine
            import asyncio  # 40 ms that almost no submission needs

            self._loop = self._loop or asyncio.Runner()
            self._loop.run(pending)


def _load(
    cells: list[tuple[str, bytes]],
    notebook: bool,
    task: str,
    compile_cell: Callable[..., types.CodeType],
    send: Send,
) -> Any:
    """The object of the task's name after all cells have run; raises Missing with the reason why there is none."""
    runner, trouble = _Cells(notebook, compile_cell), []
    for label, source in cells:
        try:
            runner.run(label, source)
        except MemoryError:
            raise
        except BaseException as error:  # sys.exit() in a cell is a learner's cell that failed
            trouble.append(_in_words(label, error, notebook))
            if not notebook:
                raise Missing(trouble[0]) from None
    send("skipped", trouble)
    subject = runner.namespace.get(task)
    if task not in runner.namespace or not callable(subject):
        found = "nothing of that name" if task not in runner.namespace else f"{task} is no function or class"
        raise Missing("; ".join([f"{found}: the submission must define {task}", *trouble]))
    return subject


def _in_words(label: str, error: BaseException, notebook: bool) -> str:
    """One sentence on a cell that raised: what it raised and where."""
    told = describe(error)
    line = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else told["line"]
    where = f"{label}, line {line}" if line else label
    if isinstance(error, SystemExit):
        return f"{where} ended the program (SystemExit); take the exit out"
    text = error.msg if isinstance(error, SyntaxError) else told["message"]
    message = f": {text}" if text else ""
    return f"{where} raised {told['raised']}{message}"
