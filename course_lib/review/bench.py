"""The child process that runs claims: `python -m course_lib.review.bench`, one request in, one line a result out.

A request is `{"pull_request", "source", "places"}`. The module is built from the source that the request holds, so a
variant of it can be run as well. What the code under review prints goes nowhere.
"""

from __future__ import annotations

import gc
import json
import linecache
import os
import sys
import tempfile
from pathlib import Path
from types import ModuleType

from course_lib.review.measuring import Experiment, NotRun

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows has none
    resource = None

CPU_SECONDS, MEMORY = 200, 4 << 30


def experiments(pull_request: str) -> dict[str, Experiment]:
    """The experiments on one pull request by the names of its places."""
    from course_lib.review import on_lockers, on_short_ones

    tables = {"lockers": on_lockers.EXPERIMENTS, "rooms": on_short_ones.ON_ROOMS, "tools": on_short_ones.ON_TOOLS}
    return tables[pull_request]


def module_of(source: str, name: str) -> ModuleType:
    """A fresh module of that source; its lines can be read, as those of a notebook's cell can."""
    filename = f"<{name}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    module = ModuleType(name)
    module.__file__ = filename
    sys.modules[name] = module
    exec(compile(source, filename, "exec", dont_inherit=True), vars(module))  # noqa: S102  # the course's own text
    return module


def outcome(source: str, pull_request: str, place: str) -> dict[str, object]:
    """What came of one experiment, as plain data: `red` is None where nothing was measured."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            run = experiments(pull_request)[place](module_of(source, pull_request), Path(folder))
        except NotRun as problem:
            return {"place": place, "red": None, "evidence": str(problem)}
        except Exception as error:  # noqa: BLE001  # whatever falls over here, the claim was not run
            return {"place": place, "red": None, "evidence": f"{type(error).__name__}: {error}"}
    return {"place": place, "red": run.red, "evidence": run.evidence}


def _bound() -> None:
    """Ends this process where it takes more than any experiment needs."""
    if resource is None:
        return
    for limit, most in ((resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, MEMORY)):
        try:
            resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))
        except (ValueError, OSError):
            continue


def main() -> None:
    """Serves the one request on standard input."""
    _bound()
    request = json.loads(sys.stdin.read())
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    experiments(request["pull_request"])
    gc.freeze()  # what is loaded by now need not be looked through for each sample of what grows
    for place in request["places"]:
        print(json.dumps(outcome(request["source"], request["pull_request"], place)), file=answers, flush=True)
    answers.close()
    os._exit(0)  # a thread that the code under review left behind keeps nobody waiting


if __name__ == "__main__":
    main()
