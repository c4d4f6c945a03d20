"""What is kept waiting by a busy machine is given time; what burns, stands still or polls is a hang."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from course_lib.runner import patience
from course_lib.runner.patience import HANGS, Patience, Watch

State = tuple[float, bool]  # processor seconds used so far; whether a thread wants a processor

CALM, LONGEST = 4.0, 13.0
BUSY = ("starved", "the machine was too busy to tell")


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[float], State]], tuple[float, object]]:
    """After how many seconds, and how, a child is cut short that is in such a state at each moment."""

    def watched(
        state: Callable[[float], State], kept_waiting: bool = False, judge_works: float = 0.0
    ) -> tuple[float, object]:
        now = 0.0
        monkeypatch.setattr(patience.time, "thread_time", lambda: judge_works * now)
        monkeypatch.setattr(patience.time, "monotonic", lambda: now)
        monkeypatch.setattr(patience.LinuxProcessor, "look", lambda _processor: state(now))
        monkeypatch.setattr(patience, "LINUX_TELLS", True)
        watch = Watch(0, Patience(CALM, LONGEST))
        while (verdict := watch.verdict(kept_waiting)) is None:
            now += 0.1
        return now, verdict

    return watched


@pytest.mark.parametrize("share", [1.0, 0.5, 0.12])
def test_what_burns_is_a_hang_once_it_has_burnt_its_seconds(ending: Callable[..., object], share: float) -> None:
    """However small the share of the processor that it gets, and however long that takes."""
    assert ending(lambda now: (share * now, True)) == (pytest.approx(CALM / share, abs=0.2), ("hang", HANGS))


def test_what_stands_still_is_a_hang(ending: Callable[..., object]) -> None:
    """After as many seconds of the clock."""
    assert ending(lambda now: (0.0, False)) == (pytest.approx(CALM, abs=0.2), ("hang", HANGS))


def test_what_polls_is_a_hang(ending: Callable[..., object]) -> None:
    """It uses a little, and is seldom found wanting more."""
    assert ending(lambda now: (0.15 * now, int(10 * now) % 7 == 0)) == (
        pytest.approx(LONGEST, abs=0.2),
        ("hang", HANGS),
    )


def test_what_gets_next_to_nothing_is_starved(ending: Callable[..., object]) -> None:
    """Nobody can tell what it would have come to, however much of its seconds it had."""
    longest = patience.PATIENCE * LONGEST

    assert ending(lambda now: (0.09 * now, True)) == (pytest.approx(longest, abs=0.2), BUSY)


@pytest.mark.parametrize(("works", "longest", "how"), [(0.95, LONGEST, ("hang", HANGS)), (0.1, 3 * LONGEST, BUSY)])
def test_who_waits_for_the_judge_has_no_time_of_it_but_what_the_judge_worked(
    ending: Callable[..., tuple[float, object]], works: float, longest: float, how: object
) -> None:
    """A judge that reads all the time has met a print without an end; one that is kept waiting, a busy machine."""
    seconds, verdict = ending(lambda now: (0.05 * now, False), kept_waiting=True, judge_works=works)

    assert verdict == how
    assert seconds == pytest.approx(longest, abs=0.2)


SPINS = """
import threading
thread = threading.Thread(target=lambda: [turn for turn in iter(int, 1)], daemon=True)
thread.start()
print(flush=True)
thread.join()
"""


@pytest.mark.skipif(not patience.LINUX_TELLS, reason="the system does not tell what a thread wants")
def test_a_thread_that_works_wants_the_processor_while_the_main_thread_waits_for_it() -> None:
    """The state of the process is that of its main thread alone."""
    with subprocess.Popen([sys.executable, "-c", SPINS], stdout=subprocess.PIPE) as child:
        try:
            assert child.stdout is not None
            child.stdout.readline()
            assert any(wants_and_main_waits(child.pid) for _ in range(1_000))
        finally:
            child.kill()


def wants_and_main_waits(pid: int) -> bool:
    return patience.LinuxProcessor(pid).look()[1] and patience.state(f"/proc/{pid}")[0] == "S"
