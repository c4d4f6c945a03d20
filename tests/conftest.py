"""What the whole test run shares: the two error counts that the course lives by, printed at the end."""

from __future__ import annotations

import gc
import signal
import sys
from collections import Counter

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import settings

sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # see without_grammars

settings.register_profile("course", deadline=None)  # a busy machine is slow and no counterexample
settings.load_profile("course")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell without job control has it for what runs behind
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # as nohup has it
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


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
    """`--every=60`: of the trust corpus only each sixtieth sample of each hazard, and its first."""
    parser.addoption("--every", type=int, default=1, help="take one sample of the trust corpus in so many")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes the sample, the same one each time."""
    every, met = config.getoption("every"), Counter[str]()
    kept, left_out = [], []
    for item in items:
        test, _, sample = item.name.partition("[")
        kind = f"{test} {sample.partition('/')[0]}"
        (kept if test not in COUNTED or met[kind] % every == 0 else left_out).append(item)
        met[kind] += 1
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """One line for each kind of error, wherever the trust tests ran."""
    for test, words in COUNTED.items():
        ran = {
            outcome: sum(test in report.nodeid for report in terminalreporter.stats.get(outcome, []))
            for outcome in ("passed", "failed")
        }
        if any(ran.values()):
            terminalreporter.write_line(f"{words}: {ran['failed']} of {sum(ran.values())}")
