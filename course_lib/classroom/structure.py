"""The structure of an answer: a digest that stays the same when names, texts, numbers, comments and layout change.

Two answers of one structure are a question and no more: a short repair has few shapes. What it can't see: the same
thought in another order, and who had it first.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Sequence

from course_lib.runner.source import Submission

Structure = tuple[str, int]  # the digest, and of how many pieces of syntax it is one


def structures(submission: Submission, tasks: Sequence[str]) -> dict[str, Structure]:
    """The structure of the last definition of each task that is defined at the top of a cell."""
    defined = dict(_definitions(cell.source for cell in submission.cells))
    return {task: structure_of(defined[task]) for task in tasks if task in defined}


def definition(submission: Submission, task: str) -> str:
    """The text of that definition, or ""."""
    node = dict(_definitions(cell.source for cell in submission.cells)).get(task)
    return ast.unparse(node) if node is not None else ""


def _definitions(sources: Iterable[bytes]) -> Iterable[tuple[str, ast.stmt]]:
    for source in sources:
        try:
            body = ast.parse(source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in body:
            yield from ((name, node) for name in _names(node))


def _names(node: ast.stmt) -> Iterable[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def structure_of(node: ast.AST) -> Structure:
    """Its digest and its size."""
    shape: list[str] = []
    waiting: list[ast.AST | str] = [node]
    while waiting:  # no recursion: an answer may nest as deep as Python's parser lets it
        one = waiting.pop()
        if isinstance(one, str):
            shape.append(one)
            continue
        shape.append(type(one.value).__name__ if isinstance(one, ast.Constant) else type(one).__name__)
        waiting.append(")")
        waiting.extend(reversed([child for child in ast.iter_child_nodes(one) if not _is_documentation(one, child)]))
    size = sum(word != ")" for word in shape)
    return hashlib.sha256(" ".join(shape).encode()).hexdigest()[:16], size


def _is_documentation(parent: ast.AST, child: ast.AST) -> bool:
    """Whether the child is a bare text, a docstring mostly, or an annotation."""
    if isinstance(child, ast.Expr):
        return isinstance(child.value, ast.Constant)
    return child in (getattr(parent, "annotation", None), getattr(parent, "returns", None))
