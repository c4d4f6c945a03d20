"""Runs what a learner made for the lesson on defence: an acceptance test, a review, demonstrations.

`guard` is called on one candidate; what came of it is told as it is: returned, or raised. A candidate crosses as source
text and is compiled here under a neutral name and without a file, so that nobody can read it up.
`FINDINGS` and `DEMONSTRATIONS` are data: a list and a dict.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import shutil
import string
import tempfile
import threading
import tracemalloc
import unittest
import uuid
import warnings

from course_lib.hazards.defence.probe_guard import guard, guarded, unguarded
from course_lib.hazards.defence.probe_review import (
    DEMONSTRATIONS_PAIR,
    FINDINGS_PAIR,
    demonstrations,
    findings,
)
from course_lib.hazards.defence.probe_upload import kept_apart, kept_by_name, save_upload

FILE_SIZE = 1 << 29  # bytes: an acceptance test may send a large upload
SUBJECTS = {"FINDINGS": list, "DEMONSTRATIONS": dict}
PROBES = {"guard": guard, "FINDINGS": findings, "DEMONSTRATIONS": demonstrations, "save_upload": save_upload}
LOADED = (contextlib, hashlib, itertools, shutil, string, tempfile, threading, tracemalloc, unittest, uuid, warnings)
CONTROLS = {
    "guard": (unguarded, guarded),
    "FINDINGS": FINDINGS_PAIR,
    "DEMONSTRATIONS": DEMONSTRATIONS_PAIR,
    "save_upload": (kept_by_name, kept_apart),
}
