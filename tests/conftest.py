"""What the whole test run shares: the two error counts that the course lives by, printed at the end."""

from __future__ import annotations

import gc
import signal

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import settings

settings.register_profile("course", deadline=None)  # a busy machine is slow and no counterexample
settings.load_profile("course")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell without job control has it for what runs behind
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="module")
def _what_is_alive_already_is_passed_over() -> None:
    """Instruments collect garbage some thousand times: none of them looks through what earlier modules left."""
    gc.collect()
    gc.freeze()


COUNTED = {
    "test_near_miss_is_rejected_for_its_own_reason": "wrong repairs accepted, or rejected for another reason",
    "test_right_answer_is_accepted": "right answers rejected",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--every=60`: of the trust corpus only each sixtieth sample."""
    parser.addoption("--every", type=int, default=1, help="take one sample of the trust corpus in so many")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes the sample, the same one each time."""
    every = config.getoption("every")
    left_out = [item for number, item in enumerate(items) if item.name.split("[")[0] in COUNTED and number % every]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """One line for each kind of error, wherever the trust tests ran."""
    for test, words in COUNTED.items():
        ran = {
            outcome: sum(test in report.nodeid for report in terminalreporter.stats.get(outcome, []))
            for outcome in ("passed", "failed")
        }
        if any(ran.values()):
            terminalreporter.write_line(f"{words}: {ran['failed']} of {sum(ran.values())}")
