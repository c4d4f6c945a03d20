"""What was handed in is found in every form in which it comes; what is none is named; nothing is guessed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from course_lib.classroom import one_file
from course_lib.classroom.finding import Found, find

NAME = "06_data_structures"
SOURCE = "def common_ids(left, right):\n    return []\n"
SERVICE = "def create_service(settings): ..."


def put(folder: Path, *names: str, text: str = SOURCE, changed: int | None = None) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        if changed is not None:
            os.utime(path, (changed, changed))


def notebook(source: str = SOURCE, **metadata: object) -> str:
    cells = [{"cell_type": "code", "metadata": {}, "source": source.splitlines(keepends=True), "outputs": []}]
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def counted(found: Found) -> dict[str, str]:
    """Whose hand-in for which exercise lies where."""
    return {f"{student}: {name}": found.shown(one.path) for (student, name), one in found.counted.items()}


@pytest.mark.parametrize(
    ("path", "student"),
    [
        (f"ana/{NAME}.py", "ana"),
        (f"{NAME}/ana.py", "ana"),
        (f"{NAME}/ana/answer.py", "ana"),
        (f"ana_{NAME}.py", "ana"),
        (f"submitted/ana/{NAME}/answer.py", "ana"),
        (f"submitted/ana/ps1/{NAME}.py", "ana"),
        (f"ana/{NAME}/{NAME}.py", "ana"),
        (f"Ana Silva_123_assignsubmission_file/{NAME}.py", "Ana Silva"),
        (f"{NAME}/Ana Silva_123_assignsubmission_file/x.py", "Ana Silva"),
        (f"silvaana_123_456_{NAME}.py", "silvaana"),
        (f"{NAME}/silvaana_123_456_x.py", "silvaana"),
        ("ana/answer.py", "ana"),
        ("ana.py", "ana"),
        (f"{NAME}/ana.PY", "ana"),
        (f"ana/exercises/{NAME}.py", "ana"),
        (f"ana/for-students/exercises/{NAME}.py", "ana"),
        (f"Ana Silva_123_assignsubmission_file/for-students/exercises/{NAME}.py", "Ana Silva"),
        (f"Ana Silva_123_assignsubmission_file/exercises/{NAME}.py", "Ana Silva"),
        (f"Ana Silva_123_assignsubmission_file/homework 6/{NAME}.py", "Ana Silva"),
        (f"CS 101-Homework-98/Ana Silva_123_assignsubmission_file_/{NAME}.py", "Ana Silva"),
        (f"CS 101-Homework-98/Ana Silva_123_assignsubmission_file_{NAME}.py", "Ana Silva"),
    ],
)
def test_each_form_alone(tmp_path: Path, path: str, student: str) -> None:
    put(tmp_path, path)
    found = find(tmp_path)
    assert counted(found) == {f"{student}: {NAME}": path}
    assert found.left_out == []


def test_the_folder_that_nbgrader_calls_submitted_may_be_named_itself(tmp_path: Path) -> None:
    put(tmp_path, "submitted/ana/ps1/answer.py")
    assert counted(find(tmp_path / "submitted")) == {f"ana: {NAME}": "ana/ps1/answer.py"}


def test_what_nbgrader_keeps_besides_is_nobodys(tmp_path: Path) -> None:
    """Its source is the solution: it would be the best student of the class."""
    put(tmp_path, f"submitted/ana/{NAME}/{NAME}.py", f"source/{NAME}/{NAME}.py", f"autograded/ana/{NAME}/{NAME}.py")
    found = find(tmp_path)
    assert found.students == {"ana"}
    assert [path for path, _ in found.left_out] == ["autograded", "source"]


def test_one_name_in_two_layouts_and_two_normal_forms_is_one_student(tmp_path: Path) -> None:
    put(tmp_path, f"Jose\u0301/{NAME}.py", "Jos\u00e9/07_sql_injection.py", "02_unbounded_growth/Jose\u0301.py")
    found = find(tmp_path)
    assert found.students == {"Jos\u00e9"} and len(found.counted) == 3


def test_the_metadata_count_before_the_name_and_the_name_before_the_tasks(tmp_path: Path) -> None:
    """A renamed notebook is what it says that it is; a name that is none is passed over."""
    put(tmp_path, "ana/07_sql_injection.ipynb", text=notebook(course={"exercise": NAME}))
    put(tmp_path, "ben/07_sql_injection.ipynb", text=notebook(course={"exercise": "99_other"}))
    put(tmp_path, "cleo/homework.ipynb", text=notebook())
    put(tmp_path, "dan/07_sql_injection.py")
    assert dict(find(tmp_path).counted.keys()) == {
        "ana": NAME,
        "ben": "07_sql_injection",
        "cleo": NAME,
        "dan": "07_sql_injection",
    }


@pytest.mark.parametrize("told", [7, None, [], {"exercise": 7}, {"exercise": None}, "x"])
def test_metadata_of_any_shape_say_nothing_at_worst(tmp_path: Path, told: object) -> None:
    put(tmp_path, "ana/x.ipynb", text=notebook(course=told))
    assert list(find(tmp_path).counted) == [("ana", NAME)]


@pytest.mark.parametrize(
    "source", ["x = 1\n", SOURCE + "def get_user_orders(): ...\n", "", "# def common_ids(): ...\n"]
)
def test_what_can_not_be_told_is_named_and_not_guessed(tmp_path: Path, source: str) -> None:
    """Nothing of a task, tasks of two exercises, nothing at all."""
    put(tmp_path, "ana/answer.py", text=source)
    put(tmp_path, f"ben/07_sql_injection_or_{NAME}.py", text=source)
    found = find(tmp_path)
    assert found.counted == {} and found.students == {"ana", "ben"}
    assert [path for path, _ in found.left_out] == ["ana/answer.py", f"ben/07_sql_injection_or_{NAME}.py"]


def test_a_loose_file_without_a_name_is_nobodys(tmp_path: Path) -> None:
    put(tmp_path, f"{NAME}.py")
    found = find(tmp_path)
    assert found.students == set() and "names no student" in found.left_out[0][1]


@pytest.mark.parametrize("form", ["_attempt{}", "-{}", " ({})"])
def test_the_highest_attempt_counts_as_a_number_and_the_others_are_named(tmp_path: Path, form: str) -> None:
    """Ten is more than nine, whatever the files' times say; a name without a number is the first."""
    names = [f"ana/{NAME}{form.format(number)}.py" for number in (9, 10, 2)]
    for age, name in enumerate([f"ana/{NAME}.py", names[1], names[2], names[0]]):
        put(tmp_path, name, changed=2_000_000_000 - age if age == 0 else age)
    found = find(tmp_path)
    assert counted(found) == {f"ana: {NAME}": names[1]}
    assert len(found.replaced) == 3


