"""A run of production as the command line has it: gauges in a line every two seconds, the pager when it goes off."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path

from course_lib.production.crowd import NobodyCame, Threads
from course_lib.production.locust import Locust
from course_lib.production.report import A_RUN_IS_REAL, Raised, Run
from course_lib.production.running import Production
from course_lib.production.service import NotStarted
from course_lib.progress import ProgressNotSaved, record
from course_lib.reading import figure

SECONDS_BETWEEN_LINES = 2.0
LONGEST_SECONDS = 3600
SHORT = {"descriptors": "fds", "memory": "MiB", "queries": "queries", "cpu": "cpu ms", "errors": "5xx",
         "wrong": "wrong", "refused": "refused", "served": "served"}  # fmt: skip
WHOLE = "the whole of production"
OWN = Path(__file__).resolve().parents[2] / "exercises" / "10_capstone"


class NotRun(Exception):
    """There was no run; the message is the sentence to show."""


def produce(
    folder: Path,
    seconds: float,
    seed: int,
    only: int | None,
    with_locust: bool = False,
    tell: Callable[[str], None] | None = None,
) -> Run:
    """The run, told as it goes where somebody listens, and kept as progress."""
    if not folder.is_dir():
        raise NotRun(f"{folder} is not a folder; name the one that holds service.py")
    if not (folder / "service.py").is_file():
        raise NotRun(f"there is no service.py in {folder}")
    if not 0 < seconds <= LONGEST_SECONDS:
        raise NotRun(f"--seconds must be more than 0 and at most {LONGEST_SECONDS:,}")
    if with_locust and importlib.util.find_spec("locust") is None:
        raise NotRun("Locust is not installed: python -m pip install -r requirements-capstone.txt -c constraints.txt")
    teller = _Teller(tell or (lambda words: None))
    teller.begin(folder, seconds, seed)
    crowd = Locust if with_locust else Threads
    try:
        with Production(folder, seconds, seed, only, teller.watch, teller.page, crowd=crowd) as production:
            run = production.run()
    except (NotStarted, NobodyCame) as problem:
        raise NotRun(str(problem)) from problem
    teller.tell(production.crowd.told)
    keep(run)
    return run


def keep(run: Run) -> None:
    """Keeps with the learner's progress which loads their own service held; nobody else's is kept."""
    if run.folder.resolve() != OWN:
        return
    try:
        for title, held in run.by_load().items():
            record("production", incident=title, held=held, alone=run.only is not None)
        if run.only is None:
            record("production", incident=WHOLE, held=run.held, alone=True)
    except ProgressNotSaved:
        pass


class _Teller:
    """What a terminal shows while it runs."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell, self._next = tell, 0.0

    def tell(self, words: str) -> None:
        if words:
            self._tell(words)

    def begin(self, folder: Path, seconds: float, seed: int) -> None:
        self._tell(f"Production of {folder}, {figure(seconds)} s, seed {seed}. {A_RUN_IS_REAL}\n")

    def watch(self, second: float, values: Mapping[str, float]) -> None:
        if second >= self._next:
            self._next = second + SECONDS_BETWEEN_LINES
            told = (f"{words} {figure(values[key])}" for key, words in SHORT.items() if key in values)
            self._tell(f"{second:5.1f} s  {'  '.join(told)}")

    def page(self, raised: Raised) -> None:
        self._tell(f"{raised.second:5.1f} s  PAGER  {raised.pager}")
