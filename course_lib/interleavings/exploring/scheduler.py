"""One run of a concurrent program under one schedule.

What is decided here: which of the program's threads takes the next step. The threads are real ones, but
only one of them ever runs; it hands a baton over before a step that another thread could notice (a *point*)
and picks the successor itself. What happened is kept as a partial order: a vector clock a thread, to tell which
accesses are ordered by locks and which race, and a hash a thread, to recognise a state met before.
What it can't see: anything that is not announced to it by a hook or by a primitive of this package.
"""

from __future__ import annotations

import _thread
import sys
import types
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from course_lib.interleavings.exploring.objects import Objects
from course_lib.interleavings.exploring.order import Order, Touched
from course_lib.interleavings.exploring.worker import Abort, Worker
from course_lib.interleavings.telling import waits

# the originals, taken before anybody replaces them
_allocate: Callable[[], Any] = _thread.allocate_lock
get_ident = _thread.get_ident
_start_new_thread = _thread.start_new_thread

STEPS_IN_A_RUN = 10_000
SPINS_WHEN_ALONE = 40
SECONDS_WITHOUT_A_SIGN = 4.0
LIVING = ("world", "the living")
IN_ITS_PLACE = (
    "hand the threads an object in its place whose methods answer at once; threads themselves may come from threading "
    "and concurrent.futures"
)


def _wait_of(worker: Worker, frame: types.FrameType | None) -> str:
    words = waits.in_vain(frame, worker.run.objects.path)
    if words:
        return f"{worker.name} {words}"
    holder = getattr(worker.wait.on, "_holder", None)
    if holder is None:
        return f"{worker.name} waits for something that never happens"
    return f"{worker.name} waits for a lock held by {'itself' if holder is worker else holder.name}"


class Decision:
    """A moment at which the next thread was chosen: what was possible, at what price, and what was taken."""

    __slots__ = ("chosen", "cost", "options", "state")

    def __init__(self, state: Hashable, cost: int, options: list[tuple[int, int]], chosen: int) -> None:
        self.state, self.cost, self.options, self.chosen = state, cost, options, chosen


active: dict[int, Worker] = {}  # identifier of an operating system's thread -> the worker on it


def here() -> Worker | None:
    """The worker on whose thread this is called; None on any other thread."""
    return active.get(get_ident())


class _Farewell:
    """Says that a thread has ended once everything that it kept in a `threading.local` is gone.

    What a thread keeps dies with it, and the program may notice. Interpreters clear it in the order in which it was
    first touched, or in the reverse order (from 3.13 on); so this hangs on one that is touched first and on one that
    is touched last.
    """

    def __init__(self, leave: Callable[[Worker], None], worker: Worker) -> None:
        self.leave, self.worker = leave, worker

    def __del__(self) -> None:
        self.leave(self.worker)


_touched_first, _touched_last = _thread._local(), _thread._local()


