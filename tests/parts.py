"""Every part of the test suite, each timed: `python -m tests.parts [--fast | --whole | --every-python] [NAME …]`.

Several parts run at once, long ones first, as many as keep the processors busy; what a part printed is shown when it
has ended. `trust` is the longest by far and runs in shares: the corpus exercise by exercise, and the attacks; the
counts of all its shares are added up at the end. `spawn` takes a sample of the same corpus; `--whole`, all of it, which
lasts more than an hour. `--every-python` runs `unit` and `trust` on the oldest and the newest Python of the machine as
well, but for the tests that only read files; its environments are made meanwhile. The parts that run notebooks leave no
progress behind and change no notebook. A part is skipped that has nothing to run yet; left out is one whose notebooks
others run that look closer. Exit status 0 when every part passed, 2 when a name is no part's.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from course_lib import pythons
from course_lib.doctor import find_chromium
from course_lib.syllabus import LESSONS
from tests.browser.server import REPOSITORY, copy_course
from tests.conftest import COUNTED
from tests.processors import Processors

PYTEST = [sys.executable, "-m", "pytest", "-q"]
NBVAL = [*PYTEST, "-pnbval", "-pno:cacheprovider", "--nbval-current-env", "--color=no", "--nbval-cell-timeout=120"]
BUSY = 9  # tenths: what works all the time waits for a child or a disk now and then
WITHOUT_NBVAL = {"PYTEST_ADDOPTS": "-pno:nbval"}  # its imports cost two seconds of processor, at each start of pytest


@dataclass(frozen=True)
class Part:
    """A name, what it proves, the command, the folders whose notebooks it needs, and which share of the name it is.

    So many tenths of a processor it keeps `busy`, taken over its whole time beside others; the rest is waiting. The
    `settings` are put into its environment. Where all parts of `within` run, so does whatever this one would. Temporary
    files of one that is `light` are many and small: they lie in memory, where the machine has room for them there.
    """

    name: str
    proves: str
    command: list[str]
    folders: tuple[str, ...] = ()
    share: str = ""
    busy: int = BUSY
    settings: tuple[tuple[str, str], ...] = ()
    within: tuple[str, ...] = ()
    light: bool = False

    def __str__(self) -> str:
        return f"{self.name} {self.share}".rstrip()


SAMPLED = 150
MEMORY, ROOM = Path("/dev/shm"), 2 << 30  # noqa: S108  # folders in it are made as anywhere else
CORPUS, ATTACKS = "tests/test_trust.py", ("tests/test_attacks.py", "tests/test_hostile_values.py")
OF_FILES = tuple(  # what they read is of no Python
    f"tests/test_{name}.py" for name in ("house", "documents", "figures", "reference")
)
JUDGE, CLASS, CAPSTONE = "tests/runner", "tests/classroom", "tests/hazards/capstone"
INSTRUMENTS = ("tests/instruments", "tests/pytest_plugin")
WHEEL = ("tests/test_distribution.py", *INSTRUMENTS)  # what outlives the course, so what every system must show
PATIENT = {"error_handling": 2, "defence": 4}  # servers that are silent; uploads that meet
UNIT = ["tests", *(f"--ignore={name}" for name in (CORPUS, *ATTACKS))]
PARTS = (
    Part(
        "unit",
        "testbeds, command line, house rules",
        [
            *PYTEST,
            "-m",
            "not browser",
            *UNIT,
            *(f"--ignore={name}" for name in (JUDGE, CLASS, CAPSTONE, *INSTRUMENTS)),
        ],
        busy=6,  # it waits for production, and for programs that don't come back
    ),
    Part(
        "unit",
        "instruments, and the plugin: each measurement looks through all modules, so few are loaded",
        [*PYTEST, *INSTRUMENTS],
        share="instruments",
    ),
    Part(
        "unit",
        "a class: judged, on a cluster, in a box, in other systems",
        [*PYTEST, CLASS],
        share="class",
        busy=4,  # it waits for a scheduler's workers, for nbgrader, for hand-ins that hang
    ),
    Part(
        "unit",
        "the judge, its patience and its confinement",
        [*PYTEST, JUDGE],
        share="judge",
        busy=4,  # it waits for cells that don't come back
    ),
    Part(
        "trust",
        "half repairs of a service fail, whole ones pass",
        [*PYTEST, CAPSTONE],
        share="10_capstone",
        busy=5,  # it waits for requests that wait for each other, and for couriers that are silent
        light=True,
    ),
    Part("trust", "attacks and strange values gain nothing", [*PYTEST, *ATTACKS], share="attacks"),
    *(
        Part(
            "trust",
            "wrong repairs fail for their own reason, right ones pass",
            [*PYTEST, CORPUS, "-k", lesson.stem],
            share=lesson.stem,
            busy=PATIENT.get(lesson.slug, BUSY),
            light=True,
        )
        for lesson in LESSONS
    ),
    Part(
        "wheel",
        "the wheel, the plugin and the instruments: what anybody's project gets",
        [*PYTEST, *WHEEL],
        within=("unit",),
    ),
    Part(
        "spawn",
        "the judge without fork, and without what Windows lacks, says the same of a few samples of each hazard",
        [*PYTEST, CORPUS, f"--every={SAMPLED}"],
        settings=(
            ("COURSE_JUDGE", "spawn"),
            ("PYTHONPATH", os.pathsep.join([str(REPOSITORY / "tests/without_unix"), str(REPOSITORY)])),
        ),
    ),
    Part(
        "browser",
        "every notebook in the real JupyterLab, light and dark, and every number in a lesson's prose is made again",
        [*PYTEST, "-m", "browser", "tests/browser"],
        ("notebooks",),
        busy=4,  # a page, a kernel and a judge: each of them waits for the others
    ),
    Part(
        "lessons",
        "lessons and exercises as delivered run from top to bottom",
        [*NBVAL, "--nbval-lax", "notebooks", "exercises"],
        ("notebooks", "exercises"),
        within=("browser",),
    ),
    Part(
        "figures",
        "lessons run from top to bottom, and every number in their prose is made again",
        [sys.executable, "-m", "tests.figures"],
        ("notebooks",),
        within=("browser",),
    ),
    Part(
        "verify",
        "the course is whole: starters fail, solutions and printed answers pass",
        [sys.executable, "-m", "course_lib", "verify"],
        busy=7,  # it waits for servers that are silent, and for uploads that meet
    ),
    Part(
        "solutions",
        "every output of every solution is what it says",
        [*NBVAL, "--nbval", "--nbval-sanitize-with=tests/nbval_sanitize.cfg", "solutions"],
        ("solutions",),
        busy=4,  # a kernel that starts, and a judge: each of them waits for the other
    ),
)
ON_EVERY_PYTHON = ("unit", "trust")
LONG_FIRST = (
    "unit",
    "browser",
    "trust 10_capstone",
    "trust 09_defence",
    "trust 03_error_handling",
    "trust attacks",
    "trust 04_race_conditions",
)
FAST = Part("unit", "the unit tests, without the slow ones", [*PYTEST, "-m", "not browser and not slow", *UNIT])


def notebooks_in(folders: tuple[str, ...]) -> list[Path]:
    return [path for folder in folders for path in (REPOSITORY / folder).glob("*.ipynb")]


def existing(part: Part) -> list[str]:
    """The part's command without the folders that hold no notebook: pytest refuses to be given those."""
    return [word for word in part.command if word not in part.folders or notebooks_in((word,))]


