"""`make flakes`: right answers and near misses judged again and again beside busy processes; no verdict may change.

    python -m tests.flakes [--times 60] [--minutes 20] [--busy 2] [PART …]

PART is a word that a sample's name contains, most often a hazard's (`03_error_handling`, or `03` alone); without one,
every hazard is taken. The samples come in turns, one of each hazard after the other, so that a run which its minutes
end early has judged all hazards about as often. Exit status 1 where a verdict changed, 2 for a PART of no sample.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest

from course_lib.runner.warm import WarmParent
from tests.samples import Sample, samples
from tests.test_trust import verdict_on

KINDS = ("right_answers", "near_misses")


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


def wanted_of(every: dict[str, Sample], parts: list[str]) -> dict[str, Sample]:
    """The samples whose names contain one of the parts, or all of them; hazard by hazard in turns."""
    chosen = [(name, one) for name, one in every.items() if not parts or any(part in name for part in parts)]
    hazards: dict[str, list[tuple[str, Sample]]] = defaultdict(list)
    for name, sample in chosen:
        hazards[sample.folder].append((name, sample))
    return dict(pair for turn in zip_longest(*hazards.values()) for pair in turn if pair is not None)


def told(found: dict[str, Counter[str]], wanted: dict[str, Sample]) -> Iterator[str]:
    """A line for each verdict that changed, then a line a hazard."""
    changed = {name for name, counts in found.items() if len(counts) > 1}
    for name in sorted(changed):
        yield f"{name}: {', '.join(f'{number} {status}' for status, number in found[name].items())}"
    for hazard in sorted({wanted[name].folder for name in found}):
        of_it = [name for name in found if wanted[name].folder == hazard]
        judged = sum(found[name].total() for name in of_it)
        yield f"{hazard}: {judged} judgements of {len(of_it)} samples, {len(changed.intersection(of_it))} changed"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--busy", type=int, default=2)
    parser.add_argument("parts", nargs="*", metavar="PART")
    options = parser.parse_args()
    every = {f"{kind}/{sample}": sample for kind in KINDS for sample in samples(kind)}
    for part in options.parts:
        if not any(part in name for name in every):
            hazards = ", ".join(sorted({sample.folder for sample in every.values()}))
            parser.error(f"no sample's name contains {part!r}; the hazards are {hazards}")
    wanted = wanted_of(every, options.parts)
    with busy(options.busy):
        found = outcomes(wanted, options.times, 60 * options.minutes)
    print("\n".join(told(found, wanted)))
    return any(len(counts) > 1 for counts in found.values())


if __name__ == "__main__":
    raise SystemExit(main())
