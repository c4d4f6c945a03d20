"""Which part of `course_lib` may import which: read from the source, so that no import has to succeed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

MAY_IMPORT = {
    "reading": set(),
    "syllabus": set(),
    "testbeds": set(),
    "instruments": {"reading"},
    "probes": {"reading", "instruments", "testbeds"},
    "graders": {"reading", "instruments", "testbeds"},
    "coaching": {"syllabus"},
    "progress": {"syllabus"},
    "exercise_files": {"syllabus"},
    "widgets": {"reading", "instruments", "progress"},
    "runner": {"reading", "syllabus", "graders", "probes"},
}
MAY_SHOW_WIDGETS = ("widgets", "notebook")
WIDGET_LIBRARIES = {"ipywidgets", "anywidget"}
HEAVY = {"django", "flask", "sqlalchemy", "matplotlib", "numpy", "ipywidgets", "anywidget", "IPython"}


def imported(tree: ast.AST) -> Iterator[str]:
    """The full name of every module that is imported in the tree, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "course_lib")


def part_of(module: str) -> str:
    """`course_lib.instruments.access` belongs to `instruments`."""
    return module.split(".")[1] if module.startswith("course_lib.") else ""


def wrong_arrows(module: str, source: str) -> list[str]:
    """Every import in this module that points the wrong way; `module` is its full dotted name."""
    part, tree = part_of(module), ast.parse(source)
    allowed = MAY_IMPORT.get(part)
    found = []
    for name in imported(tree):
        other = part_of(name)
        if allowed is not None and other and other not in allowed | {part}:
            found.append(f"{module} imports {name}: {part} may know only {sorted(allowed) or 'nothing'}")
        if name.split(".")[0] in WIDGET_LIBRARIES and part not in MAY_SHOW_WIDGETS:
            found.append(f"{module} imports {name}: only {' and '.join(MAY_SHOW_WIDGETS)} may")
        if name == "course_lib.probes" and part == "graders":
            found.append(f"{module} imports the probes, which run beside the submission")
    return found


def heavy_at_the_top(module: str, source: str) -> list[str]:
    """What a grader imports at its top and must not: the judge starts in milliseconds."""
    top = ast.Module([node for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom)], [])
    if part_of(module) != "graders":
        return []
    heavy = sorted({name for name in imported(top) if name.split(".")[0] in HEAVY})
    return [f"{module} imports {name} at its top" for name in heavy]


def shape_of(module: str, source: str) -> list[str]:
    """A module says what it is, and stays under 300 lines."""
    found = []
    if ast.get_docstring(ast.parse(source)) is None:
        found.append(f"{module} has no docstring")
    if (lines := source.count("\n")) >= 300:
        found.append(f"{module} has {lines} lines, it is two modules")
    if {"utils", "util", "helpers", "helper", "common", "misc"} & set(module.split(".")):
        found.append(f"{module} is named after nothing it does")
    return found


def modules(root: Path) -> list[tuple[str, str]]:
    """(dotted name, source) of every module of `course_lib` under the repository's root."""
    found = []
    for path in sorted((root / "course_lib").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found.append((".".join(parts[:-1] if parts[-1] == "__init__" else parts), path.read_text("utf-8")))
    return found
