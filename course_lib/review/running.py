"""Runs the experiments on places of a pull request in a child process, with an end to its time and its memory.

Nothing of a review is run: its claims choose among experiments that the course has written, and the code that they
run is the pull request's own text.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Sequence

from course_lib import course_process
from course_lib.hazards.defence.places import Place, PullRequest
from course_lib.review.measuring import Run

SECONDS = 240.0


def run_places(pull_request: PullRequest, places: Sequence[Place], source: str = "") -> dict[str, Run | str]:
    """What came of each place's experiment, by the place's name; a sentence where it could not be run.

    `source` is a variant of the pull request's text to run in its place.
    """
    if not places:
        return {}
    names = sorted({place.name for place in places})
    request = {"pull_request": pull_request.name, "source": source or pull_request.text, "places": names}
    lines, ending = _converse(json.dumps(request))
    found: dict[str, Run | str] = dict.fromkeys(names, ending)
    for told in map(json.loads, lines):
        red = told["red"]
        found[told["place"]] = str(told["evidence"]) if red is None else Run(red, str(told["evidence"]))
    return found


def _converse(request: str) -> tuple[list[str], str]:
    """The whole lines that the child wrote, and why there may be fewer than were asked for."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    pipe = subprocess.PIPE
    try:
        child = course_process.start(
            "course_lib.review.bench", environment=environment, text=True, stdin=pipe, stdout=pipe
        )
    except OSError as error:
        return [], f"no process could be started: {error.strerror}"
    with child:
        try:
            written, _ = child.communicate(request, SECONDS)
            ending = "the process that runs the claims has ended before it could tell"
        except subprocess.TimeoutExpired:
            _end(child)
            written, _ = child.communicate()
            ending = f"nothing came of it within {SECONDS:.0f} seconds"
        except BaseException:
            _end(child)
            raise
    whole = written.split("\n")[:-1]
    return whole, ending


def _end(child: subprocess.Popen[str]) -> None:
    """Ends the child and all that it started; it leads a session of its own."""
    if hasattr(os, "killpg"):
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
