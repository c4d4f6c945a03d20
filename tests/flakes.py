"""`make flakes`: right answers and near misses judged again and again beside busy processes; no verdict may change.

    python -m tests.flakes [--times 60] [--minutes 20] [--busy 2] [PART …]

PART is a word that a sample's name contains; without one, all samples of hazards 3 and 4 are taken, in turns, so that
a run which its minutes end early has judged all of them about as often. Exit status 1 where a verdict changed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from course_lib.runner.warm import WarmParent
from tests.test_trust import named, samples, verdict_on

FLAKY = ("03_error_handling/", "04_race_conditions/")


@contextmanager
def busy(count: int) -> Iterator[None]:
    """So many processes that want the processor all the time."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def outcomes(paths: list[Path], times: int, seconds: float) -> dict[Path, Counter[str]]:
    """How often each sample got which verdict, within the seconds given."""
    parents: dict[str, WarmParent] = {}
    found: dict[Path, Counter[str]] = defaultdict(Counter)
    end = time.monotonic() + seconds
    for _ in range(times):
        for path in paths:
            if time.monotonic() > end:
                break
            found[path][verdict_on(path, parents).status] += 1
    for parent in parents.values():
        parent.close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--busy", type=int, default=2)
    parser.add_argument("parts", nargs="*", metavar="PART", default=FLAKY)
    options = parser.parse_args()
    every = [*samples("right_answers"), *samples("near_misses")]
    paths = [path for path in every if any(part in named(path) for part in options.parts)]
    with busy(options.busy):
        found = outcomes(paths, options.times, 60 * options.minutes)
    changed = {path: counts for path, counts in found.items() if len(counts) > 1}
    for path, counts in changed.items():
        print(f"{path.parent.parent.name}/{named(path)}: {', '.join(f'{n} {status}' for status, n in counts.items())}")
    judged = sum(counts.total() for counts in found.values())
    print(f"{judged} judgements of {len(found)} samples beside {options.busy} busy processes: {len(changed)} changed")
    return bool(changed)


if __name__ == "__main__":
    raise SystemExit(main())
