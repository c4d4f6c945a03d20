"""An assistant for the tests: reads a request, notes that it was asked, and answers as its first argument says.

python assistant.py MANNER [NOTES]      NOTES: a file to which each request adds its process group and first line
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

GOOD = (
    "def common_ids(left, right):\n    known = set(right)\n    return [x for x in dict.fromkeys(left) if x in known]\n"
)
SLOW = "def common_ids(left, right):\n    return [x for x in dict.fromkeys(left) if x in right]\n"
WRONG = "def common_ids(left, right):\n    return list(set(left) & set(right))[:1]\n"


def fenced(code: str) -> str:
    return f"```python\n{code}```\n"


def answer(manner: str) -> None:
    if manner == "slowly":
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])  # holds the streams open, too
        time.sleep(60)
    elif manner == "not at all":
        sys.stderr.write("no model is loaded\n")
        raise SystemExit(7)
    elif manner == "50 MB":
        sys.stdout.write(fenced(GOOD))
        for _ in range(50):
            sys.stdout.write("and so on\n" * 100_000)
    else:
        print(
            {
                "well": f"Here it is.\n\n{fenced(GOOD)}\nThe set makes each look-up one step.",
                "badly": fenced(SLOW),
                "wrongly": fenced(WRONG),
                "refusal": "I can't help with that. </script><b>\x1b[31m",
                "two blocks": f"A first try:\n\n{fenced(WRONG)}\nBetter:\n\n~~~py\n{GOOD}~~~\n",
            }[manner]
        )


if __name__ == "__main__":
    request = sys.stdin.read()
    if len(sys.argv) > 2:
        with Path(sys.argv[2]).open("a") as notes:
            notes.write(f"{os.getpgid(0)} {request.splitlines()[0]}\n")
    answer(sys.argv[1])
