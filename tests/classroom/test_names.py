"""What names say, in every form in which hand-ins come, and what of a name may be shown or become a file."""

from __future__ import annotations

import pytest

from course_lib.classroom.names import cell, file_names, read_name, student_of_folder, together, without_attempt


@pytest.mark.parametrize(
    ("stem", "student", "exercise", "attempt"),
    [
        ("ana_07_sql_injection", "ana", "07_sql_injection", 0),
        ("Ana María Núñez_07_sql_injection", "Ana María Núñez", "07_sql_injection", 0),
        ("Strauß_07_SQL_Injection", "Strauß", "07_sql_injection", 0),
        ("a_b_07_sql_injection_attempt10", "a_b", "07_sql_injection", 10),
        ("ana_07_sql_injection_attempt1000", "ana", "07_sql_injection", 1000),
        ("ana_07_sql_injection_attempt20261130165107", "ana", "07_sql_injection", 20261130165107),
        ("ana_07_sql_injection-10", "ana", "07_sql_injection", 10),
        ("ana_07_sql_injection (10)", "ana", "07_sql_injection", 10),
        ("-=ana_07_sql_injection", "-=ana", "07_sql_injection", 0),
        ("two\nlines_07_sql_injection", "two\nlines", "07_sql_injection", 0),
        ("07_sql_injection_ana", "ana", "07_sql_injection", 0),
        ("silva_1234567_07_sql_injection", "silva_1234567", "07_sql_injection", 0),
        ("107_sql_injection", "107_sql_injection", None, 0),
        ("07_sql_injection", "", "07_sql_injection", 0),
        ("ana", "ana", None, 0),
        ("ana-2", "ana", None, 2),
        ("s-1234567", "s-1234567", None, 0),
        ("silvaana_123_456_07_sql_injection", "silvaana", "07_sql_injection", 0),
        ("silvaana_LATE_123_456_07_sql_injection-2", "silvaana", "07_sql_injection", 2),
        ("silvaana_123_456_homework", "silvaana", None, 0),
        ("Ana Silva_123_assignsubmission_file_07_sql_injection", "Ana Silva", "07_sql_injection", 0),
    ],
)
def test_what_the_name_of_a_loose_file_says(stem: str, student: str, exercise: str | None, attempt: int) -> None:
    named = read_name(stem)
    assert (named.student, named.lesson and named.lesson.stem, named.attempt) == (student, exercise, attempt)


@pytest.mark.parametrize("name", ["Ana Silva_123_assignsubmission_file", "Ana Silva_123_assignsubmission_file_"])
def test_a_folder_of_moodle_is_the_student_named_in_it(name: str) -> None:
    assert student_of_folder(name) == "Ana Silva"
    assert student_of_folder("Jose\u0301") == "Jos\u00e9", "names are compared in one form"


@pytest.mark.parametrize("stem", ["-10", "a(1", "a-1)", "a_attempt", "a-12345", "ana"])
def test_what_is_no_attempt_is_part_of_the_name(stem: str) -> None:
    assert without_attempt(stem) == (stem, 0)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-rf", "@x", "\t=1", "\r=1", " =1", "\n=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """Neither for a spreadsheet that takes off blanks first, nor with a control character before it."""
    assert cell(text).startswith(("'", "\\t", "\\r"))


def test_a_cell_keeps_what_is_harmless_and_writes_out_what_is_not() -> None:
    assert cell('Zoë\nO\'Brien, "Bo"') == 'Zoë\nO\'Brien, "Bo"'
    assert cell("\x1b[31mred\u202e") == r"\x1b[31mred\u202e"


ODD = [
    "",
    ".",
    "..",
    "a/b",
    "a\0b",
    "-rf",
    "=x",
    "con",
    "NUL.txt",
    "x" * 300,
    "é" * 90,
    "a\nb",
    "\udcff",
    "a.",
    "Ana",
    "ana",
]


def test_file_names_are_safe_and_apart() -> None:
    names = file_names([*ODD, "José", "O'Brien", "Anna Maria"])

    assert names["José"] == "José" and names["O'Brien"] == "O'Brien" and names["Anna Maria"] == "Anna Maria"
    assert len({name.casefold() for name in names.values()}) == len(names)
    for name in names.values():
        assert name.isprintable() and not set(name) & set('/\\:*?"<>|') and 0 < len(name.encode()) < 200
        assert name[0] not in ".-=+@ " and name[-1] not in ". " and name.lower() not in ("con", "nul.txt")


def test_names_with_commas_are_kept_apart() -> None:
    """As Canvas writes them: Silva, Ana."""
    assert together(["ana", "bo"]) == "ana, bo" and together(["Silva, Ana", "bo"]) == "Silva, Ana; bo"
