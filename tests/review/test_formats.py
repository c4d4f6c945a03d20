"""Six formats in: the same two comments come out of each; what can't be read is said in a sentence."""

from __future__ import annotations

import json

import pytest

from course_lib.review.claims import is_file, lines_in
from course_lib.review.formats import FORMATS, MOST, Unreadable, read_review
from course_lib.review.hazard_words import hazard_in
from tests.review.samples import CODERABBIT, CODEX, EVERY, REFUSAL, SARIF

EXPECTED = [(86, "sql_injection"), (35, "resource_leaks")]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("asked", [True, False], ids=["named", "told by itself"])
def test_the_same_claims_come_out_of_every_format(name: str, asked: bool) -> None:
    read = read_review(EVERY[name], name if asked else "auto")

    assert read.format == name
    assert [(claim.first, claim.hazard) for claim in read.claims] == EXPECTED
    assert all(is_file(claim.file, "lockers.py") for claim in read.claims)
    assert read.notes == ()


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "plain"])
def test_json_in_a_fence_and_with_a_byte_order_mark_is_read(name: str) -> None:
    answer = f"Here is my review:\n\n```json\n{EVERY[name]}\n```\nLet me know!\n"
    assert len(read_review(answer).claims) == 2
    assert len(read_review(f"\ufeff{EVERY[name]}").claims) == 2


@pytest.mark.parametrize("wanted", [name for name in FORMATS if name != "plain"])
@pytest.mark.parametrize(
    "text", ["", REFUSAL, SARIF[:-40], "{", "[]", "null", "[" * 100_000], ids=lambda text: text[:9]
)
def test_what_is_not_in_the_format_that_was_named_is_refused_in_one_sentence(wanted: str, text: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_review(text, wanted)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("text", ["", REFUSAL, "{", "No findings."])
def test_prose_that_was_asked_for_and_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="nothing to score"):
        read_review(text, "plain")


def test_a_format_without_one_readable_result_is_refused_and_an_empty_review_is_read() -> None:
    with pytest.raises(Unreadable, match="none of its results is one of sarif"):
        read_review('{"runs": [{"results": [3, {}]}]}', "sarif")
    assert read_review('{"runs": [{"results": []}]}', "sarif").claims == ()


def test_another_format_than_the_one_named_is_told() -> None:
    with pytest.raises(Unreadable, match="it is codex, and not sarif"):
        read_review(CODEX, "sarif")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no claim could be read"),
        (REFUSAL, "no claim could be read"),
        (SARIF[:-40], "begins like JSON and is not whole"),
        ("[" * 100_000, "no claim could be read"),
        (
            "Line 12 could be shorter.",
            "passages that name lines and claim no hazard were left out: 1 (line 1, \u201cLine 12 could be short",
        ),
        (
            "Line 40 is a linear search.\n\n`reminders` asks in a loop: N+1.",
            "passages that name a hazard and no lines were left out: 1 (line 3, \u201c`reminders` asks",
        ),
        ("No SQL injection here (line 103).", "passages that name lines and claim no hazard were left out: 1"),
    ],
    ids=lambda text: text[:12],
)
def test_what_could_not_be_read_is_said(text: str, told: str) -> None:
    read = read_review(text)
    assert read.format == "plain"
    assert any(told in note for note in read.notes)


def test_results_of_the_wrong_shape_are_counted_and_the_others_read() -> None:
    spoilt = json.loads(SARIF)
    spoilt["runs"][0]["results"] += [None, 3, {}, {"locations": 7}, {"message": {"text": 5}}, []]
    spoilt["runs"] += [None, {"results": {}}]
    read = read_review(json.dumps(spoilt))
    assert [(claim.first, claim.hazard) for claim in read.claims] == EXPECTED
    assert read.notes == ("6 of the results could not be read: they are no sarif",)

    lines = read_review(f'{CODERABBIT}\n{{"type": "finding", "fileName": \n')
    assert len(lines.claims) == 2
    assert lines.notes == ("1 of the results could not be read: they are no coderabbit",)


@pytest.mark.parametrize("line", [0, -3, True, "12", 1e400, float("nan"), None, [], "x", 10**40, 12.0])
def test_any_line_number_is_taken_or_left(line: object) -> None:
    text = json.dumps({"findings": [{"file": "lockers.py", "line": line, "category": "race", "description": "a race"}]})
    [claim] = read_review(text).claims
    assert claim.first in (None, 12)


def test_a_review_of_a_hundred_thousand_results_is_bounded() -> None:
    results = json.loads(SARIF)["runs"][0]["results"][:1] * 100_000
    read = read_review(json.dumps({"runs": [{"results": results}]}))
    assert len(read.claims) == MOST
    assert read.notes == ("it holds 100,000 results, of which the first 5,000 were read",)


