"""The child that runs one program under a watcher: `python -m tests.peers.beside TOOL TASK FILE`; prints a JSON list.

Each program is used as its exercise says, on a few files, databases or users, once.
"""

from __future__ import annotations

import gc
import json
import runpy
import sqlite3
import sys
import tempfile
import warnings
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any


def resource_warnings(task: str, function: Callable[..., Any]) -> list[str]:
    """ "ResourceWarning", where one was heard while the program ran or when it was done."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        _USES[task](function, Path(folder))
        gc.collect()
    return sorted({one.category.__name__ for one in told if issubclass(one.category, ResourceWarning)})


def _export(function: Callable[..., Any], folder: Path) -> None:
    function(range(1, 6), folder, lambda user_id: {"id": user_id})


def _count(function: Callable[..., Any], folder: Path) -> None:
    paths = [folder / f"{number}.db" for number in range(5)]
    for path in paths:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE users (id INTEGER)")
    function(paths, "users")


_USES = {"export_profiles": _export, "count_rows": _count}


def repeated_queries(function: Callable[..., Any]) -> list[str]:
    """ "NPlusOneError", where django-zeal raises it."""
    from zeal import NPlusOneError, zeal_context  # type: ignore[import-not-found]

    from course_lib.testbeds import blog

    blog.fill(10)
    with zeal_context():
        try:
            function()
        except NPlusOneError as error:
            return [type(error).__name__]
    return []


def _with_zeal() -> None:
    """Sets the blog's Django up with django-zeal among its apps, before the program is read."""
    from django.conf import LazySettings

    configure = LazySettings.configure

    def with_more(settings: LazySettings, **options: Any) -> None:
        options["INSTALLED_APPS"] += ["django.contrib.contenttypes", "zeal"]
        configure(settings, **options)

    LazySettings.configure = with_more
    import course_lib.testbeds.blog  # noqa: F401


def main(tool: str, task: str, path: str) -> None:
    """Prints what the watcher heard."""
    if tool == "django-zeal":
        _with_zeal()
    function = runpy.run_path(path)[task]
    print(json.dumps(repeated_queries(function) if tool == "django-zeal" else resource_warnings(task, function)))


if __name__ == "__main__":
    main(*sys.argv[1:])
