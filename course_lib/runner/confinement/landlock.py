"""Landlock by ctypes: which files and TCP ports this process may still touch.

Measured: nothing; this module only takes rights away, from the calling process and for good. How: a ruleset
lists what may be read, written and connected to, and the kernel refuses the rest with EACCES. What it can't
see: `stat`, `chmod`, `utime`, UDP and Unix sockets (the system call filter in `seccomp.py` covers those), and
on kernels before 6.7 the network (ABI 4).
"""

from __future__ import annotations

import os
import stat
import struct
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from course_lib.runner.confinement.libc import syscall
from course_lib.runner.confinement.readable import real

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture
ABI_REFER, ABI_TRUNCATE, ABI_NETWORK, ABI_DEVICE, ABI_SCOPE, ABI_QUIET = 2, 3, 4, 5, 6, 7

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
MAKE_OTHER = 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12  # devices, sockets, FIFOs, symbolic links
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
BIND_TCP, CONNECT_TCP = 1 << 0, 1 << 1
SCOPE_ABSTRACT_SOCKET, SCOPE_SIGNAL = 1 << 0, 1 << 1

READ = READ_FILE | READ_DIR
WRITE = WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE
HANDLED = READ | WRITE | EXECUTE | MAKE_OTHER | IOCTL_DEV
ON_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV

Rule = tuple[str, int]


def abi() -> int:
    """The kernel's Landlock version, 0 where there is none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(syscall(CREATE_RULESET, None, 0, 1), 0)


def restrict(scratch: Path, readable: Sequence[Path], ports: Sequence[int], hidden: Sequence[Path]) -> int:
    """Leave reading below `readable`, writing below `scratch`, connecting to `ports`. The ABI in force, 0 for
    none.

    `hidden` folders stay unreadable even where a readable one contains them: only their names can be listed.
    """
    version = abi()
    ruleset = _create(version) if version else -1
    if ruleset < 0:
        return 0
    try:
        for path, access in _rules(scratch, readable, hidden):
            _allow_path(ruleset, path, access & _handled(version))
        for port in ports if version >= ABI_NETWORK else ():
            _add(ruleset, 2, struct.pack("=QQ", CONNECT_TCP, port))
        quiet = 1 if version >= ABI_QUIET else 0  # no line in the machine's audit log for every refusal
        return version if syscall(RESTRICT_SELF, ruleset, quiet) == 0 else 0
    finally:
        os.close(ruleset)


def _rules(scratch: Path, readable: Iterable[Path], hidden: Sequence[Path]) -> Iterator[Rule]:
    yield os.fspath(scratch), READ | WRITE
    yield os.devnull, READ_FILE | WRITE_FILE | TRUNCATE
    secrets = [real(path) for path in hidden]
    for path in readable:
        yield from _around(real(path), secrets)


def _around(path: str, secrets: Sequence[str]) -> Iterator[Rule]:
    """Rules that open `path` without what is secret in it: Landlock knows permissions only, no exceptions."""
    if path in secrets:
        return
    prefix = path.rstrip("/") + "/"
    if not any(secret.startswith(prefix) for secret in secrets):
        yield path, READ
        return
    yield path, READ_DIR
    for entry in os.scandir(path):
        yield from _around(entry.path, secrets)


def _create(version: int) -> int:
    network = BIND_TCP | CONNECT_TCP if version >= ABI_NETWORK else 0
    scope = SCOPE_ABSTRACT_SOCKET | SCOPE_SIGNAL if version >= ABI_SCOPE else 0
    words = [_handled(version)] + [network] * (version >= ABI_NETWORK) + [scope] * (version >= ABI_SCOPE)
    attributes = struct.pack(f"={len(words)}Q", *words)
    return syscall(CREATE_RULESET, attributes, len(attributes), 0)


def _handled(version: int) -> int:
    unknown = REFER * (version < ABI_REFER) | TRUNCATE * (version < ABI_TRUNCATE)
    return HANDLED & ~(unknown | IOCTL_DEV * (version < ABI_DEVICE))


def _allow_path(ruleset: int, path: str, access: int) -> None:
    """Add one path; one that is missing or closed to this user simply stays closed."""
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            access &= ON_A_FILE
        _add(ruleset, 1, struct.pack("=Qi", access, descriptor))
    finally:
        os.close(descriptor)


def _add(ruleset: int, kind: int, rule: bytes) -> None:
    syscall(ADD_RULE, ruleset, kind, rule, 0)
