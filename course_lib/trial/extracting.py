"""The Python in an answer: of a `.py` file all of it, of a text the last fenced block that is Python.

Fences as CommonMark has them: three or more backticks or tildes, closed by at least as many of the same; a block that
is never closed goes to the answer's end. A block counts that is marked as Python, or that is not marked and parses. An
answer that is wrapped in a block of Markdown is read inside. A text that is Python as it stands is the program itself.
"""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator

PYTHON = frozenset({"python", "py", "python3"})
MARKDOWN = frozenset({"markdown", "md"})

_OPENING = re.compile(r"[ \t]*(?P<fence>`{3,}|~{3,})[ \t]*\{?\.?(?P<mark>[\w+#-]*)(?P<rest>.*)")


def code_in(answer: bytes, suffix: str) -> bytes | None:
    """The program that an answer holds, None where it holds none."""
    if suffix == ".py":
        return answer
    text = answer.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if _tree(text) is not None:
        return text.encode()
    found = [code for mark, code in _blocks(text) if mark in PYTHON or (not mark and _tree(code) is not None)]
    return found[-1].encode() if found else None


def defines(code: bytes, task: str) -> bool:
    """Whether this is Python that binds the name in its module."""
    tree = _tree(code)
    return tree is not None and any(task in _bound(node) for node in _of_the_module(tree))


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """(mark, content) of each fenced block, in order."""
    lines = iter(text.split("\n"))
    for line in lines:
        opening = _OPENING.fullmatch(line)
        if opening is None or ("`" in opening["mark"] + opening["rest"] and opening["fence"][0] == "`"):
            continue
        content = "\n".join(_until_closed(lines, opening["fence"]))
        if opening["mark"].lower() in MARKDOWN:
            yield from _blocks(content)
        else:
            yield opening["mark"].lower(), textwrap.dedent(content) + "\n"


def _until_closed(lines: Iterator[str], fence: str) -> Iterator[str]:
    for line in lines:
        bare = line.strip()
        if len(bare) >= len(fence) and not bare.strip(fence[0]):
            return
        yield line


def _tree(code: str | bytes) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(code)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _of_the_module(tree: ast.Module) -> Iterator[ast.AST]:
    """Every node that runs in the module itself, not in a function or class of it."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _bound(node: ast.AST) -> tuple[str, ...]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return (node.name,)
    if isinstance(node, ast.alias):
        return (node.asname or node.name.partition(".")[0],)
    return (node.id,) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else ()
