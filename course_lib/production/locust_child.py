"""The process of a run's Locust: a user for each piece of work of the loads, and Locust's statistics of each request.

    python -m course_lib.production.locust_child     the order is one JSON object on standard input

The order is the books of the depot, the seed and the loads. Each further line of standard input is how the run stands,
and is told back once it is known here; on standard output go what the users found, the toxic that the courier shall
have, and Locust's summary at the end. It ends when the run does, and when nobody is there any more to tell it. Nobody
imports this module: Locust exchanges sockets and threads of the whole process for gevent's, in which users take turns.
"""

from __future__ import annotations

import itertools
import json
import logging
import os
import queue
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import gevent
import locust  # before the course's own modules, which then know no other sockets and threads than gevent's
from gevent.fileobject import FileObjectThread
from locust import stats
from locust.env import Environment
from locust.event import Events
from locust.exception import StopUser

from course_lib.production.clients import PATIENCE_SECONDS, Answer, Desk, turn
from course_lib.production.depot import Audit, Books
from course_lib.production.loads import Loads, Work

Say = Callable[[dict[str, Any]], None]
REPORT_SECONDS = 0.1
LONGEST_ROUTE = 90
logger = logging.getLogger("locust_child")


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is the parent's; it ends this process
    _and_end(_serve)


def _and_end(do: Callable[[], None]) -> None:
    """Does something with which the process ends, whatever comes of it."""
    try:
        do()
    except BaseException:
        logger.exception("it went wrong")
        os._exit(1)
    os._exit(0)


def _serve() -> None:
    say = _voice()
    lines = iter(FileObjectThread(sys.stdin.buffer))  # read in a thread of the system's: all else goes on meanwhile
    users = _Users(json.loads(next(lines)), say)
    say({"known": True})
    gevent.spawn(_and_end, lambda: _listen(lines, users))
    users.work()


def _voice() -> Say:
    """Says one thing to the run; what anybody else prints becomes a word on standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(what: dict[str, Any]) -> None:
        out.write(json.dumps(what) + "\n")
        out.flush()

    return say


def _listen(lines: Iterator[bytes], users: _Users) -> None:
    """Hears the run until it says no more."""
    for line in lines:
        said = json.loads(line)
        if "toxic" in said:
            users.courier.set.put(said["toxic"])
        else:
            users.stand(said)


class _Courier:
    """The run's courier, seen from here: a toxic is set there, and is set once it is said back."""

    def __init__(self, say: Say) -> None:
        self._say, self._toxic = say, ""
        self.set: queue.Queue[str] = queue.Queue()

    @property
    def toxic(self) -> str:
        return self._toxic

    @toxic.setter
    def toxic(self, name: str) -> None:
        self._say({"toxic": name})
        self._toxic = self.set.get()


class _Books(Books):
    """Books that are kept in a thread of the system's: SQLite waits for its turn without gevent's knowing."""

    def take_over(self, customer: str, count: int) -> None:
        gevent.get_hub().threadpool.apply(super().take_over, (customer, count))

    def goods_come_in(self, pieces: int) -> None:
        gevent.get_hub().threadpool.apply(super().goods_come_in, (pieces,))

    def audit(self) -> Audit:
        found: Audit = gevent.get_hub().threadpool.apply(super().audit)
        return found


class _Desk(Desk):
    """A desk that tells Locust of each request."""

    def __init__(self, request: Any) -> None:
        super().__init__()
        self._request = request

    def noted(self, method: str, path: str, answer: Answer, seconds: float, is_failure: bool) -> None:
        happened = f"status {answer.status}" if answer.status else "no answer"
        self._request.fire(
            request_type=method,
            name=route(path),
            response_time=1000 * seconds,
            response_length=len(answer.body),
            exception=happened if is_failure else None,
            context={},
        )


ROUTES = ((re.compile(r"\?.*"), ""), (re.compile(r"/\d+"), "/N"), (re.compile(r"/parts/.+"), "/parts/SKU"))


def route(path: str) -> str:
    """The path with a word in place of what differs from request to request: a line of the statistics each."""
    for differing, word in ROUTES:
        path = differing.sub(word, path)
    return path if len(path) <= LONGEST_ROUTE else "/a/long/path"


class _Users:
    """All users of the run, their desk, and how the run stands."""

    def __init__(self, order: dict[str, Any], say: Say) -> None:
        self.courier, self._say, events = _Courier(say), say, Events()
        self._desk = _Desk(events.request)
        self._desk.numbers = itertools.count(2, 2)  # the odd ones are the run's own
        self._wanted, self._have_begun = set[int](), threading.Event()
        made = Loads(self._desk, _Books.from_plain(order["depot"]), self.courier, order["seed"])
        works = [(load, work) for load in order["loads"] for work in made.work(load)]
        users = [self._user(f"User{at}", load, work) for at, (load, work) in enumerate(works, 1)]
        self._environment = Environment(user_classes=users, events=events)

    def _user(self, name: str, load: int, work: Work) -> type:
        """A class of users, of which there is one, with that piece of work as its only task."""

        def task(user: Any) -> None:
            if self._desk.stopped.is_set() or load not in self._wanted:
                raise StopUser
            turn(self._desk, load, work)

        return type(name, (locust.User,), {"tasks": [task], "fixed_count": 1})

    def stand(self, said: dict[str, Any]) -> None:
        """Takes what the run says of itself, and says that it is known here, after all that was found before."""
        self._desk.begun, self._wanted = said["begun"], set(said["wanted"])
        if said["port"]:
            self._desk.port = said["port"]
            self._desk.open.set()
        else:
            self._desk.open.clear()
        if said["stopped"]:
            self._desk.stopped.set()
        self._have_begun.set()
        self._hand_over()
        self._say({"known": True})

    def work(self) -> None:
        """From the run's beginning to its end, and the summary."""
        runner = self._environment.create_local_runner()
        self._have_begun.wait()
        count = len(self._environment.user_classes)
        runner.start(count, spawn_rate=count)
        while not self._desk.stopped.wait(REPORT_SECONDS):
            self._hand_over()
        runner.user_greenlets.join(timeout=PATIENCE_SECONDS)
        self._hand_over()
        told = [
            stats.get_stats_summary(runner.stats, current=False),
            stats.get_percentile_stats_summary(runner.stats),
            stats.get_error_report_summary(runner.stats) if runner.errors else [],
        ]
        self._say({"summary": "\n\n".join("\n".join(lines) for lines in told if lines)})

    def _hand_over(self) -> None:
        self._say({"found": self._desk.handed_over()})


if __name__ == "__main__":
    main()
