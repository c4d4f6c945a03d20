"""A seccomp filter by ctypes: the system calls that a confined process may make.

Measured: nothing; `install` takes rights away, from every thread and for good. How: a classic BPF program,
assembled here, which the kernel runs before each system call. What it can't see: anything behind a pointer
(paths, addresses), so it says nothing about which file or which host; `landlock.py` does.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable
from functools import cache

from course_lib.runner.confinement import syscalls as calls
from course_lib.runner.confinement.libc import prctl

LOAD, JUMP_EQUAL, JUMP_GREATER, JUMP_ANY_BIT, MASK, RETURN = 0x20, 0x15, 0x25, 0x45, 0x54, 0x06
ALLOW, FAIL, KILL = 0x7FFF0000, 0x00050000, 0x80000000
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
X32_BIT = 0x3FFFFFFF
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, MODE_FILTER = 38, 22, 2

Program = list[tuple[int, int, int, int]]  # operation, jump if true, jump if false, operand

REFUSE = (RETURN, 0, 0, FAIL | errno.EPERM)
REFUSE_QUIETLY = (RETURN, 0, 0, FAIL)  # error number 0: the call seems to succeed
PASS = (RETURN, 0, 0, ALLOW)


def available() -> bool:
    """Whether this is a system whose call numbers are known: 64-bit Linux on x86-64 or ARM."""
    known = platform.machine() in calls.AUDIT_ARCH and sys.byteorder == "little" and sys.maxsize > 2**32
    return sys.platform.startswith("linux") and known


def install(network: bool, guard_truncation: bool) -> bool:
    """Filter this process from now on; False where the kernel will not.

    network: whether internet sockets may be opened at all. guard_truncation: also refuse the ways to empty a
    file that a Landlock without TRUNCATE lets through.
    """
    if not available():
        return False
    code = b"".join(struct.pack("=HBBI", *line) for line in program(os.getpid(), network, guard_truncation))
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("@HxxxxxxQ", len(code) // 8, ctypes.addressof(buffer))
    argument = ctypes.create_string_buffer(header, len(header))
    if prctl(PR_SET_NO_NEW_PRIVS, 1) != 0:
        return False
    return prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(argument)) == 0


def program(pid: int, network: bool, guard_truncation: bool) -> Program:
    """The filter for the process `pid`, instruction by instruction."""
    machine = platform.machine()
    numbers = calls.examined(machine)
    lines = list(_preamble(machine))
    for name, block in _blocks(pid, network, guard_truncation).items():
        if name in numbers:
            lines += [(JUMP_EQUAL, 0, len(block), numbers[name]), *block]
    return [*lines, PASS]


@cache
def _preamble(machine: str) -> tuple[tuple[int, int, int, int], ...]:
    lines = [
        (LOAD, 0, 0, ARCHITECTURE), (JUMP_EQUAL, 1, 0, calls.AUDIT_ARCH[machine]), (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER), (JUMP_GREATER, 0, 1, X32_BIT), REFUSE,
        (JUMP_GREATER, 0, 1, calls.NEWEST_KNOWN), (RETURN, 0, 0, FAIL | errno.ENOSYS),
    ]  # fmt: skip
    answers = ((calls.refused, errno.EPERM), (calls.without_effect, 0), (calls.absent, errno.ENOSYS))
    for group, answer in answers:
        lines += _each(group(machine), (RETURN, 0, 0, FAIL | answer))
    return tuple(lines)


def _blocks(pid: int, network: bool, guard_truncation: bool) -> dict[str, Program]:
    """For each call whose arguments decide, instructions that end in a verdict."""
    to_itself = [*_argument(0), *_each([pid], PASS), REFUSE]
    blocks = {
        "clone": [*_argument(0), *_any_bit(calls.NAMESPACES, REFUSE), *_any_bit(calls.THREAD, PASS), REFUSE],
        "kill": to_itself, "tgkill": to_itself, "rt_sigqueueinfo": to_itself, "rt_tgsigqueueinfo": to_itself,
        "fcntl": [*_argument(1), *_each(calls.FCNTL_REFUSED, REFUSE), PASS],
        "ioctl": [*_argument(1), *_each(calls.IOCTL_REFUSED, REFUSE), PASS],
        "prctl": [*_argument(0), *_each(calls.PRCTL_REFUSED, REFUSE), PASS],
        "prlimit64": [*_unless_null(2), *_argument(0), *_each([0, pid], PASS), REFUSE],
        "sched_setaffinity": [*_argument(0), *_each([0], PASS), REFUSE],  # of the calling thread: the race explorer's
        "socketpair": _socket([calls.UNIX], [0]),
        "socket": _socket(calls.INTERNET, [0, 6]) if network else [REFUSE],
        "sendto": [*_argument(3), *_any_bit(calls.FAST_OPEN, REFUSE), PASS],
        "sendmsg": [*_argument(2), *_any_bit(calls.FAST_OPEN, REFUSE), PASS],
        "utimensat": [*_unless_null(2, REFUSE_QUIETLY), REFUSE],
        "sendmmsg": [*_argument(3), *_any_bit(calls.FAST_OPEN, REFUSE), PASS],
    }  # fmt: skip
    if not network:
        blocks["connect"] = [REFUSE]
    if guard_truncation:
        blocks |= {"truncate": [REFUSE], "open": _no_truncating_read(1), "openat": _no_truncating_read(2)}
    return blocks


def _argument(index: int) -> Program:
    return [(LOAD, 0, 0, FIRST_ARGUMENT + 8 * index)]  # the low half: all that an int has


def _each(values: Iterable[int], verdict: tuple[int, int, int, int]) -> Program:
    return [line for value in values for line in ((JUMP_EQUAL, 0, 1, value), verdict)]


def _any_bit(bits: int, verdict: tuple[int, int, int, int]) -> Program:
    return [(JUMP_ANY_BIT, 0, 1, bits), verdict]


def _unless_null(index: int, verdict: tuple[int, int, int, int] = REFUSE) -> Program:
    low = FIRST_ARGUMENT + 8 * index
    return [
        (LOAD, 0, 0, low), (JUMP_EQUAL, 1, 0, 0), verdict,
        (LOAD, 0, 0, low + 4), (JUMP_EQUAL, 1, 0, 0), verdict,
    ]  # fmt: skip


def _socket(families: Iterable[int], protocols: Iterable[int]) -> Program:
    """A stream socket of one of the families and protocols; the rest (UDP, raw, netlink, multipath TCP) is
    refused.
    """
    stream = [*_argument(1), (MASK, 0, 0, 0xF), (JUMP_EQUAL, 1, 0, calls.STREAM), REFUSE]
    return [*_argument(0), *_one_of(families), *stream, *_argument(2), *_each(protocols, PASS), REFUSE]


def _one_of(values: Iterable[int]) -> Program:
    """Goes on where the accumulator is one of the values, refuses otherwise."""
    listed = list(values)
    jumps = [(JUMP_EQUAL, len(listed) - index, 0, value) for index, value in enumerate(listed)]
    return [*jumps, REFUSE]


def _no_truncating_read(index: int) -> Program:
    """Refuses O_RDONLY | O_TRUNC, which empties a file that one may only read."""
    both = calls.TRUNCATING | calls.ACCESS_MODE
    return [*_argument(index), (MASK, 0, 0, both), *_each([calls.TRUNCATING], REFUSE), PASS]
