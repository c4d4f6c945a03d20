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

from course_lib.runner.warm import WarmParent
from tests.samples import Sample, samples
from tests.test_trust import verdict_on

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


def outcomes(wanted: dict[str, Sample], times: int, seconds: float) -> dict[str, Counter[str]]:
    """How often each sample got which verdict, within the seconds given."""
    parents: dict[str, WarmParent] = {}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    end = time.monotonic() + seconds
    for _ in range(times):
        for name, sample in wanted.items():
            if time.monotonic() > end:
                break
            found[name][verdict_on(sample, parents).status] += 1
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
    every = {f"{kind}/{sample}": sample for kind in ("right_answers", "near_misses") for sample in samples(kind)}
    wanted = {name: sample for name, sample in every.items() if any(part in name for part in options.parts)}
    with busy(options.busy):
        found = outcomes(wanted, options.times, 60 * options.minutes)
    changed = {name: counts for name, counts in found.items() if len(counts) > 1}
    for name, counts in changed.items():
        print(f"{name}: {', '.join(f'{number} {status}' for status, number in counts.items())}")
    judged = sum(counts.total() for counts in found.values())
    print(f"{judged} judgements of {len(found)} samples beside {options.busy} busy processes: {len(changed)} changed")
    return bool(changed)


if __name__ == "__main__":
    raise SystemExit(main())
