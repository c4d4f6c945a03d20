"""Which part of `course_lib` may import which: read from the source, so that no import has to succeed.

A part is a folder or a module at the top of `course_lib`. A room of `hazards` has three parts that never meet in one
process: its `probe`, which runs beside the submission; its `grader` (every other module), which holds what is expected;
and its `view`, which draws in the reader's kernel. What a room shares with others lies beside the rooms.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

MAY_IMPORT: dict[str, set[str]] = {
    "reading": set(),
    "syllabus": set(),
    "wire": set(),
    "course_process": set(),
    "reports": set(),
    "testbeds": set(),
    "samples": {"testbeds"},
    "instruments": {"reading"},
    "interleavings": set(),
    "pytest_plugin": {"instruments", "interleavings", "testbeds"},
    "attempt": set(),
    "settling": {"attempt", "wire"},
    "families": set(),
    "plainly": {"reading"},
    "terms": {"reading"},
    "structure": set(),
    "coaching": {"structure", "syllabus"},
    "questions": {"coaching", "syllabus"},
    "probe": {"attempt", "settling", "families", "instruments", "interleavings", "testbeds"},
    "grader": {"reading", "terms", "plainly", "families", "instruments", "syllabus", "testbeds"},
    "view": {"reading", "instruments", "interleavings", "testbeds", "widgets"},
    "progress": {"syllabus"},
    "exercise_files": {"syllabus"},
    "advice": {"coaching", "exercise_files", "progress", "syllabus"},
    "course_map": {"plainly", "progress", "questions", "reading", "review", "syllabus", "widgets"},
    "certificate": {"plainly", "progress", "reading", "reports", "review", "syllabus", "widgets"},
    "checklist": {"progress", "syllabus", "widgets"},
    "widgets": {"reading", "instruments", "interleavings", "progress", "questions", "syllabus"},
    "runner": {"course_process", "reading", "syllabus", "wire", "terms", "plainly", "attempt", "settling"},
    "grade": {"reading", "runner", "syllabus"},
    "classroom": {
        "course_process",
        "exercise_files",
        "plainly",
        "reading",
        "release",
        "reports",
        "runner",
        "syllabus",
    },
    "review": {
        "course_process",
        "grader",
        "instruments",
        "interleavings",
        "plainly",
        "progress",
        "reading",
        "syllabus",
        "testbeds",
        "widgets",
    },
    "production": {
        "course_process",
        "instruments",
        "plainly",
        "progress",
        "reading",
        "reports",
        "runner",
        "syllabus",
        "testbeds",
        "widgets",
    },
    "release": {"exercise_files", "syllabus"},
    "doctor": {"pythons", "reading", "runner", "syllabus"},
    "pythons": set(),
    "verify": {"coaching", "exercise_files", "plainly", "reading", "runner", "syllabus", "trial"},
    "ran_cells": {"exercise_files"},
    "award": {"notebook", "widgets"},
    "button_actions": {"advice", "syllabus", "widgets"},
    "notebook": {
        "advice",
        "button_actions",
        "coaching",
        "course_process",
        "exercise_files",
        "plainly",
        "progress",
        "ran_cells",
        "reading",
        "runner",
        "syllabus",
        "widgets",
    },
    "trial": {"exercise_files", "grader", "plainly", "reading", "reports", "runner", "syllabus"},
    "cli": {
        "advice",
        "certificate",
        "classroom",
        "doctor",
        "exercise_files",
        "grade",
        "production",
        "progress",
        "reading",
        "release",
        "reports",
        "review",
        "runner",
        "syllabus",
        "trial",
        "verify",
        "watch",
    },
    "watch": {"exercise_files", "plainly", "progress", "reading", "runner", "syllabus"},
    "__main__": {"cli"},
}
BESIDE_THE_ROOMS = (
    "attempt",
    "settling",
    "terms",
    "plainly",
    "families",
    "coaching",
    "questions",
)  # modules of `hazards` that all rooms share
VIEWS = {
    "access_matrix", "attack", "attack_console", "growth_picture", "holders", "injection_matrix", "picture",
    "request_console", "review_form", "statement_tree",
}  # fmt: skip
MAY_SHOW_WIDGETS = ("widgets", "view", "notebook")
WIDGET_LIBRARIES = {"ipywidgets", "anywidget"}
HEAVY = {"django", "flask", "sqlalchemy", "numpy", "ipywidgets", "anywidget", "IPython"}


def imported(tree: ast.AST, package: str) -> Iterator[str]:
    """The full name of every module or name that is imported in the tree, inside functions too.

    `package` is the dotted name of the package that the module lies in; relative imports begin there.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            origin = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def part_of(name: str) -> str:
    """`course_lib.instruments.access.requests` belongs to `instruments`, `course_lib.hazards.x.cases` to `grader`."""
    words = name.split(".")
    if words[0] != "course_lib" or len(words) == 1:
        return ""
    if words[1] != "hazards":
        return words[1]
    if len(words) > 2 and words[2] in BESIDE_THE_ROOMS:
        return words[2]
    if len(words) < 4:
        return ""
    if words[3].startswith("probe"):
        return "probe"
    return "view" if words[3] in VIEWS else "grader"


