"""Drives a submission's Flask app: each case is a script of requests and of changes to the store behind its
back.

A case holds `worlds` (what `open_accounts` is given, one store and one app each) and `steps`: `{"ask":
request}` or `{"keep": [operation, arguments]}`, for the world that the step names, else the first. An
observation holds one answer a request: status, headers, body, what crashed, the rows before it and what of them
changed (None where they are as they were), and what the store's journal says was written. `sweep` lists identities as
which every route of `url_map` is asked.
"""

from __future__ import annotations

import importlib.util
from types import ModuleType
from typing import Any

from flask import Flask, abort, got_request_exception, jsonify, request

from course_lib.hazards.attempt import attempt, describe
from course_lib.instruments.access.reading import Answer
from course_lib.instruments.access.requests import Request, ask, paths
from course_lib.testbeds import accounts

QUIET = {"PROPAGATE_EXCEPTIONS": False, "TESTING": False, "DEBUG": False, "TRAP_HTTP_EXCEPTIONS": False}
"""With these, an exception in a view is an answer with status 500, as on a server."""


def _private_copy() -> ModuleType:
    """The testbed once more, so that patching the one that a submission imports falsifies nothing."""
    spec = importlib.util.find_spec("course_lib.testbeds.accounts")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    vars(module).update(User=accounts.User, AccountStore=accounts.AccountStore)
    return module


_open_accounts = _private_copy().open_accounts


class _Site:
    """One app on its own store, with what has been seen of it so far."""

    def __init__(self, create: Any, world: dict[str, Any]) -> None:
        self.store, self.keeper = _open_accounts(**world)
        self.made = attempt(self._make, create)
        self.app = self.made.get("returned")
        self.cookies: dict[str, str] = {}
        self.mark: dict[str, str] = {}
        self.crash: dict[str, Any] | None = None
        self.last_rows: Any = None
        self.written = 0

    def _make(self, create: Any) -> Any:
        app = create(self.store)
        if issubclass(type(app), Flask):
            app.config.update(QUIET)
            got_request_exception.connect(self._note_crash, app, weak=False)
        return app

    def _note_crash(self, _app: Flask, exception: BaseException, **_rest: object) -> None:
        self.crash = describe(exception)

    def trouble(self) -> dict[str, Any] | None:
        """Why there is no app to ask: what `create` raised, or the type of what it returned; else None."""
        if "raised" in self.made:
            return self.made
        return None if issubclass(type(self.app), Flask) else {"type": type(self.app).__name__}

    def answer(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """The observation of one request."""
        before = self.keeper.rows() if self.last_rows is None else self.last_rows
        told_before = before if self.last_rows is None else None
        self.crash = None
        outcome = attempt(ask, self.app, self._request(wanted))
        answer = outcome.get("returned")
        self.last_rows = before if self.keeper.holds(before) else self.keeper.rows()
        seen = {"before": told_before, "after": _changes(before, self.last_rows), "writes": self._writes()}
        if answer is None:
            return {**seen, "status": 500, "headers": [], "body": b"", "crash": outcome}
        self._keep(answer)
        crash = self.crash or ({"raised": answer.raised, "line": None} if answer.raised else None)
        return {
            **seen,
            "status": answer.status,
            "headers": list(answer.headers),
            "body": answer.body,
            "crash": crash,
        }

    def _request(self, wanted: dict[str, Any]) -> Request:
        wanted = dict(wanted)
        if wanted.pop("cookies", False):
            sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            wanted["headers"] = {**wanted.get("headers", {}), "Cookie": sent}
        if wanted.pop("mark", False):
            wanted["headers"] = {**wanted.get("headers", {}), **self.mark}
        return Request(**wanted)

    def _keep(self, answer: Answer) -> None:
        """What a browser keeps of an answer: its cookies and, of what was served, the ETag to ask for news by."""
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                key, _, content = value.split(";", 1)[0].partition("=")
                self.cookies[key.strip()] = content.strip()
            elif name.lower() == "etag" and answer.status == 200:
                self.mark = {"If-None-Match": value}

    def _writes(self) -> list[tuple[Any, ...]]:
        """What the store was made to write since the last request, as (operation, id, before, after)."""
        journal = self.keeper.journal()
        new, self.written = journal[self.written :], len(journal)
        return [tuple(entry) for entry in new if entry.operation in ("save_document", "delete_document")]


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any] | None:
    """What was put in and what is gone; None where nothing is."""
    if after is before:
        return None
    put = {key: row for key, row in after.items() if key not in before or before[key] != row}
    return {"put": put, "gone": [key for key in before if key not in after]}


def drive(subject: Any, case: dict[str, Any]) -> dict[str, Any]:
    """The observation of one case: `trouble` where there is no app, else `answers`, and `swept` if asked for."""
    sites = [_Site(subject, world) for world in case["worlds"]]
    for site in sites:
        if (trouble := site.trouble()) is not None:
            return {"trouble": trouble}
    answers = []
    for step in case["steps"]:
        site = sites[step.get("world", 0)]
        if "keep" in step:
            operation, arguments = step["keep"]
            getattr(site.keeper, operation)(*arguments)
            site.last_rows = None
        else:
            answers.append(site.answer(step["ask"]))
    return {"answers": answers, "swept": _sweep(sites[0], case["sweep"]) if "sweep" in case else []}


def _sweep(site: _Site, sweep: dict[str, Any]) -> list[dict[str, Any]]:
    """Every route and method of the app that `skip` does not list, as each of the people, for each set of
    samples.
    """
    found = []
    for samples in sweep["samples"]:
        listed = attempt(paths, site.app, samples, True)
        if "raised" in listed:
            return [listed]
        for rule, path, methods in listed["returned"]:
            for method in methods:
                if [method, path] not in sweep["skip"]:
                    found += _ask_all(site, rule, path, method, sweep["people"])
    return found


def _ask_all(site: _Site, rule: str, path: str, method: str, people: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for who, headers in people.items():
        answer = site.answer({"method": method, "path": path, "headers": headers})
        found.append({"rule": rule, "method": method, "who": who, **answer})
    return found


def _control_app(check: bool) -> Any:
    """`create_app` for the control: gives a document to anybody, or to its owner alone."""

    def create(store: accounts.AccountStore) -> Flask:
        app = Flask("control", static_folder=None)

        def read(doc_id: str) -> Any:
            user = store.user_for_token(request.headers.get("Authorization", "").removeprefix("Bearer "))
            document = store.get_document(doc_id)
            if check and (user is None or document is None or document["owner"] != user.id):
                abort(403)
            return jsonify(document)

        app.add_url_rule("/control/<doc_id>", "read", read)
        return app

    return create


def preload() -> None:
    """Makes the first request of the process here, once: what Flask imports and compiles late is then shared."""
    world = {"users": {"a": "member"}, "tokens": {"t": "a"}, "documents": [{"id": "1", "owner": "a"}]}
    ask_once = {"method": "GET", "path": "/control/1", "headers": {"Authorization": "Bearer t"}}
    drive(_control_app(True), {"worlds": [world], "steps": [{"ask": ask_once}]})


PROBES = {"create_app": drive, "create_documents_app": drive}
CONTROLS = dict.fromkeys(PROBES, (_control_app(False), _control_app(True)))
