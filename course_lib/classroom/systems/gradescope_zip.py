"""Gradescope's autograder as it is uploaded: a zip with setup.sh and run_autograder at its root, and the course.

    python -m course_lib export gradescope --out FILE.zip

One serves every exercise: which one a file answers is told as in a class. Nothing of a solution is in it. The same
course gives the same bytes.
"""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from course_lib.classroom.systems.points import NotExported
from course_lib.release import copy_without_answers

SETUP = """#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image: Python 3.11 or newer, and what the course needs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/course"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
python=python3
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=python3.11
fi
apt-get install -qq -y --no-install-recommends "$python" "$python-venv"
"$python" start.py --prepare
"""
RUN = """#!/usr/bin/env bash
# Gradescope runs this for each submission. No results.json is left where something could not be measured.
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
course="$root/source/course"
PYTHONPATH="$course" exec "$course/.venv/bin/python" -P -m course_lib.classroom.systems.gradescope_run "$root"
"""
AT = (2020, 1, 1, 0, 0, 0)  # one date for all files


def export(out: Path) -> None:
    """Writes the zip; raises NotExported where something is there already, or it is no zip by its name."""
    if out.exists():
        raise NotExported(f"{out} is there already; name a new file")
    if out.suffix.lower() != ".zip":
        raise NotExported(f"{out} does not end in .zip; name the file that is to be uploaded")
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_name(f".{out.name}.unfinished")
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder, "course")
        copy_without_answers(course, ["course_lib"])
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in (("setup.sh", SETUP), ("run_autograder", RUN)):
                _add(archive, name, text.encode(), 0o755)
            for path in sorted(path for path in course.rglob("*") if path.is_file()):
                _add(archive, path.relative_to(folder).as_posix(), path.read_bytes(), 0o644)
    unfinished.replace(out)


def _add(archive: zipfile.ZipFile, name: str, content: bytes, mode: int) -> None:
    told = zipfile.ZipInfo(name, AT)
    told.external_attr = (0o100000 | mode) << 16
    told.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(told, content)