def test_without_numbers_the_newest_file_counts(tmp_path: Path) -> None:
    put(tmp_path, f"ana/{NAME}.py", changed=2000)
    put(tmp_path, f"{NAME}/ana.py", changed=3000)
    put(tmp_path, f"ana_{NAME}.py", changed=1000)
    assert counted(find(tmp_path)) == {f"ana: {NAME}": f"{NAME}/ana.py"}


def test_links_folders_and_devices_are_no_hand_in_and_are_named(tmp_path: Path) -> None:
    """Their owner is one of the class; nothing behind a link is read."""
    put(tmp_path, f"elsewhere/{NAME}.py")
    folder = tmp_path / "class"
    for name in ("ana", "ben", "cleo"):
        (folder / name).mkdir(parents=True)
    (folder / "ana" / f"{NAME}.py").symlink_to(tmp_path / "elsewhere" / f"{NAME}.py")
    (folder / "ben" / f"{NAME}.py").mkdir()
    os.mkfifo(folder / "cleo" / f"{NAME}.py")
    (folder / f"dan_{NAME}.ipynb").mkdir()
    (folder / "eve").symlink_to(tmp_path / "elsewhere")
    found = find(folder)
    assert found.counted == {} and found.students == {"ana", "ben", "cleo", "dan"}
    assert [path for path, _ in found.left_out] == [
        f"ana/{NAME}.py",
        f"ben/{NAME}.py",
        f"cleo/{NAME}.py",
        f"dan_{NAME}.ipynb",
        "eve",
    ]


