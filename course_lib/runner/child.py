"""What happens inside the submission's own process, from the fork to its end.

It prepares the instrument, shuts itself in, hides the course's own modules, runs the learner's cells and then the
probe on each case, and reports raw observations over one channel (`report.py`). Every message begins with a secret
word that the submission was never given, so a line forged on any descriptor is recognised and ends the attempt.
"""

from __future__ import annotations

import ast
import base64
import gc
import importlib.abc
import itertools
import linecache
import operator
import os
import signal
import sys
import tempfile
import tracemalloc
import types
from collections.abc import Callable, Sequence
from functools import partial
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

from course_lib.hazards.attempt import SUBMISSION_FILE, describe, innermost
from course_lib.hazards.settling import changes, let_threads_end
from course_lib.runner.cell_time import CellTime, TooSlow
from course_lib.runner.confinement.sandbox import confine, default_readable
from course_lib.runner.confinement.semaphores import keep_semaphores_inside
from course_lib.runner.folder import Missing, load_folder
from course_lib.runner.printed import Marks
from course_lib.runner.report import OUT_OF_MEMORY, Channel, Message, receive, sender, silence
from course_lib.wire import TooLarge, pack, packed_list

KEPT = ("course_lib", "course_lib.testbeds")
OWN = f"course_lib{os.sep}"
FUTURE_FLAGS = 0x1FF0000
MEMORY, FILE_SIZE = 1 << 30, 64 << 20
WATCHED_ONLY = "files, network and processes are open, time and memory are watched from outside (COURSE_JUDGE: spawn)"
LEARNER_VERBS = ("check", "hint", "solution", "reset", "predict", "compare", "display")

BROKEN, CHANNEL_LOST = 70, 71  # exit statuses: the course's own code failed here; the channel is not there any more

CompileCell = Callable[[bytes | str, str, int], types.CodeType]
Measure = Callable[[Any, dict[str, Any]], Any]
Tell = Callable[[list[Message]], None]
Load = Callable[[Tell], tuple[Any, list[str]]]

_FORMS: dict[type | None, str] = {list: "a list, [...]", dict: "a dict, {...}"}
_starmap = itertools.starmap
_stop_tracing_memory = tracemalloc.stop
_go_to, _no_such_folder = os.chdir, OSError
_traced, _trace, _profiled, _profile = sys.gettrace, sys.settrace, sys.getprofile, sys.setprofile
_collects, _collect, _never_collect = gc.isenabled, gc.enable, gc.disable
_mask_signals = getattr(signal, "pthread_sigmask", None)  # Windows has none
_BLOCK, _MASK = getattr(signal, "SIG_BLOCK", 0), getattr(signal, "SIG_SETMASK", 0)
_ALL_SIGNALS = frozenset(signal.valid_signals())


class Stopped(Exception):
    """There is nothing more to measure; the judge has been told why."""


def run(channel: Channel, probe: types.ModuleType, confined: bool = True) -> None:
    """Serves one request and ends the process; never returns."""
    exit_now, lost, stopped = os._exit, OSError, Stopped
    status = BROKEN
    try:
        _serve(channel, probe, confined)
        status = 0
    except stopped:
        status = 0
    except lost:
        status = CHANNEL_LOST
    finally:
        exit_now(status)


def _serve(channel: Channel, probe: types.ModuleType, confined: bool) -> None:
    """Loads, measures, reports.

    The last line is evaluated from left to right before any of it is called: while the submission runs, the function
    that sends the final report, and with it the secret word, lies on the interpreter's stack alone, where no frame,
    module or search of the heap shows it. In a variable it would be one `sys._getframe` away.
    """
    marks, request = Marks(), receive(channel)
    task = request["task"]
    getattr(probe, "before_load", _do_nothing)(task)
    compile_cell = getattr(probe, "compile_cell", compile_plainly)
    measure, controls = probe.PROBES[task], probe.CONTROLS.get(task, (None, None))
    load = partial(_load, request, compile_cell, getattr(probe, "SUBJECTS", {}).get(task))
    level = _shut_in(request, getattr(probe, "FILE_SIZE", FILE_SIZE)) if confined else _left_open(request)
    work = partial(_work, request, measure, controls, load, level, marks, sender(channel))
    sender(channel)(*map(operator.call, (work, *silence())))  # type: ignore[arg-type]  # typed for one callable


