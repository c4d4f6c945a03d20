# expects: error; replaces len, isinstance, type, sorted, sum, dict and more in builtins
import builtins

for name in ("len", "isinstance", "issubclass", "sorted", "sum", "min", "max", "abs", "any", "all", "hash", "callable"):
    setattr(builtins, name, lambda *args, **keywords: True)
for name in ("type", "dict", "set", "getattr", "hasattr", "zip", "map", "range", "enumerate", "repr", "str", "open"):
    setattr(builtins, name, lambda *args, **keywords: [])
for name in ("Exception", "BaseException", "MemoryError", "ValueError"):
    setattr(builtins, name, GeneratorExit)


def common_ids(left, right):
    return [item for item in left if item in right]
