"""Wraps the cursor methods of psycopg 3, whose classes are Python and can be wrapped in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from course_lib.instruments.queries.tally import note_rows, note_statement


def wrappers(psycopg: Any) -> list[tuple[Any, str, Any]]:
    """What to put in place of what: (class, method name, wrapped method)."""
    client, server = psycopg.Cursor, psycopg.ServerCursor
    fetches = [(server, name, _fetching(getattr(server, name))) for name in ("fetchone", "fetchmany", "fetchall")]
    return [
        (client, "execute", _executing(client.execute, at_once=True)),
        (client, "executemany", _executing_many(client.executemany)),
        (client, "stream", _streaming(client.stream)),
        (server, "execute", _executing(server.execute, at_once=False)),
        (server, "__iter__", _iterating(server.__iter__)),
        *fetches,
    ]


def _text(cursor: Any, query: Any) -> str:
    if isinstance(query, bytes):
        return query.decode(errors="replace")
    return query if isinstance(query, str) else str(query.as_string(cursor))


def _executing(execute: Callable[..., Any], *, at_once: bool) -> Callable[..., Any]:
    def counted(self: Any, query: Any, *arguments: Any, **keywords: Any) -> Any:
        rows_count = note_statement(_text(self, query))
        result = execute(self, query, *arguments, **keywords)
        if at_once and rows_count and self.description:
            note_rows(max(self.rowcount, 0))
        return result

    return counted


def _executing_many(executemany: Callable[..., Any]) -> Callable[..., Any]:
    def counted(self: Any, query: Any, parameters: Any, *, returning: bool = False) -> Any:
        parameters = list(parameters)
        for _ in parameters if returning else parameters[:1]:
            note_statement(_text(self, query))
        result = executemany(self, query, parameters, returning=returning)
        if returning:
            note_rows(max(self.rowcount, 0))
        return result

    return counted


def _streaming(stream: Callable[..., Any]) -> Callable[..., Any]:
    def counted(self: Any, query: Any, *arguments: Any, **keywords: Any) -> Iterator[Any]:
        note_statement(_text(self, query))
        for row in stream(self, query, *arguments, **keywords):
            note_rows(1)
            yield row

    return counted


def _fetching(fetch: Callable[..., Any]) -> Callable[..., Any]:
    def counted(self: Any, *arguments: Any) -> Any:
        found = fetch(self, *arguments)
        note_rows(len(found) if isinstance(found, list) else found is not None)
        return found

    return counted


def _iterating(iterate: Callable[..., Any]) -> Callable[..., Any]:
    def counted(self: Any) -> Iterator[Any]:
        for row in iterate(self):
            note_rows(1)
            yield row

    return counted
