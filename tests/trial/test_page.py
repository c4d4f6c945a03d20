"""What the report's page holds: who was asked and when, every request, answer, verdict and reason, and all figures."""

from __future__ import annotations

import datetime
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from course_lib import cli
from course_lib.runner.version import judge_version
from course_lib.trial.prompts import SHIPPED
from course_lib.trial.tasks import all_requests
from tests.trial.assistant import GOOD, SLOW, fenced
from tests.trial.test_trial import TASK, answers, assistant

OTHER = "Bank"  # the assistant's answers have no such name
HAZARDS = {name: all_requests()[name].lesson.title for name in (TASK, OTHER)}


class Page(HTMLParser):
    """The page's words in order, the headings and cells among them apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.under = "", {(): list[list[str]]()}
        self._headings: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._rows[-1].append("")
        elif tag in ("h2", "h3", "h4"):
            self._headings = {level: words for level, words in self._headings.items() if level < tag} | {tag: ""}
        elif tag in ("meta", "br"):
            self.words += "\n"
            return
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"{tag} was not the last to be opened"

    def handle_data(self, data: str) -> None:
        self.words += data
        for level in self._headings.keys() & set(self._open):
            self._headings[level] += data
        for inside in ("td", "th"):
            if inside in self._open:
                self._rows[-1][-1] += data

    @property
    def _rows(self) -> list[list[str]]:
        return self.under.setdefault(tuple(self._headings.values()), [])


def opened(report: Path) -> Page:
    return Page((report / "index.html").read_text("utf-8"))


def head_of(page: Page) -> dict[str, str]:
    """Assistant, date and course, as they stand under the title."""
    named = (line.partition(": ") for line in page.words.splitlines())
    return {name: value for name, _, value in named if name in ("Assistant", "Date", "Course")}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of an assistant that answers one task badly, whatever it is asked for."""
    folder = tmp_path_factory.mktemp("trial") / "report"
    tasks = ["--task", TASK, "--task", OTHER]
    settings = ["--out", str(folder), *tasks, "--prompts", "plain,named", "--samples", "2"]
    assert cli.main(["trial", "--assistant", assistant("badly"), *settings]) == 0
    return folder


def test_the_page_says_who_was_asked_and_when_and_by_which_course(report: Path) -> None:
    """Who and when as it was written down with the first answer: the page is of the same day or a later one."""
    first = json.loads((report / "asked.jsonl").read_text("utf-8").splitlines()[0])
    head = head_of(opened(report))

    assert head["Assistant"] == assistant("badly")
    assert first["date"] <= head["Date"] <= datetime.date.today().isoformat()
    assert head["Course"] == judge_version()


def test_the_page_holds_every_request_answer_verdict_and_reason(report: Path) -> None:
    page = opened(report)
    asked = [json.loads(line) for line in (report / "asked.jsonl").read_text("utf-8").splitlines()]
    judged = [json.loads(line) for line in (report / "judged.jsonl").read_text("utf-8").splitlines()]

    assert len(asked) == 8
    for task in (TASK, OTHER):
        for prompt in ("plain", "named"):
            request = SHIPPED[prompt](all_requests()[task])
            assert page.words.count(request) == 1, "once for all samples of a prompt"
    for one in asked:
        assert f"Asked {one['date']}, {one['seconds']} s, {one['assistant']}" in page.words
    assert page.words.count(fenced(SLOW)) == len(asked)
    for number in (1, 2):
        assert page.words.count(f"{number}.md: works, not safe") == 2
        assert page.words.count(f"{number}.md: not usable") == 2
    assert {one["reason"] for one in judged} >= {f"there is no Python in it that defines {OTHER}"}
    for one in judged:
        assert one["reason"] in page.words
        for check in one["checks"]:
            row = [check["name"], check["about"], check["status"], check["measured"] or check["feedback"]]
            assert page.under["Every answer", TASK, "plain"].count(row) == 2


def test_the_figures_stand_in_all_by_hazard_and_by_task(report: Path) -> None:
    under = opened(report).under
    bad, unusable = ["2", "0", "2", "0", "0 (0 %)", "0"], ["2", "2", "0", "0", "0 (0 %)", "0"]

    assert under["In all",][1:3] == [[prompt, "4", "2", "2", "0", "0 (0 %)", "0"] for prompt in ("plain", "named")]
    for task, figures in ((TASK, bad), (OTHER, unusable)):
        rows = [["plain", *figures], ["named", *figures]]
        assert under["By hazard", HAZARDS[task]][1:] == rows
        assert under["Every answer", task][1:] == rows
    assert {headings[1] for headings in under if headings[:1] == ("By hazard",) and headings[1:]} == {*HAZARDS.values()}


def test_answers_from_a_folder_bear_its_name_since_nobody_wrote_down_whose_they_are(tmp_path: Path) -> None:
    given = answers(tmp_path / "given", plain__1_py=GOOD, ours__1_txt="No.")
    cli.main(["trial", "--answers", str(given), "--out", str(tmp_path / "report")])
    page = opened(tmp_path / "report")

    assert head_of(page)["Assistant"] == f"the answers in {given}"
    assert datetime.date.fromisoformat(head_of(page)["Date"]) and head_of(page)["Course"] == judge_version()
    assert "Asked" not in page.words
    assert page.words.count(SHIPPED["plain"](all_requests()[TASK])) == 1
    assert page.words.count("It was not kept with the answers.") == 1, "of the prompt that is not the course's"
    assert "1.py: works, safe" in page.words and "1.txt: not usable" in page.words
    assert page.under["By hazard", HAZARDS[TASK]][1:] == [
        ["plain", "1", "0", "1", "1", "1 (100 %)", "0"],
        ["ours", "1", "1", "0", "0", "0 (0 %)", "0"],
    ]
