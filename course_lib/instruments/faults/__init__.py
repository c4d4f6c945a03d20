"""What a client gives back under each of many faults of its server: fault x outcome.

    with HostileAPI() as server:                              # any server with `faults`, `url` and `expected`
        reading = call_under_faults(fetch, server)            # fetch(base_url, timeout) -> what your client returns
    print(reading)                                            # every fault, its outcome and the value behind it
    assert reading.holds

As a pytest fixture: `fixture.py`. The client is called through its own HTTP library and real sockets, several faults
at a time in threads of this process. Six outcomes: data, declared error, wrong data, needless error, crash, hang; and
unmeasured, with the reason, where no request reached the server or nobody ran what the call gave back. No clock decides
one: a silence ends with a good answer, so a client that would have waited for ever comes back with that.

`right=`, `accepts=`, `errors=` and `is_error=` say what this client gives back; `total=True` that it bounds its whole
time. A client with a fixed timeout of its own needs a server whose silence is longer: `HostileAPI(silence=…)`.

Method: the course's own faults, for what Yuan et al. (OSDI 2014) found in failures of distributed systems: most of the
catastrophic ones came from wrong handling of an error that the software itself had signalled.

What it can't see: what the client leaves open or writes to elsewhere; and of a total time more than whether it is
shorter than a body that drips for 1.2 seconds.
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
