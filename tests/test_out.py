"""Where --out names what can't be written: wrong usage, in one sentence that says which place it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.cli import main

HAND_IN = Path("class", "ana", "01_resource_leaks.py")
MAKERS = {
    "grade": ["grade", "class"],
    "trial": ["trial", "--answers", "answers"],
    "release": ["release"],
    "export to nbgrader": ["export", "nbgrader"],
    "export to gradescope": ["export", "gradescope"],
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One hand-in and one answer, neither of which takes any time to judge."""
    monkeypatch.chdir(tmp_path)
    for path in (HAND_IN, Path("answers", "plain", "export_profiles", "1.py")):
        path.parent.mkdir(parents=True)
        path.write_text("def (")
    return tmp_path


@pytest.mark.parametrize("command", MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize("out", ["leads nowhere", "a file/report.zip"])
def test_a_place_that_cannot_be_made_is_named(
    folder: Path, command: list[str], out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "leads nowhere").symlink_to(folder / "no such folder" / "report")
    (folder / "a file").touch()

    assert main([*command, "--out", out]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and out.split("/")[0] in said


@pytest.mark.parametrize("part", ["grades.csv", "students"])
def test_a_part_of_a_report_that_cannot_be_written_is_named(
    folder: Path, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grade", "class", "--out", "report"]) == 0
    there = folder / "report" / part
    is_folder = there.is_dir()
    there.rename(folder / "elsewhere")
    there.touch() if is_folder else there.mkdir()

    assert main(["grade", "class", "--out", "report"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"report/{part} can't be written: ") and said.count("\n") == 1


def test_what_lies_elsewhere_is_named_and_no_wrong_usage(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The machine is short of something: another place would not help."""

    def refuses(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied", "/somewhere/else")

    monkeypatch.setattr("course_lib.classroom.grading._found", refuses)

    assert main(["grade", "class", "--out", "report"]) == 3
    assert capsys.readouterr().err == "the course could not go on: /somewhere/else: Permission denied\n"


@pytest.mark.parametrize("command", ["grade", "trial"])
def test_what_a_file_browser_leaves_in_a_folder_makes_it_no_other_report(
    folder: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "report").mkdir()
    (folder / "report" / ".DS_Store").touch()
    status = main([*MAKERS[command], "--out", "report"])

    assert "something else" not in capsys.readouterr().err
    assert status != 2
    assert (folder / "report" / "index.html").is_file()
