"""What must be true of every stored notebook: one function a rule, each returns the sentences that say what is not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat

Notebook = dict[str, Any]
Cell = dict[str, Any]

HEADINGS = ["The pull request", "It works", "Predict", "Measure", "Why", "Guard", "Over to you"]
LONGEST_CELL = 12
FORBIDDEN = {
    r"\bclear_output\b": "clear_output: every intermediate output is compared, not only the last",
    r"\bdisplay_id\s*=": "display_id: updates are compared one by one",
    r"\.capture\s*\(": "Output.capture: nbval sees plain output where Lab shows a widget",
    r"^\s*with\s+out(put)?\s*:": "with out: the same, and threads print into it",
    r"\bWidgetOutput\s*\(|\bwidgets\.Output\s*\(|\bW\.Output\s*\(": "Output widget: set a trait instead",
    r"\binteract(ive)?\s*\(": "interact: its results land in an Output widget",
    r"\binput\s*\(": "input(): nobody is there to answer",
    r";[ \t]*\Z": "a semicolon at the end of a cell: the output is stored, and then it is not",
    r"^\s*%%?(timeit|memit|time)\b": "a figure of time or memory in an output that is compared",
}
BAD_TAGS = {"raises-exception", "nbval-raises-exception", "nbval-skip"}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def source(cell: Cell) -> str:
    return cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


def tags(cell: Cell) -> set[str]:
    return set(cell["metadata"].get("tags", []))


def code_cells(notebook: Notebook) -> list[Cell]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def with_tag(notebook: Notebook, tag: str) -> list[Cell]:
    return [cell for cell in notebook["cells"] if tag in tags(cell)]


def headings(notebook: Notebook) -> list[tuple[int, str]]:
    """(level, text) of every Markdown heading, those in code fences left out."""
    found = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            text = re.sub(r"^(```|~~~).*?^\1", "", source(cell), flags=re.M | re.S)
            found += [(len(marks), name.strip()) for marks, name in re.findall(r"^(#{1,6})\s+(.+)$", text, re.M)]
    return found


def wrong_headings(notebook: Notebook) -> list[str]:
    """A lesson has one title, first, and the same seven headings in the same order."""
    found = headings(notebook)
    if not found or found[0][0] != 1 or [level for level, _ in found].count(1) != 1:
        return ["the first heading is the title, and there is one title"]
    second = [name for level, name in found if level == 2]
    return [] if second == HEADINGS else [f"the headings are {second}, not {HEADINGS}"]


def missing_generated(notebook: Notebook) -> list[str]:
    """The code under review carries the tag `generated` and lies under its heading."""
    return [] if any(c["cell_type"] == "code" for c in with_tag(notebook, "generated")) else ["no `generated` cell"]


def long_cells(notebook: Notebook) -> list[str]:
    """A lesson's code cells are twelve lines at most."""
    return [
        f"cell {cell['id']} has {len(source(cell).splitlines())} lines, {LONGEST_CELL} at most"
        for cell in code_cells(notebook)
        if len(source(cell).splitlines()) > LONGEST_CELL
    ]


def missing_tags(notebook: Notebook, tasks: tuple[str, ...]) -> list[str]:
    """An exercise has for each task one answer cell and one check cell, and course cells besides."""
    found = []
    for task in tasks:
        answers = [cell for cell in with_tag(notebook, f"task:{task}") if "answer" in tags(cell)]
        checks = [cell for cell in with_tag(notebook, "check") if f"check({task})" in source(cell)]
        if len(answers) != 1:
            found.append(f"{task} has {len(answers)} cells tagged answer and task:{task}")
        if not checks:
            found.append(f"no cell tagged check runs check({task})")
    if not with_tag(notebook, "demo"):
        found.append("no cell tagged demo")
    untagged = [c["id"] for c in code_cells(notebook) if not tags(c) & {"answer", "check", "demo"}]
    return found + [f"cell {name} is nobody's: tag it answer, check or demo" for name in untagged]


