"""The oldest pytest: which one that is, how it is had, and that a failure of either step is one of the whole."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import oldest_pytest


def test_it_is_the_first_that_the_wheel_is_for() -> None:
    assert oldest_pytest.oldest() == "8.3"


def test_it_is_installed_beside_the_environment_and_not_into_it(tmp_path: Path) -> None:
    command = oldest_pytest.installing("8.3", tmp_path)

    assert command[-1] == "pytest==8.3.*"
    assert command[command.index("--target") + 1] == str(tmp_path)


@pytest.mark.parametrize(("failing", "ran"), [("install", 1), ("-c", 2), ("-m", 3)])
def test_what_goes_wrong_ends_it(failing: str, ran: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """No pytest is taken for that one, and no red test for green."""
    commands: list[list[str]] = []

    def run(command: list[str], **_: Any) -> SimpleNamespace:
        commands.append(command)
        step = "install" if "--target" in command else command[1]
        return SimpleNamespace(returncode=int(step == failing))

    monkeypatch.setattr(oldest_pytest, "subprocess", SimpleNamespace(run=run))
    assert oldest_pytest.main(["-x"]) == 1
    assert len(commands) == ran