class Run:
    """Runs the bodies to the end under a schedule: the given choices first, then the same thread as long as it can."""

    def __init__(self, choices: Sequence[int], seen: dict[Hashable, int] | None, points: set[Hashable]) -> None:
        self.choices, self.seen = choices, seen
        self.order, self.objects = Order(points), Objects(self.died)
        self.workers: list[Worker] = []
        self.decisions: list[Decision] = []
        self.cost = self.steps = self.lonely_spins = 0
        self.lonely = False  # nobody can run but threads that wait in a loop
        self.now = 1_000_000.0
        self.status = ""  # done, deadlock, livelock, endless, pruned, undecided
        self.reason = ""
        self.recorder: Any = None
        self.audit: Any = None
        self.names: Sequence[str] = ()
        self.spun = False  # a thread turned in a loop, so that states can come back
        self.run_whole: dict[Hashable, str] = {}  # label -> the library's function that touched it in one step
        self.starting = self.aborting = self.given_up = False
        self._over = _allocate()
        self._over.acquire()

    # --- the life of a run -------------------------------------------------------------------------------------

    def add(self, body: Callable[[], Any], is_main: bool = False, kind: int | None = None) -> Worker:
        """Another thread; those of one kind do the same."""
        worker = Worker(self, len(self.workers), body, is_main)
        worker.kind = kind
        self.workers.append(worker)
        _start_new_thread(self._live, (worker,))
        return worker

    def _live(self, worker: Worker) -> None:
        _touched_first.farewell = _Farewell(self._leave, worker)
        worker.gate.acquire()
        active[get_ident()] = worker
        try:
            if not self.aborting:
                if not worker.is_main:
                    worker.past.own_step("begin")
                if self.audit is not None:
                    self.audit.watch_thread()
                worker.outcome = ("returned", worker.body())
                self.pause_before_deaths(worker, "ends")
        except Abort:
            pass
        except BaseException as error:
            worker.outcome = ("raised", error)
            error.__traceback__ = error.__context__ = None  # they would keep what the thread had alive
        sys.setprofile(None)
        _touched_last.farewell = _touched_first.farewell

    def _leave(self, worker: Worker) -> None:
        """A thread and all that it kept for itself are gone: the next one's turn."""
        active.pop(get_ident(), None)
        worker.alive = False
        if worker.is_main:
            worker.thread = None  # the program may refer to it weakly
        if self.given_up:
            return  # nobody waits for it any more
        if self.aborting or self.starting:
            self._over.release()
            return
        try:
            chosen = self._decide(worker)
        except Abort:
            self._over.release()
            return
        chosen.gate.release()

    def play(self, bodies: Sequence[Callable[[], Any]], kinds: Sequence[int]) -> None:
        """Runs all bodies; afterwards `status`, `decisions` and each worker's `outcome` tell what happened."""
        self.starting = True
        for body, kind in zip(bodies, kinds, strict=True):
            worker = self.add(body, is_main=True, kind=kind)
            worker.gate.release()
            if not self._wait(worker):
                return
        self.starting = False
        if self.status:
            return self._unwind()
        try:
            chosen = self._decide(None)
        except Abort:
            return self._unwind()
        chosen.gate.release()
        if self._wait(None):
            self._unwind()

    def _wait(self, expected: Worker | None) -> bool:
        """Waits for the baton to come back. The clock is asked only whether anything moves at all."""
        before = -1
        while not self._over.acquire(timeout=SECONDS_WITHOUT_A_SIGN):
            if self.steps == before:
                self._give_up(
                    f"a step did not come back: a call that blocks outside the explorer's control; {IN_ITS_PLACE}"
                )
                return False
            before = self.steps
        return True

    def _give_up(self, reason: str) -> None:
        self.status, self.reason, self.aborting, self.given_up = "undecided", reason, True, True
        for ident, worker in list(active.items()):
            if worker.run is self:
                del active[ident]

    def _unwind(self) -> None:
        self.aborting = True
        for worker in self.workers:
            if worker.alive:
                worker.gate.release()
                if not self._over.acquire(timeout=SECONDS_WITHOUT_A_SIGN):
                    self._give_up(self.reason or "a thread could not be ended")
                    return

    def forget(self) -> None:
        """The run has been told: lets go of everything, so that nothing waits for the garbage collector."""
        if any(worker.alive for worker in self.workers):
            return  # a thread that could not be ended
        for worker in self.workers:
            worker.forget()
        self.workers, self.decisions, self.recorder, self.audit = [], [], None, None
        self.order.places.clear()
        self.objects.forget()

    def end(self, status: str, reason: str = "") -> Abort:
        """Marks the run as over; the caller raises what is returned."""
        if not self.status:
            self.status, self.reason = status, reason
        return Abort()

    def stop(self, worker: Worker, status: str, reason: str = "") -> None:
        """Ends the whole run from inside one of its threads. Does not return."""
        if self.aborting:
            raise Abort
        error = self.end(status, reason)
        self._over.release()
        worker.gate.acquire()
        raise error

    # --- steps -------------------------------------------------------------------------------------------------

    def access(self, worker: Worker, touched: Touched, touch: Callable[[], Touched] | None = None) -> Touched:
        """The point before a step on one or more places, and the step's place in the order.

        `touch` tells anew what the step touches, where that depends on what others do meanwhile.
        """
        if self.aborting:
            raise Abort
        if any(place.is_point for _, place, _ in touched):
            self.pause(worker)
            if touch is not None:
                touched = touch()
        worker.last = touched
        self.order.step(worker.past, touched)
        for key, _, write in touched:
            worker.watch.read.append(key)
            if write and key[0] not in self.objects.private:
                worker.watch.writes += 1
                self.wake_spinners(worker, key)
        return touched

    def called_back(self, worker: Worker) -> None:
        """C code in the middle of a step on containers runs code of the program: others may go first here.

        What the C code has done so far belongs before them, and what it does afterwards is ordered when it is done.
        """
        touched = [one for one in worker.inside or () if one[0][1:2] != ("a",)]
        if not touched:
            return
        if worker.called_back:
            self.order.step(worker.past, touched)
        worker.called_back = True
        if any(place.is_point for _, place, _ in touched):
            self.pause(worker)
            worker.past.own_step("called back")  # a state of its own, apart from that at the next point

    def died(self, number: int) -> None:
        """An object is gone; where the program refers to it weakly, that is a step on "the living"."""
        worker = here()
        if number not in self.objects.watched or worker is None or worker.run is not self or self.aborting:
            return
        key = LIVING
        place = self.order.place(key, lambda: key)
        self.order.step(worker.past, [(key, place, True)])
        worker.watch.writes += 1
        self.wake_spinners(worker, key)
        if place.is_point:  # so that others can go first, the step that let it die, or the last one, has to be a point
            self.order.found.update(one.label for _, one, _ in worker.inside or worker.last if not one.is_point)

    def pause_before_deaths(self, worker: Worker, what: str) -> None:
        """What a thread drops without a step of its own (its variables, at the end) may be looked for meanwhile."""
        if LIVING in self.order.points and not self.aborting and not self.starting:
            self.pause(worker)
            worker.past.own_step(what)  # a state of its own, apart from that at the next point

    def take_back(self, worker: Worker) -> None:
        """The last step raised and changed nothing, so it was only a look."""
        worker.watch.writes -= self.order.take_back(worker.past)

    def wake_spinners(self, worker: Worker, key: Hashable) -> None:
        """Something was written: whoever waits in a loop for it looks again."""
        for other in self.workers:
            if other.watch.spins_on is not None and other is not worker and key in other.watch.spins_on:
                other.watch.spins_on = None

    # --- who goes next -----------------------------------------------------------------------------------------

    def pause(self, worker: Worker) -> None:
        """A point: somebody may go first. Returns when `worker` is to take its step."""
        if self.aborting:
            raise Abort
        if self.starting:
            self._over.release()
        else:
            try:
                chosen = self._decide(worker)
            except Abort:
                self._over.release()
                worker.gate.acquire()
                raise
            if chosen is worker:
                return
            chosen.gate.release()
        worker.gate.acquire()
        if self.aborting:
            raise Abort

    def _decide(self, last: Worker | None) -> Worker:
        self.steps += 1
        if self.steps > STEPS_IN_A_RUN:
            raise self.end("endless", f"no end after {STEPS_IN_A_RUN} steps")
        options, default = self._options(last)
        state = self._state()
        position = len(self.decisions)
        if position < len(self.choices):
            index = self.choices[position]
            if all(index != candidate for candidate, _ in options):
                raise self.end("undecided", "the same schedule did not lead to the same steps twice")
        else:
            index = default
            if self.seen is not None and not self.lonely:
                known = self.seen.get((state, index))
                if known is not None and known <= self.cost:
                    self.decisions.append(Decision(state, self.cost, options, -1))
                    raise self.end("pruned")
                self.seen[(state, index)] = self.cost
        self.decisions.append(Decision(state, self.cost, options, index))
        self.cost += dict(options)[index]
        chosen = self.workers[index]
        chosen.wait.timed_out = chosen.wait.on is not None and not chosen.wait.on.free_for(chosen)
        if chosen.wait.timed_out:
            self.now += chosen.wait.seconds or 0.0
        chosen.lazy = False
        return chosen

    def _state(self) -> Hashable:
        """Stands for the state of the program: what each thread has seen, and who only turns in a loop."""
        return hash(
            tuple([one.past.hash if one.watch.spins_on is None else (one.past.hash, "spins") for one in self.workers])
        )

    def _options(self, last: Worker | None) -> tuple[list[tuple[int, int]], int]:
        """The threads that could go next with their price in preemptions, and the one that goes by default."""
        self.lonely = False
        ready = [worker for worker in self.workers if worker.can_run()]
        late = [
            worker
            for worker in self.workers
            if worker.alive
            and worker.wait.seconds is not None
            and worker.watch.spins_on is None
            and worker not in ready
        ]
        if not ready and not any(worker.is_main and worker.alive for worker in self.workers):
            raise self.end("done")
        if not ready and not late:
            ready = self._spinners()
        if not ready:
            ready, late = sorted(late, key=lambda worker: worker.wait.seconds or 0.0)[:1], late
            late = [worker for worker in late if worker not in ready]
        ready = [worker for worker in ready if worker is last or not self._has_an_equal_before(worker, ready)]
        running = last if last in ready and last is not None and not last.lazy else None
        default = running or self._next_after(last, ready)
        options = [(worker.index, 0 if running is None or worker is running else 1) for worker in ready]
        return options + [(worker.index, 1) for worker in late], default.index

    def _has_an_equal_before(self, worker: Worker, ready: list[Worker]) -> bool:
        """Of threads that do the same and have not begun only the first is asked: which of them goes is all one."""
        return not worker.has_begun() and any(
            other.kind == worker.kind is not None and not other.has_begun() and other.index < worker.index
            for other in ready
        )

    def _next_after(self, last: Worker | None, ready: list[Worker]) -> Worker:
        if last is None or len(ready) == 1:
            return ready[0]
        return min(ready, key=lambda worker: (worker.index - last.index - 1) % len(self.workers))

    def _spinners(self) -> list[Worker]:
        """Nobody can run but threads that wait in a loop: let one look again, a few times; then it is a livelock."""
        spinning = [worker for worker in self.workers if worker.alive and worker.watch.spins_on is not None]
        if not spinning:
            waiting = [worker for worker in self.workers if worker.alive]
            if self.recorder is not None:
                self.recorder.stuck(waiting)
            frames = sys._current_frames()
            standing = {worker: frames.get(ident) for ident, worker in list(active.items())}
            raise self.end("deadlock", "; ".join(_wait_of(worker, standing.get(worker)) for worker in waiting))
        self.lonely_spins += 1
        self.lonely = True
        if self.lonely_spins > SPINS_WHEN_ALONE:
            raise self.end("livelock")
        for worker in spinning:
            worker.watch.spins_on = None
        return [worker for worker in spinning if worker.can_run()] or spinning
