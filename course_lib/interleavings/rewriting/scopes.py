"""Which variables of a module can be shared by threads.

A local variable can't. A global that some function assigns can, and so can a closure's variable that is bound at
more than one place. Everything else is bound once and only read.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Scope:
    """The names of one function, class body, comprehension or module."""

    def __init__(self, node: ast.AST, parent: Scope | None) -> None:
        self.node, self.parent = node, parent
        self.bound: dict[str, int] = {}  # name -> how often it is bound here
        self.global_names: set[str] = set()
        self.outer_names: set[str] = set()
        self.is_class = isinstance(node, ast.ClassDef)
        self.is_module = isinstance(node, ast.Module)

    def bind(self, name: str) -> None:
        self.bound[name] = self.bound.get(name, 0) + 1

    def owner(self, name: str) -> Scope | None:
        """The scope whose variable `name` means here; None for a global or a built-in."""
        scope: Scope | None = self
        while scope is not None and not scope.is_module:
            if name in scope.global_names:
                return None
            if name in scope.bound and name not in scope.outer_names and (scope is self or not scope.is_class):
                return scope
            scope = scope.parent
        return None


class Scopes:
    """All scopes of a module, and the two questions that the rewriting asks."""

    def __init__(self, module: ast.Module) -> None:
        self.of: dict[ast.AST, Scope] = {}
        self.assigned_globals: set[str] = set()
        self._loads: list[tuple[Scope, str]] = []
        self._rebound: set[tuple[Scope, str]] = set()
        self._captured: set[tuple[Scope, str]] = set()
        outermost = self.of[module] = Scope(module, None)
        for child in ast.iter_child_nodes(module):
            self._walk(child, outermost)
        self._find_captured()
        self._find_rebound()

    def _find_captured(self) -> None:
        """The variables that a function inside their own scope uses."""
        for scope, name in self._loads:
            owner = scope.owner(name)
            if owner is not None and owner is not scope and not _runs_within(scope, owner):
                self._captured.add((owner, name))

    def _find_rebound(self) -> None:
        """The globals that functions assign, and the variables of functions that are bound at more than one place."""
        for scope in self.of.values():
            if scope.is_module:
                continue
            self.assigned_globals |= scope.global_names & scope.bound.keys()
            for name in scope.outer_names & scope.bound.keys():
                owner = scope.parent.owner(name) if scope.parent else None
                if owner is not None:
                    self._rebound.add((owner, name))
            for name, times in scope.bound.items():
                if times > 1 and name not in scope.outer_names | scope.global_names:
                    self._rebound.add((scope, name))

    def is_shared_global(self, scope: Scope, name: str) -> bool:
        return name in self.assigned_globals and scope.owner(name) is None

    def is_shared_cell(self, scope: Scope, name: str) -> bool:
        owner = scope.owner(name)
        return owner is not None and (owner, name) in self._rebound and (owner, name) in self._captured

    def is_only_here(self, scope: Scope, name: str) -> bool:
        """Whether `name` is a variable of this function and no function inside uses it."""
        here = scope.owner(name) is scope and not scope.is_class
        return here and (scope, name) not in self._captured

    def _walk(self, node: ast.AST, scope: Scope) -> None:
        if isinstance(node, ast.Name):
            self._name(node, scope)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            (scope.global_names if isinstance(node, ast.Global) else scope.outer_names).update(node.names)
            if isinstance(node, ast.Nonlocal):
                self._loads += [(scope, name) for name in node.names]
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                scope.bind((alias.asname or alias.name).split(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            scope.bind(node.name)
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            self._enter(node, scope)
        elif isinstance(node, COMPREHENSIONS):
            inner = self.of[node] = Scope(node, scope)
            for child in ast.iter_child_nodes(node):
                self._walk(child, inner)
        else:
            for child in ast.iter_child_nodes(node):
                self._walk(child, scope)

    def _name(self, node: ast.Name, scope: Scope) -> None:
        if isinstance(node.ctx, ast.Load):
            self._loads.append((scope, node.id))
            return
        target = scope
        while getattr(node, "walrus", False) and isinstance(target.node, COMPREHENSIONS) and target.parent:
            target = target.parent
        target.bind(node.id)

    def _enter(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef, scope: Scope) -> None:
        if not isinstance(node, ast.Lambda):
            scope.bind(node.name)
            for decorator in node.decorator_list:
                self._walk(decorator, scope)
        inner = self.of[node] = Scope(node, scope)
        if isinstance(node, ast.ClassDef):
            for part in (*node.bases, *node.keywords):
                self._walk(part, scope)
        else:
            for default in (*node.args.defaults, *(d for d in node.args.kw_defaults if d)):
                self._walk(default, scope)
            for name in parameters(node.args):
                inner.bind(name)
        body = node.body if isinstance(node.body, list) else [node.body]
        for child in body:
            self._walk(child, inner)


def _runs_within(scope: Scope, owner: Scope) -> bool:
    """Whether this is a comprehension that stands directly in `owner`: it runs there and then, on the same thread."""
    return isinstance(scope.node, COMPREHENSIONS) and scope.parent is owner


def parameters(arguments: ast.arguments) -> Iterator[str]:
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    for one in (arguments.vararg, arguments.kwarg):
        if one is not None:
            every.append(one)
    for argument in every:
        yield argument.arg
