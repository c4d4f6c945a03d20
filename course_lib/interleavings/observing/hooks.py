"""What rewritten code calls. Outside an exploration each hook does what the plain expression would have done.

Inside one it first tells the run which places the step touches; the run lets other threads go first where that
can matter, and then the step happens as a whole.
"""

from __future__ import annotations

import builtins
import operator
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from course_lib.interleavings.exploring.scheduler import STEPS_IN_A_RUN, active, get_ident
from course_lib.interleavings.exploring.worker import Turn, Worker
from course_lib.interleavings.observing import library, places
from course_lib.interleavings.observing.calls import call, method, source
from course_lib.interleavings.observing.identity import identity
from course_lib.interleavings.observing.places import CONTAINERS
from course_lib.interleavings.observing.steps import told
from course_lib.interleavings.observing.storage import attr, del_attr, del_item, item, set_attr, set_item
from course_lib.interleavings.rewriting.rewriting import HOOKS

__all__ = [
    "after_read",
    "attr",
    "before_read",
    "begin",
    "binary",
    "call",
    "change",
    "compare",
    "del_attr",
    "del_item",
    "enter",
    "furnished",
    "identity",
    "inplace",
    "item",
    "iterate",
    "look",
    "loop",
    "made",
    "managed",
    "method",
    "read_attr_to_change",
    "read_item_to_change",
    "resumed",
    "set_attr",
    "set_item",
    "slice",
    "source",
    "then",
    "truth",
    "turn",
    "write",
]

slice = slice  # noqa: A001  # rewritten code reaches the built-in by this name
TURNS = 8  # of a loop, back from the last: a circle of more than so many is not known again
_THIS = sys.modules[__name__]
setattr(builtins, HOOKS, _THIS)


# --- what a thread makes for itself ----------------------------------------------------------------------------


def made(container: Any) -> Any:
    """A container that a local variable of this thread is about to name: nobody else has it."""
    worker = active.get(get_ident())
    if worker is not None and type(container) in (list, dict, set):
        worker.run.objects.private.add(worker.run.objects.number(container))
    return container


def managed(manager: Any) -> Any:
    """What a `with` is about to enter."""
    worker = active.get(get_ident())
    if worker is not None:
        library.refuse_real_lock(worker, manager, "__enter__")
    return manager


# --- functions -------------------------------------------------------------------------------------------------


def begin() -> None:
    """A function of the program begins, or a generator goes on. If C code called it in the middle of a step on a
    container (`max(table, key=weigh)`, `next(numbers)`), the step has another point here."""
    worker = active.get(get_ident())
    if worker is not None and worker.inside is not None:
        worker.run.called_back(worker)


def then(_: None, value: Any) -> Any:
    """`then(begin(), x)` is x: for the bodies of lambdas and generator expressions."""
    return value


def resumed(value: Any) -> Any:
    """What a `yield` gives, when the generator goes on."""
    begin()
    return value


# --- a change in place -----------------------------------------------------------------------------------------


def read_attr_to_change(thing: Any, name: str, site: Any) -> tuple[Any, ...]:
    return set_attr, thing, name, attr(thing, name, site)


def read_item_to_change(thing: Any, index: Any, site: Any) -> tuple[Any, ...]:
    return set_item, thing, index, item(thing, index, site)


def change(old: tuple[Any, ...], operand: Any, operator_name: str, site: Any) -> None:
    store, thing, name, value = old
    store(inplace(value, operand, operator_name, site), thing, name, site)


_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "Div": operator.truediv,
    "Mod": operator.mod,
    "FloorDiv": operator.floordiv,
    "Pow": operator.pow,
    "LShift": operator.lshift,
    "RShift": operator.rshift,
    "BitOr": operator.or_,
    "BitXor": operator.xor,
    "BitAnd": operator.and_,
    "MatMult": operator.matmul,
}
_INPLACE: dict[str, Callable[[Any, Any], Any]] = {
    "Add": operator.iadd,
    "Sub": operator.isub,
    "Mult": operator.imul,
    "Div": operator.itruediv,
    "Mod": operator.imod,
    "FloorDiv": operator.ifloordiv,
    "Pow": operator.ipow,
    "LShift": operator.ilshift,
    "RShift": operator.irshift,
    "BitOr": operator.ior,
    "BitXor": operator.ixor,
    "BitAnd": operator.iand,
    "MatMult": operator.imatmul,
}
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
    "In": lambda left, right: left in right,
    "NotIn": lambda left, right: left not in right,
    "Is": operator.is_,
    "IsNot": operator.is_not,
}


def inplace(value: Any, operand: Any, operator_name: str, site: Any) -> Any:
    worker = active.get(get_ident())
    act: Callable[[Any, Any], Any] = _INPLACE[operator_name]
    if worker is not None and issubclass(type(value), CONTAINERS):
        touched = places.whole(worker.run, value, True) + places.reads(worker.run, operand)
        return told(worker, touched, site, "call", lambda: act(value, operand))
    return act(value, operand)


def binary(left: Any, right: Any, operator_name: str, site: Any) -> Any:
    worker = active.get(get_ident())
    act = _BINARY[operator_name]
    if worker is not None and (issubclass(type(left), CONTAINERS) or issubclass(type(right), CONTAINERS)):
        touched = places.reads(worker.run, left) + places.reads(worker.run, right)
        return told(worker, touched, site, "call", lambda: act(left, right))
    return act(left, right)


