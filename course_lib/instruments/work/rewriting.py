"""Rewrites source so that its work is counted: one step a turn of a loop and a call, and what each operation costs.

Names, line numbers and results stay as they are. `a in b` becomes a call that looks and charges; a call is made on
what `Hooks.call` gives in place of the function; a loop counts its turns where it stands.
"""

from __future__ import annotations

import ast
from copy import deepcopy
from types import CodeType
from typing import Any

from course_lib.instruments.work.hooks import COMPARISONS, HOOK, OPERATIONS


def compile_counted(source: bytes | str | ast.AST, filename: str, flags: int = 0, mode: str = "exec") -> CodeType:
    """The rewritten code of a text or a tree, as `compile` gives it; SyntaxError as usual."""
    tree: Any = deepcopy(source)
    if not isinstance(tree, ast.AST):
        tree = compile(tree, filename, mode, flags | ast.PyCF_ONLY_AST, dont_inherit=True)
    rewritten = ast.fix_missing_locations(_Rewriter(_names_a_deque(tree)).visit(tree))
    code: CodeType = compile(rewritten, filename, mode, flags, dont_inherit=True)
    return code


def _names_a_deque(tree: ast.AST) -> bool:
    """Whether there may be one: what else stands between square brackets is found in one step, and left as it is."""
    return any(
        "deque" in (getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", ""))
        for node in ast.walk(tree)
    )


def _hook(name: str, *arguments: ast.expr) -> ast.Call:
    function = ast.Attribute(ast.Name(HOOK, ast.Load()), name, ast.Load())
    return ast.Call(function, list(arguments), [])


def _step(at: ast.AST) -> ast.stmt:
    step = ast.parse(f"{HOOK}.tally.steps += 1").body[0]
    for node in ast.walk(step):
        ast.copy_location(node, at)
    return step


def _may_be_twice(node: ast.expr) -> bool:
    """Whether an expression can be evaluated once more without an effect."""
    if isinstance(node, ast.Attribute):
        return _may_be_twice(node.value)
    return isinstance(node, (ast.Name, ast.Constant))


def _again(node: ast.expr) -> ast.expr:
    """The same expression, to be read."""
    copy: ast.expr = ast.parse(ast.unparse(node), mode="eval").body
    return copy


def _is_an_end(key: ast.expr) -> bool:
    return ast.unparse(key) in ("0", "-1")


class _Rewriter(ast.NodeTransformer):
    def __init__(self, has_deques: bool) -> None:
        self._has_deques = has_deques

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Annotations and type parameters stay as they are."""
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns", "type_params", "type_comment", "pattern"):
                continue
            if isinstance(value, list):
                value[:] = [part for one in value for part in self._visited(one)]
            elif isinstance(value, ast.AST):
                setattr(node, field, self.visit(value))
        return node

    def _visited(self, one: Any) -> list[Any]:
        result = self.visit(one) if isinstance(one, ast.AST) else one
        return result if isinstance(result, list) else [result]

    # --- functions, classes and loops ------------------------------------------------------------------------------

    def visit_FunctionDef(self, node: Any) -> Any:
        self.generic_visit(node)
        first = node.body[0]
        has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        node.body.insert(1 if has_docstring else 0, _step(first))
        return node

    visit_AsyncFunctionDef = visit_FunctionDef  # ast's own name

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self.generic_visit(node)
        node.body = _hook("stepped", node.body)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.generic_visit(node)
        if any(isinstance(one, ast.FunctionDef) and one.name == "__hash__" for one in node.body):
            name = ast.Attribute(ast.Name(HOOK, ast.Load()), "counted_class", ast.Load())
            node.decorator_list.append(ast.copy_location(name, node))
        return node

    def _loop(self, node: Any) -> Any:
        self.generic_visit(node)
        node.body.insert(0, _step(node.body[0]))
        return node

    visit_For = visit_AsyncFor = visit_While = _loop

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        if not node.is_async:
            node.iter = _hook("each", node.iter)
        return node

    def visit_YieldFrom(self, node: ast.YieldFrom) -> ast.AST:
        self.generic_visit(node)
        node.value = _hook("spread", node.value)
        return node

    # --- operations ------------------------------------------------------------------------------------------------

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        node.func = ast.copy_location(_hook("call", node.func), node.func)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        sign = type(node.ops[0]).__name__
        if len(node.ops) > 1 or all(isinstance(one, ast.Constant) for one in (node.left, node.comparators[0])):
            return node
        if sign in ("In", "NotIn"):
            name = "contains" if sign == "In" else "contains_not"
            return ast.copy_location(_hook(name, node.left, node.comparators[0]), node)
        if sign in COMPARISONS:
            return ast.copy_location(_hook("compare", node.left, node.comparators[0], ast.Constant(sign)), node)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        sign = type(node.op).__name__
        ends = (node.right,) if sign == "LShift" else (node.left, node.right)
        number = any(isinstance(one, ast.Constant) and type(one.value) is int for one in ends)
        if sign not in OPERATIONS or (number and sign != "Mult"):
            return node
        return ast.copy_location(_hook("combine", node.left, node.right, ast.Constant(sign)), node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        sign = type(node.op).__name__
        if sign in OPERATIONS and not (isinstance(node.value, ast.Constant) and type(node.value.value) is int):
            if _may_be_twice(node.target):
                node.value = ast.copy_location(
                    _hook("added", _again(node.target), node.value, ast.Constant(sign)), node.value
                )
            else:
                node.value = ast.copy_location(_hook("spread", node.value), node.value)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.slice, ast.Slice) and isinstance(node.ctx, ast.Load):
            return ast.copy_location(_hook("part", node.value, _as_slice(node.slice)), node)
        has_parts = any(isinstance(one, (ast.Slice, ast.Starred)) for one in ast.walk(node.slice))
        if self._has_deques and isinstance(node.ctx, ast.Load) and not has_parts and not _is_an_end(node.slice):
            return ast.copy_location(_hook("item", node.value, node.slice), node)
        return node

    def visit_Starred(self, node: ast.Starred) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load):
            node.value = _hook("spread", node.value)
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        keys, values = node.keys, [self.visit(one) for one in node.values]
        node.keys = [one and self.visit(one) for one in keys]
        node.values = [_hook("spread", one) if key is None else one for key, one in zip(keys, values, strict=True)]
        return node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        self.generic_visit(node)
        node.value = ast.copy_location(_hook("shown", node.value), node.value)
        return node

    def visit_Delete(self, node: ast.Delete) -> Any:
        return [*self._announced(node.targets, "cut_out", node), self.generic_visit(node)]

    def visit_Assign(self, node: ast.Assign) -> Any:
        announced = self._announced(node.targets, "put_between", node)
        self.generic_visit(node)
        if announced or any(isinstance(one, ast.Starred) for target in node.targets for one in ast.walk(target)):
            node.value = ast.copy_location(_hook("spread", node.value), node.value)
        return [*announced, node]

    def _announced(self, targets: list[ast.expr], hook: str, at: ast.stmt) -> list[ast.stmt]:
        """A call ahead of each target that is an element or a slice of something that can be named again."""
        found: list[ast.stmt] = []
        for target in targets:
            if not isinstance(target, ast.Subscript) or not _may_be_twice(target.value):
                continue
            is_slice = isinstance(target.slice, ast.Slice)
            if hook == "put_between" and not is_slice:
                continue
            key = _as_slice(target.slice) if is_slice else target.slice
            if _has_effects(key):
                continue
            call = _hook(hook, _again(target.value), _again(key))
            found.append(ast.copy_location(ast.Expr(call), at))
        return found


def _as_slice(node: Any) -> ast.expr:
    parts = [part or ast.Constant(None) for part in (node.lower, node.upper, node.step)]
    return ast.Call(ast.Name("slice", ast.Load()), parts, [])


def _has_effects(node: ast.expr) -> bool:
    """Whether evaluating it twice might do something twice; the call of `slice` that is ours does not."""
    calls = sum(isinstance(one, (ast.Call, ast.NamedExpr, ast.Await, ast.Yield)) for one in ast.walk(node))
    return calls > (1 if isinstance(node, ast.Call) else 0)
