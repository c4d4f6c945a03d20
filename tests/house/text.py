"""What no file of the repository may hold: a path of one machine, a registry's host, a picture character."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

HOSTS = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "deb.debian" + ".org",
    "ana" + "conda.org",
)
MACHINE_PATHS = re.compile(r"/(?:root|work|home/\w+|Users/\w+)/[\w.]|[A-Z]:\\Users\\")
TEMPORARY = re.compile("/" + r"tmp/[a-z]\w{2,}")
PICTURES = re.compile(
    "[\U0001f000-\U0001faff\ufe0f\u2705\u274c\u274e\u2728\u2b50\u2b55\u26a1\u26a0\u23e9-\u23f3\u231a\u231b]"
)
BINARY = {".png", ".jpg", ".gif", ".ico", ".db", ".sqlite", ".pdf", ".woff2"}


def tracked_files(root: Path) -> list[Path]:
    """Every file that belongs to the repository; none outside a git checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    return [root / name for name in listed.stdout.split("\0") if name and (root / name).is_file()]


def wrong_text(name: str, text: str) -> list[str]:
    """What this file holds and must not."""
    found = [f"{name} names a registry's host, {host}" for host in HOSTS if host in text]
    found += [f"{name} holds a path of one machine: {match}" for match in MACHINE_PATHS.findall(text)[:3]]
    if not name.startswith("tests/"):  # the tests of the confinement name places outside it
        found += [f"{name} holds a temporary path: {match}" for match in TEMPORARY.findall(text)[:3]]
    if not name.endswith((".md", ".ipynb")):
        return found  # a testbed's rows and an attack's texts may hold any character there is
    return found + [f"{name} holds a picture character, {match!a}" for match in PICTURES.findall(text)[:3]]