def test_what_programs_hide_and_the_report_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, f"ana/{NAME}.py", f"ana/.ipynb_checkpoints/{NAME}.py", f".trash/{NAME}.py", "__MACOSX/ana/x.py")
    put(tmp_path, f"._ana_{NAME}.py", f"report/students/{NAME}.py", "ana/notes.txt")
    found = find(tmp_path, without=tmp_path / "report")
    assert found.students == {"ana"} and found.left_out == [] and len(found.counted) == 1


def test_what_canvas_hands_out_may_lie_in_a_folder_of_its_own(tmp_path: Path) -> None:
    """No student is called as the download is, and nobody's hand-in is another's earlier attempt."""
    put(tmp_path, f"submissions/silvaana_12_900_{NAME}.py", f"submissions/boole_late_13_901_{NAME}.py")
    put(tmp_path, f"ana/silvaana_12_900_{NAME}.py", f"cy/try_1_2_{NAME}.py", f"cy/Again_1_3_{NAME}.py")
    found = find(tmp_path)
    assert found.students == {"silvaana", "boole", "ana", "cy"}
    assert [found.shown(one.path) for one in found.replaced] == [f"cy/try_1_2_{NAME}.py"]


def test_of_two_uploads_to_canvas_the_later_counts_by_its_number(tmp_path: Path) -> None:
    """What was unpacked has the time of the unpacking; beside a file of another form its time decides."""
    put(tmp_path, f"silvaana_12_1000_{NAME}.py", changed=1000)
    put(tmp_path, f"silvaana_late_12_900_{NAME}.py", changed=2000)
    assert counted(find(tmp_path)) == {f"silvaana: {NAME}": f"silvaana_12_1000_{NAME}.py"}
    put(tmp_path, f"silvaana/{NAME}.py", changed=3000)
    assert counted(find(tmp_path)) == {f"silvaana: {NAME}": f"silvaana/{NAME}.py"}


SUBMITTERS = """---
submission_100:
  :submitters:
  - :name: Ana Silva
    :sid: '1'
    :email: ana@example.org
  - :name: "Bo O'Neil"
  :created_at: 2026-11-21 10:00:00.000000000 Z
  :results:
    tests:
    - :name: nobody
submission_101:
  :submitters:
  - :name: 'Cy D''Arc'
"""


def test_what_gradescope_hands_out_has_its_submitters_beside_it(tmp_path: Path) -> None:
    """Two who worked together have one hand-in each; where nobody is named, the folder's name is all there is."""
    export = tmp_path / "assignment_5_export"
    put(export, f"submission_100/{NAME}.py", "submission_101/mine/x.py", f"submission_102/{NAME}.py")
    put(export, "submission_metadata.yml", text=SUBMITTERS)
    assert find(tmp_path).students == find(export).students == {"Ana Silva", "Bo O'Neil", "Cy D'Arc", "submission_102"}
    assert len(find(tmp_path).counted) == 4 and find(tmp_path).left_out == []


def test_of_a_whole_copy_of_the_course_only_the_exercises_count(tmp_path: Path) -> None:
    """Neither its lessons, nor its solutions, nor what `reset` keeps."""
    for folder in ("exercises", "notebooks", "solutions", "exercises/.as_delivered", "course_lib/hazards/x"):
        put(tmp_path, f"ana/copy/{folder}/{NAME}.py", f"bo/{folder}/{NAME}.py", "bo/start.py")
    put(tmp_path, "ana/copy/exercises/10_capstone/service.py", text=SERVICE)
    found = find(tmp_path)
    assert counted(found) == {
        "ana: 10_capstone": "ana/copy/exercises/10_capstone",
        f"ana: {NAME}": f"ana/copy/exercises/{NAME}.py",
        f"bo: {NAME}": f"bo/exercises/{NAME}.py",
    }
    assert found.left_out == []


