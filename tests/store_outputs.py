"""Runs every solution and stores its outputs: `python -m tests.store_outputs [NN_slug …]`, once a check's words change.

The stored file holds what any run gives: no widget state, no timings, no kernel of this machine.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from course_lib.exercise_files import ROOT, exercise_path, notebook_text, read_notebook, solution_path, starter_notebook
from course_lib.syllabus import LESSONS

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
WHEN = re.compile(r"(?<=, run )(just now|\d+ \w+ ago), in [\d.]+ s\.")  # of a verdict, when its cell ran


def store(path: Path) -> None:
    """Executes one notebook in a fresh kernel and writes it back with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(notebook, timeout=120, kernel_name="python3").execute(cwd=folder)
    course = {"exercise": path.stem}  # how a hand-in is known for what it is, whatever its file is called
    language = {"name": "python"}
    notebook.metadata = nbformat.from_dict({"course": course, "kernelspec": KERNEL, "language_info": language})
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            data.pop(WIDGET_VIEW, None)
            data.update({kind: WHEN.sub("just now.", text) for kind, text in data.items() if isinstance(text, str)})
        if "outputs" in cell:
            cell.outputs = [output for output in cell.outputs if output.get("data", True)]  # a widget alone is nothing
    path.write_text(nbformat.writes(notebook).rstrip("\n") + "\n", "utf-8")


def main(stems: list[str]) -> None:
    os.environ["PYTHONPATH"] = str(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURSE_PROGRESS"] = str(Path(folder) / "progress.jsonl")
        for lesson in LESSONS:
            if solution_path(lesson).exists() and (not stems or lesson.stem in stems):
                store(solution_path(lesson))
                exercise = starter_notebook(read_notebook(solution_path(lesson)))
                exercise_path(lesson).write_text(notebook_text(exercise), "utf-8")
                print("stored", lesson.stem)


if __name__ == "__main__":
    main(sys.argv[1:])
