"""The review request to give to an assistant: what to look for, how to say it, and the pull request as a diff."""

from __future__ import annotations

from course_lib.hazards.defence.places import PullRequest
from course_lib.syllabus import HAZARDS

_REQUEST = """\
Review the pull request below. You did not write it, and nobody has reviewed it before you.

Go through it once for each of these hazards, and finish one pass before you begin the next:
{hazards}

Report a claim only where you can name what triggers it: the input, the size, the two calls
at the same time, the person who asks. Do not praise, do not summarise, do not repair.
A pass that finds nothing ends with nothing.

Write one claim a line, in this form and nothing else:

{file}:FIRST-LAST [hazard] what is wrong. Trigger: what makes it show.

{diff}"""


def review_request(pull_request: PullRequest) -> str:
    """The whole request as one text."""
    hazards = "\n".join(f"- {slug}" for slug in HAZARDS)
    return _REQUEST.format(hazards=hazards, file=pull_request.file, diff=diff_of(pull_request))


def diff_of(pull_request: PullRequest) -> str:
    """The pull request as a unified diff that adds one file."""
    lines = pull_request.text.splitlines()
    added = "\n".join(f"+{line}" for line in lines)
    return (
        f"diff --git a/{pull_request.file} b/{pull_request.file}\nnew file mode 100644\n"
        f"--- /dev/null\n+++ b/{pull_request.file}\n@@ -0,0 +1,{len(lines)} @@\n{added}\n"
    )