def test_what_nobody_has_worked_on_in_a_copy_of_the_course_is_no_hand_in(tmp_path: Path) -> None:
    """It would be a zero for next week's exercise; run cells are no work, and without what it was it counts."""
    exercises = tmp_path / "ana" / "copy" / "exercises"
    ran = notebook().replace('"outputs": []', '"outputs": [{"text": "1"}]')
    assert ran != notebook()
    for name, text in ((f"{NAME}.ipynb", ran), ("07_sql_injection.ipynb", notebook("x = 1"))):
        put(exercises, name, text=text)
        put(exercises / ".as_delivered", name, text=notebook())
    for folder in ("exercises", "exercises/.as_delivered"):
        put(exercises.parent / folder, "10_capstone/service.py", text=SERVICE)
    put(tmp_path, f"bo/exercises/{NAME}.ipynb", text=notebook())
    (tmp_path / "bo" / "exercises" / ".as_delivered").symlink_to(exercises / ".as_delivered")
    found = find(tmp_path)
    assert list(found.counted) == [("ana", "07_sql_injection"), ("bo", NAME)]
    assert [Path(path).name for path, _ in found.left_out] == [f"{NAME}.ipynb", "10_capstone"]
    assert found.exercises == {NAME, "07_sql_injection"}, "what nobody handed in is no column"


def test_an_archive_and_a_file_of_another_kind_are_named(tmp_path: Path) -> None:
    """And a student's folder with nothing else in it; not what merely lies beside a hand-in."""
    put(tmp_path, "ana.zip", f"bo/{NAME}.tar.gz", f"cy_{NAME}.html", "dan_123_assignsubmission_onlinetext/text.html")
    put(tmp_path, f"eve/{NAME}.py", "eve/notes.txt", f"eve/{NAME}.pdf", "README.txt")
    (tmp_path / "fay").mkdir()
    assert find(tmp_path).left_out == [
        ("ana.zip", "an archive; unpack it into a folder of its name"),
        (f"bo/{NAME}.tar.gz", "an archive; unpack it into a folder of its name"),
        (f"cy_{NAME}.html", "neither a .py file nor a notebook"),
        ("dan_123_assignsubmission_onlinetext", "a folder without a submission in it"),
        ("fay", "a folder without a submission in it"),
    ]
    assert find(tmp_path).students == {"bo", "dan", "eve", "fay"}


def test_a_folder_too_deep_is_named(tmp_path: Path) -> None:
    put(tmp_path, f"group/ana/{NAME}.py")
    found = find(tmp_path)
    assert found.counted == {} and found.left_out[0][0] == "group/ana"


@pytest.mark.parametrize(
    ("folder", "student"),
    [
        ("ana/10_capstone", "ana"),
        ("ana/10_capstone-2", "ana"),
        ("ana/10_capstone/service", "ana"),
        ("ana", "ana"),
        ("10_capstone/ana", "ana"),
        ("10_capstone/Ana Silva_123_assignsubmission_file", "Ana Silva"),
        ("10_capstone/Ana Silva_123_assignsubmission_file/my depot", "Ana Silva"),
        ("Ana Silva_123_assignsubmission_file", "Ana Silva"),
        ("Ana Silva_123_assignsubmission_file/10_capstone", "Ana Silva"),
        ("ana_10_capstone", "ana"),
        ("ana_10_capstone_attempt3", "ana"),
        ("submitted/ana/10_capstone", "ana"),
        ("submitted/ana/ps10", "ana"),
        ("ana/my service", "ana"),
        ("Ana Silva_123_assignsubmission_file/copy/exercises/10_capstone", "Ana Silva"),
    ],
)
def test_a_service_is_handed_in_as_the_folder_that_holds_it(tmp_path: Path, folder: str, student: str) -> None:
    """Its files are no hand-ins of their own, whatever they define."""
    put(tmp_path, f"{folder}/service.py", text=SERVICE)
    put(tmp_path, f"{folder}/parts/journal.py", f"{folder}/catalogue.py")
    found = find(tmp_path)
    assert counted(found) == {f"{student}: 10_capstone": folder}
    assert found.left_out == [] and found.students == {student}


