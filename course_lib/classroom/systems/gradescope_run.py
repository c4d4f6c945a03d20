"""One submission in Gradescope's container: found, judged, and results.json written last, whole or not at all.

Gradescope records a zero where it has to end an autograder, so this one ends itself first and leaves no file: the
instructor is told that it failed. Nothing that a submission prints reaches the file or the output beside it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from course_lib.classroom.finding import LOOKED_FOR, Found, find_of
from course_lib.classroom.pool import Job, Pool
from course_lib.classroom.systems import gradescope
from course_lib.classroom.systems.points import lines, unmeasured
from course_lib.reading import Verdict, not_judged
from course_lib.reports.folder import put
from course_lib.reports.legible import legible

SECONDS = 540  # of the 600 that Gradescope gives where nothing else is set; COURSE_SECONDS names another number
SLOTS = 1  # it gives half a processor


class TooLate(BaseException):
    """The own deadline has passed."""


def main(root: Path) -> int:
    """Judges what lies in root/submission; 0 where root/results/results.json was written."""
    out = root / "results" / "results.json"
    out.unlink(missing_ok=True)
    signal.signal(signal.SIGALRM, _too_late)
    signal.alarm(int(os.environ.get("COURSE_SECONDS", SECONDS)))
    try:
        told = _results(find_of(root / "submission", "submission"))
    except TooLate:
        return _say("the time was over before everything was judged; no results were written, and that is no zero")
    signal.alarm(0)
    if told is None:
        return 1
    put(out, json.dumps(told, indent=1) + "\n")
    return 0


def _too_late(_number: int, _frame: object) -> None:
    raise TooLate


def _results(found: Found) -> dict[str, Any] | None:
    """The object for Gradescope, None where there is to be none."""
    verdicts = {one.key: _trouble(one) for one in found.counted.values() if one.trouble}
    jobs = [Job(one, one.lesson.tasks) for one in found.counted.values() if not one.trouble]
    for job, answer in Pool(jobs, SLOTS).results():
        verdicts[job.hand_in.key] = Verdict.from_plain(answer["verdict"])
    told = lines(verdicts[key] for key in sorted(verdicts))
    if not told:
        return _nothing(found)
    for line in unmeasured(told):
        _say(f"{line.name} could not be measured: {line.reason}")
    return gradescope.results(told)


def _trouble(one: Any) -> Verdict:
    return not_judged(one.lesson.stem, one.lesson.tasks, "error", one.trouble)


def _nothing(found: Found) -> dict[str, Any]:
    """What a student is told who uploaded something else."""
    besides = "; ".join(f"{legible(path)}: {because}" for path, because in found.left_out)
    told = f"There is no submission in it. Looked for {LOOKED_FOR}. {besides}".strip()
    return {"score": 0, "output": told, "output_format": "text", "visibility": "visible", "stdout_visibility": "hidden"}


def _say(sentence: str) -> int:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
