"""Traps that explorers fall into, one test each: most of them let a broken program pass, or hang."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from course_lib.interleavings import Exploration, Program, explore, replay
from tests.interleavings.cases import CASES, HEADER, load, program, verdict


def explored(source: str, **budget: Any) -> Exploration:
    return explore(program(load(HEADER + source)), **budget)


COUNTER = """
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
{body}
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2
"""


def counter(*lines: str, before: str = "") -> str:
    return before + COUNTER.format(body="\n".join("        " + line for line in lines))


# What would hang


def test_a_bare_endless_loop_ends_in_a_verdict_and_leaves_no_thread() -> None:
    before = threading.active_count()
    found = explored(counter("while True: pass"))

    assert verdict(found) == "open"
    assert {outcome.status for outcome in found.outcomes} <= {"livelock", "endless"}
    assert threading.active_count() == before


def test_a_loop_that_counts_for_ever_ends_in_a_verdict() -> None:
    found = explored(counter("n = 0", "while True: n += 1"))
    assert [outcome.status for outcome in found.outcomes] == ["endless"]


def test_a_thread_that_catches_everything_can_be_ended() -> None:
    found = explored(counter("while True:", "    try: self.lock.acquire()", "    except BaseException: pass"))
    assert verdict(found) == "dead"


def test_a_call_that_waits_for_the_outside_world_is_undecided() -> None:
    found = explored(counter("select.select([], [], [], 100)", before="import select\n"))
    assert verdict(found) == "open"
    assert "select" in found.reason


def test_a_real_lock_held_across_a_step_is_undecided_and_does_not_hang() -> None:
    hidden = threading.Lock()  # made before the explorer could replace it
    names = load(HEADER + counter("hidden.acquire()", "self.value += 1", "hidden.release()"))
    names["hidden"] = type("Holder", (), {"__getattr__": lambda self, name: getattr(hidden, name)})()
    started = time.monotonic()
    found = explore(Program(names["setup"], [names["a"], names["b"]], names["holds"]))

    assert not found.exhausted
    assert time.monotonic() - started < 30


# What would let a broken program pass


def test_source_in_a_string_is_seen() -> None:
    source = 'exec("def add(c):\\n    c.value += 1")\nclass C:\n    def __init__(self): self.value = 0\n'
    assert verdict(explored(source + "setup = C\na = b = add\ndef holds(c): return c.value == 2")) == "race"


def test_code_that_was_not_rewritten_is_never_a_proof() -> None:
    names = load(HEADER + counter("with self.lock: self.value += 1"))
    plain: dict[str, Any] = {}
    exec(compile("def add(c):\n    c.value = c.value + 1\n", "<elsewhere>", "exec"), plain)
    found = explore(Program(names["setup"], [plain["add"], plain["add"]], names["holds"]))

    assert not found.exhausted
    assert "could not be rewritten" in found.reason


def test_code_that_slips_past_through_map_is_never_a_proof() -> None:
    source = "list(map(exec, ['def add(c): c.value += 1'], [globals()]))\n"
    found = explored(source + "class C: value = 0\nsetup = C\na = b = lambda c: add(c)\ndef holds(c): return True")
    assert not found.exhausted


@pytest.mark.parametrize(
    "increment",
    [
        "setattr(self, 'value', getattr(self, 'value') + 1)",
        "self.__dict__['value'] += 1",
        "vars(self)['value'] = vars(self)['value'] + 1",
        "object.__setattr__(self, 'value', self.value + 1)",
        "super().__setattr__('value', super().__getattribute__('value') + 1)",
        "self.value = (lambda: self.value + 1)()",
        "self.value = sum([self.value, 1])",
        "self.value, other = self.value + 1, None",
        "(lambda f: f())(functools.partial(setattr, self, 'value', self.value + 1))",
        "self.value = functools.reduce(int.__add__, [self.value, 1])",
        "for self.value in [self.value + 1]: pass",
        "self.value = operator.attrgetter('value')(self) + 1",
        "self.value = [n + 1 for n in [self.value]][0]",
        "match self.value:\n            case n: self.value = n + 1",
        "self.value: int = self.value + 1",
        "self.__class__.__setattr__(self, 'value', self.value + 1)",
    ],
)
def test_every_way_to_write_a_lost_update_is_found(increment: str) -> None:
    assert verdict(explored(counter(increment, before="import operator\n"))) == "race"


def test_a_python_factory_of_a_defaultdict_takes_two_steps_and_one_in_c_takes_one() -> None:
    body = "with self.locks['x']: self.value += 1"
    made = "def __init__(self): self.value, self.locks = 0, collections.defaultdict({factory})"
    source = "class C:\n    " + made + "\n    def add(self):\n        " + body + COUNTER.split("{body}")[1]
    assert verdict(explored(source.format(factory="lambda: threading.Lock()"))) == "race"
    assert verdict(explored(source.format(factory="threading.Lock"))) == "ok"


def test_a_counter_is_updated_from_a_mapping_in_several_steps() -> None:
    source = "setup = lambda: collections.Counter(n=1)\ndef a(c): c.update({'n': 1})\nb = a\n"
    assert verdict(explored(source + "def holds(c): return c['n'] == 3")) == "race"


def test_a_lock_that_a_thread_only_waits_for_is_a_point() -> None:
    source = """