def room_of(name: str) -> str:
    """The hazard whose room a module lies in, or ""."""
    words = name.split(".")
    inside = words[:2] == ["course_lib", "hazards"] and len(words) > 3 and words[2] not in BESIDE_THE_ROOMS
    return words[2] if inside else ""


def wrong_arrows(module: str, source: str, is_package: bool = False) -> list[str]:
    """Every import in this module that points the wrong way; `module` is its full dotted name."""
    part, room = part_of(module), room_of(module)
    if module in ("course_lib", "course_lib.hazards") or (is_package and not source):
        return []
    if part not in MAY_IMPORT:
        return [f"{module} belongs to no part that tests/house/arrows.py knows"]
    found = []
    for name in imported(ast.parse(source), module if is_package else module.rpartition(".")[0]):
        other = part_of(name)
        if other and other not in MAY_IMPORT[part] | {part}:
            found.append(f"{module} imports {name}: {part} may know only {sorted(MAY_IMPORT[part]) or 'nothing'}")
        if name == "course_lib" or (name.startswith("course_lib.hazards") and not other):
            found.append(f"{module} imports {name} whole: name the module")
        if room and room_of(name) not in ("", room):
            found.append(f"{module} imports {name}: a hazard knows no other hazard")
        if name.split(".")[0] in WIDGET_LIBRARIES and part not in MAY_SHOW_WIDGETS:
            found.append(f"{module} imports {name}: only {' and '.join(MAY_SHOW_WIDGETS)} may")
    return found


def heavy_at_the_top(module: str, source: str) -> list[str]:
    """What a grader imports at its top and must not: the judge starts in milliseconds."""
    top = ast.Module([node for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom)], [])
    if part_of(module) not in ("grader", "terms"):
        return []
    heavy = sorted({name for name in imported(top, "") if name.split(".")[0] in HEAVY})
    return [f"{module} imports {name} at its top" for name in heavy]


def shape_of(module: str, source: str) -> list[str]:
    """A module says what it is; a package of hazards holds nothing, so that a probe is loaded without its grader."""
    is_room = module == "course_lib.hazards" or (room_of(f"{module}.x") != "" and room_of(module) == "")
    if not source:
        return [] if is_room else [f"{module} is empty"]
    found = []
    if ast.get_docstring(ast.parse(source)) is None:
        found.append(f"{module} has no docstring")
    if is_room:
        found.append(f"{module} is a room: its __init__.py stays empty")
    if {"utils", "util", "helpers", "helper", "common", "misc"} & set(module.split(".")):
        found.append(f"{module} is named after nothing it does")
    return found


def modules(root: Path) -> list[tuple[str, str, bool]]:
    """(dotted name, source, whether it is a package) of every module of `course_lib` under the repository's root."""
    found = []
    for path in sorted((root / "course_lib").rglob("*.py")):
        parts, is_package = path.relative_to(root).with_suffix("").parts, path.name == "__init__.py"
        found.append((".".join(parts[:-1] if is_package else parts), path.read_text("utf-8"), is_package))
    return found
