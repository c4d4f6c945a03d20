"""Which local variables of a function only decide how long it sleeps, or waits for a lock.

`while not lock.acquire(blocking=False): time.sleep(delay); delay *= 2` is in the same state at each turn, although
`delay` never is, and so is `while not lock.acquire(timeout=delay): delay *= 2`. What flows into anything else counts:
`if delay > 1: return False` is the end of the waiting. What it can't see: a pause that is made by another function of
the program.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

_HARMLESS = frozenset(["min", "max", "abs", "round", "int", "float", "pow"])  # they give a number and do nothing else
_HARMLESS_MODULES = frozenset({"random", "math"})
_SEPARATE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_NOTHING: frozenset[str] = frozenset()
Sink = frozenset[str] | None
"""Where a value goes: into these variables (none: into a pause), or, if None, where it can decide something."""


class Sleeps:
    """How a module calls `time.sleep`, and whether it takes locks with a timeout that are no class of its own."""

    def __init__(self, module: ast.AST) -> None:
        self.modules: set[str] = set()
        self.names: set[str] = set()
        nodes = list(ast.walk(module))
        own = any(isinstance(node, ast.FunctionDef) and node.name == "acquire" for node in nodes)
        self.timed = not own and any(isinstance(node, ast.Call) and bool(_timeouts(node)) for node in nodes)
        for node in nodes:
            if isinstance(node, ast.Import):
                self.modules |= {alias.asname or alias.name for alias in node.names if alias.name == "time"}
            elif isinstance(node, ast.ImportFrom) and node.module == "time":
                self.names |= {alias.asname or alias.name for alias in node.names if alias.name == "sleep"}

    def is_sleep(self, function: ast.expr) -> bool:
        if isinstance(function, ast.Name):
            return function.id in self.names
        inside = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
        return inside and function.attr == "sleep" and function.value.id in self.modules  # type: ignore[attr-defined]

    def lengths(self, call: ast.Call) -> list[ast.expr]:
        """The arguments that only say how long to wait."""
        if self.is_sleep(call.func):
            return [*call.args, *(keyword.value for keyword in call.keywords)]
        return _timeouts(call) if self.timed else []


def _timeouts(call: ast.Call) -> list[ast.expr]:
    """The timeout of `lock.acquire`."""
    if not (isinstance(call.func, ast.Attribute) and call.func.attr == "acquire"):
        return []
    return [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "timeout")]


def has_no_end(things: ast.expr) -> bool:
    """Whether a `for` over this goes on until something else ends it: `itertools.count()`, `repeat(None)`."""
    if not isinstance(things, ast.Call):
        return False
    name = things.func.attr if isinstance(things.func, ast.Attribute) else getattr(things.func, "id", "")
    return name in ("count", "cycle") or (name == "repeat" and len(things.args) == 1 and not things.keywords)


def only_slept(body: list[ast.stmt], sleeps: Sleeps) -> tuple[str, ...]:
    """The names that statements of one function assign and that nothing but the length of sleeps and waits hangs on."""
    if not sleeps.modules and not sleeps.names and not sleeps.timed:
        return ()
    flow = _Flow(sleeps)
    for statement in body:
        flow.statement(statement)
    decides = flow.into(flow.decides)
    slept = flow.into({name for name, sink in flow.uses if not sink})
    return tuple(sorted(flow.assigned & slept - decides))


class _Flow:
    """Which variable flows into which."""

    def __init__(self, sleeps: Sleeps) -> None:
        self.sleeps = sleeps
        self.assigned: set[str] = set()
        self.decides: set[str] = set()
        self.uses: list[tuple[str, frozenset[str]]] = []

    def into(self, names: set[str]) -> set[str]:
        """These variables and all that flow into them."""
        found = set(names)
        while more := {name for name, sink in self.uses if name not in found and sink & found}:
            found |= more
        return found

    def statement(self, node: ast.stmt) -> None:
        targets = _assigned_by(node)
        if targets is not None:
            self.assigned |= targets
            value = node.value  # type: ignore[attr-defined]
            if value is not None:
                self.value(value, targets)
        elif isinstance(node, ast.If):
            inside = [_assigned_by(one) for one in (*node.body, *node.orelse)]
            only_assigns = all(one is not None for one in inside)
            self.value(node.test, _NOTHING.union(*[one or _NOTHING for one in inside]) if only_assigns else None)
            for one in (*node.body, *node.orelse):
                self.statement(one)
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Name) and has_no_end(node.iter):
            self.assigned.add(node.target.id)
            for one in (*node.body, *node.orelse):
                self.statement(one)
        else:
            for child in ast.iter_child_nodes(node):
                self.child(child)

    def child(self, node: ast.AST) -> None:
        if isinstance(node, ast.stmt):
            self.statement(node)
        elif isinstance(node, ast.expr):
            self.value(node, None)
        else:  # handlers, items of a `with`, cases
            for child in ast.iter_child_nodes(node):
                self.child(child)

    def value(self, node: ast.AST, sink: Sink) -> None:
        if isinstance(node, ast.Name):
            if not isinstance(node.ctx, ast.Load) or sink is None:
                self.decides.add(node.id)
            else:
                self.uses.append((node.id, sink))
            return
        if isinstance(node, ast.Call):
            self.value(node.func, None)
            lengths = self.sleeps.lengths(node)
            inside = sink if _is_harmless(node.func) else None
            for one in (*node.args, *(keyword.value for keyword in node.keywords)):
                self.value(one, _NOTHING if one in lengths else inside)
            return
        for child in _parts(node):
            self.value(child, None if isinstance(node, (*_SEPARATE, ast.NamedExpr, ast.comprehension)) else sink)


def _assigned_by(node: ast.stmt) -> frozenset[str] | None:
    """The variables that a plain assignment gives a value to; None for any other statement."""
    if isinstance(node, ast.Assign) and all(isinstance(target, ast.Name) for target in node.targets):
        return frozenset(target.id for target in node.targets if isinstance(target, ast.Name))
    if isinstance(node, (ast.AugAssign, ast.AnnAssign)) and isinstance(node.target, ast.Name):
        return frozenset({node.target.id})
    return None


def _is_harmless(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in _HARMLESS
    owner = function.value if isinstance(function, ast.Attribute) else None
    return isinstance(owner, ast.Name) and owner.id in _HARMLESS_MODULES


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.expr, ast.comprehension, ast.stmt, ast.arguments, ast.keyword, ast.Slice)):
            yield child
