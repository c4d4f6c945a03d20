"""What lesson 09 says of the module with nine comments: what its tests call, and what a linter sees in it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from course_lib.hazards import defence
from tests.lesson_cells import cell

ROOMS = Path(defence.__file__).parent / "pull_requests/rooms.py.txt"
RULES = "ASYNC,B,BLE,PERF,PLE,PLW,RUF,S,SIM,TRY"  # of bugs and of security; the others speak of style
STEM = "09_defence"


def test_ruff_names_two_of_the_true_comments_and_a_line_that_is_right(tmp_path: Path) -> None:
    (tmp_path / "rooms.py").write_text(ROOMS.read_text("utf-8"), "utf-8")
    asked = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", RULES, "--output-format", "json"]
    told = json.loads(subprocess.run([*asked, "rooms.py"], cwd=tmp_path, capture_output=True, check=False).stdout)

    named = {(one["location"]["row"], one["code"]) for one in told}

    assert named == {(19, "SIM115"), (32, "S608"), (48, "S608")}
    assert "lines 19 and 48, and says of line 32" in cell(STEM, "why-unseen")


def test_its_tests_never_call_what_writes_the_list() -> None:
    called = cell(STEM, "works-tests")

    assert "door_list" not in called and called.count("desks.take(") > 1
    assert "and never `door_list`" in cell(STEM, "why-unseen")