class S:
    def __init__(self): self.lock, self.go, self.x = threading.Lock(), threading.Event(), 0
setup = S
def a(s):
    with s.lock: s.go.wait()
def b(s):
    with s.lock: s.go.set()
def holds(s): return True
"""
    statuses = {outcome.status for outcome in explored(source).outcomes}
    assert statuses == {"done", "deadlock"}


def test_threads_listed_in_the_other_order_get_the_same_verdict() -> None:
    for number in ("07", "30", "70", "72", "44"):
        names = load(next(case.source for case in CASES if case.number == number))
        swapped = Program(names["setup"], [names["b"], names["a"]], names["holds"], [names])
        assert verdict(explore(swapped)) == "race", number


def test_two_calls_that_change_nothing_are_not_a_loop_that_waits() -> None:
    source = """
class S:
    def __init__(self): self.left, self.lock = 2, threading.Lock()
    def swap(self, old, new):
        with self.lock:
            if self.left != old: return False
            self.left = new
            return True
    def take(self):
        while True:
            left = self.left
            if left < 1: return False
            if self.swap(left, left - 1): return True
setup = S
def a(s):
    for _ in range(2): s.take()
b = a
def holds(s): return s.left == 0
"""
    assert verdict(explored(source)) == "ok"


# What would reject a correct program, or never come to an end


def test_polite_threads_that_back_off_are_covered() -> None:
    source = """
class S:
    def __init__(self): self.one, self.two, self.done = threading.Lock(), threading.Lock(), 0
    def both(self, first, second):
        while True:
            with first:
                if second.acquire(blocking=False):
                    self.done += 1
                    second.release()
                    return
            time.sleep(0.001)
setup = S
def a(s): s.both(s.one, s.two)
def b(s): s.both(s.two, s.one)
def holds(s): return s.done == 2
"""
    assert verdict(explored(source)) == "ok"


def test_a_slot_that_goes_from_hand_to_hand_is_covered() -> None:
    source = """
def setup(): return [0]
def a(slot):
    while True:
        try:
            value = slot.pop()
            break
        except IndexError:
            continue
    slot.append(value + 1)
b = a
def holds(slot): return slot == [2]
"""
    assert verdict(explored(source)) == "ok"


def test_waiting_for_a_deadline_ends() -> None:
    waits = ("end = time.monotonic() + 0.5", "while time.monotonic() < end: pass")
    source = counter(*waits, "with self.lock: self.value += 1")
    assert verdict(explored(source)) == "ok"


def test_state_of_a_module_is_put_back_between_runs() -> None:
    source = "seen = []\ndef setup(): return None\ndef a(_): seen.append(1)\nb = a\ndef holds(_): return len(seen) == 2"
    assert verdict(explored(source)) == "ok"


# What would differ from run to run


def test_the_same_search_twice_runs_the_same_schedules() -> None:
    for number in ("19", "40", "43", "65"):
        source = next(case.source for case in CASES if case.number == number)
        first, second = (explore(program(load(source)), schedules=300) for _ in range(2))
        assert [(o.status, o.results, o.schedule.choices) for o in first.outcomes] == [
            (o.status, o.results, o.schedule.choices) for o in second.outcomes
        ]


def test_a_bound_says_what_it_covered() -> None:
    five = next(case.source for case in CASES if case.number == "44")
    bounded, whole = explore(program(load(five)), preemptions=4), explore(program(load(five)))
    assert (bounded.exhausted, bounded.bound_completed) == (False, 4)
    assert all(outcome.observed is True for outcome in bounded.outcomes)
    assert whole.exhausted
    assert min(o.schedule.preemptions for o in whole.outcomes if o.observed is False) >= 5


def test_a_spent_budget_is_no_proof() -> None:
    found = explored(counter("self.value += 1"), schedules=2)
    assert not found.exhausted
    assert "2 schedules" in found.reason


def test_what_is_enough_ends_a_search_once_its_bound_is_covered() -> None:
    five = next(case.source for case in CASES if case.number == "44")
    whole = explore(program(load(five)))
    early, ample = (explore(program(load(five)), enough=(2, runs)) for runs in (1, whole.schedules + 1))

    assert early.schedules < whole.schedules
    assert not early.exhausted
    assert early.bound_completed is not None
    assert early.bound_completed >= 2
    assert ample == whole


def test_threading_is_as_it_was_afterwards() -> None:
    before = (threading.Lock, threading.RLock, time.sleep, threading.Thread.start, time.monotonic)
    explored(counter("self.value += 1"))
    assert before == (threading.Lock, threading.RLock, time.sleep, threading.Thread.start, time.monotonic)


def test_a_replay_names_the_read_that_went_stale() -> None:
    made = program(load(HEADER + counter("self.value += 1")))
    lost = next(outcome for outcome in explore(made).outcomes if outcome.observed is not True)
    trace = replay(made, lost.schedule)
    stale = next(step for step in trace.steps if step.stale)

    assert (stale.kind, stale.old, stale.new, stale.computed_from) == ("write", "1", "1", 1)
    assert [step.thread for step in trace.steps] == ["T0", "T1", "T1", "T0"]
    assert trace.from_plain(trace.to_plain()).steps == trace.steps
