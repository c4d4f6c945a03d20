"""`find_race` on functions as they are, the fixture, and the replay widget."""

from __future__ import annotations

import linecache
import queue
import sysconfig
import threading
from pathlib import Path
from typing import Any

import pytest

from course_lib.interleavings import find_race, finding
from course_lib.interleavings.fixture import no_race

__all__ = ["no_race"]


class Counter:
    def __init__(self) -> None:
        self.count, self.lock, self.other = 0, threading.Lock(), threading.Lock()

    def add(self) -> None:
        self.count += 1

    def add_safely(self) -> None:
        with self.lock:
            self.count += 1

    def one_way(self) -> None:
        with self.lock, self.other:
            self.count += 1

    def other_way(self) -> None:
        with self.other, self.lock:
            self.count += 1


def both(counter: Counter) -> bool:
    return counter.count == 2


def test_what_fails_without_a_race_is_told_as_that() -> None:
    """Which is most often a condition that never held; a lost update is another matter."""
    wrong = find_race(Counter, [Counter.add] * 2, lambda counter: counter.count == 3)
    lost = find_race(Counter, [Counter.add] * 2, both)

    assert "2 threads, 0 preemptions, one after the other; ends with" in str(wrong)
    assert "2 threads, 1 preemption; ends with" in str(lost)


def test_a_safe_class_is_safe_and_a_racing_one_is_not() -> None:
    assert find_race(Counter, [Counter.add_safely] * 2, both).is_safe
    found = find_race(Counter, [Counter.add] * 2, both)

    assert found.verdict == "race"
    assert found.trace is not None
    assert "self.count += 1" in str(found)


def test_a_program_without_threads_proves_nothing() -> None:
    found = find_race(Counter, [], lambda counter: counter.count == 0)

    assert found.verdict == "open"
    assert "there is no thread to run" in str(found)


def test_functions_run_their_own_code_afterwards() -> None:
    before = Counter.add.__code__
    find_race(Counter, [Counter.add] * 2, both)
    assert Counter.add.__code__ is before


def test_lambdas_on_one_line_are_told_apart() -> None:
    found = find_race(lambda: Counter(), [lambda c: c.add(), lambda c: c.add_safely()], lambda c: c.count == 2)
    assert found.verdict == "race"


def test_deadlock_exception_and_bound_have_names_of_their_own() -> None:
    assert find_race(Counter, [Counter.one_way, Counter.other_way], both).verdict == "deadlock"
    assert find_race(Counter, [lambda c: c.missing(), Counter.add], both).verdict == "exception"
    bounded = find_race(Counter, [Counter.add] * 2, both, preemptions=0)
    assert (bounded.verdict, bounded.is_safe) == ("open", False)
    assert "safe" not in str(bounded)


def waits_to_be_told(turn: threading.Condition) -> None:
    with turn:
        turn.wait()


WAITS = {
    "event": (threading.Event, lambda free: free.wait(), "waits for the event, which nobody sets any more"),
    "queue": (queue.Queue, lambda jobs: jobs.get(), "waits for the queue, into which nobody puts anything any more"),
    "full": (
        lambda: queue.Queue(1),
        lambda jobs: (jobs.put(1), jobs.put(2)),
        "from which nobody takes",
    ),
    "barrier": (
        lambda: threading.Barrier(3),
        lambda gate: gate.wait(),
        "to which too few threads come",
    ),
    "condition": (threading.Condition, waits_to_be_told, "waits for the condition, which nobody notifies any more"),
    "semaphore": (lambda: threading.Semaphore(0), lambda gate: gate.acquire(), "semaphore, which nobody lets go of"),
}


@pytest.mark.parametrize("what", WAITS)
def test_a_wait_for_ever_is_told_by_what_is_waited_for(what: str) -> None:
    setup, wait, words = WAITS[what]
    found = find_race(setup, [wait], lambda _: True)
    assert found.verdict == "deadlock"
    assert words in found.exploration.outcomes[0].detail
    assert "_cond" not in str(found)


def test_the_fixture_passes_and_fails(no_race: Any) -> None:
    no_race(Counter, [Counter.add_safely] * 2, both)
    with pytest.raises(AssertionError, match=r"writes self\.count: 1 -> 1"):
        no_race(Counter, [Counter.add] * 2, both)


class LocksOnFirstUse:
    def __init__(self) -> None:
        self.locks: dict[str, Any] = {}
        self.size = 0

    def take(self, account: str) -> None:
        if account not in self.locks:
            self.locks[account] = threading.RLock()
        self.size = len(self.locks)


def test_a_write_tells_of_the_value_that_was_there_and_not_of_an_answer_about_it() -> None:
    found = find_race(LocksOnFirstUse, [lambda one: one.take("a")] * 2, lambda one: False)
    assert found.trace is not None
    written = [step for step in found.trace.steps if step.kind == "write" and "locks" in step.var]

    assert [step.in_words() for step in written if not step.old]
    assert not any("True" in step.old or "False" in step.old for step in written)


INSTALLED = """class Counter:
    def __init__(self):
        self.count = 0

    def add(self):
        self.count += 1
"""


def test_a_race_in_an_installed_module_is_told_by_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a virtual environment installed code lies below the folder that Python calls the library's."""
    filename = str(Path(sysconfig.get_path("platstdlib"), "site-packages", "installed_counter.py"))
    monkeypatch.setitem(linecache.cache, filename, (len(INSTALLED), None, INSTALLED.splitlines(True), filename))
    names: dict[str, Any] = {"__name__": "installed_counter", "__file__": filename}
    exec(compile(INSTALLED, filename, "exec"), names)

    found = find_race(names["Counter"], [names["Counter"].add] * 2, lambda counter: counter.count == 2)

    assert found.trace is not None
    assert [step.text for step in found.trace.steps if step.kind == "write"] == ["self.count += 1"] * 2
    assert "self.count += 1" in str(found)
    assert found.trace.steps[0].cell == filename


def test_a_long_search_gives_a_sign_of_life_on_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(finding, "SIGN_OF_LIFE", 2)
    found = find_race(Counter, [Counter.add_safely] * 2, both)

    told = capsys.readouterr()
    assert told.err.splitlines()[0] == "find_race: 2 schedules run, no fault so far"
    assert len(told.err.splitlines()) == found.exploration.schedules // 2
    assert told.out == ""
