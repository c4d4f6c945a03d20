"""One verdict, many writers: the files that other grading systems read.

What could not be measured never becomes a zero: it is no file, an empty cell, or what the system has for it. Nothing a
submission printed is in any of them.
"""