def _in_memory() -> Path | None:
    """The folder that lies in memory; None where there is none, or too little room."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


@dataclass(frozen=True)
class Result:
    """How a part ended ("passed", "FAILED" or "skipped"), after how many seconds, and all it printed.

    `busy` are the seconds of processors that it and what it started took; 0 where the system doesn't tell.
    """

    part: Part
    word: str
    seconds: float
    printed: str
    busy: float = 0.0


def run(part: Part) -> Result:
    """Runs one part; in a copy of the course where it runs notebooks without a browser."""
    if part.folders and not notebooks_in(part.folders):
        return Result(part, "skipped", 0, f"no notebooks in {' and '.join(part.folders)} yet\n")
    print(f"   {part} begins: {part.proves}", flush=True)
    started = time.monotonic()
    where = _in_memory() if part.light else None
    with tempfile.TemporaryDirectory(dir=where) as scratch:
        temporary = {"TMPDIR": scratch} if where else {}
        course = copy_course(Path(scratch) / "course") if part.name in ("lessons", "solutions") else REPOSITORY
        output = Path(scratch) / "output"
        with output.open("wb") as file:
            process = subprocess.Popen(
                existing(part),
                cwd=course,
                env={**os.environ, **WITHOUT_NBVAL, "PYTHONPATH": str(course), **temporary, **dict(part.settings)},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
            status, busy = ended(process)
        printed = output.read_text("utf-8", "replace")
    return Result(part, "FAILED" if status else "passed", time.monotonic() - started, printed, busy)


def ended(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """The exit status of a process, and how many seconds of processors it and all that it waited for took."""
    if not hasattr(os, "wait4"):
        return process.wait(), 0.0
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_utime + used.ru_stime


def counts(results: list[Result]) -> list[str]:
    """The two error counts of the trust corpus, over all shares that ran."""
    printed = "".join(result.printed for result in results if result.part.name == "trust")
    found = {words: re.findall(rf"^{words}: (\d+) of (\d+)$", printed, re.M) for words in COUNTED.values()}
    return [
        f"{words}: {sum(int(wrong) for wrong, _ in pairs)} of {sum(int(ran) for _, ran in pairs)}"
        for words, pairs in found.items()
        if pairs
    ]


def in_order() -> list[Part]:
    """All parts, the long ones first."""
    return sorted(PARTS, key=lambda part: LONG_FIRST.index(str(part)) if str(part) in LONG_FIRST else len(LONG_FIRST))


def whole(part: Part) -> Part:
    """The same part without its sampling."""
    return replace(part, command=[word for word in part.command if not word.startswith("--every")])


@dataclass(frozen=True)
class Other:
    """Another Python of this machine, by its version, and how the environment is made that it runs the tests in."""

    version: str
    making: Part

    def running(self, part: Part) -> Part:
        """The same part in that environment, without what only reads files: that is the same there."""
        share = f"{part.share} on {self.version}".lstrip()
        left_out = [f"--ignore={name}" for name in OF_FILES if "tests" in part.command]
        command = [str(REPOSITORY / f".venv-{self.version}/bin/python"), *part.command[1:], *left_out]
        return replace(part, command=command, share=share, settings=(*part.settings, *self.making.settings))


def others() -> list[Other]:
    """The oldest and the newest Python of the machine, where they are not this one."""
    found = pythons.others(pythons.found_in(pythons.folders()), sys.version_info.minor)
    return [other(f"3.{minor}", path) for minor, path in found.items()]


def other(version: str, python: Path) -> Other:
    command = [str(python), "start.py", "--prepare", "--with-tests"]
    settings = (("COURSE_VENV", f".venv-{version}"),)
    return Other(version, Part("environment", "what the tests need", command, (), f"of {version}", 5, settings))


Run = Callable[[Part], Result]
Ended = Future[Result]


def make(environment: Part) -> Result:
    """Makes it; a registry may be busy, so what failed is tried once more."""
    made = run(environment)
    return made if made.word == "passed" else run(environment)


def run_in(making: Future[Result], part: Part, run: Run) -> Result:
    """Runs the part once its environment is made."""
    made = making.result()
    return run(part) if made.word == "passed" else Result(part, "FAILED", 0, "its environment could not be made\n")


def needed(parts: list[Part], with_browser: bool) -> list[Part]:
    """The parts without those whose notebooks are run by others of them."""
    names = {part.name for part in parts if with_browser or part.name != "browser"}
    return [part for part in parts if not part.within or not names.issuperset(part.within)]


def running(parts: list[Part], besides: list[Other], processors: Processors, threads: Executor) -> list[Ended]:
    """Everything, in the order in which processors come free: a part on each Python, then the next part.

    What another Python runs waits for its environment first, and those are made before all else.
    """
    places = count()

    def in_turn(begin: Run) -> Run:
        place = next(places)

        def begun(part: Part) -> Result:
            with processors.lent(part.busy, place):
                return begin(part)

        return begun

    made = [(one, threads.submit(in_turn(make), one.making)) for one in besides]
    begun = [making for _, making in made]
    for part in parts:
        begun.append(threads.submit(in_turn(run), part))
        if part.name in ON_EVERY_PYTHON:
            begun += [threads.submit(run_in, making, one.running(part), in_turn(run)) for one, making in made]
    return begun


def main(arguments: list[str]) -> int:
    names = [argument for argument in arguments if not argument.startswith("-")]
    if unknown := set(names) - {part.name for part in PARTS}:
        there_are = ", ".join(dict.fromkeys(part.name for part in PARTS))
        print(f"no part is called {', '.join(sorted(unknown))}; there are {there_are}")
        return 2
    parts = [FAST] if "--fast" in arguments else [part for part in in_order() if part.name in names or not names]
    parts = needed(parts, find_chromium() is not None)
    if "--whole" in arguments:
        parts = [whole(part) for part in parts]
    at_once = max(1, min(4, os.cpu_count() or 1))
    started, results = time.monotonic(), []
    print(f"running {', '.join(dict.fromkeys(part.name for part in parts))}; {at_once} processors", flush=True)
    besides = others() if "--every-python" in arguments else []
    with ThreadPoolExecutor((1 + len(besides)) * (1 + len(parts))) as threads:  # most of them wait for a processor
        for done in as_completed(running(parts, besides, Processors(at_once), threads)):
            results.append(done.result())
            print(f"\n== {results[-1].part}\n{results[-1].printed}", flush=True)
    print("== time and result of each part")
    for result in results:
        print(f"   {result.part!s:<34} {result.seconds:6.0f} s  {result.busy:6.0f} s busy  {result.word}")
    print(*(f"   {line}" for line in counts(results)), sep="\n")
    print(f"   {'together':<34} {time.monotonic() - started:6.0f} s", flush=True)
    return 1 if any(result.word == "FAILED" for result in results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
