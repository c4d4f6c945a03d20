"""What a client gives back under each of many faults of its server: fault x outcome.

    with HostileAPI() as server:                              # any server with `faults`, `url` and `expected`
        reading = call_under_faults(fetch, server)            # fetch(base_url, timeout) -> what your client returns
    print(reading)                                            # every fault, its outcome and the value behind it
    assert reading.holds

As a pytest fixture: `fixture.py`. The client is called through its own HTTP library and real sockets, several faults
at a time in threads of this process. Six outcomes: data, declared error, wrong data, needless error, crash, hang. No
clock decides one: a silence ends with a good answer, so a client that would have waited for ever comes back with that.

What it can't see: whether the total time is bounded, because a server that sends a byte now and then is never silent;
and what the client leaves open or writes to elsewhere.
"""

from course_lib.instruments.faults.calls import call_under_faults, declares_error
from course_lib.instruments.faults.descriptors import open_descriptors
from course_lib.instruments.faults.matrix import LEGEND, Cell, FaultReading, Outcome, outcome_of
from course_lib.instruments.faults.together import run_together

__all__ = [
    "LEGEND",
    "Cell",
    "FaultReading",
    "Outcome",
    "call_under_faults",
    "declares_error",
    "open_descriptors",
    "outcome_of",
    "run_together",
]
