"""A class on a Dask cluster: a real scheduler, two real workers, one killed in the middle; and where there is none."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.classroom import cluster, on_worker
from course_lib.classroom.cluster import Cluster
from course_lib.classroom.finding import find
from course_lib.classroom.pool import Job
from course_lib.cli import main

ROOT = Path(__file__).resolve().parents[2]
NAME = "06_data_structures"
RIGHT = (
    "def common_ids(left, right):\n    known = set(right)\n    return [x for x in dict.fromkeys(left) if x in known]\n"
)


def put(folder: Path, students: int) -> Path:
    """A class of which every third is wrong, and one is silent."""
    for number in range(students):
        place = folder / f"s{number:02d}"
        place.mkdir(parents=True)
        wrong = "def common_ids(left, right):\n    return left\n"
        (place / f"{NAME}.py").write_text(wrong if number % 3 == 0 else RIGHT)
    return folder


def started(*words: str, folder: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    command = [sys.executable, "-m", "dask", *words]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=-3, stderr=-3, start_new_session=True)


@contextlib.contextmanager
def two_workers(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The scheduler's address and the workers' processes; all of them ended afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    scheduler = started("scheduler", "--host", address, "--no-dashboard", "--no-show", folder=folder)
    worker = "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)
    workers = [started(*worker, folder=folder) for _ in range(2)]
    try:
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def lines(report: Path) -> list[dict[str, str]]:
    path = report / "results.jsonl"
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]] if path.exists() else []


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_costs_no_hand_in_and_no_row(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The marks are those of this machine alone, byte for byte, and nothing is judged on the cluster once more."""
    pytest.importorskip("distributed")
    folder, there, here = put(tmp_path / "class", 8), tmp_path / "there", tmp_path / "here"
    command = [sys.executable, "-m", "course_lib", "grade", str(folder), "--out", str(there)]
    with two_workers(tmp_path) as (address, workers):
        grading = subprocess.Popen([*command, "--scheduler", address], cwd=ROOT, stdout=-3)
        while len(lines(there)) < 2 and grading.poll() is None:
            signal.sigtimedwait([], 0.02)
        workers[0].kill()
        assert grading.wait(240) == 0
        told = lines(there)
        assert main(["grade", str(folder), "--out", str(there), "--scheduler", address]) == 0
    assert sorted(line["student"] for line in told) == [f"s{number:02d}" for number in range(8)]
    assert lines(there) == told
    assert main(["grade", str(folder), "--out", str(here)]) == 0
    assert (there / "grades.csv").read_bytes() == (here / "grades.csv").read_bytes()
    assert "Traceback" not in capfd.readouterr().err


def test_nothing_of_dask_is_imported_without_a_scheduler(tmp_path: Path) -> None:
    ask = (
        "import sys\nfrom course_lib.cli import main\nmain(sys.argv[1:])\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'dask', 'distributed', 'tornado'}))"
    )
    command = [sys.executable, "-c", ask, "grade", str(put(tmp_path / "class", 1)), "--out", str(tmp_path / "report")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n[]\n")


def test_where_no_scheduler_answers_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "ANSWERS_WITHIN", 0.5)
    asked = ["grade", str(put(tmp_path / "class", 1)), "--out", str(tmp_path / "report"), "--scheduler"]
    for address in ("tcp://127.0.0.1:9", "nonsense://x", "127.0.0.1", "tcp://:1", ""):
        assert main([*asked, address]) == 2
        said = capsys.readouterr().err
        assert f"no Dask scheduler answers at {address}" in said and said.count("\n") == 1
        assert ("with its port" in said) == (address != "tcp://127.0.0.1:9"), "Dask itself is not asked"


def test_without_dask_the_way_to_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    asked = ["grade", str(put(tmp_path / "class", 1)), "--out", str(tmp_path / "report")]
    assert main([*asked, "--scheduler", "tcp://127.0.0.1:9"]) == 2
    assert "requirements-cluster.txt" in capsys.readouterr().err
    assert main([*asked, "--scheduler", "tcp://127.0.0.1:9", "--jobs", "2"]) == 2


def test_a_hand_in_lies_where_the_next_worker_removes_what_a_killed_one_has_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is somebody's work: it stays on no machine of the cluster."""
    seen: list[Path] = []
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(on_worker, "_asked", lambda request: seen.append(Path(json.loads(request)["path"])))
    on_worker.judged("06_data_structures", "ana.py", {"": b"mine"}, ["common_ids"], trusted=True)
    assert re.fullmatch(r"course-[0-9a-f]{16}\.run", seen[0].parent.name) and not seen[0].exists()


class Lossy:
    """In place of Dask's client: whoever is handed something is lost, or gives what another course says."""

    def __init__(self, answer: dict[str, object] | None) -> None:
        self.answer, self.asked = answer, list[str]()

    def nthreads(self) -> dict[str, int]:
        return {"one": 1}

    def submit(self, _judged: object, *_asked: object, key: str, **settings: object) -> Lossy.Future:
        assert settings == {"pure": False, "retries": 0}
        self.asked.append(key)
        return Lossy.Future(key, self.answer)

    def cancel(self, futures: list[object], force: bool) -> None:
        assert futures == [] and force

    def close(self, timeout: float) -> None:
        pass

    class Future:
        def __init__(self, key: str, answer: dict[str, object] | None) -> None:
            self.key, self.status, self._answer = key, "finished" if answer else "error", answer

        def add_done_callback(self, call: object) -> None:
            call(self)  # type: ignore[operator]

        def result(self, timeout: float) -> dict[str, object] | None:
            return self._answer


@pytest.mark.parametrize(
    ("answer", "tries", "told"),
    [(None, cluster.TRIES, "lost it 3 times"), ({"judge": "another"}, 1, "another version of the course")],
)
def test_what_the_cluster_loses_or_answers_wrongly_is_unmeasured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: dict[str, object] | None, tries: int, told: str
) -> None:
    client = Lossy(answer)
    monkeypatch.setattr(cluster, "connected", lambda _address: client)
    jobs = [Job(one, one.lesson.tasks) for one in find(put(tmp_path, 2)).counted.values()]
    answers = [verdict["verdict"] for _, verdict in Cluster(jobs, "tcp://nowhere").results()]
    assert len(answers) == 2 and all(one["status"] == "unmeasured" for one in answers)
    assert all(told in task["reason"] for one in answers for task in one["tasks"])
    assert len(client.asked) == len(set(client.asked)) == 2 * tries


def test_a_cluster_that_says_nothing_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Lossy({})
    monkeypatch.setattr(cluster, "connected", lambda _address: client)
    monkeypatch.setattr(cluster, "LONGEST_SILENCE", 0)
    monkeypatch.setattr(Lossy.Future, "add_done_callback", lambda _future, _call: None)
    jobs = [Job(one, one.lesson.tasks) for one in find(put(tmp_path, 3)).counted.values()]
    told = [answer["verdict"]["tasks"][0]["reason"] for _, answer in Cluster(jobs, "tcp://nowhere").results()]
    assert len(told) == 3 and all("no answer came from the cluster" in one for one in told)
