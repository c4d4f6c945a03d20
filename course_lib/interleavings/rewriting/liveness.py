"""Which local variables still matter when a turn of a loop begins: those that are read before they are assigned anew.

A thread that waits in a loop is where it was a turn ago, whatever is left over in variables that nobody will read.
The analysis is the usual one, backwards over the statements; where it can't know, a variable matters.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

Names = frozenset[str]
_NONE: Names = frozenset()
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_LOOKS_AT_ALL = {"locals", "vars", "eval", "exec", "dir"}


def left_over(function: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[ast.AST, Names]:
    """For each loop of the function, its variables that don't matter at the beginning of a turn."""
    if not any(isinstance(node, (ast.For, ast.While)) for node in ast.walk(function)):
        return {}
    used = _loads(*function.body)
    if used & _LOOKS_AT_ALL:
        return {}
    outer = {name for node in ast.walk(function) if isinstance(node, (ast.Global, ast.Nonlocal)) for name in node.names}
    inner = [node for node in ast.walk(function) if isinstance(node, _FUNCTIONS) and node is not function]
    kept = _loads(*inner) | outer
    analysis = _Liveness()
    analysis.block(function.body, _NONE)
    return {loop: _stores(function) - kept - live for loop, live in analysis.at_turn.items()}


def _loads(*nodes: ast.AST) -> Names:
    return frozenset(
        node.id
        for one in nodes
        for node in ast.walk(one)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)
    )


def _stores(*nodes: ast.AST) -> Names:
    return frozenset(
        node.id
        for one in nodes
        for node in ast.walk(one)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )


class _Liveness:
    """What is live before each statement, given what is live after it."""

    def __init__(self) -> None:
        self.at_turn: dict[ast.AST, Names] = {}
        self.after_break: list[Names] = []
        self.at_continue: list[Names] = []
        self.on_error = _NONE  # what the handlers and final blocks round a statement read

    def block(self, statements: Sequence[ast.stmt], live: Names) -> Names:
        for statement in reversed(statements):
            live = self.statement(statement, live) | self.on_error
        return live

    def statement(self, node: ast.stmt, live: Names) -> Names:
        if isinstance(node, (ast.While, ast.For, ast.AsyncFor)):
            return self._loop(node, live)
        if isinstance(node, ast.If):
            return _loads(node.test) | self.block(node.body, live) | self.block(node.orelse, live)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            return _loads(*node.items) | self.block(node.body, live)
        if isinstance(node, ast.Try):
            return self._try(node, live)
        if isinstance(node, ast.Match):
            cases = [self.block(case.body, live) | _loads(case) for case in node.cases]
            return _loads(node.subject).union(live, *cases)
        if isinstance(node, (ast.Return, ast.Raise)):
            return _loads(node)
        if isinstance(node, ast.Break):
            return self.after_break[-1]
        if isinstance(node, ast.Continue):
            return self.at_continue[-1]
        if isinstance(node, ast.Assign):
            return (live - _plain(node.targets)) | _loads(node)
        if isinstance(node, ast.AugAssign):
            return live | _loads(node) | _stores(node.target)
        return live | _loads(node)

    def _loop(self, node: ast.While | ast.For | ast.AsyncFor, live: Names) -> Names:
        after = self.block(node.orelse, live) | live
        given = _NONE if isinstance(node, ast.While) else _plain([node.target])
        asked = _loads(node.test) if isinstance(node, ast.While) else _loads(node.target)
        head, turn = after | asked, _NONE
        while True:
            self.after_break.append(live)
            self.at_continue.append(head)
            turn = self.block(node.body, head)
            self.after_break.pop()
            self.at_continue.pop()
            before = head | (turn - given)
            if before == head:
                break
            head = before
        self.at_turn[node] = turn
        return head if isinstance(node, ast.While) else head | _loads(node.iter)

    def _try(self, node: ast.Try, live: Names) -> Names:
        final = self.block(node.finalbody, live)
        outer = self.on_error
        self.on_error = outer | (_loads(*node.finalbody) if node.finalbody else _NONE)
        handled = _NONE.union(*(self.block(handler.body, final) for handler in node.handlers))
        handled |= _loads(*(handler.type for handler in node.handlers if handler.type))
        after = self.block(node.orelse, final)
        self.on_error |= handled
        inside = self.block(node.body, after)
        self.on_error = outer
        return inside | handled


def _plain(targets: Sequence[ast.expr]) -> Names:
    """The variables that these targets assign for certain."""
    found: set[str] = set()
    for target in targets:
        if isinstance(target, ast.Name):
            found.add(target.id)
        elif isinstance(target, (ast.Tuple, ast.List)):
            found |= _plain(target.elts)
    return frozenset(found)
