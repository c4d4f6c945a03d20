from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.runner import session
from tests.impatience import Impatience
from tests.runner.confinement import Place


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    scratch, outside = tmp_path / "scratch", tmp_path / "outside"
    scratch.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("42")
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        yield Place(scratch, outside, one.getsockname()[1], two.getsockname()[1])


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge waits two seconds for what loops."""
    monkeypatch.setattr(session, "Patience", Impatience)
