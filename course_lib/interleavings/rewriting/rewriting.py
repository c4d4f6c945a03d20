"""Rewrites source so that every step which another thread could notice is announced to the explorer.

`self.value += 1` becomes a call that reads, a sum, and a call that writes; a call, a loop, a comparison of containers
become calls too. A store to an attribute, an element or a shared variable becomes one call; targets inside tuples are
unpacked to temporary locals first, and stored one by one, in Python's own order. Nothing else changes: names, line
numbers and results stay. Only the bodies of functions are rewritten, because a module's own statements run once,
before there are threads.
What it can't see: code that is not in the source given here.
"""

from __future__ import annotations

import ast
import builtins
import copy
import functools
import importlib.util
import itertools
from types import CodeType
from typing import Any

from course_lib.interleavings.rewriting.liveness import left_over
from course_lib.interleavings.rewriting.pauses import Sleeps, has_no_end, only_slept
from course_lib.interleavings.rewriting.registry import Source, remember
from course_lib.interleavings.rewriting.scopes import Scopes

HOOKS = "__interleavings__"  # the built-in name under which rewritten code finds the hooks
BY_FRAME = {"super", "locals", "globals", "vars", "dir"}  # built-ins that look at their caller
SOURCE_RUNNERS = {"exec", "eval"}
DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
KEPT = 32  # rewritten files and texts; each takes some 0.8 MB per 1,000 lines


def compile_instrumented(
    source: bytes | str, filename: str, flags: int = 0, mode: str = "exec", *, by_a_thread: bool = False
) -> CodeType:
    """The rewritten code of `source`: what `compile` gives, with every shared step announced. SyntaxError as usual.

    `by_a_thread`: the statements outside functions are run by a thread too, so they are rewritten as well.
    """
    text = importlib.util.decode_source(source) if isinstance(source, bytes) else source
    return _compiled(source, text, filename, flags, mode, by_a_thread)


@functools.lru_cache(maxsize=KEPT)
def _compiled(source: bytes | str, text: str, filename: str, flags: int, mode: str, by_a_thread: bool) -> CodeType:
    """The same text under the same name gives the same code: rewriting a file costs more than most searches of it."""
    tree: Any = compile(source, filename, mode, flags | ast.PyCF_ONLY_AST, dont_inherit=True)
    for node in ast.walk(tree):
        if isinstance(node, ast.NamedExpr):
            node.target.walrus = True  # type: ignore[attr-defined]
    rewritten = ast.fix_missing_locations(Rewriter(tree, text, filename, by_a_thread).visit(tree))
    code: CodeType = compile(rewritten, filename, mode, flags, dont_inherit=True)
    remember(code, Source(filename, text.splitlines()))
    return code


def call_hook(hook: str, *arguments: ast.expr, keywords: list[ast.keyword] | None = None) -> ast.Call:
    function = ast.Attribute(ast.Name(HOOKS, ast.Load()), hook, ast.Load())
    return ast.Call(function, list(arguments), keywords or [])


def is_plain(node: ast.expr) -> bool:
    """Whether an expression can't be a container that threads share."""
    return isinstance(node, (ast.Constant, ast.Compare, ast.JoinedStr, ast.Lambda)) or (
        isinstance(node, ast.UnaryOp) and is_plain(node.operand)
    )


