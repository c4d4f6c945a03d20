"""A hostile folder is shut in as every submission is: what it tries is refused, and the judge goes on.

The attacks stand at the head of the solution's `create_service`; where one comes through, the service ends with its
name. Where all are refused, it is the solution, and passes.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.hazards.capstone import queries
from course_lib.runner.judge import judge
from course_lib.runner.source import Submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import CAPSTONE
from tests.folders import SOLUTION, Changed

TASK = "n_plus_one_queries"
BEGIN = '    """The service: `app` is its WSGI application, `close()` ends it."""\n'
ATTACKS = {
    "reads the solution": f"open({str(SOLUTION / 'service.py')!r}).close()",
    "reads the judge": f"open({queries.__file__!r}).close()",
    "imports the judge": "import course_lib.hazards.capstone.queries",
    "writes outside": "open({victim!r}, 'w').close()",
    "removes what is outside": "import os; os.remove({victim!r})",
    "connects elsewhere": "import socket; socket.create_connection(('127.0.0.1', {port}), 5).close()",
    "listens": "import socket; socket.create_server(('127.0.0.1', 0)).close()",
    "runs a program": "import subprocess, sys; subprocess.run([sys.executable, '-c', ''])",
    "forks": "import os; os._exit(0) if os.fork() == 0 else None",
    "reads its parent": "import os; open(f'/proc/{{os.getppid()}}/environ', 'rb').read(1)",
    "signals its parent": "import os; os.kill(os.getppid(), 0)",
}

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the whole confinement needs Linux")


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    started = WarmParent.spawned(CAPSTONE.slug)
    yield started
    started.close()


@pytest.fixture(autouse=True)
def one_kind_of_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough to see that the service serves."""
    kind = next(iter(queries.KINDS))
    monkeypatch.setattr(queries, "KINDS", {kind: queries.KINDS[kind]})


def trying(attacks: dict[str, str]) -> Submission:
    """The solution, with these at its head: the first that comes through ends it, and is named."""
    tried = "".join(
        f"    try:\n        {attack}\n    except (OSError, ImportError):\n        pass\n"
        f"    else:\n        raise SystemExit('it {name}')\n"
        for name, attack in attacks.items()
    )
    return Changed(TASK, "attacks", "", (("service.py", BEGIN, BEGIN + tried),)).submission()


def test_what_a_hostile_service_tries_is_refused(parent: WarmParent, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("as it was")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        attacks = {name: attack.format(victim=str(victim), port=port) for name, attack in ATTACKS.items()}
        told = judge(CAPSTONE, trying(attacks), parent, [TASK]).tasks[0]
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()

    assert told.status == "pass", str(told)
    assert victim.read_text() == "as it was"


def test_what_is_not_refused_is_seen(parent: WarmParent) -> None:
    """So that no attack above passes for not having been tried."""
    own = "open('in its own folder', 'w').close()"
    told = judge(CAPSTONE, trying({"writes in its folder": own}), parent, [TASK]).tasks[0]

    assert told.status == "fail"
    assert "it writes in its folder" in told.reason
