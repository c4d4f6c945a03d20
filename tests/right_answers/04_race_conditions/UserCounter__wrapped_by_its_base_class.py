import threading
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, Callable, TypeVar
F = TypeVar("F", bound=Callable[..., Any])
class Guarded:
    def __init_subclass__(cls, **kw):
        for n, f in list(vars(cls).items()):
            if callable(f) and not n.startswith("_"):
                setattr(cls, n, cls._wrap(f))
    @staticmethod
    def _wrap(f):
        def inner(self, *a, **k):
            with self._lock, suppress(ZeroDivisionError):
                return f(self, *a, **k)
        return inner
class UserCounter(Guarded):
    def __init__(self): self._lock = threading.RLock(); self._c = {"n": 0}
    def increment(self):
        self._c |= {"n": self._c["n"] + 1}
    @property
    def count(self): return self._c["n"]
