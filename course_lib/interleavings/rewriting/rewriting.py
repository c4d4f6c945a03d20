"""Rewrites source so that every step which another thread could notice is announced to the explorer.

`self.value += 1` becomes a call that reads, a sum, and a call that writes; a call, a loop, a comparison of containers
become calls too. Nothing else changes: names, line numbers and results stay. Only the bodies of functions are
rewritten, because a module's own statements run once, before there are threads.
What it can't see: code that is not in the source given here.
"""

from __future__ import annotations

import ast
import importlib.util
from types import CodeType
from typing import Any

from course_lib.interleavings.rewriting.registry import remember, sources
from course_lib.interleavings.rewriting.storing import Storing, call_hook, is_plain

BY_FRAME = {"super", "locals", "globals", "vars", "dir"}  # built-ins that look at their caller
SOURCE_RUNNERS = {"exec", "eval"}


def compile_instrumented(source: bytes | str, filename: str, flags: int = 0, mode: str = "exec") -> CodeType:
    """The rewritten code of `source`: what `compile` gives, with every shared step announced. SyntaxError as usual."""
    text = importlib.util.decode_source(source) if isinstance(source, bytes) else source
    tree = compile(source, filename, mode, flags | ast.PyCF_ONLY_AST, dont_inherit=True)
    return compile_tree(tree, text, filename, flags, mode)


def compile_tree(tree: Any, text: str, filename: str, flags: int, mode: str) -> CodeType:
    sources[filename] = text.splitlines()
    for node in ast.walk(tree):
        if isinstance(node, ast.NamedExpr):
            node.target.walrus = True  # type: ignore[attr-defined]
    rewritten = ast.fix_missing_locations(Rewriter(tree, text, filename).visit(tree))
    code: CodeType = compile(rewritten, filename, mode, flags, dont_inherit=True)
    remember(code)
    return code


