"""How work grows with size: comparisons and steps, counted.

Measured: steps (a turn of a loop, a call, an item that C looks at) and operations on keys that count themselves, of one
call (`count_work`) or at several sizes (`measure_growth`); SQLite's steps (`count_database_steps`). No clock.

    growth = measure_growth("ids in both", lambda n: list(range(n)), lambda ids: common(ids, ids))
    print(growth)                                                               # the counts, and the class in words

How: the source of what is called is rewritten as it runs, libraries in Python too, in every thread. What the call
raises propagates; a call that only makes a coroutine or a generator raises `NothingMeasured`.

Method: the course's own: counts in the place of a clock. A class is fitted over all sizes, as big_O fits it to seconds.

What it can't see: code whose source can't be read, except through keys that count; growth that begins beyond the
largest size; and what a call into unknown C costs: it is assumed to read what it is given once, and that is told.
"""

from course_lib.instruments.work.operations import CountedText, count_database_steps, count_work
from course_lib.instruments.work.scaling import Growth, measure_growth

__all__ = [
    "CountedText",
    "Growth",
    "count_database_steps",
    "count_work",
    "measure_growth",
]