@pytest.mark.parametrize(
    "text",
    [
        '[(86, "sql_injection"), (35, "resource_leaks")]',
        "FINDINGS = [\n    (86, 87, 'sql_injection'),\n    (35, 'resource_leaks'),\n]\n",
        "- 86-87 sql_injection\n- 35 resource_leaks\n",
        "lockers.py:86: SQL injection\nlockers.py:35: unclosed file\n",
        "| line | hazard |\n|---|---|\n| 86-87 | SQL injection |\n| 35 | file never closed |\n",
        "### lockers.py#L86-L87\nSQL injection.\n\n### lockers.py#L35\nUnclosed file.\n",
        "## Critical\n\n### 1. SQL injection\n\n- **File**: `lockers.py`\n- **Lines**: 86-87\n- **Issue**: pasted\n\n"
        "### 2. Resource leak\n**Location:** lockers.py:35\n\nThe file is never closed.\n\n## Summary\nNot yet.",
        "1. **SQL injection**\n   Location: line 86\n   ```python\n   sql += x\n   ```\n2. **Unclosed file**, line 35.",
        "On lines 86 to 87 the value is concatenated into SQL (CWE-89).\n\nOn line 35 the file is not closed.",
        "`search` (86–87) runs arbitrary SQL.\n\nOn line 103 there is no SQL injection.\n\n"
        "`open_manifest` @ 35: never closed.",
        "lockers.py (86-87): SQL injection\n\nl. 35: the file leaks; not closed",
    ],
)
def test_prose_of_many_shapes_is_read(text: str) -> None:
    assert [(claim.first, claim.hazard) for claim in read_review(text).claims] == EXPECTED


def test_a_heading_over_a_claim_is_not_told_as_left_out() -> None:
    read = read_review("### 1. Race in take\n\nLine 181: a race condition.\n\n### 2. N+1\n\nLine 40: quadratic.")
    assert [claim.first for claim in read.claims] == [181, 40]
    assert read.notes == ("passages that name a hazard and no lines were left out: 1 (line 5, \u201c### 2. N+1\u201d)",)


def test_a_paragraph_on_another_hazard_is_no_part_of_the_comment_before_it() -> None:
    read = read_review("Line 40 is a linear search.\n\nAnd `reminders` queries in a loop: N+1, one query per member.")
    assert [(claim.first, claim.hazard) for claim in read.claims] == [(40, "data_structures")]


def test_a_hazard_without_a_line_keeps_its_file() -> None:
    [claim] = read_review("- `lockers.py`: there is a race condition somewhere.").claims
    assert (claim.file, claim.first, claim.hazard) == ("lockers.py", None, "race_conditions")


@pytest.mark.parametrize(
    ("path", "is_it"),
    [
        ("lockers.py", True),
        ("./lockers.py", True),
        ("b/lockers.py", True),
        ("/srv/ada/lockers.py", True),
        ("file:///srv/ada/lockers.py", True),
        ("..\\..\\lockers.py", True),
        ("../../../etc/lockers.py", True),
        ("a%20b/lockers.py#L3", True),
        ("lockers.py.bak", False),
        ("test_lockers.py", False),
        ("lockers", False),
        ("../../etc/passwd", False),
        ("lockers.py/x", False),
        ("", False),
    ],
)
def test_a_path_is_the_reviewed_file_where_it_ends_in_its_name(path: str, is_it: bool) -> None:
    assert is_file(path, "lockers.py") is is_it


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("line 12", (12, 12)),
        ("Lines 12-15", (12, 15)),
        ("lines 12 – 15", (12, 15)),
        ("see lockers.py:12-15", (12, 15)),
        ("lockers.py#L12-L15", (12, 15)),
        ("at L12", (12, 12)),
        ("`put` (12–15) keeps all", (12, 15)),
        ("`put()`, 12-15: it grows", (12, 15)),
        ("lockers.py, 12-15", (12, 15)),
        ("ll. 12–15", (12, 15)),
        ("`put` @ 12", (12, 12)),
        ("never trimmed (12-15), a leak", (12, 15)),
        ("severe (1-5), on line 12", (12, 12)),
        ("`put` (12-15 entries)", (None, None)),
        ("`capacity` (500)", (None, None)),
        ("ada@12.example", (None, None)),
        ("lines 15 to 12", (15, 15)),
        ("line 0", (None, None)),
        ("in 12 lines of code", (None, None)),
        ("version 1.12", (None, None)),
        ("HTML5", (None, None)),
    ],
)
def test_lines_are_read_out_of_words(text: str, lines: tuple[int | None, int | None]) -> None:
    assert lines_in(text) == lines


