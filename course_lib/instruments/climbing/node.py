"""Runs JavaScript in Node under a heap limit, so that the twin of a lesson's code dies for real."""

from __future__ import annotations

import os
import shutil
import subprocess

LAST_LINES = 6


def run_in_node(source: str, heap_mib: int = 64) -> str:
    """What the JavaScript printed with so many MiB of heap, and its last word; one line where Node is not installed."""
    node = shutil.which("node")
    if node is None:
        return "Node is not installed here, so the JavaScript twin was passed over."
    done = subprocess.run(
        [node, f"--max-old-space-size={heap_mib}", "-e", source],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=_without_colours(),
    )
    fatal = [line for line in done.stderr.splitlines() if line.startswith("FATAL ERROR")]
    return "\n".join([*done.stdout.splitlines()[-LAST_LINES:], *fatal[:1]])


def _without_colours() -> dict[str, str]:
    """The environment without what a notebook's kernel sets: Node would write figures in yellow, lost on white."""
    return {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"} | {"NO_COLOR": "1"}