def _work(
    request: dict[str, Any],
    measure: Measure,
    controls: tuple[Any, Any],
    load: Load,
    level: dict[str, Any],
    marks: Marks,
    tell: Callable[[list[Message]], None],
) -> list[Message]:
    """Loads and measures; the final report. Raises Stopped, with the reason told, where there is none."""
    too_much, too_large, anything, stopped = MemoryError, TooLarge, BaseException, Stopped
    gc.freeze()  # what is alive by now, the course's own part, no longer shows in gc.get_objects()
    try:
        subject, skipped = load(tell)
    except Missing as problem:
        tell([("level", level), ("missing", str(problem))])
        raise stopped from None
    except too_much:
        tell([("level", level), ("unrunnable", OUT_OF_MEMORY)])
        raise stopped from None
    tell([("level", level), ("skipped", skipped), ("loaded", None)])
    _stop_tracing_memory()  # a cell may have left it on: it makes each allocation several times as slow
    _back_to(request["scratch"])
    try:
        told = packed_list([*_starmap(partial(_packed, marks), _jobs(request, measure, controls, subject))])
        return [("measured", told), ("changed", changes()[:1])]
    except too_large as problem:
        tell([("unrunnable", f"what the code returned is {problem}")])
    except too_much:
        tell([("unrunnable", OUT_OF_MEMORY)])
    except anything as problem:
        tell([("broken", _place_of(problem))])
    raise stopped


def _place_of(problem: BaseException) -> str:
    """What broke the measurement off, and the line of the course's own part that it came to."""
    told = describe(problem)
    text = told["raised"] + (f": {told['message']}" if told["message"] else "")
    where = innermost(problem, OWN)
    return f"{text}, in {where}" if where else text


def _packed(marks: Marks, measure: Measure, subject: Any, case: dict[str, Any], number: int | None = None) -> str:
    """What was observed on a case, as it is when the case is over: a later case changes nothing of it."""
    if number is not None:
        marks.case(number)
    told = pack(measure(subject, case))
    let_threads_end()
    return told


def _back_to(home: str) -> None:
    """Where the probe may make folders of its own: a cell of the learner's may have gone elsewhere."""
    try:
        _go_to(home)
    except _no_such_folder:
        return  # the submission took it away; what that costs shows in what is measured


def _undisturbed(measure: Measure, control: Any, case: dict[str, Any]) -> Any:
    """What is observed on a control while no trace, collection or signal handler of the submission's comes between:
    the control asks whether the instrument works, not what else is counted meanwhile. A profile that a cell left on is
    over then: before Python 3.12, `cProfile`'s can be taken off, and not put back."""
    traced, profiled, collects = _traced(), _profiled(), _collects()
    _trace(None)
    _profile(None)
    _never_collect()
    masked = _mask_signals(_BLOCK, _ALL_SIGNALS) if _mask_signals else ()
    try:
        return measure(control, case)
    finally:
        if _mask_signals:
            _mask_signals(_MASK, masked)
        if collects:
            _collect()
        _profile(profiled if callable(profiled) else None)
        _trace(traced)


def _jobs(request: dict[str, Any], measure: Measure, controls: tuple[Any, Any], subject: Any) -> list[tuple[Any, ...]]:
    """What to measure on what, and how: the control pair, each case with its number, the control pair again."""
    control, undisturbed = request["control"], partial(_undisturbed, measure)
    before, after = ([] if control is None else [(undisturbed, one, {**control}) for one in controls] for _ in range(2))
    return [*before, *((measure, subject, case, number) for number, case in enumerate(request["cases"])), *after]


def _shut_in(request: dict[str, Any], file_size: int) -> dict[str, Any]:
    """Takes this process's rights away; what is in force, as the record `Confinement` has it."""
    scratch = _at_home(request)
    level = confine(scratch, default_readable(), request["ports"], MEMORY, int(request["cpu_seconds"]), file_size)
    _hide_course()
    return {"complete": level.complete, "told": str(level)}


