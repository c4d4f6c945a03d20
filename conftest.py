"""Runs the notebooks under nbval the way JupyterLab runs them: each cell is part of the session's history.

nbval leaves cells out of the history; `course_lib.notebook.check` reads there which cells are the learner's own.
"""

from __future__ import annotations

from typing import Any


def pytest_configure() -> None:
    try:
        from nbval.kernel import RunningKernel
    except ImportError:
        return  # without nbval no notebook is run

    def execute_in_session(kernel: Any, cell_input: str, allow_stdin: bool | None = None) -> Any:
        return kernel.kc.execute(cell_input, store_history=True, allow_stdin=allow_stdin, stop_on_error=False)

    RunningKernel.execute_cell_input = execute_in_session