@pytest.mark.parametrize(
    ("text", "hazard"),
    [
        ("The connection is never closed when the query raises an exception.", "resource_leaks"),
        ("The dict grows without bound: a memory leak.", "unbounded_growth"),
        ("The exception is swallowed and a default value returned.", "error_handling"),
        ("Two threads may both see the last one: check-then-act.", "race_conditions"),
        ("A query in a loop (N+1).", "n_plus_one_queries"),
        ("`in` on a list is a linear search; use a set.", "data_structures"),
        ("User input is interpolated into the SQL, use placeholders.", "sql_injection"),
        ("Any member can collect another's parcel (IDOR).", "missing_authorization"),
        ("CWE-362", "race_conditions"),
        ("CWE-639: insecure direct object reference", "missing_authorization"),
        ("hazard/n-plus-one-queries", "n_plus_one_queries"),
        ("Please rename this variable.", ""),
        ("The table never shrinks.", "unbounded_growth"),
        ("A caller can run arbitrary SQL.", "sql_injection"),
        ("The value goes into the statement unescaped.", "sql_injection"),
        ("It is bound as a parameter, so no SQL injection.", ""),
        ("Safe from SQL injection: placeholders are bound.", ""),
        ("This isn't a race condition; the lock is held.", ""),
        ("I don't see any SQL injection in it.", ""),
        ("No N+1: all come with one query.", ""),
        ("No SQL injection, but a race condition.", "race_conditions"),
        ("No parameters, no escaping: an SQL injection.", "sql_injection"),
        ("There is no lock, so it is not thread-safe.", "race_conditions"),
        ("It is not race-free.", "race_conditions"),
        ("There is no authorization.", "missing_authorization"),
        ("No error handling at all.", "error_handling"),
        ("It does not prevent a race condition.", "race_conditions"),
        ("", ""),
    ],
)
def test_a_hazard_is_told_by_its_words(text: str, hazard: str) -> None:
    assert hazard_in(text) == hazard


@pytest.mark.parametrize(
    ("text", "file", "lines"),
    [
        ("1. In /etc/passwd, line 86: SQL injection.", "/etc/passwd", (86, 86)),
        ("2. templates/search.html, line 145-146: unbounded growth.", "templates/search.html", (145, 146)),
        ("3. `depot/web.pyi` lines 181-184: race condition.", "depot/web.pyi", (181, 184)),
        ("5. schema.yaml#L110-L112 N+1 queries", "schema.yaml", (110, 112)),
        ("/etc/passwd:86-87 [sql_injection] x", "/etc/passwd", (86, 87)),
        ("README.md:76-77 resource leak", "README.md", (76, 77)),
        ("other.cpp:158 error swallowed", "other.cpp", (158, 158)),
        ("src\\views.py line 181 has a race condition", "src\\views.py", (181, 181)),
        (
            "The file `lockers.py` is fine; `/srv/app/views.py` line 181 has a race condition.",
            "/srv/app/views.py",
            (181, 181),
        ),
        ("- lockers.py calls helpers.py:86, where SQL injection is possible.", "helpers.py", (86, 86)),
        ("Line 86 of `other.py`: SQL injection, which lockers.py calls.", "other.py", (86, 86)),
        ("- See other.py:10 and lockers.py:86: SQL injection.", "lockers.py", (86, 86)),
        ("lockers.py is called by rooms.py; on line 86 it has an SQL injection.", "lockers.py", (86, 86)),
        ("On line 86 SQL is pasted together (as rooms.py:40 does): SQL injection.", "lockers.py", (86, 86)),
        ("File: `a/lockers.py`\nLines: 86-87\nSQL injection", "a/lockers.py", (86, 87)),
        ("**File:** rooms.py **Lines:** 86-87 SQL injection", "rooms.py", (86, 87)),
        ("In POST /lockers the value goes into SQL on line 86: SQL injection.", "lockers.py", (86, 86)),
        ("`request.json`: line 86 is an SQL injection.", "lockers.py", (86, 86)),
        ("The try/except and/or read/write on line 86: error swallowed.", "lockers.py", (86, 86)),
        ("86-87: SQL injection, unlike in rooms.py:3", "lockers.py", (86, 87)),
    ],
)
def test_lines_in_prose_are_of_the_file_that_they_stand_beside(text: str, file: str, lines: tuple[int, int]) -> None:
    [claim] = read_review(text).claims
    assert (claim.file, (claim.first, claim.last)) == (file, lines)


def test_a_sentence_a_line_is_a_claim_each_and_a_sentence_over_two_lines_is_one() -> None:
    sentences = (
        "In `totals` (lines 76 to 78) the connection is never closed, a resource leak.\n"
        "In line 86 the state is formatted into the statement: SQL injection.\n"
        "Lines 110 to 112 send one query per member (N+1),\nwhich line 113 does once more: N+1.\n"
    )
    assert [(claim.first, claim.hazard) for claim in read_review(sentences).claims] == [
        (76, "resource_leaks"),
        (86, "sql_injection"),
        (110, "n_plus_one_queries"),
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("<script>alert(1)</script>", True),
        ("<img src=x onerror=alert(1)>", True),
        ("<details><summary>Why</summary>", True),
        ("a List<int> and x < y > z", False),
        ("of /lockers/<id>", False),
    ],
)
def test_html_in_a_claim_is_told_of(said: str, told: bool) -> None:
    read = read_review(f"Line 86: SQL injection {said}")
    assert read.notes == (("HTML in its claims is shown as text",) if told else ())
