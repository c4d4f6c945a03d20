"""The warm parent: a process that has imported what an exercise needs, and forks one child a submission.

It is started before the judge has imported any grader (or as a fresh interpreter), so that its memory, which every
child inherits, holds no expected value and no solution. It is single-threaded, has a scrubbed environment, holds no
descriptor but its control socket, and ends with the judge. A fork from it costs milliseconds where a fresh interpreter
with Django costs half a second.
"""

from __future__ import annotations

import array
import contextlib
import ctypes
import gc
import importlib
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

from course_lib import course_process
from course_lib.runner import child
from course_lib.runner.confinement import box, sandbox
from course_lib.runner.parent import LISTENS, ParentEnded, ParentLost
from course_lib.runner.printed import PrintedIntoPipe

ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "SSL_CERT_DIR": os.devnull,  # no testbed speaks TLS; some clients read all certificates of the machine at each call
    "PYTHONUTF8": "1",  # what a file may be called, and what `open` takes its text for, is the same on every machine
}
KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "VIRTUAL_ENV", "PYTHONPATH")
_FORK, _REAP = b"F", b"R"


class ForkedRun:
    """A child of the warm parent, the judge's end of its channel, and of what it prints."""

    def __init__(self, parent: WarmParent, pid: int, channel: socket.socket, printed: PrintedIntoPipe) -> None:
        self.pid, self.printed, self._parent, self._channel = pid, printed, parent, channel
        self._outgoing = memoryview(b"")
        channel.setblocking(False)

    def ask(self, request: bytes) -> None:
        """The request goes out while the judge listens."""
        self._outgoing = memoryview(request)

    def listen(self) -> bytes | None:
        """What came within a tenth of a second; None when the channel is closed."""
        reading: list[socket.socket | PrintedIntoPipe] = [self._channel]
        if self.printed.is_open:
            reading.append(self.printed)
        readable, writable, _ = select.select(reading, [self._channel] if self._outgoing else [], [], LISTENS)
        try:
            if self.printed in readable:
                self.printed.drain()
            if writable:
                self._outgoing = self._outgoing[self._channel.send(self._outgoing) :]
            if self._channel in readable:
                return self._channel.recv(1 << 20) or None
        except BlockingIOError:
            pass
        except OSError:
            return None
        return b""

    def exceeded(self) -> str:
        """Nothing: the kernel holds its limits."""
        return ""

    def end(self, over: bool) -> int:  # the warm parent looks whether it has ended
        """Ends it and all that it left behind."""
        status = self._parent.reap(self.pid)
        return os.waitstatus_to_exitcode(status) if status >= 0 else -status

    def __enter__(self) -> ForkedRun:
        return self

    def __exit__(self, *_: object) -> None:
        with self._channel, self.printed:
            pass


