"""One run of production: everything is started, watched and ended here, and what went wrong becomes incidents.

    with Production(folder, seconds=20, seed=1) as production:
        run = production.run()
    print(run)

The operator's part is played as a platform plays it: a process over its budget of memory is ended, one that is out of
descriptors or gone is started again, and towards the end the service is started anew with the next season's catalogue.
What fills up slowly is decided by requests, not by seconds: a run lasts until enough of them have reached one process,
and on a machine that is busy with other things that takes longer.
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from course_lib.production import loads
from course_lib.production.clients import Desk, Wrong
from course_lib.production.crowd import Gathering, Threads
from course_lib.production.depot import LARGE, SMALL, Depot, courier_answer
from course_lib.production.gauges import Gauges
from course_lib.production.incidents import GENERAL, INCIDENTS, incident
from course_lib.production.report import Raised, Run
from course_lib.production.service import Log, NotStarted, Service
from course_lib.production.toxics import Upstream
from course_lib.runner.confinement.scratch import scratch_folder

DESCRIPTORS = 112
# Once warm, the repaired service holds up to 60 MiB more than at its start; as delivered, some 300 requests of the
# crawl are enough to go over this.
MEBI_MORE = 96.0
SPARE_DESCRIPTORS, SAMPLES_OUT = 3, 5
SAMPLE_SECONDS, SAMPLES_A_SECOND, NEW_SEASON_AT = 0.2, 5, 0.7
ROUNDS, PROBES, TIMES_THE_PROCESSOR = 3, 40, 2.5
MOST_RESTARTS = 12
ENOUGH = {
    loads.REPORTS: 250,
    loads.CRAWL: 500,
}  # right answers of one process: more than the service as delivered stands
TIMES_AS_LONG = 6  # as was asked for, at most
Watching = Callable[[float, Mapping[str, float]], None]


class Production:
    """The run: a context manager, so that nothing of it is left whatever happens; `only` is one incident's number."""

    def __init__(
        self,
        folder: Path,
        seconds: float,
        seed: int = 1,
        only: int | None = None,
        watching: Watching = lambda second, values: None,
        paging: Callable[[Raised], None] = lambda raised: None,
        shoppers: bool = True,
        crowd: Gathering = Threads,
    ) -> None:
        self.folder, self.seconds, self.seed, self._only = folder, seconds, seed, only
        self._watching, self._paging = watching, paging
        self._kept = contextlib.ExitStack()
        self._loads = [*[loads.SHOPPING] * shoppers, *([only] if only else [one.number for one in INCIDENTS])]
        self.log, self.desk, self._raised = Log(), Desk(), dict[int, Raised]()
        self.gauges = Gauges({"descriptors": DESCRIPTORS})
        self._service: Service | None = None
        self._gathering = crowd
        self._samples_out = 0
        self._statements: deque[int] = deque(maxlen=SAMPLES_A_SECOND)
        self._restarts, self._probed, self._seen = 0, dict[int, float](), 0
        self._spent = (0.0, 0)
        self._good_before, self._shown = dict[int, int](), set[int]()

    def __enter__(self) -> Self:
        try:
            sizes = (SMALL, LARGE) if loads.SEASON in self._loads else (SMALL,)
            self._depot = Depot(Path(self._kept.enter_context(scratch_folder())), self.seed, sizes)
            self._upstream = self._kept.enter_context(Upstream(courier_answer))
            self.crowd = self._gathering(self.desk, self._depot, self._upstream, self.seed, self._loads)
            self._kept.callback(self.crowd.disperse)
        except BaseException:
            self._kept.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.desk.stopped.set()
        with self._kept:
            if self._service is not None:
                self._service.stop() if kind is None else self._service.kill()
        self.desk.hang_up()

    def start(self) -> None:
        """Starts the service with the small catalogue, and the clock; raises NotStarted, or NobodyCame."""
        self.crowd.come()
        self.log.begun = self.desk.begun = time.monotonic()
        self._start(SMALL)

    def _start(self, size: int) -> None:
        self._service = Service(self.folder, self._depot.settings(self._upstream.url, size), DESCRIPTORS, self.log)
        self.desk.port = self._service.port
        self._good_before = dict(self.desk.counts.good)
        self._size, self._spent = size, (self._service.cpu_seconds(), len(self.log.requests))
        if loads.SEASON in self._loads and size not in self._probed:
            self._probe(size)
        self.gauges.limits["memory"] = self._service.memory() + MEBI_MORE
        self.desk.open.set()
        self.crowd.look()

    def _close(self) -> None:
        """Nobody asks any more, and what is under way and is cut off is nobody's failure."""
        self.desk.open.clear()
        self.crowd.look()

    def _restart(self, size: int, words: str) -> None:
        """Ends the process and starts the next one; where that fails for good, the run is over."""
        assert self._service is not None
        self._close()
        self.log.add(f"platform: {words}")
        self._service.stop()
        self._restarts += 1
        try:
            self._start(size)
        except NotStarted as problem:
            self.log.add(f"platform: {problem}")
            self._raise(
                GENERAL, Wrong(GENERAL, 0, self.desk.now(), "once ended, the service could not be started again")
            )

    def _probe(self, size: int) -> None:
        """What a lookup costs the processor, with nobody else there: the least of some rounds, for all else adds."""
        assert self._service is not None
        rounds, skus = list[float](), self._depot.skus
        for _ in range(ROUNDS):
            before = self._service.cpu_seconds()
            for number in range(PROBES):
                last = self.desk.ask("GET", f"/parts/{skus[number * 7 % len(skus)]}", load=loads.SEASON)
                if last.status == 200:
                    self.desk.good(loads.SEASON)
            rounds.append(1000 * (self._service.cpu_seconds() - before) / PROBES)
        self._probed[size] = min(rounds)
        self._sample()
        few, many = self._probed.get(SMALL), self._probed.get(LARGE)
        if size == LARGE and few and many and many > max(few, 0.2) * TIMES_THE_PROCESSOR:
            says = (
                f"with {SMALL:,} parts a lookup took {few:.1f} ms of the processor, with {LARGE:,} it takes {many:.1f}"
            )
            self._raise(loads.SEASON, Wrong(loads.SEASON, last.number, last.second, says))

    def run(self) -> Run:
        """Runs to its end: the seconds are over, or everything that can happen has happened."""
        if self._service is None:
            self.start()
        self.crowd.begin(self._is_wanted)
        begun = self.desk.now()
        while not self._is_over():
            time.sleep(SAMPLE_SECONDS)
            self._look()
            gone, is_coming = self.desk.now() - begun, loads.SEASON in self._loads and self._size == SMALL
            if is_coming and self._is_time(gone, self._new_season_at()):  # no run ends before it has come
                self._restart(LARGE, "the new catalogue goes live: started again")
            elif not is_coming and self._is_time(gone, self.seconds):
                break
        self.desk.stopped.set()
        self.crowd.go_home()
        self._ask_for_the_rest()
        return Run(
            self.folder, self.seed, self.desk.now(), self.desk.counts, self._restarts, self._only,
            list(self._raised.values()), self.gauges, self.log,
        )  # fmt: skip

    def _is_time(self, gone: float, seconds: float) -> bool:
        """Whether so many seconds are over and what fills up has been filled, or patience has come to its end."""
        good = self.desk.counts.good
        for load, enough in ENOUGH.items():
            if load in self._raised or good.get(load, 0) - self._good_before.get(load, 0) >= enough:
                self._shown.add(load)
        wanted = self._shown.issuperset(set(self._loads) & set(ENOUGH)) or self._only == loads.SEASON
        return gone >= seconds * (1 if wanted else TIMES_AS_LONG)

    def _new_season_at(self) -> float:
        return 1.0 if self._only == loads.SEASON else self.seconds * NEW_SEASON_AT

    def _is_wanted(self, load: int) -> bool:
        raised = self._raised.get(load)
        if raised is None or load == GENERAL:  # shoppers bring out nothing of their own: what they meet ends the run
            return raised is None
        return self.desk.now() < raised.second + incident(load).linger

    def _is_over(self) -> bool:
        """Whether there is nothing more to see."""
        if GENERAL in self._raised or self._restarts > MOST_RESTARTS:
            return True
        if self._only == loads.SEASON and LARGE in self._probed:
            return True
        wanted = [self._only] if self._only else [one.number for one in INCIDENTS]
        return not any(map(self._is_wanted, wanted))

    # Looking

    def _look(self) -> None:
        """Samples every gauge, then asks what a monitor would ask."""
        assert self._service is not None
        self.crowd.look()
        values = self._sample()
        for problem in self.desk.problems[self._seen :]:
            self._seen += 1
            self._raise(problem.incident, problem)
        if self.log.crowded is not None:
            logged = self.log.requests[self.log.crowded]
            says = f"GET {logged.path} made {logged.statements} statements"
            self._raise(loads.BIG_CUSTOMER, Wrong(loads.BIG_CUSTOMER, self.log.crowded, self.desk.now(), says))
        if not self._service.is_alive:
            self._raise(GENERAL, self._last("the process ended by itself"))
        elif values["memory"] > self.gauges.limits["memory"]:
            says = f"{values['memory']:.0f} MiB resident, {self.gauges.limits['memory']:.0f} allowed"
            self._raise(loads.CRAWL, self._last(says))
            self._close()
            self._service.kill()
            self._restart(self._size, f"over its budget of memory, ended: {says}")
        elif self._is_out_of_descriptors(values):
            self._raise(
                loads.REPORTS, self._last(f"{values.get('descriptors', 0):.0f} of {DESCRIPTORS} descriptors open")
            )
            self._restart(self._size, "out of descriptors: started again")

    def _is_out_of_descriptors(self, values: Mapping[str, float]) -> bool:
        """Whether it has had none left for a while: until then, somebody may give one back."""
        is_out = values.get("descriptors", 0) >= DESCRIPTORS - SPARE_DESCRIPTORS
        self._samples_out = self._samples_out + 1 if is_out else 0
        return self._samples_out >= SAMPLES_OUT

    def _sample(self) -> dict[str, float]:
        assert self._service is not None
        self._statements.append(self.log.most_statements)
        self.log.most_statements = 0
        counts, spent, logged = self.desk.counts, self._service.cpu_seconds(), len(self.log.requests)
        values: dict[str, float] = {
            "memory": round(self._service.memory(), 1),
            "queries": max(self._statements),
            "errors": counts.failures,
            "wrong": counts.wrong,
            "refused": counts.refused,
            "served": counts.served,
        }
        if logged > self._spent[1] and spent >= self._spent[0]:
            values["cpu"] = round(1000 * (spent - self._spent[0]) / (logged - self._spent[1]), 2)
            self._spent = (spent, logged)
        if (descriptors := self._service.descriptors()) is not None:
            values["descriptors"] = descriptors
        second = round(self.desk.now(), 2)
        self.gauges.sample(second, values)
        self._watching(second, values)
        return values

    def _last(self, says: str) -> Wrong:
        """Something that was seen from outside, put down to the newest request."""
        newest = next(reversed(self.log.requests), 0)
        return Wrong(GENERAL, newest, self.desk.now(), says)

    def _raise(self, number: int, problem: Wrong) -> None:
        """The pager goes off, once for each incident."""
        if number not in self._raised:
            self._raised[number] = Raised(number, problem.number, problem.second, problem.says)
            self._paging(self._raised[number])

    def _ask_for_the_rest(self) -> None:
        """At the end: a service that answers nobody, or with errors that nothing explains, has not held."""
        self._seen, problems = len(self.desk.problems), self.desk.problems[self._seen :]
        for problem in problems:
            self._raise(problem.incident, problem)
        if self._raised:
            return
        silent = [load for load in self._loads if load not in self.desk.counts.good and load != loads.BIG_CUSTOMER]
        if self.desk.failures:
            self._raise(GENERAL, self.desk.failures[0])
        elif silent:
            self._raise(GENERAL, self._last(f"{len(silent)} of the loads never got a right answer"))
