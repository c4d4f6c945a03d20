"""Which judge is in force: `COURSE_JUDGE` says `fork` or `spawn`; without it, a system that can fork forks."""

from __future__ import annotations

import os
import sys

from course_lib.runner.parent import Parent, ParentLost
from course_lib.runner.warm import WarmParent

JUDGES = ("fork", "spawn")
FOR_ONE = 2


def judge_in_force() -> str:
    """`fork` or `spawn`; raises ParentLost where the variable holds anything else, or what the system can't do."""
    asked = os.environ.get("COURSE_JUDGE", "")
    if not asked:
        return "fork" if hasattr(os, "fork") else "spawn"
    if asked not in JUDGES:
        raise ParentLost(f"COURSE_JUDGE is {asked!r}; it may be {' or '.join(JUDGES)}")
    if asked == "fork" and not hasattr(os, "fork"):
        raise ParentLost("COURSE_JUDGE is 'fork', and this system can't fork processes; leave it out, or say 'spawn'")
    return asked


def parent_of(slug: str, early: bool = False, writable: str | None = None, at_once: int = 1) -> Parent:
    """A parent of the exercise's runs. `early`: this process has one thread and has imported no grader yet.

    With `writable`, a folder, it is put into a box where that alone can be written to, if the machine has boxes. Where
    it can, it has as many runs at once as are asked for and as the machine has processors.
    """
    if judge_in_force() == "spawn":
        from course_lib.runner.fresh import FreshParent  # and psutil, which the other does not need

        return FreshParent(slug)
    can_be_forked = early and sys.getfilesystemencoding() == "utf-8"  # a child keeps this process's: else a new one
    parent = WarmParent.forked(slug) if can_be_forked else WarmParent.spawned(slug, writable)
    parent.allow(min(at_once, os.cpu_count() or 1))
    return parent
