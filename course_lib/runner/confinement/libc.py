"""The C library by ctypes, loaded once: the only way from Python to the kernel's confinement calls."""

from __future__ import annotations

import ctypes
from functools import cache


@cache
def library() -> ctypes.CDLL:
    """The C library of this process; raises OSError or TypeError where there is none to load."""
    loaded = ctypes.CDLL(None, use_errno=True)
    loaded.syscall.restype = ctypes.c_long
    return loaded


def syscall(number: int, *arguments: int | bytes | None) -> int:
    """What the kernel answers, -1 where it refuses."""
    result: int = library().syscall(ctypes.c_long(number), *map(_argument, arguments))
    return result


def prctl(option: int, *arguments: int) -> int:
    """As `prctl(2)`: 0 or more, -1 where the kernel refuses."""
    padded = [*arguments, 0, 0, 0, 0][:4]
    result: int = library().prctl(option, *map(ctypes.c_ulong, padded))
    return result


def _argument(value: int | bytes | None) -> ctypes.c_long | bytes | None:
    return ctypes.c_long(value) if isinstance(value, int) else value
