"""The command line: `python -m course_lib COMMAND`; `python -m course_lib --help` lists the commands."""

from course_lib.cli.running import main

__all__ = ["main"]
