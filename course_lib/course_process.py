"""A process of the course's own: this Python, and no module but the course's and what is installed.

Python is started with -P: no module that lies where the course was called, a hand-in's say, is imported. Each leads a
session of its own, so that a Ctrl-C reaches it through whoever started it alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def start(
    module: str,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    within: Sequence[str] = (),
    **more: Any,
) -> Any:
    """The started `subprocess.Popen`, its standard error nowhere unless told. Raises OSError.

    `within` are the words of a command that runs it, a box's say; `more` is for Popen.
    """
    known = os.environ if environment is None else environment
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return subprocess.Popen(
        [*within, sys.executable, "-P", "-m", module, *arguments],
        env={**known, "PYTHONPATH": path},
        start_new_session=True,
        **{"stderr": subprocess.DEVNULL, **more},
    )
