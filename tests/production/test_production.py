"""Production of lesson 10: as delivered the service goes down in eight ways, repaired it holds, nothing stays."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

import psutil
import pytest

from course_lib import cli
from course_lib.production import running
from course_lib.production.clients import Wrong
from course_lib.production.command import keep, produce
from course_lib.production.incidents import GENERAL, INCIDENTS
from course_lib.production.loads import CRAWL, REPORTS, SHOPPING
from course_lib.production.report import LINES, Run
from course_lib.production.running import DESCRIPTORS, Production
from course_lib.progress import events
from course_lib.runner.confinement import scratch

ROOT = Path(__file__).resolve().parents[2]
DELIVERED, REPAIRED = ROOT / "exercises" / "10_capstone", ROOT / "solutions" / "10_capstone"
NAMED = (
    "leak",
    "unbounded",
    "grow",
    "exception",
    "race",
    "lock",
    "N+1",
    "loop",
    "linear",
    "injection",
    "SQL",
    "authoriz",
)


@pytest.fixture(autouse=True)
def own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))


@pytest.fixture(scope="module")
def delivered() -> dict[str, object]:
    """The whole of production, from the command line, on the service as it was delivered."""
    command = [sys.executable, "-m", "course_lib", "production", str(DELIVERED), "--seconds", "8", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT)
    assert done.returncode == 1, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


@pytest.mark.slow
def test_as_delivered_it_goes_down_in_many_ways_at_once(delivered: dict[str, object]) -> None:
    assert isinstance(delivered["incidents"], list)
    assert {one["incident"] for one in delivered["incidents"]} == set(range(1, 9))


@pytest.mark.slow
def test_each_incident_has_thirty_lines_of_its_log_and_its_request_among_them(delivered: dict[str, object]) -> None:
    assert isinstance(delivered["incidents"], list)
    for one in delivered["incidents"]:
        assert len(one["log"]) == LINES
        assert any(f"request {one['request']} " in line for line in one["log"])


@pytest.mark.slow
@pytest.mark.skipif(not (REPAIRED / "service.py").is_file(), reason="there is no solution in what students get")
def test_repaired_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """All loads together, until there were more reports than there are descriptors."""
    enough = {REPORTS: DESCRIPTORS + 8, CRAWL: DESCRIPTORS + 8}
    monkeypatch.setattr(running, "ENOUGH", enough)
    monkeypatch.setattr(running, "TIMES_AS_LONG", 36)
    run = produce(REPAIRED, 1, 7, None)
    assert run.held, str(run)
    assert set(range(9)) <= set(run.counts.good)  # every load was served


@pytest.mark.slow
@pytest.mark.skipif(not (REPAIRED / "service.py").is_file(), reason="there is no solution in what students get")
def test_repaired_it_stays_within_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """For longer than the service as delivered stands the crawl."""
    monkeypatch.setattr(running, "TIMES_AS_LONG", 36)
    run = produce(REPAIRED, 1, 7, CRAWL)
    assert run.held, str(run)


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2])
def test_an_incident_alone_shows_its_own_symptom(number: int) -> None:
    run = produce(DELIVERED, 25, 1, number)
    assert [raised.incident for raised in run.raised] == [number]
    assert "went down" in run.headline
    assert run.raised[0].pager in str(run)
    assert escape(run.raised[0].pager) in run.to_html()
    gauges = run.gauges_of(run.raised[0])
    assert gauges.count("\n") >= 7
    assert escape(gauges) in run.to_html()
    assert all(line in str(run) for line in gauges.splitlines())
    assert run.to_plain()["incidents"][0]["gauges"] == gauges.splitlines()


def test_no_run_ends_before_the_new_season_has_come() -> None:
    run = produce(DELIVERED, 0.5, 1, 6)
    assert [raised.incident for raised in run.raised] == [6]


def test_a_service_that_answers_everything_alike_has_not_held(tmp_path: Path) -> None:
    (tmp_path / "service.py").write_text(
        "class Service:\n"
        "    def app(self, environ, start_response):\n"
        "        start_response('200 OK', [('Content-Type', 'application/json')])\n"
        "        return [b'{}']\n"
        "    def close(self): ...\n"
        "create_service = lambda settings: Service()\n"
    )
    assert not produce(tmp_path, 1, 1, 5).held


def test_shoppers_go_home_once_one_of_them_has_met_something_wrong() -> None:
    """It is no incident of the eight, so there is none to wait for, and no thread ends with an error."""
    production = Production(DELIVERED, 1)
    assert production._is_wanted(SHOPPING)
    production._raise(GENERAL, Wrong(GENERAL, 1, 0.0, "an order of somebody else"))
    assert not production._is_wanted(SHOPPING)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (None, "no service.py"),
        ("import nothing_there", "ModuleNotFoundError"),
        ("def create_service(settings): return 3", "has no close()"),
        ("import os; os._exit(3)", "it ended"),
        ("raise ValueError('two\\nlines \\033[31m' + 'x' * 9000)", "ValueError: two lines \\x1b[31mxx"),
        ("import os; os.write(1, b'noise\\n'); raise KeyError(3)", "KeyError: 3"),
    ],
)
def test_a_broken_folder_is_one_sentence(
    tmp_path: Path, source: str | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if source is not None:
        (tmp_path / "service.py").write_text(source)
    assert cli.main(["production", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize("wrong", [["nowhere"], [str(DELIVERED), "--seconds", "nan"], [str(DELIVERED), "--locust"]])
def test_wrong_usage_is_said(wrong: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert cli.main(["production", *wrong]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_ctrl_c_ends_everything_with_a_sentence() -> None:
    command = [sys.executable, "-u", "-m", "course_lib", "production", str(DELIVERED), "--incident", "8"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert run.stdout and run.stderr
    while " s  fds" not in run.stdout.readline():
        pass
    children = psutil.Process(run.pid).children(recursive=True)
    run.send_signal(signal.SIGINT)
    told = run.communicate(timeout=30)[1]
    assert run.returncode == 130
    assert told.count("\n") == 1
    assert children
    assert not any(child.is_running() for child in children)


@pytest.mark.skipif(sys.platform == "win32", reason="it can't lock a folder")
def test_killed_it_leaves_no_process_and_its_folder_goes_with_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-u", "-m", "course_lib", "production", str(DELIVERED), "--incident", "8"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    assert run.stdout
    while " s  fds" not in run.stdout.readline():
        pass
    children = psutil.Process(run.pid).children(recursive=True)
    run.kill()
    run.communicate(timeout=30)
    assert children and psutil.wait_procs(children, timeout=30)[1] == []
    assert len(list(tmp_path.iterdir())) == 1

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    scratch._remove_abandoned.cache_clear()
    with Production(DELIVERED, 1):
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_own_service_alone_is_kept_as_progress() -> None:
    for folder, kept in ((REPAIRED, 0), (DELIVERED, 9)):
        keep(Run(folder, 1, 1.0, None, 0, None, [], None, None))  # type: ignore[arg-type]  # it looks at none of them
        assert len(list(events("production"))) == kept


def test_no_pager_names_a_hazard() -> None:
    words = " ".join(f"{one.title} {one.pager}" for one in INCIDENTS).lower()
    assert [name for name in NAMED if name.lower() in words.split() or f"{name.lower()}s" in words.split()] == []
