"""The child process of a run: the service under waitress, its limit of descriptors lowered, each request in the log.

    python -m course_lib.production.child     the order is one JSON object on standard input

It answers with one line of JSON on standard output: the port, or the problem. Everything else that it says is its log,
on standard error, one line a request: number, method, path, status, statements sent, milliseconds. The statements are
counted where they reach sqlite3, in the thread that sends them. It ends when it is told to, and when nobody is there
any more to tell it.
"""

from __future__ import annotations

import functools
import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from course_lib.instruments.queries import is_control
from course_lib.instruments.seams.sqlite import Listener, begin

THREADS, LAST_SECONDS = 8, 10.0
RECEIVED_AT_ONCE = 1 << 18  # with each piece waitress looks through a request's headers again: the crawl's are long
LONGEST_PATH = 90
logger = logging.getLogger("production")
_thread = threading.local()
_controls = functools.lru_cache(maxsize=4096)(is_control)


class _Statements(Listener):
    """Counts what each thread sends."""

    def sent(self, cursor: Any, sql: str, parameters: Any, via: str) -> None:
        _thread.statements = getattr(_thread, "statements", 0) + (not _controls(sql))


def logged(app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterator[bytes]]:
    """The application, with a line in the log after each answer, whether it came to an end or not."""

    def call(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        begun, _thread.statements, told = time.perf_counter(), 0, ["000"]

        def started(status: str, *rest: Any) -> Any:
            told[0] = status[:3]
            return start_response(status, *rest)

        body: Any = ()
        try:
            body = app(environ, started)
            yield from body
        finally:
            getattr(body, "close", lambda: None)()
            took = round(1000 * (time.perf_counter() - begun))
            number, method = environ.get("HTTP_X_REQUEST_ID", "-"), environ["REQUEST_METHOD"]
            words = (number, method, _address(environ), told[0], _thread.statements, took)
            logger.info("request %s %s %s %s %d statements %d ms", *words)

    return call


def _address(environ: dict[str, Any]) -> str:
    query = environ.get("QUERY_STRING", "")
    address = quote(environ.get("PATH_INFO", ""), safe="/") + (f"?{query}" if query else "")
    return address if len(address) <= LONGEST_PATH else f"{address[:LONGEST_PATH]}…"


def lower_limit(descriptors: int) -> None:
    """At most so many descriptors may be open; nothing where the system has no such limit."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, hard))


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is the parent's; it ends this process
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the service prints, or a program that it calls, belongs into the log
    sys.stdout = sys.stderr
    logging.basicConfig(format="%(asctime)s %(levelname)-7s %(name)s: %(message)s", level=logging.INFO)
    lower_limit(order["descriptors"])
    begin(_Statements())
    sys.path.insert(0, order["folder"])
    try:
        service, server = _started(order["settings"])
    except BaseException as error:  # whatever the service's own code raises is told
        logger.exception("the service did not start")
        _answer(answers, {"problem": f"{type(error).__name__}: {error}"})
        os._exit(1)
    _answer(answers, {"port": server.effective_port})
    threading.Thread(target=_end_when_told, args=(service, server), daemon=True).start()
    server.run()


def _answer(answers: Any, told: dict[str, Any]) -> None:
    answers.write(json.dumps(told) + "\n")
    answers.flush()


def _started(settings: dict[str, Any]) -> tuple[Any, Any]:
    import waitress  # type: ignore[import-untyped]  # it ships no types
    from service import create_service  # type: ignore[import-not-found]  # the folder's own

    service = create_service(settings)
    if not callable(getattr(service, "close", None)):
        raise TypeError("what create_service returns has no close()")
    app = service.app
    if not callable(app):
        raise TypeError("its app is no WSGI application")
    return service, waitress.create_server(
        logged(app), host="127.0.0.1", port=0, threads=THREADS, recv_bytes=RECEIVED_AT_ONCE
    )


def _end_when_told(service: Any, server: Any) -> None:
    sys.stdin.readline()  # a word, or the end of whoever could say one
    threading.Timer(LAST_SECONDS, os._exit, args=(1,)).start()  # a service that does not end is ended
    server.task_dispatcher.shutdown()
    service.close()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
