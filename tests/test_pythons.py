"""Which Pythons a machine is tested with: the oldest and the newest that work."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.pythons import found_in, others


def stand_in(folder: Path, name: str, prints: str) -> None:
    """A Python that answers whatever it is asked with one line; with nothing, it fails."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho {prints}\n" if prints else "#!/bin/sh\nexit 127\n", "utf-8")
    (folder / name).chmod(0o755)


@pytest.mark.parametrize(
    ("minors", "running", "wanted"),
    [
        ([11, 12, 13], 11, [13]),
        ([11, 12, 13], 12, [11, 13]),
        ([12, 13], 13, [12]),
        ([13], 13, []),
        ([], 12, []),
    ],
)
def test_the_oldest_and_the_newest_are_taken_and_the_running_one_is_not(
    tmp_path: Path, minors: list[int], running: int, wanted: list[int]
) -> None:
    for minor in minors:
        stand_in(tmp_path, f"python3.{minor}", f"3.{minor}")
    assert list(others(found_in([tmp_path]), running)) == wanted


def test_too_old_too_new_and_broken_ones_are_passed_over(tmp_path: Path) -> None:
    stand_in(tmp_path, "python3.9", "3.9")
    stand_in(tmp_path, "python3.99", "3.99")
    stand_in(tmp_path, "python3.13", "")
    stand_in(tmp_path, "python3.14", "3.12")
    assert list(found_in([tmp_path, tmp_path / "missing"])) == []


def test_one_that_cannot_be_started_is_passed_over(tmp_path: Path) -> None:
    """A file that nobody may run, or that is no program, as another user's Python is to this one."""
    stand_in(tmp_path, "python3.12", "3.12")
    (tmp_path / "python3.12").chmod(0o644)
    (tmp_path / "python3.13").write_bytes(b"no program")
    (tmp_path / "python3.13").chmod(0o755)
    assert list(found_in([tmp_path])) == []


def test_a_broken_one_does_not_hide_a_good_one_behind_it(tmp_path: Path) -> None:
    stand_in(tmp_path / "shims", "python3.13", "")
    stand_in(tmp_path / "real", "python3.13", "3.13")
    found = others(found_in([tmp_path / "shims", tmp_path / "real"]), running=11)
    assert found == {13: tmp_path / "real" / "python3.13"}
