"""What rewritten code calls: each operation is done as it stands in the source, and what it costs is charged.

A function of Python is given back as it is, so that no frame comes between a caller and what it calls; where it is not
rewritten yet, and its source can be read, it is rewritten now. A callable in C is exchanged for one that charges.
"""

from __future__ import annotations

import functools
import operator
import re
from array import array
from collections import deque
from collections.abc import Callable
from types import (
    BuiltinFunctionType,
    FunctionType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
    WrapperDescriptorType,
)
from typing import Any

from course_lib.instruments.work import costs, library_costs
from course_lib.instruments.work.costs import tally

HOOK = "__work__"  # the built-in name under which rewritten code finds this module's `Hooks`

_C_METHODS = (BuiltinFunctionType, MethodWrapperType, type(array("b").extend))  # the last is told its class, too
_UNBOUND = (MethodDescriptorType, WrapperDescriptorType)
OPERATIONS = {"Add": operator.add, "Mult": operator.mul, "Mod": operator.mod, "Sub": operator.sub}
OPERATIONS |= {"BitOr": operator.or_, "BitAnd": operator.and_, "BitXor": operator.xor}
OPERATIONS |= {"LShift": operator.lshift, "RShift": operator.rshift}
COMPARISONS = {"Eq": operator.eq, "NotEq": operator.ne, "Lt": operator.lt, "LtE": operator.le}
COMPARISONS |= {"Gt": operator.gt, "GtE": operator.ge}
_VIEWS = (memoryview, range)  # a part of them copies nothing
_SCALARS = frozenset({int, float, bool, type(None), complex})

costs.METHODS |= library_costs.METHODS
costs.FUNCTIONS |= library_costs.FUNCTIONS

exchanged: dict[Any, Callable[..., Any]] = {}  # filled by `adopting`: built-in functions that rewrite what they run
adopt: Callable[[FunctionType], None] = lambda function: None  # noqa: E731  # set by `adopting`, which knows sources


class Hooks:
    """Under one built-in name all that rewritten code needs; `tally` is counted up in place, at the least cost."""

    tally = tally

    @staticmethod
    def stepped(value: Any) -> Any:
        tally.steps += 1
        return value

    @staticmethod
    def each(iterable: Any) -> Any:
        return costs.each(iterable)

    @staticmethod
    def spread(value: Any) -> Any:
        """What a star takes apart."""
        return costs.read(value)

    @staticmethod
    def shown(value: Any) -> Any:
        """What an f-string prints."""
        tally.add_steps(costs.length(value))
        return value

    @staticmethod
    def contains(value: Any, container: Any) -> bool:
        return costs.contains(container, value)

    @staticmethod
    def contains_not(value: Any, container: Any) -> bool:
        return not costs.contains(container, value)

    @staticmethod
    def compare(left: Any, right: Any, sign: str) -> Any:
        result = COMPARISONS[sign](left, right)
        kind = type(left)
        if kind is str is type(right):  # the most frequent by far; what `costs.compared` comes to
            many = 0 if left is right and result is True else min(len(left), len(right))
            tally.steps += 1 + many // costs.LETTERS_AT_ONCE
        elif kind in _SCALARS:
            tally.steps += 1
        else:
            costs.compared(left, right, result)
        return result

    @staticmethod
    def combine(left: Any, right: Any, sign: str) -> Any:
        result = OPERATIONS[sign](left, right)
        if type(result) is int:
            costs.calculated(left if sign == "Mod" else result)
        elif type(result) not in _SCALARS:
            costs.combined(sign, left, right, result)
        return result

    @staticmethod
    def added(left: Any, right: Any, sign: str) -> Any:
        """What `left += right` is going to take in."""
        if type(left) in _SCALARS:
            costs.calculated(left)
            return right
        if costs.is_iterator(right):
            return costs.each(right)
        costs.grown(sign, left, right)
        return right

    @staticmethod
    def item(container: Any, key: Any) -> Any:
        result = container[key]
        if isinstance(container, deque):
            tally.add_steps(costs.walked_to(costs.length(container), (key,), result))
        return result

    @staticmethod
    def part(container: Any, key: slice) -> Any:
        result = container[key]
        if isinstance(container, _VIEWS):
            tally.steps += 1
        elif isinstance(container, costs.SIZED):
            tally.add_steps(costs.length(result))
        else:
            costs.assume("a slice", result)
        return result

    cut_out = staticmethod(costs.cut_out)
    put_between = staticmethod(costs.put_between)

    @staticmethod
    def call(function: Any) -> Any:
        """What to call in place of a function."""
        return _FINDERS.get(type(function), _of_any_kind)(function)

    @staticmethod
    def counted_class(made: type) -> type:
        """A class whose objects may be keys: where its hash is its own, comparing two of them is charged."""
        if type(vars(made).get("__hash__")) is FunctionType and type(made.__eq__) is WrapperDescriptorType:
            plain = made.__eq__

            def __eq__(self: Any, other: Any) -> Any:  # noqa: N807  # it becomes the class's
                tally.steps += 1
                return plain(self, other)

            made.__eq__ = __eq__  # type: ignore[assignment,method-assign]
        return made


