"""The point of a task in a notebook that nbgrader has made: given by the course's own check, or not.

Where the exported course is autograded with its own settings, this is never run: the judge reads the notebook there
(`course_lib/classroom/systems/nbgrader_judge.py`). Elsewhere it runs in the same kernel as the answer, as every cell of
nbgrader does, and is as safe as these are: whoever wants to forge a point can.
"""

from __future__ import annotations

import os
import sys

from course_lib.notebook import check
from course_lib.widgets.verdict import VerdictView


def award(task: str) -> None:
    """Shows the verdict on the task; raises AssertionError, with the reason, where it is not passed.

    While nbgrader grades, what could not be measured ends the kernel: nbgrader then records no mark, and no zero.
    """
    grading = "NBGRADER_EXECUTION" in os.environ
    if grading:
        os.environ["COURSE_PROGRESS"] = os.devnull  # a student's attempt is not the progress of whoever grades
    view = check(task)
    assert isinstance(view, VerdictView), str(view)
    [told] = view.verdict.tasks
    if grading and told.status == "unmeasured":
        os.write(2, f"{task} could not be measured: {told.reason}\n".encode("utf-8", "replace"))
        os._exit(1)
    if grading:
        sys.stdout.write(f"{told}\n")
    else:
        view._ipython_display_()
    assert view.passed, told.reason
