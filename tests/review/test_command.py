"""`python -m course_lib review`: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.cli import main
from course_lib.review.formats import NOWHERE
from course_lib.review.shipped import pull_request, score_text
from tests.review.samples import EVERY, REFUSAL, SARIF


def written(folder: Path, text: str) -> str:
    path = folder / "review.txt"
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize("name", EVERY)
def test_json_is_one_object_with_the_score(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["review", written(tmp_path, EVERY[name]), "--json"])

    told = json.loads(capsys.readouterr().out)
    assert status == 0
    assert (told["found"], told["planted"], told["false_alarms"]) == (1, 7, 1)
    first, second = told["claims"]
    assert (first["first"], first["hazard"], first["verdict"]) == (86, "sql_injection", "proved")
    assert (second["first"], second["hazard"], second["verdict"]) == (35, "resource_leaks", "refuted")
    assert {"file", "first", "last", "hazard", "verdict", "evidence"} <= set(first)


def test_the_score_in_words_and_as_sarif(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.sarif"
    assert main(["review", written(tmp_path, EVERY["plain"]), "--sarif", str(out)]) == 0
    assert "found 1 of 7; 1 of 2 claims is a false alarm" in capsys.readouterr().out
    [run] = json.loads(out.read_text("utf-8"))["runs"]
    assert [result["level"] for result in run["results"]] == ["error", "none"]


@pytest.mark.parametrize("text", ["", REFUSAL, "{", SARIF[:-9], "\x00\x01\xff", "🦊" * 1000], ids=range(6))
def test_whatever_was_handed_over_is_read_for_what_can_be_had(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", written(tmp_path, text), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["found"], told["false_alarms"]) == (0, 0)
    assert told["notes"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no such file"], "there is no file"),
        (["."], "is a folder"),
        (["{file}", "--format", "sarif"], "can't be read as sarif"),
        (["{file}", "--format", "xml"], "invalid choice"),
        (["{file}", "--sarif", "/no/such/folder/out"], "can't be written"),
        ([], "required"),
        (["\0"], "there is no file \\x00"),
    ],
)
def test_wrong_usage_is_one_sentence_and_2(
    arguments: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, REFUSAL)
    assert main(["review", *(word.format(file=file) for word in arguments)]) == 2
    said = capsys.readouterr()
    assert told in said.err and said.err.count("\n") == 1 and said.out == ""


def test_the_review_itself_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, EVERY["plain"])
    assert main(["review", file, "--sarif", file]) == 2
    assert "is the review itself" in capsys.readouterr().err
    assert Path(file).read_text("utf-8") == EVERY["plain"]


def test_an_instrument_that_can_not_run_is_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert main(["review", written(tmp_path, EVERY["sarif"])]) == 3
    assert "could not run" in capsys.readouterr().out


def test_the_request_holds_the_diff(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "request"]) == 0
    request = capsys.readouterr().out
    lockers = pull_request()
    assert "\n+++ b/lockers.py\n" in request
    added = [line[1:] for line in request.partition("@@\n")[2].splitlines() if line.startswith("+")]
    assert added == lockers.text.splitlines()
    assert not any(place.because in request for place in lockers.places)


def test_no_path_of_a_review_is_opened(tmp_path: Path) -> None:
    """A claim's file is only compared: the command reads the review and nothing that the review names."""
    trap = tmp_path / "lockers.py"
    trap.mkdir()
    review = written(tmp_path, json.dumps({"findings": [{"file": str(trap), "line": 86, "category": "sql injection"}]}))
    watch = (
        "import sys\nopened = []\n"
        "sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == 'open' else None)\n"
        f"from course_lib.cli import main\nstatus = main(['review', {review!r}, '--json'])\n"
        f"assert status == 0 and {review!r} in opened and {str(trap)!r} not in opened, opened\n"
    )
    ended = subprocess.run([sys.executable, "-c", watch], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


BESIDE_THE_TABLE = "What was run is"  # said under each table of claims
ELSEWHERE = "it is about another file than lockers.py"
WRITTEN_OUT = "characters that a terminal would obey are written out in its claims"


def sarif_of(results: int = 1, file: str = "lockers.py", text: str = "SQL injection") -> str:
    place = {"artifactLocation": {"uri": file}, "region": {"startLine": 86}}
    result = {"message": {"text": text}, "locations": [{"physicalLocation": place}]}
    return json.dumps({"runs": [{"results": [result] * results}]})


NO_CLAIM = "no claim could be read from it"


@pytest.mark.parametrize(
    ("text", "because"),
    [
        (REFUSAL, f"{NO_CLAIM}: {NOWHERE}"),
        ("", f"{NO_CLAIM}: {NOWHERE}"),
        ('{"runs": [{', f"{NO_CLAIM}: it begins like JSON and is not whole (line 1), and {NOWHERE}"),
        ("[" * 9_999, f"{NO_CLAIM}: it is JSON that is nested too deep, and {NOWHERE}"),
        ('{"runs": [{"results": [7]}]}', "1 of the results could not be read: they are no sarif"),
    ],
    ids=["a refusal", "nothing", "broken JSON", "deep JSON", "no result"],
)
def test_why_nothing_could_be_read_is_one_sentence(
    text: str, because: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same one on a terminal, in a notebook and in the JSON."""
    assert main(["review", written(tmp_path, text)]) == 0
    assert capsys.readouterr().out == f"lockers.py: found 0 of 7, since {because}\n"
    assert score_text(text).to_html().count("<p>") == 1
    main(["review", written(tmp_path, text), "--json"])
    assert json.loads(capsys.readouterr().out)["notes"] == [because]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (sarif_of(file="/etc/passwd"), ELSEWHERE),
        (sarif_of(file="../../etc/passwd"), ELSEWHERE),
        (sarif_of(file="lockers.py/../../../etc/shadow"), ELSEWHERE),
        (sarif_of(text="<script>alert(1)</script><b onclick='x'>SQL injection"), "HTML in its claims is shown as text"),
        (sarif_of(text="\x1b[2J\x1b]0;owned\x07 SQL injection \u202e"), WRITTEN_OUT),
        (sarif_of(100_000), "it holds 100,000 results, of which the first 5,000 were read"),
        (SARIF[:-9], "it begins like JSON and is not whole (line 1), so it was read as prose"),
    ],
    ids=["absolute path", "path upwards", "path through it", "HTML", "escapes", "100,000 results", "torn SARIF"],
)
def test_what_is_odd_in_a_review_that_can_be_read_is_one_sentence(
    text: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It stands in the claim's own row or under the table."""
    assert main(["review", written(tmp_path, text)]) == 0
    printed = capsys.readouterr().out
    _score, table, *under = printed.rstrip("\n").split("\n\n")
    said = [one for one in under if not one.startswith((BESIDE_THE_TABLE, "… and 4,940 claims more"))]

    if sentence == ELSEWHERE:
        assert table.count(sentence) == 1 and said == []
    else:
        assert said == [sentence]
    assert not any(letter in printed for letter in "\x1b\x07\u202e")