def _function(function: FunctionType) -> FunctionType:
    if function.__code__.co_names[:1] != (HOOK,):
        adopt(function)
    return function


def _method(method: MethodType) -> Any:
    inner = method.__func__
    if type(inner) is FunctionType:
        _function(inner)
    return method


_one_step: set[tuple[type, str]] = set()  # methods of objects in C that cost no more, by class and name


def _in_c(function: Any) -> Any:
    """A built-in function, or a method of an object in C."""
    owner = function.__self__
    if (type(owner), function.__name__) in _one_step:
        tally.steps += 1
        return function
    if owner is None or type(owner) is ModuleType:
        return _known_function(function)
    if isinstance(owner, type):
        return _known_function(function) if function in costs.FUNCTIONS else _method_in_c(function, owner)
    return _method_in_c(function, owner)


def _method_in_c(function: Any, owner: Any) -> Any:
    name = function.__name__
    if isinstance(owner, re.Pattern):
        library_costs.read_pattern(owner)
    if name == "__contains__":
        return lambda value: costs.contains(owner, value)
    if name in ("__iter__", "__reversed__"):
        return lambda: costs.each(function())
    if name == "finditer":
        return lambda *arguments, **keywords: library_costs.matches(
            function(*arguments, **keywords), *arguments, *keywords.values()
        )
    cost = costs.cost_of_method(type(owner), name)
    if cost is not None:
        return _charging(function, cost, owner)
    if costs.is_known(owner) or isinstance(owner, library_costs.OWNERS):
        if not isinstance(owner, type):
            _one_step.add((type(owner), name))
        tally.steps += 1
        return function
    return _assuming(function, f"{type(owner).__name__}.{name}")


def _unbound(function: Any) -> Any:
    """`list.index`, called with the list."""

    def call(owner: Any, *arguments: Any, **keywords: Any) -> Any:
        return Hooks.call(function.__get__(owner))(*arguments, **keywords)

    return call


def _known_function(function: Any) -> Any:
    if function in costs.FREE:
        tally.steps += 1
        return function
    if function is sum:
        return _summing
    if function in exchanged:
        tally.steps += 1
        return exchanged[function]
    if function in costs.FUNCTIONS:
        return _charging(function, costs.FUNCTIONS[function])
    if function in costs.STEPWISE:
        return _stepwise(function)
    if function in costs.OPERATORS:
        return _operator(function, costs.OPERATORS[function])
    return _assuming(function, getattr(function, "__qualname__", type(function).__name__))


def _charging(function: Any, cost: costs.Cost, owner: Any = ()) -> Any:
    is_read = function not in costs.NOT_READ and function not in library_costs.FUNCTIONS

    def call(*arguments: Any, **keywords: Any) -> Any:
        before = costs.length(owner)
        read = tuple(costs.each(one) if is_read and costs.is_iterator(one) else one for one in arguments)
        if keywords.get("key") is not None:
            keywords["key"] = Hooks.call(keywords["key"])
        tally.steps += 1
        try:
            result = function(*read, **keywords)
        except ValueError:  # what is not there has been looked for to the end
            start, end = costs.window(before, arguments)
            tally.steps += end - start
            raise
        tally.add_steps(max(0, cost(before, (*arguments, *keywords.values()), result)))
        return result

    return call


