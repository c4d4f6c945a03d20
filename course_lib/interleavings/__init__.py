"""Explores the interleavings of threads: every outcome that a small concurrent program can have, and how.

Code is rewritten so that each step that another thread could notice is announced; real threads then take their steps
one at a time, in every order that can matter.

Method: the order and the happens-before caching of CHESS (Musuvathi and Qadeer, 2007 and 2008), over vector clocks
(Mattern, 1989; Fidge, 1988); no partial-order reduction. The README beside this has all of it.

What it can't see: code it could not rewrite (it says so), state
that C libraries share behind Python's back, delays in real time, and bugs that need more threads or calls than the
program given to it.
"""

from course_lib.interleavings.exploring.search import Exploration, Outcome, Program, Schedule, explore
from course_lib.interleavings.finding import Finding, assert_no_race, find_race
from course_lib.interleavings.observing import hooks as hooks  # rewritten code finds them by name
from course_lib.interleavings.rewriting.rewriting import compile_instrumented
from course_lib.interleavings.telling.recording import note, replay
from course_lib.interleavings.telling.trace import Step, Trace

__all__ = [
    "Exploration",
    "Finding",
    "Outcome",
    "Program",
    "Schedule",
    "Step",
    "Trace",
    "assert_no_race",
    "compile_instrumented",
    "explore",
    "find_race",
    "note",
    "replay",
]
