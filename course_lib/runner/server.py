"""The judge as a process of its own beside a notebook's kernel: one JSON request a line in, one verdict a line out.

Before the verdict of a long check come lines that say how far it is: `{"part": [12, 53]}`.

The kernel must not be forked and must not hold expected values; this process forks its warm parent first of all,
exactly as the command line does, so a notebook's check and the command's give the same verdict by the same code.
"""

from __future__ import annotations

import contextlib
import json
import sys

from course_lib.runner.chosen import FOR_ONE, parent_of
from course_lib.runner.signals import leaving_cleanly
from course_lib.syllabus import LESSONS, WARM_UP


def main(slug: str) -> None:
    """Serves until standard input ends."""
    lesson = next(one for one in (WARM_UP, *LESSONS) if one.slug == slug)
    parent = parent_of(slug, early=True, at_once=FOR_ONE)
    from course_lib.runner.judge import judge
    from course_lib.runner.source import notebook_submission

    with leaving_cleanly(), contextlib.closing(parent):
        for line in sys.stdin:
            request = json.loads(line)
            submission = notebook_submission(request["cells"], request["interrupted"])
            verdict = judge(lesson, submission, parent, [request["task"]], _tell)
            print(json.dumps(verdict.to_plain(evidence=True)), flush=True)


def _tell(number: int, total: int) -> None:
    print(json.dumps({"part": [number, total]}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
