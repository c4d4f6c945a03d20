"""The half of the rewriting that keeps track of scopes and turns stores into calls.

A store to an attribute, an element or a shared variable becomes one call; targets inside tuples are unpacked to
temporary locals first, and stored one by one, in Python's own order.
"""

from __future__ import annotations

import ast
import itertools
from typing import Any

from course_lib.interleavings.rewriting.registry import Site, sites
from course_lib.interleavings.rewriting.scopes import Scope, Scopes

HOOKS = "__interleavings__"  # the built-in name under which rewritten code finds the hooks


def call_hook(hook: str, *arguments: ast.expr, keywords: list[ast.keyword] | None = None) -> ast.Call:
    function = ast.Attribute(ast.Name(HOOKS, ast.Load()), hook, ast.Load())
    return ast.Call(function, list(arguments), keywords or [])


def is_plain(node: ast.expr) -> bool:
    """Whether an expression can't be a container that threads share."""
    return isinstance(node, (ast.Constant, ast.Compare, ast.JoinedStr, ast.Lambda)) or (
        isinstance(node, ast.UnaryOp) and is_plain(node.operand)
    )


class Storing(ast.NodeTransformer):
    """Knows where in the source it is, and rewrites everything that stores."""

    def __init__(self, module: Any, text: str, filename: str) -> None:
        self.filename, self.lines = filename, text.splitlines()
        holder = module if isinstance(module, ast.Module) else ast.Module([ast.Expr(module.body)], [])
        self.scopes = Scopes(holder)
        self.scope: Scope = self.scopes.of[holder]
        self.depth = 0 if isinstance(module, ast.Module) else 1
        self.classes: list[str] = []
        self.names: list[str] = []
        self.temporary = itertools.count(1)

    # --- where we are ------------------------------------------------------------------------------------------

    def site(self, node: ast.AST, text: str | None = None) -> ast.expr:
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        end = getattr(node, "end_col_offset", column) if getattr(node, "end_lineno", line) == line else 10**6
        raw = self.lines[line - 1].encode() if line <= len(self.lines) else b""
        segment = raw[column:end].decode(errors="replace").strip()
        sites.append(Site(self.filename, line, column, min(end, len(raw)), text or segment, ".".join(self.names)))
        return ast.Constant(len(sites) - 1)

    def mangled(self, name: str) -> str:
        if not name.startswith("__") or name.endswith("__") or not self.classes:
            return name
        owner = self.classes[-1].lstrip("_")
        return f"_{owner}{name}" if owner else name

    def in_class_body(self) -> bool:
        return self.scope.is_class

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        self._defaults(node.args)
        outer, self.scope = self.scope, self.scopes.of[node]
        self.depth += 1
        self.names.append(node.name)
        node.body = self._statements(node.body)
        self.names.pop()
        self.depth -= 1
        self.scope = outer
        return node

    visit_AsyncFunctionDef = visit_FunctionDef  # ast's own name

    def _defaults(self, arguments: ast.arguments) -> None:
        arguments.defaults = [self.visit(one) for one in arguments.defaults]
        arguments.kw_defaults = [one and self.visit(one) for one in arguments.kw_defaults]

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self._defaults(node.args)
        outer, self.scope = self.scope, self.scopes.of[node]
        self.depth += 1
        node.body = self.visit(node.body)
        self.depth -= 1
        self.scope = outer
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        node.bases = [self.visit(one) for one in node.bases]
        node.keywords = [self.visit(one) for one in node.keywords]
        outer, self.scope = self.scope, self.scopes.of[node]
        self.classes.append(node.name)
        self.names.append(node.name)
        node.body = self._statements(node.body)
        self.names.pop()
        self.classes.pop()
        self.scope = outer
        return node

    def _statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        result: list[ast.stmt] = []
        for statement in body:
            new = self.visit(statement)
            result += new if isinstance(new, list) else [new]
        return result

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for field, old in ast.iter_fields(node):
            if field in ("annotation", "returns", "type_params", "type_comment"):
                continue
            if isinstance(old, list):
                new: list[Any] = []
                for item in old:
                    value = self.visit(item) if isinstance(item, ast.AST) else item
                    new += value if isinstance(value, list) else [value]
                old[:] = new
            elif isinstance(old, ast.AST):
                setattr(node, field, self.visit(old))
        return node

    def _announce_name(self, node: ast.AST, name: str, hook: str, *more: ast.expr) -> ast.expr | None:
        """A call that announces an access of a variable; None where no other thread can have it."""
        site = None
        if self.scopes.is_shared_global(self.scope, name):
            site = self.site(node, name)
            place: ast.expr = ast.Call(ast.Name("globals", ast.Load()), [], [])
        elif self.scopes.is_shared_cell(self.scope, name) and not self.in_class_body():
            site = self.site(node, name)
            place = ast.Lambda(ast.arguments([], [], None, [], [], None, []), ast.Name(name, ast.Load()))
        if site is None:
            return None
        return call_hook(hook, place, ast.Constant(name), site, *more)

    # --- writing -----------------------------------------------------------------------------------------------

    def _is_announced(self, target: ast.expr) -> bool:
        if isinstance(target, (ast.Tuple, ast.List)):
            return any(self._is_announced(one) for one in target.elts)
        if isinstance(target, ast.Starred):
            return self._is_announced(target.value)
        if isinstance(target, ast.Name):
            return self.scopes.is_shared_global(self.scope, target.id) or self.scopes.is_shared_cell(
                self.scope, target.id
            )
        return isinstance(target, (ast.Attribute, ast.Subscript))

    def _plain_target(self, target: ast.expr, at: ast.AST, stores: list[ast.stmt]) -> ast.expr:
        """A target of plain locals; the stores that the original target stands for are appended to `stores`."""
        if isinstance(target, (ast.Tuple, ast.List)):
            target.elts = [self._plain_target(one, at, stores) for one in target.elts]
            return target
        if isinstance(target, ast.Starred):
            target.value = self._plain_target(target.value, at, stores)
            return target
        if not self._is_announced(target):
            return target
        name = f"__step_{next(self.temporary)}__"
        stores.append(ast.copy_location(self._store(target, ast.Name(name, ast.Load())), at))
        return ast.copy_location(ast.Name(name, ast.Store()), target)

    def _store(self, target: ast.expr, value: ast.expr) -> ast.stmt:
        """The statement that stores `value` (already rewritten) at `target`."""
        site = self.site(target)
        if isinstance(target, ast.Attribute):
            name = ast.Constant(self.mangled(target.attr))
            return ast.Expr(call_hook("set_attr", value, self.visit(target.value), name, site))
        if isinstance(target, ast.Subscript):
            return ast.Expr(call_hook("set_item", value, self.visit(target.value), self._index(target.slice), site))
        assert isinstance(target, ast.Name)
        announced = self._announce_name(target, target.id, "write", value)
        return ast.Assign([target], announced or value)

    def _index(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Slice):
            parts = [(part and self.visit(part)) or ast.Constant(None) for part in (node.lower, node.upper, node.step)]
            return call_hook("slice", *parts)
        if isinstance(node, ast.Tuple):
            node.elts = [self._index(one) for one in node.elts]
            return node
        index: ast.expr = self.visit(node)
        return index

    def visit_Assign(self, node: ast.Assign) -> Any:
        node.value = self.visit(node.value)
        if not self.depth or self.in_class_body() or not any(map(self._is_announced, node.targets)):
            return node
        if len(node.targets) == 1 and not isinstance(node.targets[0], (ast.Tuple, ast.List)):
            return ast.copy_location(self._store(node.targets[0], node.value), node)
        stores: list[ast.stmt] = []
        if len(node.targets) > 1:
            return self._chain(node)
        node.targets = [self._plain_target(one, node, stores) for one in node.targets]
        return [node, *stores]

    def _chain(self, node: ast.Assign) -> list[ast.stmt]:
        name = f"__step_{next(self.temporary)}__"
        first: ast.stmt = ast.Assign([ast.Name(name, ast.Store())], node.value)
        statements = [ast.copy_location(first, node)]
        for target in node.targets:
            one = ast.copy_location(ast.Assign([target], ast.Name(name, ast.Load())), node)
            new = self.visit_Assign(one)
            statements += new if isinstance(new, list) else [new]
        return statements

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        if node.value is None or not self.depth or self.in_class_body() or not self._is_announced(node.target):
            if node.value is not None:
                node.value = self.visit(node.value)
            return node
        return ast.copy_location(self._store(node.target, self.visit(node.value)), node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        operator = ast.Constant(type(node.op).__name__)
        target, site = node.target, self.site(node.target)
        value = self.visit(node.value)
        if not self.depth or self.in_class_body():
            node.value = value
            return node
        if isinstance(target, ast.Name):
            return self._augmented_name(node, target, value, operator)
        if isinstance(target, ast.Attribute):
            name = ast.Constant(self.mangled(target.attr))
            old = call_hook("read_attr_to_change", self.visit(target.value), name, site)
        else:
            old = call_hook("read_item_to_change", self.visit(target.value), self._index(target.slice), site)
        return ast.copy_location(ast.Expr(call_hook("change", old, value, operator, site)), node)

    def _augmented_name(self, node: ast.AugAssign, target: ast.Name, value: ast.expr, operator: ast.expr) -> ast.AST:
        old = self.visit_Name(ast.copy_location(ast.Name(target.id, ast.Load()), target))
        assert isinstance(old, ast.expr)
        new: ast.expr = call_hook("inplace", old, value, operator, self.site(target))
        announced = self._announce_name(target, target.id, "write", new)
        return ast.copy_location(ast.Assign([target], announced or new), node)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.AST:
        node.value = self.visit(node.value)
        if self.depth:
            node.value = self._announce_name(node, node.target.id, "write", node.value) or node.value
        return node

    def visit_Delete(self, node: ast.Delete) -> Any:
        if not self.depth:
            return self.generic_visit(node)
        return [ast.copy_location(self._delete(one), node) for one in node.targets]

    def _delete(self, target: ast.expr) -> ast.stmt:
        site = self.site(target)
        if isinstance(target, ast.Attribute):
            return ast.Expr(
                call_hook("del_attr", self.visit(target.value), ast.Constant(self.mangled(target.attr)), site)
            )
        if isinstance(target, ast.Subscript):
            return ast.Expr(call_hook("del_item", self.visit(target.value), self._index(target.slice), site))
        return ast.Delete([target])

    def visit_withitem(self, node: ast.withitem) -> ast.AST:
        node.context_expr = self.visit(node.context_expr)
        return node  # a target such as `as self.file` stays as it is: the object is new