class Rewriter(Storing):
    """The whole rewriting: reading, calls, operators and loops here; stores in the base class."""

    # --- reading -----------------------------------------------------------------------------------------------

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        site = self.site(node)
        node.value = self.visit(node.value)
        if not self.depth or not isinstance(node.ctx, ast.Load):
            return node
        name = ast.Constant(self.mangled(node.attr))
        return ast.copy_location(call_hook("attr", node.value, name, site), node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        site = self.site(node)
        node.value = self.visit(node.value)
        if not self.depth or not isinstance(node.ctx, ast.Load):
            node.slice = self.visit(node.slice)
            return node
        return ast.copy_location(call_hook("item", node.value, self._index(node.slice), site), node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if not self.depth or not isinstance(node.ctx, ast.Load):
            return node
        before = self._announce_name(node, node.id, "before_read")
        if before is None:
            return node
        return ast.copy_location(call_hook("after_read", before, node), node)

    def visit_Starred(self, node: ast.Starred) -> ast.AST:
        if self.depth and isinstance(node.ctx, ast.Load):
            node.value = call_hook("look", self.visit(node.value), self.site(node.value))
            return node
        return self.generic_visit(node)

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        site = self.site(node.value)
        self.generic_visit(node)
        if self.depth and not is_plain(node.value):
            node.value = call_hook("look", node.value, site)
        return node

    # --- calls and operators -----------------------------------------------------------------------------------

    def visit_Call(self, node: ast.Call) -> ast.AST:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in SOURCE_RUNNERS and node.args and not isinstance(node.args[0], ast.Starred):
            self.generic_visit(node)
            node.func = ast.Name(name, ast.Load())
            node.args[0] = call_hook("source", node.args[0], ast.Constant(name))
            if len(node.args) > 1 and not isinstance(node.args[1], ast.Starred):
                node.args[1] = call_hook("furnished", node.args[1])
            return node
        if not self.depth or name in BY_FRAME:
            return self.generic_visit(node)
        site = self.site(node)
        arguments = [self.visit(one) for one in node.args]
        keywords = [self.visit(one) for one in node.keywords]
        if isinstance(node.func, ast.Attribute):
            target = [site, self.visit(node.func.value), ast.Constant(self.mangled(node.func.attr))]
            call = call_hook("method", *target, *arguments, keywords=keywords)
        else:
            call = call_hook("call", site, self.visit(node.func), *arguments, keywords=keywords)
        return ast.copy_location(call, node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        site = self.site(node)
        self.generic_visit(node)
        plain = is_plain(node.right) and not isinstance(node.op, (ast.Mult, ast.Mod))
        if not self.depth or plain or (is_plain(node.left) and is_plain(node.right)):
            return node
        operator = ast.Constant(type(node.op).__name__)
        return ast.copy_location(call_hook("binary", node.left, node.right, operator, site), node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        site = self.site(node)
        self.generic_visit(node)
        identity = all(isinstance(one, (ast.Is, ast.IsNot)) for one in node.ops)
        if not self.depth or identity or (is_plain(node.left) and all(map(is_plain, node.comparators))):
            return node
        if len(node.ops) == 1:
            operator = ast.Constant(type(node.ops[0]).__name__)
            return ast.copy_location(call_hook("compare", node.left, node.comparators[0], operator, site), node)
        node.left = call_hook("look", node.left, site)
        node.comparators = [call_hook("look", one, site) for one in node.comparators]
        return node

    def _tested(self, node: ast.expr) -> ast.expr:
        if not self.depth or is_plain(node) or isinstance(node, ast.BoolOp):
            return node
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return node
        return ast.copy_location(call_hook("truth", node, self.site(node)), node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        node.values = [self._tested(one) for one in node.values]
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not):
            node.operand = self._tested(node.operand)
        return node

    def _visit_test(self, node: Any) -> Any:
        self.generic_visit(node)
        node.test = self._tested(node.test)
        return node

    visit_If = visit_IfExp = visit_Assert = _visit_test

    def visit_match_case(self, node: ast.match_case) -> ast.AST:
        if node.guard is not None:
            node.guard = self._tested(self.visit(node.guard))
        node.body = self._statements(node.body)
        return node  # a pattern stays as it is: it may hold only names and literals

    # --- loops -------------------------------------------------------------------------------------------------

    def _in_loop(self, node: Any) -> Any:
        """The loop with a hook before it and one at the start of each turn."""
        site = self.site(node)
        enter = ast.copy_location(ast.Expr(call_hook("enter", site)), node)
        node.body.insert(0, ast.copy_location(ast.Expr(call_hook("loop", site)), node))
        return [enter, node]

    def visit_While(self, node: ast.While) -> Any:
        self._visit_test(node)
        return self._in_loop(node) if self.depth else node

    def visit_For(self, node: ast.For) -> Any:
        site = self.site(node.iter)
        node.iter = self.visit(node.iter)
        stores = self._targets_of(node)
        node.body, node.orelse = self._statements(node.body), self._statements(node.orelse)
        if not self.depth:
            return node
        node.iter = ast.copy_location(call_hook("iterate", node.iter, site), node.iter)
        node.body = [*stores, *node.body]
        return self._in_loop(node)

    def _targets_of(self, node: ast.For) -> list[ast.stmt]:
        stores: list[ast.stmt] = []
        if self.depth:
            node.target = self._plain_target(node.target, node, stores)
        return stores

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        site = self.site(node.iter)
        self.generic_visit(node)
        if self.depth and not node.is_async:
            node.iter = ast.copy_location(call_hook("iterate", node.iter, site), node.iter)
        node.ifs = [self._tested(one) for one in node.ifs]
        return node

    def _visit_comprehension_expression(self, node: Any) -> Any:
        outer, self.scope = self.scope, self.scopes.of.get(node, self.scope)
        self.generic_visit(node)
        self.scope = outer
        return node

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension_expression
