"""Compares the explorer with a brute-force model on random programs: `python -m tests.fuzz.interleavings --programs N`.

Each program is written twice from the same random choices: as Python source, which the explorer runs, and as micro-
steps for a model that knows nothing of it and walks through every interleaving. Both must give the same set of
ends. Every second program has what is easily overlooked: calls back from C, generators, weak references, conditions,
locks made late or taken in the order of `id`, dicts as locks, growing pauses, cells that die with their thread,
threads that do the same.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from course_lib.interleavings import Program, compile_instrumented, explore

HEAD = """import threading, queue, time, weakref
class Thing: v = 7
def weigh(key): return key
def numbers():
    n = 0
    while True:
        n += 1
        yield n
class State:
    def __init__(self):
        self.x = self.y = 0
        self.items, self.table = [], {}
        self.l, self.m, self.r = threading.Lock(), threading.Lock(), threading.RLock()
        self.q, self.e = queue.SimpleQueue(), threading.Event()
        self.ids, self.turn, self.late = numbers(), {}, {}
        self.thing = Thing()
        self.ref = weakref.ref(self.thing)
        self.c, self.busy = threading.Condition(), set()
        self.own, self.live = threading.local(), weakref.WeakSet()
def look(s): return (s.x, s.y, tuple(s.items), tuple(sorted(s.table.items())))
"""
Step = tuple[Any, ...]


class Written(NamedTuple):
    """One thread, as source lines and as micro-steps."""

    lines: list[str]
    steps: list[Step]


def _indent(lines: list[str]) -> list[str]:
    return ["    " + line for line in lines]


class Writer:
    """Writes random threads; `rich` adds what waits (try-locks, queues, events), `odd` what is easily overlooked."""

    def __init__(self, seed: int, rich: bool, odd: bool) -> None:
        self.random, self.rich, self.odd = random.Random(seed), rich, odd

    def thread(self, length: int) -> Written:
        lines, steps = ["r = 0"], []
        for _ in range(length):
            written = self.statement(2)
            lines += written.lines
            steps += written.steps
        return Written(lines, steps)

    def statement(self, depth: int) -> Written:
        simple = [self.read, self.write, self.add, self.append, self.table]
        nested = [self.locked, self.when, self.when_items, self.reentered]
        waiting = [self.tried, self.put, self.take, self.signal, self.wait, self.spun, self.watched, self.polled]
        odd = [self.walked, self.next_number, self.alive, self.asked_twice, self.drop, self.kept, self.counted]
        odd_nested = [self.by_id, self.late, self.claimed, self.doubled, self.while_busy]
        choices = simple + simple + (nested if depth else []) + (waiting if self.rich and depth else [])
        if self.odd:
            choices = simple + odd + ([*nested, *odd_nested, *odd_nested] if depth else [])
        return self.random.choice(choices)(depth - 1)

    def name(self) -> str:
        return self.random.choice("xxxy")

    def read(self, _: int) -> Written:
        name = self.name()
        return Written([f"r = s.{name}"], [("read", name)])

    def write(self, _: int) -> Written:
        name, number = self.name(), self.random.randint(1, 3)
        return Written([f"s.{name} = r + {number}"], [("write", name, number)])

    def add(self, _: int) -> Written:
        name, number = self.name(), self.random.randint(1, 3)
        return Written([f"s.{name} += {number}"], [("load", name), ("store", name, number)])

    def append(self, _: int) -> Written:
        number = self.random.randint(1, 3)
        return Written([f"s.items.append({number})"], [("append", number)])

    def table(self, _: int) -> Written:
        key = self.random.choice("ab")
        return Written([f"s.table['{key}'] = s.table.get('{key}', 0) + 1"], [("get", key), ("set", key)])

    def body(self, depth: int) -> Written:
        one = self.statement(depth)
        if self.random.random() < 0.4:
            two = self.statement(0)
            return Written(one.lines + two.lines, one.steps + two.steps)
        return one

    def locked(self, depth: int) -> Written:
        lock, body = self.random.choice("llm"), self.body(depth)
        return Written([f"with s.{lock}:", *_indent(body.lines)], [("acquire", lock), *body.steps, ("release", lock)])

    def reentered(self, depth: int) -> Written:
        body = self.statement(0)
        lines = ["with s.r:", *_indent(["with s.r:", *_indent(body.lines)])]
        return Written(lines, [("acquire", "r"), *body.steps, ("release", "r")])

    def when(self, depth: int) -> Written:
        name, number, body = self.name(), self.random.randint(0, 2), self.body(depth)
        return Written(
            [f"if s.{name} == {number}:", *_indent(body.lines)],
            [("unless", name, number, len(body.steps)), *body.steps],
        )

    def when_items(self, _: int) -> Written:
        return Written(["if s.items:", "    s.items.pop()"], [("unless items", 1), ("pop",)])

    def tried(self, depth: int) -> Written:
        lock, body = self.random.choice("llm"), self.statement(0)
        lines = [f"if s.{lock}.acquire(False):", *_indent(body.lines), f"    s.{lock}.release()"]
        return Written(lines, [("try", lock, len(body.steps) + 1), *body.steps, ("release", lock)])

    def spun(self, depth: int) -> Written:
        lock, body = self.random.choice("lm"), self.statement(0)
        pause = self.random.choice(["pass", "time.sleep(0.01)"])
        lines = [f"while not s.{lock}.acquire(False): {pause}", *body.lines, f"s.{lock}.release()"]
        return Written(lines, [("acquire", lock), *body.steps, ("release", lock)])

    def watched(self, _: int) -> Written:
        name = self.name()
        return Written([f"while s.{name} == 0: pass"], [("until", name)])

    def polled(self, _: int) -> Written:
        name, lock = self.name(), self.random.choice("lm")
        lines = ["while True:", f"    with s.{lock}:", f"        if s.{name} > 0: break"]
        return Written(lines, [("acquire", lock), ("release and back unless", lock, name), ("release", lock)])

    def put(self, _: int) -> Written:
        return Written(["s.q.put(r)"], [("put",)])

    def take(self, _: int) -> Written:
        return Written(["r = s.q.get()"], [("take",)])

    def signal(self, _: int) -> Written:
        return Written(["s.e.set()"], [("signal",)])

    def wait(self, _: int) -> Written:
        return Written(["s.e.wait()"], [("wait",)])

    # what is easily overlooked

    def walked(self, _: int) -> Written:
        return Written(["r = len(max(s.table, key=weigh, default=''))"], [("walk",)])

    def next_number(self, _: int) -> Written:
        return Written(["r = next(s.ids)"], [("resume",), ("yield",)])

    def alive(self, _: int) -> Written:
        return Written(["r = 0 if s.ref() is None else 1"], [("ask",), ("alive",)])

    def asked_twice(self, _: int) -> Written:
        return Written(["if s.ref() is not None: r = s.ref().v"], [("ask",), ("unless alive", 2), ("use",), ("used",)])

    def drop(self, _: int) -> Written:
        return Written(["s.thing = None"], [("drop",)])

    def kept(self, _: int) -> Written:
        lines = ["thing = Thing()", "s.live.add(thing)", "s.own.thing = thing", "del thing"]
        return Written(lines, [("join",), ("hold",)])

    def counted(self, _: int) -> Written:
        return Written(["r = len(s.live)"], [("count",)])

    def by_id(self, depth: int) -> Written:
        body = self.statement(0)
        lines = ["one, two = sorted((s.m, s.l), key=id)", "with one, two:", *_indent(body.lines)]
        return Written(lines, [("acquire", "l"), ("acquire", "m"), *body.steps, ("release", "m"), ("release", "l")])

    def late(self, depth: int) -> Written:
        body = self.body(depth)
        lines = ["with s.late.setdefault('k', threading.Lock()):", *_indent(body.lines)]
        return Written(lines, [("acquire", "k"), *body.steps, ("release", "k")])

    def claimed(self, _: int) -> Written:
        body = self.statement(0)
        lines = ["me = object()", "while s.turn.setdefault('t', me) is not me: time.sleep(0.01)", *body.lines]
        return Written([*lines, "del s.turn['t']"], [("claim",), *body.steps, ("give up",)])

    def doubled(self, _: int) -> Written:
        lock, body = self.random.choice("lm"), self.statement(0)
        lines = ["pause = 0.001", f"while not s.{lock}.acquire(False):", "    time.sleep(pause)", "    pause *= 2"]
        return Written(
            [*lines, *body.lines, f"s.{lock}.release()"], [("acquire bare", lock), *body.steps, ("release", lock)]
        )

    def while_busy(self, _: int) -> Written:
        body = self.statement(0)
        waiting = self.random.choice([["    while s.busy: s.c.wait()"], ["    s.c.wait_for(lambda: not s.busy)"]])
        lines = ["with s.c:", *waiting, "    s.busy.add(1)", *body.lines]
        steps = [("acquire", "c"), ("until free",), ("busy",), ("release", "c"), *body.steps]
        lines += ["with s.c:", "    s.busy.discard(1)", "    s.c.notify_all()"]
        return Written(lines, [*steps, ("acquire", "c"), ("free",), ("notify",), ("release", "c")])


class Model(NamedTuple):
    """The state of a program in the model; plain values, so that a state met twice is recognised."""

    shared: tuple[
        Any, ...
    ]  # x, y, items, table, queue, event, generator (runs, n), alive (kept, users), is busy, living cells
    locks: tuple[Any, ...]  # holders of l, m, r, the late lock, the condition's, the dict that is a lock
    threads: tuple[tuple[int, int, Any], ...]  # (next step, r, scratch); next step -1 after an exception
    holding: tuple[bool, ...]  # which threads have a cell of their own, and have not ended


FIELDS = {"x": 0, "y": 1}
QUEUE, EVENT, GENERATOR, ALIVE, BUSY, LIVING = range(4, 10)
LOCKS = {"l": 0, "m": 1, "r": 2, "k": 3, "c": 4, "t": 5}
WAITING, TOLD = "waiting", "told"


def _with(values: tuple[Any, ...], index: int, value: Any) -> tuple[Any, ...]:
    return (*values[:index], value, *values[index + 1 :])


def advance(model: Model, who: int, step: Step) -> Model | None:
    """The state after `who` takes `step`; None where it has to wait."""
    shared, locks, (at, r, scratch) = model.shared, model.locks, model.threads[who]
    kind, at = step[0], at + 1
    if kind == "read":
        r = shared[FIELDS[step[1]]]
    elif kind == "load":
        scratch = shared[FIELDS[step[1]]]
    elif kind in ("write", "store"):
        shared = _with(shared, FIELDS[step[1]], (r if kind == "write" else scratch) + step[2])
    elif kind == "append":
        shared = _with(shared, 2, (*shared[2], step[1]))
    elif kind == "get":
        scratch = dict(shared[3]).get(step[1], 0)
    elif kind == "set":
        shared = _with(shared, 3, tuple(sorted({**dict(shared[3]), step[1]: scratch + 1}.items())))
    elif kind == "until":
        if not shared[FIELDS[step[1]]]:
            return None
    elif kind == "release and back unless" and not shared[FIELDS[step[2]]]:
        at, locks = at - 2, _with(locks, LOCKS[step[1]], None)
    elif kind == "release and back unless":
        pass
    elif kind == "unless":
        at += 0 if shared[FIELDS[step[1]]] == step[2] else step[3]
    elif kind == "unless items":
        at += 0 if shared[2] else step[1]
    elif kind == "pop":
        at, shared = (at, _with(shared, 2, shared[2][:-1])) if shared[2] else (-1, shared)
    else:
        return _wait(model, who, step)
    return model._replace(shared=shared, locks=locks, threads=_with(model.threads, who, (at, r, scratch)))


def _wait(model: Model, who: int, step: Step) -> Model | None:
    shared, locks, (at, r, scratch) = model.shared, model.locks, model.threads[who]
    kind, at = step[0], at + 1
    if kind in ("acquire", "try") and locks[LOCKS[step[1]]] is None:
        locks = _with(locks, LOCKS[step[1]], who)
    elif kind == "try":
        at += step[2]
    elif kind == "acquire":
        return None
    elif kind == "release":
        locks = _with(locks, LOCKS[step[1]], None)
    elif kind == "put":
        shared = _with(shared, 4, (*shared[4], r))
    elif kind == "take":
        if not shared[4]:
            return None
        r, shared = shared[4][0], _with(shared, 4, shared[4][1:])
    elif kind == "signal":
        shared = _with(shared, 5, True)
    elif kind == "wait":
        if not shared[EVENT]:
            return None
    else:
        return _overlooked(model, who, step)
    return model._replace(shared=shared, locks=locks, threads=_with(model.threads, who, (at, r, scratch)))


def _overlooked(model: Model, who: int, step: Step) -> Model | None:
    shared, locks, holding, (at, r, scratch) = model.shared, model.locks, model.holding, model.threads[who]
    kind, at = step[0], at + 1
    if kind == "walk":  # one element a step, in the middle of a C function
        size, position = scratch if isinstance(scratch, tuple) else (len(shared[3]), 0)
        if size != len(shared[3]):
            at, scratch = -1, 0
        elif position == size:
            r, scratch = min(size, 1), 0
        else:
            at, scratch = at - 1, (size, position + 1)
    elif kind == "resume":
        at, shared = (
            (-1, shared) if shared[GENERATOR][0] else (at, _with(shared, GENERATOR, (True, shared[GENERATOR][1])))
        )
    elif kind == "yield":
        r = shared[GENERATOR][1] + 1
        shared = _with(shared, GENERATOR, (False, r))
    elif kind == "ask":  # whoever is told of the object keeps it alive until it has looked
        kept, users = shared[ALIVE]
        scratch = int(kept or users > 0)
        shared = _with(shared, ALIVE, (kept, users + scratch))
    elif kind in ("alive", "unless alive"):
        shared = _with(shared, ALIVE, (shared[ALIVE][0], shared[ALIVE][1] - scratch))
        r, at = (scratch, at) if kind == "alive" else (r, at + (0 if scratch else step[1]))
        scratch = 0
    elif kind == "use":
        kept, users = shared[ALIVE]
        at, shared = (at, _with(shared, ALIVE, (kept, users + 1))) if kept or users else (-1, shared)
    elif kind == "used":
        r, shared = 7, _with(shared, ALIVE, (shared[ALIVE][0], shared[ALIVE][1] - 1))
    elif kind == "drop":
        shared = _with(shared, ALIVE, (False, shared[ALIVE][1]))
    elif kind == "join":
        shared = _with(shared, LIVING, shared[LIVING] + 1)
    elif kind == "hold":
        shared = _with(shared, LIVING, shared[LIVING] - holding[who])
        holding = _with(holding, who, True)
    elif kind == "count":
        r = shared[LIVING]
    elif kind in ("claim", "acquire bare"):
        lock = LOCKS["t" if kind == "claim" else step[1]]
        if locks[lock] is not None:
            return None
        locks = _with(locks, lock, who)
    elif kind == "give up":
        locks = _with(locks, LOCKS["t"], None)
    else:
        return _on_condition(model, who, kind)
    return Model(shared, locks, _with(model.threads, who, (at, r, scratch)), holding)


def _on_condition(model: Model, who: int, kind: str) -> Model | None:
    shared, locks, threads, (at, r, scratch) = model.shared, model.locks, model.threads, model.threads[who]
    lock, at = LOCKS["c"], at + 1
    if kind == "until free":
        if scratch == WAITING or (scratch == TOLD and locks[lock] is not None):
            return None
        if scratch == TOLD:
            at, locks, scratch = at - 1, _with(locks, lock, who), 0
        elif shared[BUSY]:
            at, locks, scratch = at - 1, _with(locks, lock, None), WAITING
    elif kind == "notify":
        threads = tuple((*one[:2], TOLD if one[2] == WAITING else one[2]) for one in threads)
    else:
        shared = _with(shared, BUSY, kind == "busy")
    return model._replace(shared=shared, locks=locks, threads=_with(threads, who, (at, r, scratch)))


def unlock_after_exception(model: Model, who: int, steps: list[Step], at: int) -> Model:
    """An exception leaves the `with` blocks round it."""
    depth: list[str] = []
    for step in steps[:at]:
        if step[0] == "acquire":
            depth.append(step[1])
        elif step[0] == "release" and step[1] in depth:
            depth.remove(step[1])
    locks = tuple(
        None if holder == who and name in depth else holder for (name, holder) in zip(LOCKS, model.locks, strict=True)
    )
    return model._replace(locks=locks)


def all_ends(threads: list[list[Step]]) -> set[tuple[Any, ...]]:
    """Every (status, shared state) in which the program can end, by walking all interleavings."""
    shared = (0, 0, (), (), (), False, (False, 0), (True, 0), False, 0)
    start = Model(shared, (None,) * len(LOCKS), tuple((0, 0, 0) for _ in threads), (False,) * len(threads))
    todo, ends = [start], set()
    before: dict[Model, list[Model]] = {start: []}
    done: list[Model] = []
    while todo:
        model = todo.pop()
        if not any(model.holding) and all(
            thread[0] in (-1, len(steps)) for thread, steps in zip(model.threads, threads, strict=True)
        ):
            ends.add(("done", tuple(sorted(thread[0] == -1 for thread in model.threads)), model.shared[:4]))
            done.append(model)
        for after in _successors(model, threads):
            if after not in before:
                before[after] = []
                todo.append(after)
            before[after].append(model)
    return ends | ({("stuck",)} if len(_that_reach(done, before)) < len(before) else set())


def _successors(model: Model, threads: list[list[Step]]) -> Iterator[Model]:
    for who, steps in enumerate(threads):
        at = model.threads[who][0]
        if at in (-1, len(steps)):
            if model.holding[who]:  # what a thread keeps dies with it
                shared = _with(model.shared, LIVING, model.shared[LIVING] - 1)
                yield model._replace(shared=shared, holding=_with(model.holding, who, False))
            continue
        after = advance(model, who, steps[at])
        if after is not None:
            yield unlock_after_exception(after, who, steps, at) if after.threads[who][0] == -1 else after


def _that_reach(ends: list[Model], before: dict[Model, list[Model]]) -> set[Model]:
    """The states from which one of the ends can be reached."""
    found, todo = set(ends), list(ends)
    while todo:
        for model in before[todo.pop()]:
            if model not in found:
                found.add(model)
                todo.append(model)
    return found


def write_program(seed: int) -> tuple[str, list[list[Step]]]:
    writer = Writer(seed, rich=seed % 2 == 1, odd=seed % 4 >= 2)
    shapes = [(3, 3), (2, 3), (2, 2, 1), (2, 2, 2), (4, 3)]
    threads = [writer.thread(length) for length in writer.random.choice(shapes)]
    if seed % 8 == 7:  # some of them do the same
        threads = [threads[0]] * len(threads) if seed % 16 == 7 else [*threads, threads[0]]
    source = HEAD
    for index, thread in enumerate(threads):
        if thread in threads[:index]:
            source += f"t{index} = t{threads.index(thread)}\n"
            continue
        source += f"def t{index}(s):\n" + "\n".join(_indent(thread.lines)) + "\n"
    return source, [thread.steps for thread in threads]


def explored_ends(source: str, count: int, schedules: int) -> set[tuple[Any, ...]] | None:
    """The same set from the explorer; None where its budget did not suffice."""
    names: dict[str, Any] = {"__name__": "fuzz"}
    exec(compile_instrumented(source, "<fuzz>"), names)
    threads = [names[f"t{index}"] for index in range(count)]
    found = explore(Program(names["State"], threads, names["look"]), schedules=schedules)
    if not found.exhausted:
        assert "budget" in found.reason or "has more than" in found.reason, f"{found.reason}\n{source}"
        return None
    ends: set[tuple[Any, ...]] = set()
    for outcome in found.outcomes:
        raised = tuple(sorted(result[0] == "raised" for result in outcome.results))
        ends.add(("done", raised, outcome.observed) if outcome.status == "done" else ("stuck",))
    return ends


def compare(seed: int, schedules: int = 3000) -> bool | None:
    """Whether both agree on the program of that seed; None where the explorer's budget did not suffice."""
    source, threads = write_program(seed)
    found = explored_ends(source, len(threads), schedules)
    return None if found is None else found == all_ends(threads)


def main(arguments: list[str] | None = None, say: Callable[[str], None] = print) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--schedules", type=int, default=3000, help="budget of the explorer for each program")
    options = parser.parse_args(arguments)
    counts = {True: 0, False: 0, None: 0}
    for seed in range(options.first, options.first + options.programs):
        same = compare(seed, options.schedules)
        counts[same] += 1
        if same is False:
            say(f"seed {seed} differs:\n{write_program(seed)[0]}")
    say(f"{options.programs} programs: {counts[True]} agree, {counts[False]} differ, {counts[None]} too large")
    return 1 if counts[False] else 0


if __name__ == "__main__":
    sys.exit(main())
