"""Lesson 10's loads done by Locust's users: the run finds the same, the course imports nothing of it, nothing stays."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from course_lib import cli
from course_lib.production import locust, running
from course_lib.production.clients import Desk
from course_lib.production.command import NotRun, produce
from course_lib.production.depot import BOOKKEEPER, Books, Depot
from course_lib.production.incidents import INCIDENTS
from course_lib.production.loads import COURIER, SEASON, SHOPPING

ROOT = Path(__file__).resolve().parents[2]
DELIVERED, REPAIRED = ROOT / "exercises" / "10_capstone", ROOT / "solutions" / "10_capstone"
SILENT = (
    "import threading\n"
    "class Service:\n"
    "    def app(self, environ, start_response):\n"
    "        threading.Event().wait()\n"
    "    def close(self): ...\n"
    "create_service = lambda settings: Service()\n"
)
TOTAL = re.compile(r"Aggregated +(\d+) +(\d+)\(")


@pytest.fixture(autouse=True)
def own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))


@pytest.fixture
def silent(tmp_path: Path) -> Path:
    """A service that takes every request and answers none: a run with it lasts."""
    (tmp_path / "service.py").write_text(SILENT)
    return tmp_path


@pytest.mark.slow
def test_an_incident_is_found_by_locusts_users_and_its_summary_names_the_routes() -> None:
    told: list[str] = []
    run = produce(DELIVERED, 25, 1, COURIER, with_locust=True, tell=told.append)
    assert [raised.incident for raised in run.raised] == [COURIER]
    assert run.counts.good[SHOPPING] > 0
    summary = told[-1]
    assert summary.startswith("What Locust saw:\n")
    for method, route in (("GET", "/shipping"), ("POST", "/orders"), ("GET", "/parts/SKU"), ("GET", "/orders/N/label")):
        assert re.search(f"^{method} +{route} ", summary, re.MULTILINE), summary
    assert [*map(int, TOTAL.findall(summary)[0])] == [run.counts.requests, run.counts.failures]
    assert {number % 2 for number in run.log.requests} == {0}  # Locust's alone
    assert not {"locust", "gevent"} & set(sys.modules)


@pytest.mark.slow
@pytest.mark.skipif(not (REPAIRED / "service.py").is_file(), reason="there is no solution in what students get")
def test_repaired_it_holds_under_locust_and_each_load_was_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "ENOUGH", {one.number: 1 for one in INCIDENTS if one.number != SEASON})
    monkeypatch.setattr(running, "TIMES_AS_LONG", 120)
    monkeypatch.setattr(running, "TIMES_THE_PROCESSOR", 1000)  # the operator's own look, which other tests are about
    run = produce(REPAIRED, 1, 7, None, with_locust=True)
    assert run.held, str(run)
    assert set(range(9)) <= set(run.counts.good)
    probes = 2 * running.ROUNDS * running.PROBES
    assert sum(number % 2 for number in run.log.requests) == probes == run.counts.good[SEASON]


@pytest.mark.slow
def test_a_locust_that_dies_is_one_sentence(silent: Path) -> None:
    before = set(psutil.Process().children(recursive=True))

    def kill_it(words: str) -> None:
        if " s  fds" in words:
            for child in locusts(psutil.Process()):
                child.kill()

    with pytest.raises(NotRun, match=r"^Locust ended before the run did: it left no word$"):
        produce(silent, 60, 1, 5, with_locust=True, tell=kill_it)
    assert set(psutil.Process().children(recursive=True)) <= before


@pytest.mark.parametrize(
    ("module", "said"),
    [
        (
            "raise ImportError('half of it is missing')",
            "Locust could not be started: ImportError: half of it is missing",
        ),
        ("import os; os._exit(3)", "Locust could not be started: it left no word"),
        ("import time; time.sleep(600)", "Locust said nothing for 0 s: it left no word"),
    ],
)
def test_a_locust_that_does_not_start_is_one_sentence(
    module: str, said: str, silent: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = set(psutil.Process().children(recursive=True))
    (silent / "locust.py").write_text(module)
    monkeypatch.setenv("PYTHONPATH", str(silent))
    if "sleep" in module:
        monkeypatch.setattr(locust, "ANSWER_SECONDS", 0.2)
    assert cli.main(["production", str(silent), "--incident", "5", "--locust"]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert set(psutil.Process().children(recursive=True)) <= before


def test_where_it_is_not_installed_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(NotRun, match=r"^Locust is not installed: .*requirements-capstone"):
        produce(DELIVERED, 5, 1, 5, with_locust=True)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C and kill are other things there")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_interrupted_or_killed_nothing_of_it_stays(sent: signal.Signals, status: int, silent: Path) -> None:
    command = [sys.executable, "-u", "-m", "course_lib", "production", str(silent), "--incident", "5", "--locust"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert run.stdout
    assert any(" s  fds" in line for line in run.stdout)
    children = psutil.Process(run.pid).children(recursive=True)
    assert len(locusts(psutil.Process(run.pid))) == 1
    run.send_signal(sent)
    told = run.communicate(timeout=60)[1]
    assert run.returncode == status
    assert told.count("\n") == (sent == signal.SIGINT)
    assert psutil.wait_procs(children, timeout=60)[1] == []


def locusts(process: psutil.Process) -> list[psutil.Process]:
    """The processes of Locust under a run."""
    return [child for child in process.children(recursive=True) if locust.CHILD in child.cmdline()]


def test_the_course_imports_locust_in_its_child_alone_and_nobody_imports_that() -> None:
    foreign = re.compile(r"^\s*(?:from|import) (?:locust|gevent)\b|^\s*(?:from|import) .*locust_child", re.MULTILINE)
    paths = [path for path in (ROOT / "course_lib").rglob("*.py") if foreign.search(path.read_text("utf-8"))]
    assert [path.name for path in paths] == ["locust_child.py"]


def test_what_one_desk_hands_over_another_takes_in_once() -> None:
    one, other = Desk(), Desk()
    other.good(3)
    one.good(3)
    answer = one.ask("GET", "/")  # nobody listens, and the desk is not open: no failure
    one.wrong(4, answer, "it was empty")
    one.stranger(8, answer, was_served=True, says="it was served")
    for _ in range(2):
        other.take_in(json.loads(json.dumps(one.handed_over())))
    assert other.counts.good == {3: 2}
    assert (other.counts.requests, other.counts.wrong, other.counts.served) == (1, 2, 1)
    assert [(one.incident, one.says) for one in other.problems] == [(4, "it was empty"), (8, "it was served")]


def test_books_go_on_elsewhere_as_they_would_have_here(tmp_path: Path) -> None:
    depot = Depot(tmp_path, 1)
    books = Books.from_plain(json.loads(json.dumps(depot.to_plain())))
    assert (books.tokens, books.skus, books.money) == (depot.tokens, depot.skus, depot.money)
    books.take_over(BOOKKEEPER, 2)
    books.goods_come_in(4)
    depot.take_over(BOOKKEEPER, 2)
    assert len(books.orders[BOOKKEEPER]) == len(depot.orders[BOOKKEEPER]) == 7
    assert books._random.getstate() == depot._random.getstate()
    assert depot.audit().pieces == books.delivered == 4