def differences(exercise: Notebook, solution: Notebook) -> list[str]:
    """Exercise and solution are the same notebook, the cells tagged `answer` and the outputs apart."""
    ours, theirs = exercise["cells"], solution["cells"]
    if len(ours) != len(theirs):
        return [f"the exercise has {len(ours)} cells, the solution {len(theirs)}"]
    found = []
    for mine, its in zip(ours, theirs, strict=True):
        if [mine["id"], mine["cell_type"], tags(mine)] != [its["id"], its["cell_type"], tags(its)]:
            found.append(f"cell {mine['id']} and {its['id']} differ in id, kind or tags")
        elif "answer" in tags(mine):
            found += [f"answer cell {mine['id']} is not answered"] if source(mine) == source(its) else []
        elif source(mine) != source(its):
            found.append(f"cell {mine['id']} differs, and it is no answer cell")
    return found


def stored_outputs(notebook: Notebook) -> list[str]:
    """Lessons and exercises are stored as nobody has run them."""
    return [
        f"cell {cell['id']} is stored with outputs"
        for cell in code_cells(notebook)
        if cell["outputs"] or cell["execution_count"] is not None
    ]


def never_run(notebook: Notebook) -> list[str]:
    """A cell of a solution that was not run is not compared at all by nbval, so that anything passes."""
    return [
        f"cell {cell['id']} was never run"
        for cell in code_cells(notebook)
        if source(cell).strip() and cell["execution_count"] is None
    ]


def forbidden(notebook: Notebook) -> list[str]:
    """What nbval cannot compare, or lets pass when it should not."""
    found = []
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        text = source(cell)
        found += [f"cell {cell['id']}: {why}" for what, why in FORBIDDEN.items() if re.search(what, text, re.M)]
        found += [f"cell {cell['id']}: tag {tag} hides a failure" for tag in sorted(tags(cell) & BAD_TAGS)]
        if "nbval-ignore-output" in tags(cell) and not asserts_next(notebook["cells"][number + 1 :]):
            found.append(f"cell {cell['id']}: its output is ignored and no later cell asserts what matters")
    return found


def asserts_next(later: list[Cell]) -> bool:
    """Whether the next code cell whose output is compared asserts something."""
    for cell in later:
        if cell["cell_type"] == "code" and "nbval-ignore-output" not in tags(cell):
            return "assert" in source(cell)
    return False


def wrong_metadata(notebook: Notebook) -> list[str]:
    """Format 4.5, the `python3` kernel, readable ids, no widget state, no widget view in a stored output."""
    found = []
    if (notebook["nbformat"], notebook["nbformat_minor"]) != (4, 5):
        found.append("the format is not 4.5")
    if notebook["metadata"].get("kernelspec", {}).get("name") != "python3":
        found.append("the kernel is not python3")
    if "widgets" in notebook["metadata"]:
        found.append("widget state is stored")
    ids = [cell.get("id", "") for cell in notebook["cells"]]
    found += [f"cell id {name!r} is no short slug" for name in ids if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", name)]
    found += [f"cell id {name!r} is used twice" for name in sorted({n for n in ids if ids.count(n) > 1})]
    for cell in code_cells(notebook):
        if any(WIDGET_VIEW in output.get("data", {}) for output in cell["outputs"]):
            found.append(f"cell {cell['id']} stores a widget view, which nobody can open again")
    return found


def unnamed(notebook: Notebook, stem: str) -> list[str]:
    """An exercise says in its own metadata which it is, so that a renamed hand-in is known."""
    told = notebook["metadata"].get("course", {}).get("exercise")
    return [] if told == stem else [f"the metadata name the exercise {told!r} and not {stem!r}"]


def dead_links(notebook: Notebook, folder: Path) -> list[str]:
    """Every link to a file of the course leads to one; `folder` is where the notebook lies."""
    found = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            links = re.findall(r"\]\(([^)\s#]+)[^)]*\)", source(cell))
            dead = [link for link in links if "://" not in link and not (folder / link).exists()]
            found += [f"cell {cell['id']} links to {link}, which is not there" for link in dead]
    return found


def not_canonical(text: str) -> list[str]:
    """Stored as `nbformat.write` stores it (and JupyterLab, and `reset`), so that saving changes nothing."""
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    if text == nbformat.writes(notebook).rstrip("\n") + "\n":
        return []
    return ["the file is not what nbformat.write would write"]