class Rewriter(ast.NodeTransformer):
    """Knows where in the source it is, and rewrites what reads, stores, calls, compares and loops."""

    def __init__(self, module: Any, text: str, filename: str, by_a_thread: bool) -> None:
        self.filename, self.lines = filename, text.splitlines()
        holder = module if isinstance(module, ast.Module) else ast.Module([ast.Expr(module.body)], [])
        self.scopes = Scopes(holder)
        self.module = self.scope = self.scopes.of[holder]
        self.by_a_thread = by_a_thread
        self.sleeps = Sleeps(holder)
        self.only_slept: tuple[str, ...] = ()  # in the function that is being rewritten
        self.left_over: dict[ast.AST, frozenset[str]] = {}  # of each loop
        self.depth = 0 if isinstance(module, ast.Module) and not by_a_thread else 1
        self.classes: list[str] = []
        self.temporary = itertools.count(1)

    # --- where we are ------------------------------------------------------------------------------------------

    def site(self, node: ast.AST, text: str | None = None) -> ast.expr:
        """The place of `node`, as a constant for a hook: see `registry.Site`."""
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        end = getattr(node, "end_col_offset", column) if getattr(node, "end_lineno", line) == line else 10**6
        whole = self.lines[line - 1] if line <= len(self.lines) else ""
        raw = whole.encode()  # columns are counted in bytes
        segment = raw[column:end].decode(errors="replace").strip()
        site = self.filename, line, column, min(end, len(raw)), text or segment, whole.strip()
        return ast.Constant(site)  # type: ignore[arg-type]  # a tuple of constants is one too

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
        slept, self.only_slept = self.only_slept, only_slept(node.body, self.sleeps)
        self.left_over |= left_over(node)
        self.depth += 1
        node.body = self._with_a_beginning(self._statements(node.body))
        self.depth -= 1
        self.scope, self.only_slept = outer, slept
        return node

    def _with_a_beginning(self, body: list[ast.stmt]) -> list[ast.stmt]:
        first = body[0]
        has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        begin = ast.copy_location(ast.Expr(call_hook("begin")), body[-1 if has_docstring and len(body) == 1 else 0])
        return [*body[: int(has_docstring)], begin, *body[int(has_docstring) :]]

    visit_AsyncFunctionDef = visit_FunctionDef  # ast's own name

    def _defaults(self, arguments: ast.arguments) -> None:
        arguments.defaults = [self.visit(one) for one in arguments.defaults]
        arguments.kw_defaults = [one and self.visit(one) for one in arguments.kw_defaults]

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self._defaults(node.args)
        outer, self.scope = self.scope, self.scopes.of[node]
        self.depth += 1
        node.body = ast.copy_location(call_hook("then", call_hook("begin"), self.visit(node.body)), node.body)
        self.depth -= 1
        self.scope = outer
        return node

    def visit_Yield(self, node: ast.Yield) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return ast.copy_location(call_hook("resumed", node), node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.AST:
        self._visit_comprehension_expression(node)
        if self.depth:
            node.elt = ast.copy_location(call_hook("then", call_hook("begin"), node.elt), node.elt)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        node.bases = [self.visit(one) for one in node.bases]
        node.keywords = [self.visit(one) for one in node.keywords]
        outer, self.scope = self.scope, self.scopes.of[node]
        self.classes.append(node.name)
        node.body = self._statements(node.body)
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
        if self._is_in_a_namespace(name):
            site = self.site(node, name)
            place: ast.expr = ast.Call(ast.Name("locals", ast.Load()), [], [])
        elif self.scopes.is_shared_global(self.scope, name):
            site = self.site(node, name)
            place = ast.Call(ast.Name("globals", ast.Load()), [], [])
        elif self.scopes.is_shared_cell(self.scope, name) and not self.in_class_body():
            site = self.site(node, name)
            place = ast.Lambda(ast.arguments([], [], None, [], [], None, []), ast.Name(name, ast.Load()))
        if site is None:
            return None
        return call_hook(hook, place, ast.Constant(name), site, *more)

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
        if node.id == "id" and isinstance(node.ctx, ast.Load) and self._is_built_in("id"):
            return ast.copy_location(ast.Attribute(ast.Name(HOOKS, ast.Load()), "identity", ast.Load()), node)
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

    def _in_loop(self, node: Any, through: ast.expr | None = None) -> Any:
        """The loop with a hook before it and one at the start of each turn; of a `for`, what it goes through."""
        site = self.site(node)
        enter = ast.copy_location(ast.Expr(call_hook("enter", site)), node)
        names = tuple(sorted({*self.only_slept, *self.left_over.get(node, ())}))
        idle = ast.Constant(names)  # type: ignore[arg-type]  # a tuple of constants is one too
        hook = call_hook("loop", site, idle)
        if isinstance(node, ast.For) and through is not None and not has_no_end(through):
            hook = call_hook("turn")  # each turn brings it nearer to its end, whatever the variables say
        node.body.insert(0, ast.copy_location(ast.Expr(hook), node))
        return [enter, node]

    def visit_While(self, node: ast.While) -> Any:
        self._visit_test(node)
        return self._in_loop(node) if self.depth else node

    def visit_For(self, node: ast.For) -> Any:
        site, through = self.site(node.iter), copy.deepcopy(node.iter)
        node.iter = self.visit(node.iter)
        stores = self._targets_of(node)
        node.body, node.orelse = self._statements(node.body), self._statements(node.orelse)
        if not self.depth:
            return node
        node.iter = ast.copy_location(call_hook("iterate", node.iter, site), node.iter)
        node.body = [*stores, *node.body]
        return self._in_loop(node, through)

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

    visit_ListComp = visit_SetComp = visit_DictComp = _visit_comprehension_expression

    def _is_in_a_namespace(self, name: str) -> bool:
        """Whether a name of a text that a thread runs belongs to the namespace given to `exec`, which may be shared."""
        return self.by_a_thread and self.scope.is_module and (name in self.scope.bound or not hasattr(builtins, name))

    def _is_built_in(self, name: str) -> bool:
        return self.scope.owner(name) is None and name not in self.module.bound.keys() | self.scopes.assigned_globals

    def _is_own(self, target: ast.expr) -> bool:
        """Whether this is a local variable that no other function uses."""
        return isinstance(target, ast.Name) and self.scopes.is_only_here(self.scope, target.id)

    # --- writing -----------------------------------------------------------------------------------------------

    def _is_announced(self, target: ast.expr) -> bool:
        if isinstance(target, (ast.Tuple, ast.List)):
            return any(self._is_announced(one) for one in target.elts)
        if isinstance(target, ast.Starred):
            return self._is_announced(target.value)
        if isinstance(target, ast.Name):
            shared = self.scopes.is_shared_global, self.scopes.is_shared_cell
            return self._is_in_a_namespace(target.id) or any(is_shared(self.scope, target.id) for is_shared in shared)
        return isinstance(target, (ast.Attribute, ast.Subscript))

    def _plain_target(self, target: ast.expr, at: ast.AST, stores: list[ast.stmt]) -> ast.expr:
        """A target of plain locals; the stores that the original target stands for are appended to `stores`."""
        if isinstance(target, (ast.Tuple, ast.List)):
            target.elts = [self._plain_target(one, at, stores) for one in target.elts]
            return target
        if isinstance(target, ast.Starred):
            target.value = self._plain_target(target.value, at, stores)
            return target
        if not self._is_announced(target) or (isinstance(target, ast.Name) and self._is_in_a_namespace(target.id)):
            return target  # a temporary would stay in the namespace
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
        is_display = isinstance(node.value, DISPLAYS)
        node.value = self.visit(node.value)
        if is_display and self.depth and all(map(self._is_own, node.targets)):
            node.value = ast.copy_location(call_hook("made", node.value), node.value)
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
        if self.depth:
            node.context_expr = ast.copy_location(call_hook("managed", node.context_expr), node.context_expr)
        return node  # a target such as `as self.file` stays as it is: the object is new