def test_two_folders_that_hold_a_service_are_not_guessed_between(tmp_path: Path) -> None:
    """They may be two people's."""
    put(tmp_path, "group/ana/service.py", "group/bo/service.py", text=SERVICE)
    found = find(tmp_path)
    assert found.counted == {} and [path for path, _ in found.left_out] == ["group/ana", "group/bo"]


def test_a_service_beside_other_answers_is_one_hand_in_among_them(tmp_path: Path) -> None:
    put(tmp_path, "ana/service.py", text=SERVICE)
    put(tmp_path, f"ana/{NAME}.py", "ana/journal.py")
    assert counted(find(tmp_path)) == {"ana: 10_capstone": "ana", f"ana: {NAME}": f"ana/{NAME}.py"}


def test_a_service_that_can_not_be_told_or_read_is_named(tmp_path: Path) -> None:
    """Another exercise's name, nobody's name, nothing in it, a file, a link; and what holds no service.py is judged."""
    put(tmp_path, f"ana/{NAME}/service.py", "10_capstone/service.py", text=SERVICE)
    put(tmp_path, "ben/10_capstone.py", "cleo/10_capstone/journal.py")
    (tmp_path / "dan" / "10_capstone").mkdir(parents=True)
    (tmp_path / "eve").mkdir()
    (tmp_path / "eve" / "10_capstone").symlink_to(tmp_path / "cleo" / "10_capstone")
    found = find(tmp_path)
    assert counted(found) == {f"ana: {NAME}": f"ana/{NAME}/service.py", "cleo: 10_capstone": "cleo/10_capstone"}
    assert dict(found.left_out) == {
        "10_capstone": "its name names no student; NAME_EXERCISE would",
        "ben/10_capstone.py": "a file, and 10_capstone is handed in as the folder that holds service.py",
        "dan/10_capstone": "a folder without a submission in it",
        "eve/10_capstone": "a link; it is not followed",
    }


def test_a_service_is_another_hand_in_when_one_of_its_files_has_changed(tmp_path: Path) -> None:
    """Its newest file says how old it is; what Python leaves behind says nothing."""
    put(tmp_path, "ana/10_capstone/service.py", text=SERVICE, changed=1000)
    put(tmp_path, "10_capstone/ana/service.py", text=SERVICE, changed=500)
    put(tmp_path, "10_capstone/ana/parts/journal.py", changed=2000)
    put(tmp_path, "ana/10_capstone/__pycache__/service.cpython-311.pyc", changed=3000)
    [before] = find(tmp_path).counted.values()
    put(tmp_path, "10_capstone/ana/parts/journal.py", text="x = 1", changed=2000)
    [after] = find(tmp_path).counted.values()
    assert find(tmp_path).shown(before.path) == "10_capstone/ana"
    assert before.digest != after.digest


def test_a_file_too_large_is_a_hand_in_that_can_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_file, "LARGEST", 10)
    put(tmp_path, f"ana/{NAME}.py")
    [one] = find(tmp_path).counted.values()
    assert "clear the outputs" in one.trouble


def test_a_broken_notebook_is_a_hand_in_where_its_name_tells_the_exercise(tmp_path: Path) -> None:
    put(tmp_path, f"ana/{NAME}.ipynb", "ben/x.ipynb", text="{")
    found = find(tmp_path)
    assert list(found.counted) == [("ana", NAME)] and found.left_out[0][0] == "ben/x.ipynb"


def test_whom_canvas_names_in_its_own_way_is_known_by_the_rosters_number(tmp_path: Path) -> None:
    """Where nobody has that name; also two whose names Canvas squeezes into one."""
    for name in ("silvaana_12_900", "silvaana_late_14_901", "bo_13_902", "cy_99_903"):
        (tmp_path / f"{name}_06_data_structures.py").write_text("x = 1")
    roster = {"Ana Silva": {"ID": "12"}, "Anna Silva": {"ID": "14"}, "bo": {"ID": ""}, "Bo Other": {"ID": "13"}}
    assert sorted(find(tmp_path, roster=roster).students) == ["Ana Silva", "Anna Silva", "bo", "cy"]
    assert sorted(find(tmp_path).students) == ["bo", "cy", "silvaana"]
