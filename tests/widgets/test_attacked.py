"""An attack is tried in a copy: what it does to its process stays there, and how it ends is told."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import NoReturn

import pytest

from course_lib.widgets.attacked import Attacked, Told, attacked

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system can't copy a process")


def hang() -> Told:
    threading.Event().wait()
    raise AssertionError


def leave() -> NoReturn:
    os._exit(0)


def kill() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def eat() -> Told:
    return Told(True, str(len(bytearray(1 << 40))))


def quit_at_once() -> NoReturn:
    sys.exit(3)


@pytest.mark.parametrize(
    ("judge", "seconds", "told"),
    [
        (hang, 0.3, "no answer came"),
        (leave, 20, "no answer came"),
        (kill, 20, "no answer came"),
        (eat, 20, "the attack itself raised MemoryError"),
        (quit_at_once, 20, "the attack itself raised SystemExit: 3"),
        (lambda: 1 / 0, 20, "the attack itself raised ZeroDivisionError: division by zero"),
    ],
)
def test_what_an_attack_does_to_its_process_is_told_and_judges_nothing(
    judge: object, seconds: float, told: str
) -> None:
    found = attacked(judge, seconds)  # type: ignore[arg-type]  # some return nothing
    assert found.broke is None
    assert told in str(found)
    assert str(found).startswith("Not judged: ")


def test_no_copy_and_no_descriptor_is_left() -> None:
    before = len(os.listdir("/proc/self/fd"))
    attacked(hang, 0.2)
    attacked(lambda: Told(True, "it broke"))
    assert len(os.listdir("/proc/self/fd")) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_is_printed_and_changed_in_the_copy_does_not_come_out(capfd: pytest.CaptureFixture[str]) -> None:
    kept = [1]

    def judge() -> Told:
        print("loud")
        os.write(1, b"louder")
        kept.append(2)
        return Told(False, f"{len(kept)} in the copy")

    assert str(attacked(judge)) == "It held: 2 in the copy"
    assert kept == [1]
    assert capfd.readouterr().out == ""


def test_words_and_html_are_the_same_and_nothing_in_them_can_act() -> None:
    found = Attacked(Told(True, "the client returned <b>", "a <row>"))
    assert str(found) == "It broke: the client returned <b>\n\na <row>"
    assert "✗ It broke" in found.to_html()
    assert "the client returned &lt;b&gt;" in found.to_html()
    assert "a &lt;row&gt;" in found.to_html()
    assert "✓ It held" in Attacked(Told(False, "")).to_html()
    assert "? Not judged" in Attacked(Told(None, "")).to_html()
