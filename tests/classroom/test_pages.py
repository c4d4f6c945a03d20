"""The pages hold what is asked of them, and nothing that runs: neither in a browser nor on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from course_lib.classroom.finding import find
from course_lib.classroom.gradebook import Gradebook
from course_lib.classroom.likeness import SMALLEST, alike
from course_lib.classroom.names import file_names
from course_lib.classroom.pages import class_page, student_page, write_pages
from course_lib.classroom.results import Results, Told
from course_lib.classroom.structure import Structure, structures
from course_lib.reading import Check, TaskVerdict, Verdict
from course_lib.runner.source import Cell, Submission
from course_lib.syllabus import EXERCISES, LESSONS

LESSON = LESSONS[5]
HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e"
ANSWER = """
def common_ids(left, right):
    known = set()
    for one in right:
        known.add(one)
    found, seen = [], set()
    for one in left:
        if one in known and one not in seen:
            found.append(one)
            seen.add(one)
    return found
"""
RENAMED = '"""Mine."""\nlimit = 3' + ANSWER.replace("known", "bag").replace("one", "entry").replace("\n\n", "\n# why\n")
OTHER = (
    "def common_ids(left, right):\n    known = set(right)\n    return [x for x in dict.fromkeys(left) if x in known]\n"
)


class Tags(HTMLParser):
    """Every tag and attribute of a page; raises where an attribute is an event's."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


def read(page: str) -> Tags:
    told = Tags()
    told.feed(page)
    return told


def structure(source: str) -> dict[str, Structure]:
    return structures(Submission((Cell("answer", source.encode()),), notebook=False), LESSON.tasks)


ClassOf = Callable[..., tuple[Gradebook, Results]]


@pytest.fixture
def class_of() -> Iterator[ClassOf]:
    """Makes a class whose hand-ins have all been judged, for this one reason."""
    with ExitStack() as opened:
        yield lambda folder, sources, reason="said": judged(opened, folder, sources, reason)


def judged(opened: ExitStack, folder: Path, sources: dict[str, str], reason: str) -> tuple[Gradebook, Results]:
    for student, source in sources.items():
        (folder / "class" / student).mkdir(parents=True)
        (folder / "class" / student / f"{LESSON.stem}.py").write_text(source)
    found, results = find(folder / "class"), opened.enter_context(Results(folder / "report"))
    for one in found.counted.values():
        checks = (Check("a check", "fail", reason, reason, reason),)
        tasks = tuple(TaskVerdict(task, "fail", reason, checks) for task in LESSON.tasks)
        results.append(one, Verdict(LESSON.stem, "fail", 0.1, tasks), structure(sources[one.student]))
    told = {one.key: result for one in found.counted.values() if (result := results.known(one)) is not None}
    return Gradebook(found, sorted(found.students), [LESSON], told), results


def test_nothing_of_a_students_runs_on_a_page(tmp_path: Path, class_of: ClassOf) -> None:
    """Neither a name, nor a file's name, nor a reason, nor an answer that is shown."""
    sources = {f"<b>ana{HOSTILE[:8]}": ANSWER + f"# {HOSTILE}", "=ben\n\x1b[31m": RENAMED}
    book, results = class_of(tmp_path, sources, HOSTILE)
    names = file_names(list(book.students))
    for page in [class_page(book, names), *(student_page(book, results, one) for one in book.students)]:
        told = read(page)
        assert not told.tags & {"script", "img", "iframe", "object", "link", "b" if "h1" not in told.tags else "embed"}
        assert all(address.startswith("students/") for address in told.addresses), "a page needs nothing else"
        assert "\x1b" not in page and "\u202e" not in page and "&lt;script&gt;" in page


def test_links_lead_to_the_pages_and_the_pages_of_who_is_gone_are_removed(tmp_path: Path, class_of: ClassOf) -> None:
    from urllib.parse import unquote

    book, results = class_of(tmp_path, {"=ana b?#%": ANSWER, "Zoë": OTHER})
    (tmp_path / "report" / "students").mkdir()
    (tmp_path / "report" / "students" / "gone.html").write_text("")
    write_pages(book, results, tmp_path / "report")
    addresses = set(read((tmp_path / "report" / "index.html").read_text()).addresses)
    assert {(tmp_path / "report" / unquote(one)).is_file() for one in addresses} == {True} and len(addresses) == 2
    assert len(list((tmp_path / "report" / "students").iterdir())) == 2


def test_a_students_page_names_nobody_else_and_shows_every_check(tmp_path: Path, class_of: ClassOf) -> None:
    book, results = class_of(tmp_path, {"ana": ANSWER, "ben": RENAMED}, "9 of 4 were found")
    page = student_page(book, results, "ana")
    assert "ben" not in page and page.count("a check") == 2 and "9 of 4 were found" in page


