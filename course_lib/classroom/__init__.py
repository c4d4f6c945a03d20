"""A class judged: hand-ins found in a folder, judged side by side, and reported so that a stop loses nothing.

    python -m course_lib grade FOLDER --out REPORT

The judge decides every mark; this part finds what was handed in, asks the judge, keeps what it said, and shows it.
"""