def _summing(items: Any, /, *start: Any, **named: Any) -> Any:
    """`sum`; lists that come one after the other are taken all at once, so that their lengths are known."""
    if not isinstance(items, costs.SIZED) and any(isinstance(one, costs.SIZED) for one in (*start, *named.values())):
        items = [*items]
    return _charging(sum, costs.FUNCTIONS[sum])(items, *start, **named)


def _stepwise(function: Any) -> Any:
    """Reads item by item: what it calls is charged, and each item as it is read."""

    def call(*arguments: Any, **keywords: Any) -> Any:
        tally.steps += 1
        start = arguments[2:] if function is functools.reduce else ()
        read = arguments[: len(arguments) - len(start)]
        return function(*map(_handed_over, read), *start, **keywords)

    return call


def _handed_over(value: Any) -> Any:
    if costs.is_in_c(value) or isinstance(value, type):
        return _each_time(value)
    if type(value) is FunctionType or type(value) is MethodType:
        return Hooks.call(value)
    return costs.each(value) if isinstance(value, costs.SIZED) or costs.is_iterator(value) else value


def _each_time(function: Any) -> Callable[..., Any]:
    """For C to call: charged anew at each call."""
    return lambda *arguments, **keywords: Hooks.call(function)(*arguments, **keywords)


def _operator(function: Any, kind: str) -> Any:
    def call(left: Any, right: Any, /) -> Any:
        if kind == "in":
            return costs.contains(left, right)
        if kind == "read":
            return function(costs.read(left), right)
        if kind == "grown":
            costs.grown("BitOr" if function is operator.ior else "Add", left, right)
            return function(left, right)
        result = function(left, right)
        if kind == "compared":
            costs.compared(left, right, result)
        else:
            costs.combined({"and_": "BitAnd", "sub": "Sub"}.get(function.__name__, "Add"), left, right, result)
        return result

    return call


def _partial(function: functools.partial[Any]) -> Any:
    return functools.partial(Hooks.call(function.func), *function.args, **function.keywords)


def _method_caller(caller: Any) -> Any:
    _, parts = caller.__reduce__()
    if not isinstance(parts, tuple) or not parts or not isinstance(parts[0], str):
        return caller  # with keyword arguments: a partial of its class
    name, *arguments = parts
    return lambda thing: Hooks.call(getattr(thing, name))(*arguments)


def _class(kind: type) -> Any:
    if kind in costs.FREE:
        tally.steps += 1
        return kind
    if kind in costs.FUNCTIONS or kind in costs.STEPWISE:
        return _known_function(kind)
    made_by = [one for one in (kind.__init__, kind.__new__) if type(one) is FunctionType]  # type: ignore[misc]
    for one in made_by:
        _function(one)
    if made_by or kind.__init__ is object.__init__ or issubclass(kind, BaseException):  # type: ignore[misc]
        return kind
    if issubclass(kind, costs.SIZED):
        return _charging(kind, costs.FUNCTIONS[list])
    return _assuming(kind, kind.__name__)


def _assuming(function: Any, name: str) -> Any:
    def call(*arguments: Any, **keywords: Any) -> Any:
        tally.steps += 1
        read = tuple(costs.each(one) if type(one) in costs.ITERATORS else one for one in arguments)
        before = sum(map(costs.length, read))
        result = function(*read, **keywords)
        costs.assume(name, *arguments[: 1 if before else 0], *arguments[1:], *keywords.values(), result)
        return result

    return call


def _of_any_kind(function: Any) -> Any:
    """Objects that can be called: of Python classes as they are, of the library's by their kind."""
    if isinstance(function, type):
        return _class(function)
    if type(function) in costs.FREE_KINDS:
        tally.steps += 1
        return function
    if type(function) in library_costs.OBJECTS:
        return _charging(function, library_costs.OBJECTS[type(function)])
    if isinstance(function, functools.partial):
        return _partial(function)
    inner: Any = getattr(type(function), "__call__", None)  # noqa: B004  # how it is defined is what is asked
    if type(inner) is FunctionType:
        _function(inner)
    elif type(inner) is WrapperDescriptorType:
        return _assuming(function, type(function).__name__)
    return function


_FINDERS: dict[type, Callable[[Any], Any]] = {
    FunctionType: _function,
    MethodType: _method,
    **dict.fromkeys(_C_METHODS, _in_c),
    **dict.fromkeys(_UNBOUND, _unbound),
    type: _class,
    functools.partial: _partial,
    operator.methodcaller: _method_caller,
}