def test_a_students_page_is_short_where_little_was_handed_in(tmp_path: Path, class_of: ClassOf) -> None:
    """What is missing is one list; what was told above the table is not told again in it."""
    book, results = class_of(tmp_path, {"ana": ANSWER})
    page = student_page(replace(book, lessons=LESSONS), results, "ana")
    assert page.count("<h2>") == 2 and page.count("<li>") == len(LESSONS) - 1 and "Nothing was handed in" not in page
    assert page.count("<b>expected:</b> said") == len(LESSON.tasks) and page.count(">said<") == 2 * len(LESSON.tasks)


def test_every_column_of_marks_has_room_on_paper(tmp_path: Path, class_of: ClassOf) -> None:
    """All the course's tasks side by side: their names stand upright."""
    book, _ = class_of(tmp_path, {"ana": ANSWER})
    page = class_page(replace(book, lessons=EXERCISES), file_names(["ana"]))
    assert "vertical-rl" in page and page.count("<th><span>") == sum(len(one.tasks) for one in EXERCISES) + 2


def test_who_failed_for_a_rare_reason_is_named_too(tmp_path: Path, class_of: ClassOf) -> None:
    many = [chr(ord("a") + number) * 3 for number in range(7)]
    book, _ = class_of(tmp_path, dict.fromkeys(many, ANSWER))
    alone = {
        key: replace(one, tasks={task: Told("error", f"for {key[0]}", "") for task in LESSON.tasks})
        for key, one in book.results.items()
    }
    page = class_page(replace(book, results=alone), file_names(many))
    reasons = page.partition("The most common reasons")[2].partition("<h2>")[0]
    assert all(reasons.count(f">{one}</a>") == len(LESSON.tasks) for one in many) and "And for 2 other reasons" in page


def test_the_page_for_the_class_names_nobody(tmp_path: Path, class_of: ClassOf) -> None:
    """Nor a file of theirs: of the reasons only a check's own words are there."""
    book, results = class_of(tmp_path, {"ana": ANSWER, "ben": RENAMED, "cleo": OTHER}, "48 of 48")
    results_of_ben = book.results["ben", LESSON.stem]
    told = {task: Told("error", "ben.py, line 2 raised", "") for task in LESSON.tasks}
    book = replace(book, results={**book.results, ("ben", LESSON.stem): replace(results_of_ben, tasks=told)})
    write_pages(book, results, tmp_path / "report")
    page = (tmp_path / "report" / "screen.html").read_text()
    assert not [one for one in ("ana", "ben", "cleo") if one in page] and read(page).addresses == []
    assert page.count("<td class=figure>2</td><td>a check<br><b>48 of 48</b></td>") == 2


def test_one_structure_in_other_clothes_is_a_question(tmp_path: Path, class_of: ClassOf) -> None:
    """Names, texts, comments and layout aside; another way of doing it is not alike."""
    book, _ = class_of(tmp_path, {"ana": ANSWER, "ben": RENAMED, "cleo": OTHER})
    [group] = alike(book)
    assert (group.task, group.students) == ("common_ids", ["ana", "ben"]) and group.size >= SMALLEST
    page = class_page(book, file_names(list(book.students)))
    assert "it is a question to ask, not a finding" in page and "bag.add(entry)" in page and "known.add(one)" in page


@pytest.mark.parametrize("source", [OTHER.replace("set(right)", "right"), "", "def common_ids(", "common_ids = 3"])
def test_short_ones_and_broken_ones_are_like_nobody(tmp_path: Path, class_of: ClassOf, source: str) -> None:
    book, _ = class_of(tmp_path, {"ana": source, "ben": source})
    assert alike(book) == []


def test_what_many_have_and_what_was_delivered_is_no_question(tmp_path: Path, class_of: ClassOf) -> None:
    from course_lib.exercise_files import answer_cells, exercise_path, read_notebook, source_of

    starter = source_of(answer_cells(read_notebook(exercise_path(LESSON)))["UserDirectory"])
    assert structure(starter)["UserDirectory"][1] >= SMALLEST
    book, _ = class_of(tmp_path, {f"s{number}": ANSWER + starter for number in range(30)})
    assert alike(book) == []
    few, _ = class_of(tmp_path / "few", {"ana": starter, "ben": starter})
    assert alike(few) == []


def test_an_answer_nested_as_deep_as_python_reads_has_a_structure() -> None:
    deep = "def common_ids(a, b):\n    return " + "(" * 60 + "+".join(["a"] * 900) + ")" * 60
    assert structure(deep)["common_ids"][1] > 900
    assert structure("x = " + "[" * 500 + "]" * 500) == {}