def _left_open(request: dict[str, Any]) -> dict[str, Any]:
    """The same where nothing takes rights away."""
    _at_home(request)
    _hide_course()
    return {"complete": False, "told": WATCHED_ONLY}


def _at_home(request: dict[str, Any]) -> Path:
    """In its scratch folder, which is all that ordinary code has to know of the disk."""
    scratch = Path(request["scratch"])
    os.chdir(scratch)
    os.environ.update(dict.fromkeys(("TMPDIR", "HOME", "USERPROFILE"), str(scratch)))
    tempfile.tempdir = None
    keep_semaphores_inside()
    return scratch


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
        if name.startswith("course_lib.") and not f"{name}.".startswith("course_lib.testbeds."):
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


def compile_plainly(source: bytes | str, filename: str, flags: int) -> types.CodeType:
    """The cell's code, as Python reads it."""
    code: types.CodeType = compile(source, filename, "exec", flags, dont_inherit=True)
    return code


class _Cells:
    """Runs cells one after the other in one namespace, the way a notebook does."""

    def __init__(self, notebook: bool, compile_cell: CompileCell) -> None:
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
        code = self._compiled(source, filename)
        if self._notebook:
            self._flags |= code.co_flags & FUTURE_FLAGS
        pending = eval(code, self.namespace)
        if code.co_flags & 0x80:  # a cell with a top-level await is a coroutine
            import asyncio  # 40 ms that almost no submission needs

            self._loop = self._loop or asyncio.Runner()
            self._loop.run(pending)

    def _compiled(self, source: bytes, filename: str) -> types.CodeType:
        top_level_await = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if self._notebook else 0
        read = source.decode("utf-8", "surrogatepass") if self._notebook else source  # a cookie is a file's, no cell's
        try:
            return self._compile(read, filename, self._flags | top_level_await)
        except (MemoryError, RecursionError):  # it is the parser that has run out of room
            raise SyntaxError("too deeply nested or too long for Python to read") from None
        except ValueError as problem:  # before Python 3.11.4, of a null byte
            raise SyntaxError(str(problem)) from None


def _load(
    request: dict[str, Any], compile_cell: CompileCell, kind: type[list[Any]] | type[dict[Any, Any]] | None, tell: Tell
) -> tuple[Any, list[str]]:
    """The object of the task's name after all cells have run, and the cells that were skipped; raises Missing.

    `kind` is the type of a task that is answered by data; None where a function or class is asked for.
    """
    if not request["subject"]:
        return None, []
    if request["folder"]:
        return load_folder(request["folder"], Path(request["scratch"]), compile_cell), []
    task, notebook = request["task"], request["notebook"]
    runner, trouble = _Cells(notebook, compile_cell), list(request["left_out"])
    time_left = CellTime()
    for cell in request["cells"]:
        label, source = cell["label"], base64.b64decode(cell["source"])
        try:
            if notebook:
                tell([("cell", label)])  # if this is the last that is heard, it is this one that does not come back
                with time_left.limited(cell["interrupted"]):
                    runner.run(label, source)
            else:
                runner.run(label, source)
        except MemoryError:
            raise
        except TooSlow as slow:
            trouble.append(f"{label} {slow}")
        except BaseException as error:  # sys.exit() in a cell is a learner's cell that failed
            trouble.append(_in_words(label, error, notebook))
            if not notebook:
                raise Missing(trouble[0]) from None
    subject: Any = runner.namespace.get(task)
    if task not in runner.namespace or not (callable(subject) if kind is None else issubclass(type(subject), kind)):
        wanted = "function or class" if kind is None else kind.__name__
        found = "nothing of that name" if task not in runner.namespace else f"{task} is no {wanted}"
        form = f" as {_FORMS[kind]}" if kind in _FORMS and task in runner.namespace else ""
        raise Missing("; ".join([f"{found}: the submission must define {task}{form}", *trouble]))
    if kind is not None:
        subject = kind.copy(subject)  # of a subclass (OrderedDict, say) what it holds, by none of its own methods
    return subject, trouble


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