def compare(left: Any, right: Any, operator_name: str, site: Any) -> Any:
    worker = active.get(get_ident())
    act = _COMPARE[operator_name]
    if worker is not None and operator_name in ("In", "NotIn"):
        contains = library.twinned(right, "__contains__")
        if contains is not None:
            return bool(contains(left)) is (operator_name == "In")
    if worker is None or not (issubclass(type(left), CONTAINERS) or issubclass(type(right), CONTAINERS)):
        return act(left, right)
    if operator_name in ("In", "NotIn") and isinstance(right, dict):
        touched = places.element(worker.run, right, left, False)
    else:
        touched = places.reads(worker.run, left) + places.reads(worker.run, right)
    return told(worker, touched, site, "read", lambda: act(left, right))


def furnished(names: Any) -> Any:
    """A namespace for `exec` or `eval`; where it has built-ins of its own, they get the hooks too."""
    if isinstance(names, dict) and isinstance(names.get("__builtins__"), dict):
        names["__builtins__"].setdefault(HOOKS, _THIS)
    return names


def truth(thing: Any, site: Any) -> Any:
    """A value whose truth is about to be asked: of a container, whether it is empty."""
    if issubclass(type(thing), CONTAINERS):
        worker = active.get(get_ident())
        if worker is not None:
            owner = places.shown_by(worker.run, thing)
            return told(worker, [places.structure(worker.run, owner, False)], site, "read", lambda: thing)
    elif active.get(get_ident()) is not None:
        size = library.twinned(thing, "__len__")
        return thing if size is None else size() > 0
    return thing


def look(thing: Any, site: Any) -> Any:
    """A value whose truth or whole content is about to be used."""
    if issubclass(type(thing), CONTAINERS):
        worker = active.get(get_ident())
        if worker is not None:
            return told(worker, places.reads(worker.run, thing), site, "read", lambda: thing)
    return thing


# --- variables -------------------------------------------------------------------------------------------------


def before_read(place: Any, name: str, site: Any) -> Any:
    worker = active.get(get_ident())
    if worker is None:
        return None
    touched = places.variable(worker.run, place, name, False)
    worker.run.access(worker, touched)
    return worker, touched, site


def after_read(announced: Any, value: Any) -> Any:
    if announced is not None and announced[0].run.recorder is not None:
        worker, touched, site = announced
        worker.run.recorder.data_step(worker, touched, site, "read", lambda: value)
    return value


def write(place: Any, name: str, site: Any, value: Any) -> Any:
    worker = active.get(get_ident())
    if worker is not None:
        worker.run.objects.publish(value)
        told(worker, places.variable(worker.run, place, name, True), site, "write", lambda: value, value)
    return value


# --- loops -----------------------------------------------------------------------------------------------------


def iterate(things: Iterable[Any], site: Any) -> Iterable[Any]:
    if issubclass(type(things), CONTAINERS) or library.is_shared_iterator(things):
        worker = active.get(get_ident())
        if worker is not None:
            return _walk(things, site)
    elif active.get(get_ident()) is not None:
        walk = library.twinned(things, "__iter__")
        return things if walk is None else _walk(walk(), site)
    return things


def _walk(things: Iterable[Any], site: Any) -> Iterator[Any]:
    iterator = iter(things)
    while True:
        worker = active.get(get_ident())
        try:
            if worker is None:
                value = next(iterator)
            else:
                touched = library.gone_through(worker.run, things)
                value = told(worker, touched, site, "read", lambda: next(iterator))
        except StopIteration:
            return
        yield value


def enter(site: Any) -> None:
    """A loop begins: what an earlier one at the same place saw is of no account."""
    worker = active.get(get_ident())
    if worker is not None:
        worker.watch.turns.pop(site, None)


def turn() -> None:
    """One more turn of a loop that comes to its end by itself."""
    worker = active.get(get_ident())
    if worker is not None:
        _one_more(worker)


def _one_more(worker: Worker) -> None:
    run = worker.run
    if run.aborting:
        run.stop(worker, "")
    run.steps += 1
    if run.steps > STEPS_IN_A_RUN:
        run.stop(worker, "endless", f"no end after {STEPS_IN_A_RUN} steps")


def loop(site: Any, idle: tuple[str, ...]) -> None:
    """One more turn of a loop. A thread that is where it was at an earlier turn, and has changed nothing since, lets
    others go first: it goes in a circle, of one turn or of a few (as who tries two locks the one way and the other).

    Of no account are the `idle` variables: those that nobody will read, or that only decide how long it sleeps.
    """
    worker = active.get(get_ident())
    if worker is None:
        return
    _one_more(worker)
    frame, watch = sys._getframe(1), worker.watch
    now = (
        id(frame),
        watch.writes,
        tuple([(name, _shape(value)) for name, value in frame.f_locals.items() if name not in idle]),
        tuple([id(lock) for lock in worker.held]),
    )
    turns = watch.turns.setdefault(site, [])
    if turns and turns[-1].state[:2] != now[:2]:
        turns.clear()
    at = next((number for number, one in enumerate(turns) if one.state == now), None)
    if at is None:
        turns[:] = [*turns[1 - TURNS :], Turn(now, len(watch.read), worker.past.hash)]
        return
    before = turns[at]
    turns[at:] = [before._replace(read=len(watch.read))]
    worker.run.spun = True
    watch.spins_on = set(watch.read[before.read :])
    worker.past.hash = hash((before.past, "turn"))
    worker.run.pause(worker)
    worker.past.hash = before.past  # it is where it was then


def _shape(value: Any) -> Any:
    if isinstance(value, (int, str, float, type(None))):
        return value
    return (type(value), len(value)) if isinstance(value, (list, dict, set, tuple)) else id(value)