class WarmParent:
    """The judge's handle on its warm parent."""

    def __init__(self, control: socket.socket, pid: int, slug: str, writable: str | None = None) -> None:
        self._control, self._pid, self._slug, self._writable = control, pid, slug, writable
        self._within: dict[int, int] = {}  # a child's number in the box, by its number here
        self._one_at_a_time = threading.Lock()  # an order and its answer
        self.times_renewed, self._closed = 0, False
        self.allow(1)

    @property
    def held(self) -> str:
        """The box that it is in."""
        return box.told(self._slug) if self._writable is not None else ""

    def allow(self, at_once: int) -> None:
        """From now on it has so many runs at the same time, if they are asked for."""
        self.at_once, self.room = at_once, threading.Semaphore(at_once)

    @classmethod
    def forked(cls, slug: str) -> WarmParent:
        """A warm parent forked from this process, which must be single-threaded and hold no secret yet."""
        try:
            ours, theirs = socket.socketpair()
            pid = os.fork()
        except OSError as error:
            raise ParentLost(f"no process could be started: {error.strerror}") from error
        if pid == 0:
            _become_parent(theirs, slug)
        theirs.close()
        return cls(ours, pid, slug)

    @classmethod
    def spawned(cls, slug: str, writable: str | None = None) -> WarmParent:
        """A warm parent in a fresh interpreter: for processes that have threads or have imported graders.

        With `writable`, a folder, it runs in a box where that alone can be written to, if the machine has boxes.
        """
        if writable is not None and box.trouble():
            writable = None
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            raise ParentLost(f"no process could be started: {error.strerror}") from error
        try:
            process = course_process.start(
                "course_lib.runner.warm",
                slug,
                str(theirs.fileno()),
                environment=scrubbed(),
                within=box.within(writable, slug) if writable is not None else (),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        except OSError as error:
            ours.close()
            raise ParentLost(f"no process could be started: {error.strerror}") from error
        finally:
            theirs.close()
        process.returncode = 0  # `close` waits for it; Popen's own destructor must not warn
        return cls(ours, process.pid, slug, writable)

    def renew(self, times_renewed: int) -> None:
        """Starts another one in place of one that has ended, unless somebody has since."""
        with self._one_at_a_time:
            if times_renewed != self.times_renewed:
                return
            if self._closed:
                raise ParentLost("the judge was told to end")
            self.times_renewed += 1
            self._end()
            fresh = WarmParent.spawned(self._slug, self._writable)  # by now this process may hold expected values
            self._control, self._pid, self._writable = fresh._control, fresh._pid, fresh._writable

    def start(self) -> ForkedRun:
        """A new child."""
        with contextlib.ExitStack() as ours:
            try:
                channel, theirs = socket.socketpair()
                ours.enter_context(channel)
                with theirs:
                    reading, writing = os.pipe()
                    printed = ours.enter_context(PrintedIntoPipe(reading))
                    pid = self._forked(theirs.fileno(), writing)
            except ParentLost:
                raise
            except OSError as error:
                raise ParentLost(f"no process could be started: {error.strerror}") from error
            pid = self._seen_from_here(pid)
            ours.pop_all()
            return ForkedRun(self, pid, channel, printed)

    def _seen_from_here(self, pid: int) -> int:
        """The child's number in this process's own count: a box has another."""
        if self._writable is None:
            return pid
        try:
            here = box.seen_from_here(self._pid, pid)
        except (OSError, ValueError) as error:
            raise ParentEnded("the warm parent has ended") from error
        self._within[here] = pid
        return here

    def _forked(self, channel: int, printing: int) -> int:
        """The child's number; the end of the pipe that it prints into is closed here."""
        try:
            with self._one_at_a_time:
                socket.send_fds(self._control, [_FORK], [channel, printing])
                pid, length = struct.unpack("!qI", self._receive(12))
                reason = self._receive(length)
        except OSError as error:
            raise ParentEnded("the warm parent has ended") from error
        finally:
            os.close(printing)
        if pid == 0:
            raise ParentLost(reason.decode("utf-8", "replace"))
        return int(pid)

    def reap(self, pid: int) -> int:
        """Ends the child and all that it left behind; its wait status as `os.waitpid` gives it."""
        try:
            with self._one_at_a_time:
                self._control.sendall(_REAP + struct.pack("!q", self._within.pop(pid, pid)))
                return int(struct.unpack("!q", self._receive(8))[0])
        except OSError as error:
            raise ParentEnded("the warm parent has ended") from error

    def close(self) -> None:
        """Ends the warm parent, and what it has under way."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        self._control.close()
        try:
            os.waitpid(self._pid, 0)
        except ChildProcessError:
            pass

    def _receive(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = self._control.recv(count - len(data))
            if not part:
                raise ParentEnded("the warm parent has ended")
            data += part
        return data


def scrubbed() -> dict[str, str]:
    """The environment that a submission may see."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**ENVIRONMENT, **kept}


def _become_parent(control: socket.socket, slug: str) -> None:
    """Turns a fresh fork into the warm parent; never returns."""
    try:
        os.setsid()
        environment = scrubbed()
        os.environ.clear()
        os.environ.update(environment)
        _forget_first_environment()
        serve(control, slug)
    finally:
        os._exit(0)


def _forget_first_environment() -> None:
    """Overwrites what the judge was started with; a submission could still read it in /proc/self/environ."""
    try:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        start, end = int(fields[47]), int(fields[48])
    except (OSError, IndexError, ValueError):
        return  # no Linux: nothing shows it there either
    if 0 < start < end:
        ctypes.memset(start, 0, end - start)


def _keep_only(descriptor: int) -> None:
    """Points the standard streams at nothing and closes every other descriptor but one."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    limit = min(os.sysconf("SC_OPEN_MAX"), 65536)
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, limit)


def serve(control: socket.socket, slug: str) -> None:
    """Answers the judge until it closes the control socket: forks a child, or ends one."""
    for received in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(received, signal.SIG_DFL)
    _keep_only(control.fileno())
    sandbox.adopt_orphans()
    probe, problem = preload(slug)
    sandbox.prepare()
    gc.collect()
    gc.freeze()
    children: set[int] = set()
    while True:
        order, descriptors = _receive_order(control)
        if order == _FORK:
            _fork_child(control, descriptors, probe, problem, children)
        elif order == _REAP:
            pid = struct.unpack("!q", control.recv(8, socket.MSG_WAITALL))[0]
            children.discard(pid)
            control.sendall(struct.pack("!q", sandbox.reap(pid, siblings=children)))
        else:
            for pid in children:
                sandbox.reap(pid)
            return


def _receive_order(control: socket.socket) -> tuple[bytes, list[int]]:
    size = socket.CMSG_SPACE(2 * array.array("i").itemsize)
    order, ancillary, _flags, _address = control.recvmsg(1, size)
    descriptors = array.array("i")
    for _level, _kind, data in ancillary:
        descriptors.frombytes(data[: len(data) - len(data) % descriptors.itemsize])
    return order, list(descriptors)


def preload(slug: str) -> tuple[ModuleType | None, str]:
    """The exercise's probe with what it needs imported, or why it can't be had."""
    try:
        probe = importlib.import_module(f"course_lib.hazards.{slug}.probe")
        getattr(probe, "preload", lambda: None)()
        return probe, ""
    except Exception as error:  # whatever is missing, the judge must hear of it
        return None, f"the course's own measuring code could not be loaded ({type(error).__name__}: {error})"


def _fork_child(
    control: socket.socket, descriptors: list[int], probe: ModuleType | None, problem: str, children: set[int]
) -> None:
    channel, printing = socket.socket(fileno=descriptors[0]), descriptors[1]
    pid, text = 0, problem.encode()[:2000]
    if probe is not None:
        try:
            pid = os.fork()
        except OSError as error:
            text = f"no process could be started: {error.strerror}".encode()
        else:
            if pid == 0:
                control.close()
                os.dup2(printing, 1)
                os.dup2(printing, 2)
                os.close(printing)
                os.setsid()
                child.run(channel, probe)
            children.add(pid)
            text = b""
    channel.close()
    os.close(printing)
    control.sendall(struct.pack("!qI", pid, len(text)) + text)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[2])), sys.argv[1])
