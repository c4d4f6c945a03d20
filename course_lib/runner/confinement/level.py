"""Which of three levels of confinement this machine has: a box as well, a confinement that is whole, or less than that.

A process is confined as a submission's would be and says how well that went: `python -m
course_lib.runner.confinement.level` prints it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from course_lib import course_process
from course_lib.runner.chosen import judge_in_force
from course_lib.runner.confinement import box, sandbox

ANSWERS_WITHIN = 60.0  # seconds
NOT_HELD = (
    "strangers' code can't be held on this machine ({missing}), so nothing was run; grade in a container or a virtual "
    "machine of its own, or say --trust-submissions if you would run every one of them yourself"
)


@cache
def lacking() -> str:
    """What is missing for strangers' code to be run here; "" where files, processes and network can be shut off."""
    if judge_in_force() == "fork" and not box.trouble():
        return ""
    try:
        with course_process.start(__name__, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
            told = json.loads(process.communicate(timeout=ANSWERS_WITHIN)[0])
    except (OSError, ValueError, subprocess.TimeoutExpired) as problem:
        return f"no confined process could be started ({type(problem).__name__})"
    return "" if told["complete"] else f"{told['told']}; {box.trouble()}"


def main() -> None:
    """Shuts itself in and prints what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        level = sandbox.confine(Path(folder), sandbox.default_readable(), [], 1 << 30, 30, 1 << 24)
        sys.stdout.write(json.dumps({"complete": level.complete, "told": str(level)}))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
