"""The access matrix: silent on a sound app, then seventeen planted faults, each found and named."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from flask import Flask, Response, abort, g, jsonify, redirect, request, session

from course_lib.instruments.access.fixture import access_as_declared  # noqa: F401  # a fixture, found by its name
from course_lib.instruments.access.reading import EVERYBODY, AccessReading, Policy
from course_lib.instruments.access.requests import (
    Request,
    World,
    ask,
    identities,
    logged_in,
    measure_access,
    paths,
)
from course_lib.instruments.access.tricks import lies, odd_paths, without_token
from course_lib.testbeds.accounts import Document, example_accounts

WHO = identities(owner="ada-token", other="ben-token", admin="root-token")
POLICY = Policy(
    allowed={
        "GET /documents": {"owner", "other", "admin"},
        "GET /documents/<doc_id>": {"owner", "admin"},
        "PUT /documents/<doc_id>": {"owner", "admin"},
        "DELETE /documents/<doc_id>": {"owner", "admin"},
        "PUT /profile": {"owner", "other", "admin"},
    },
    sees={"They pay 74,000.": {"owner", "admin"}, "Milk, bread, coffee.": {"other", "admin"}},
    changes={
        "1": {"owner", "admin"},
        "2": {"other", "admin"},
        "3": {"owner", "admin"},
        "user ada": {"owner"},
        "user ben": {"other"},
        "user root": {"admin"},
    },
    fixed=("id", "owner", "role"),
)
BODIES = (
    {"title": "New title"},
    {"title": "New title", "owner": "ben"},
    {"title": "New title", "id": "2"},
    {"title": "New title", "role": "admin"},
)


class Desk:
    """What an office's app works on: the example accounts, and a profile for each user."""

    def open_anew(self) -> None:
        self.store, self._keeper = example_accounts()
        self.profiles = {user: {"role": "member", "title": ""} for user in ("ada", "ben", "root")}

    def rows(self) -> dict[str, dict[str, Any]]:
        return {**self._keeper.rows(), **{f"user {user}": row for user, row in self.profiles.items()}}


def office(fault: str = "") -> World:
    """A sound app over the example accounts, or the same with one fault planted where its name stands."""
    app, desk = app_and_desk(fault)
    desk.open_anew()
    return World(app, desk.rows)


@cache  # an app costs more than all that is asked of it, and one world is looked at at a time
def app_and_desk(fault: str) -> tuple[Flask, Desk]:
    desk = Desk()
    app = Flask("office")

    def document_for(doc_id: str) -> Document:
        document = desk.store.get_document(doc_id)
        if document is None:
            abort(404)
        if fault == "redirect carries the page":
            if document["owner"] != g.user.id and g.user.role != "admin":
                answer = redirect("/login")
                answer.set_data(document["body"])
                abort(answer)
        elif fault == "refusal quotes the document":
            if document["owner"] != g.user.id and g.user.role != "admin":
                abort(Response(f"not yours: {document['body']}", 403))
        elif fault == "refusal names it in a header":
            if document["owner"] != g.user.id and g.user.role != "admin":
                abort(Response("no", 403, {"X-Document": document["body"]}))
        elif document["owner"] != g.user.id and g.user.role != "admin":
            abort(403)
        return document

    @app.before_request
    def identify() -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if fault == "token taken from the query" and not token:
            scheme, token = "Bearer", request.args.get("token", "")
        user = desk.store.user_for_token(token) if scheme == "Bearer" else None
        if fault == "delete asks nobody" and request.method == "DELETE":
            desk.store.delete_document(request.path.rpartition("/")[2])
        if user is None and not (fault == "HEAD asks nobody" and request.method == "HEAD"):
            abort(401)
        g.user = user
        if fault == "role believed from a header" and request.headers.get("X-Role") == "admin":
            g.user = desk.store.user_for_token("root-token")
        if fault == "identity believed from a header" and (claimed := request.headers.get("X-User-Id")):
            g.user = type(user)(claimed, "member")

    @app.get("/documents")
    def listed() -> Response:
        everything = (g.user and g.user.role == "admin") or fault == "list shows everybody's"
        return jsonify([d for d in desk.store.documents() if everything or (g.user and d["owner"] == g.user.id)])

    @app.get("/documents/<doc_id>")
    def read(doc_id: str) -> Response:
        if fault in ("read asks who, not whose", "admin only on paper"):
            if fault == "admin only on paper" and g.user.role == "admin":
                abort(403)
            return jsonify(desk.store.get_document(doc_id))
        return jsonify(g.user and document_for(doc_id))

    @app.put("/documents/<doc_id>")
    def write(doc_id: str) -> Response:
        sent: dict[str, Any] = request.get_json()
        if fault == "writes before it asks":
            desk.store.save_document({**(desk.store.get_document(doc_id) or {}), "title": sent["title"]})
        document = document_for(doc_id)
        if fault == "id taken from the body":
            document = desk.store.get_document(sent.get("id", doc_id)) or document
        changes = sent if fault == "owner taken from the body" else {"title": sent["title"]}
        desk.store.save_document({**document, **changes, "id": document["id"]})
        return jsonify(desk.store.get_document(doc_id))

    @app.delete("/documents/<doc_id>")
    def remove(doc_id: str) -> tuple[str, int]:
        if fault != "delete forgotten":
            document_for(doc_id)
        desk.store.delete_document(doc_id)
        return "", 204

    @app.put("/profile")
    def profile() -> Response:
        allowed = {"title", "role"} if fault == "role taken from the body" else {"title"}
        desk.profiles[g.user.id].update({k: v for k, v in request.get_json().items() if k in allowed})
        return jsonify(desk.profiles[g.user.id])

    if fault == "forgotten debug route":

        @app.get("/debug")
        def debug() -> str:
            return f"{len(desk.store.documents())} documents"

    return app, desk


@cache
def measured(fault: str) -> AccessReading:
    return measure_access(lambda: office(fault), WHO, POLICY, {"doc_id": "3"}, BODIES, claim="ada")


def outcomes(make_world: Callable[[], World], policy: Policy) -> set[str]:
    reading = measure_access(make_world, WHO, policy, {"doc_id": "3"}, BODIES, claim="ada")
    return {cell.outcome for cell in reading.violations}


def test_a_sound_app_stays_silent() -> None:
    reading = measure_access(office, WHO, POLICY, {"doc_id": "3"}, BODIES, claim="ada")

    assert reading.violations == ()
    assert reading.holds
    nobody_s = [cell for cell in reading.cells if (cell.who, cell.route) == ("nobody", "GET /documents")]
    assert len(nobody_s) == 1 + len(without_token("ada-token")) + len(lies("ada")) + len(odd_paths("/documents"))


PLANTED = {
    "read asks who, not whose": {("LEAKED", "other", "GET /documents/<doc_id>")},
    "list shows everybody's": {("LEAKED", "other", "GET /documents")},
    "delete forgotten": {("CHANGED", "other", "DELETE /documents/<doc_id>")},
    "delete asks nobody": {("CHANGED", "nobody", "DELETE /documents/<doc_id>")},
    "redirect carries the page": {("LEAKED", "other", "GET /documents/<doc_id>")},
    "refusal quotes the document": {("LEAKED", "other", "PUT /documents/<doc_id>")},
    "refusal names it in a header": {("LEAKED", "other", "HEAD /documents/<doc_id>")},
    "writes before it asks": {("CHANGED", "other", "PUT /documents/<doc_id>")},
    "id taken from the body": {("CHANGED", "owner", "PUT /documents/<doc_id>")},
    "owner taken from the body": {("CHANGED", "owner", "PUT /documents/<doc_id>")},
    "role taken from the body": {("CHANGED", "other", "PUT /profile")},
    "role believed from a header": {("LEAKED", "other", "GET /documents")},
    "identity believed from a header": {("LEAKED", "other", "GET /documents/<doc_id>")},
    "token taken from the query": {("LEAKED", "nobody", "GET /documents/<doc_id>")},
    "HEAD asks nobody": {("SERVED", "nobody", "HEAD /documents/<doc_id>")},
    "forgotten debug route": {("UNDECLARED", "nobody", "GET /debug")},
    "admin only on paper": {("DENIED", "admin", "GET /documents/<doc_id>")},
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found_and_named(fault: str) -> None:
    found = {(cell.outcome, cell.who, cell.route) for cell in measured(fault).violations}

    assert PLANTED[fault] <= found


@pytest.mark.slow
def test_no_single_observation_finds_every_fault() -> None:
    """How many each observation finds alone; all four together find them all."""
    silent = Policy(POLICY.allowed)  # neither secrets nor rows are looked at
    found: dict[str, set[str]] = {"status": set(), "secrets": set(), "rows": set(), "undeclared": set()}
    for fault in PLANTED:
        bare = outcomes(lambda fault=fault: World(office(fault).app), silent)
        found["status"] |= {fault} if bare & {"SERVED", "DENIED", "CRASHED"} else set()
        found["undeclared"] |= {fault} if "UNDECLARED" in bare else set()
        told = outcomes(lambda fault=fault: World(office(fault).app), POLICY)
        found["secrets"] |= {fault} if "LEAKED" in told else set()
        found["rows"] |= {fault} if "CHANGED" in {cell.outcome for cell in measured(fault).violations} else set()

    assert {name: len(faults) for name, faults in found.items()} == {
        "status": 8,
        "secrets": 9,
        "rows": 9,
        "undeclared": 1,
    }
    assert set.union(*found.values()) == set(PLANTED)


@pytest.mark.parametrize("fault", ["read asks who, not whose", "writes before it asks", "id taken from the body"])
def test_the_owner_notices_nothing(fault: str) -> None:
    """Why an app's own tests pass: they ask as somebody who is served as promised."""
    honest = [cell for cell in measured(fault).cells if cell.who == "owner" and cell.variant == "plain"]

    assert {cell.outcome for cell in honest} == {"served"}


def test_refusing_everybody_is_no_way_out() -> None:
    app = Flask("closed")
    for rule in ("/documents", "/documents/<doc_id>", "/profile"):
        app.add_url_rule(rule, rule, lambda **_: abort(401), methods=["GET", "PUT", "DELETE"])
    reading = measure_access(lambda: World(app), WHO, POLICY, {"doc_id": "3"}, BODIES)

    assert {cell.outcome for cell in reading.violations} == {"DENIED", "UNDECLARED"}


def test_a_route_that_the_policy_names_and_the_app_lacks_is_reported() -> None:
    reading = measure_access(lambda: World(Flask("empty")), WHO, POLICY, {})

    assert len(reading.absent) == 5
    assert not reading.holds


def test_a_crash_is_no_refusal() -> None:
    app = Flask("fragile")
    app.add_url_rule("/documents", "listed", lambda: request.headers["Authorization"].split(" ")[1])
    policy = Policy({"GET /documents": {"owner"}})
    reading = measure_access(lambda: World(app), {name: WHO[name] for name in ("nobody", "owner")}, policy, {})

    assert {(cell.who, cell.outcome) for cell in reading.violations} == {("nobody", "CRASHED")}


def test_twice_the_fault_is_twice_the_finding() -> None:
    """One more route with the same fault adds as many violations again."""

    def leaky(routes: int) -> World:
        store, _ = example_accounts()
        app = Flask("leaky")
        for number in range(routes):
            app.add_url_rule(f"/{number}", str(number), lambda: jsonify(store.get_document("3")))
        return World(app)

    policy = Policy({f"GET /{n}": {"owner"} for n in range(4)}, {"They pay 74,000.": {"owner"}})
    who = {"other": WHO["other"]}
    one, two = (len(measure_access(lambda n=n: leaky(n), who, policy, {}).violations) for n in (1, 2))

    assert two == 2 * one > 0


def test_two_measurements_agree() -> None:
    again = measured.__wrapped__("id taken from the body")

    assert measured("id taken from the body") == again


def test_the_reading_prints_as_a_table() -> None:
    text = str(measured("delete forgotten"))

    assert "   4  DELETE /documents/<doc_id>" in text or "  DELETE /documents/<doc_id>" in text
    assert "other" in text
    assert "CHANGED    other: DELETE /documents/<doc_id> (plain) answered 204; row '3' is gone" in text


def test_a_secret_is_found_escaped_too() -> None:
    app = Flask("escaped")
    app.add_url_rule("/documents", "listed", lambda: jsonify("Zoë's café"))
    policy = Policy({"GET /documents": {"owner"}}, {"Zoë's café": {"owner"}})
    reading = measure_access(lambda: World(app), {"other": WHO["other"]}, policy, {})

    assert "LEAKED" in {cell.outcome for cell in reading.violations}


def test_any_bytes_can_be_sent() -> None:
    app = Flask("echo")
    app.add_url_rule("/<name>", "echo", lambda name: jsonify(name, request.headers.get("X-Odd", "")))
    answer = ask(app, Request("GET", b"/\xff", {"X-Odd": b"\xfe"}))

    assert answer.status == 200
    assert answer.body.decode() == '["\\ufffd","\\u00fe"]\n'


@pytest.mark.parametrize("value, status", [("caf\u00e9", 200), ("cafe\u0301", 500)])
def test_a_header_that_no_server_can_send_is_a_crash(value: str, status: int) -> None:
    app = Flask("shop")
    app.add_url_rule("/", view_func=lambda: Response("ok", headers={"X-Name": value}), endpoint="shop")

    answer = ask(app, Request("GET", "/"))

    assert answer.status == status
    assert answer.raised == (None if status == 200 else "UnicodeEncodeError in the header X-Name")


def test_paths_fill_arguments_of_any_converter() -> None:
    app = Flask("paths")
    for rule in ("/a/<x>", "/b/<int:n>/<path:rest>", "/c"):
        app.add_url_rule(rule, rule, lambda **_: "")

    assert sorted(path for _, path, _ in paths(app, {"x": "ada"})) == ["/a/ada", "/b/1/1", "/c"]


def test_the_fixture_fails_with_the_whole_matrix(access_as_declared: Callable[..., AccessReading]) -> None:  # noqa: F811
    assert access_as_declared(office, WHO, POLICY, {"doc_id": "3"}, BODIES, claim="ada").holds
    with pytest.raises(AssertionError, match=r"(?s)does not hold.*DELETE /documents/<doc_id>.*CHANGED    other"):
        access_as_declared(lambda: office("delete forgotten"), WHO, POLICY, {"doc_id": "3"}, BODIES, claim="ada")


OWNER = {name: WHO[name] for name in ("nobody", "owner")}


def one_route(app: Flask, policy: Policy, rule: str = "/notes", view: Callable[..., Any] = str, **keywords: Any) -> Any:
    """A reading of an app that has this one route more."""
    app.add_url_rule(rule, "one", view, **keywords)
    return measure_access(lambda: World(app), OWNER, policy, {})


def bearer_only() -> str:
    return "notes" if request.headers.get("Authorization") == "Bearer ada-token" else abort(401)


def test_a_public_route_is_declared_so() -> None:
    policy = Policy({"GET /health": EVERYBODY})

    assert one_route(Flask("open"), policy, "/health", lambda: "well").holds
    assert not one_route(Flask("open"), Policy({"GET /health": {"owner"}}), "/health", lambda: "well").holds


def test_options_of_a_route_is_asked_where_it_is_the_route_s_own() -> None:
    def preflight() -> str:
        return "secret" if request.method == "OPTIONS" else bearer_only()

    policy = Policy({"GET /notes": {"owner"}})
    own = one_route(Flask("own"), policy, view=preflight, methods=["GET", "OPTIONS"], provide_automatic_options=False)
    flask_s = one_route(Flask("flask"), policy, view=preflight, methods=["GET"])

    assert {(cell.route, cell.outcome) for cell in own.violations} == {("OPTIONS /notes", "UNDECLARED")}
    assert flask_s.holds


def test_a_policy_may_name_options() -> None:
    policy = Policy({"GET /notes": {"owner"}, "OPTIONS /notes": EVERYBODY})
    view = {"methods": ["GET", "OPTIONS"], "provide_automatic_options": False}
    reading = one_route(
        Flask("cors"), policy, view=lambda: "" if request.method == "OPTIONS" else bearer_only(), **view
    )

    assert reading.absent == ()
    assert reading.holds


def test_head_without_get_is_a_route() -> None:
    reading = one_route(Flask("head"), Policy({"HEAD /notes": {"owner"}}), view=bearer_only, methods=["HEAD"])
    open_to_all = one_route(Flask("head"), Policy({"HEAD /notes": {"owner"}}), methods=["HEAD"])

    assert reading.holds
    assert {(cell.who, cell.outcome) for cell in open_to_all.violations} == {("nobody", "SERVED")}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_that_writes_is_seen(method: str) -> None:
    def world() -> World:
        rows = {"note 1": {"read": 0}}
        app = Flask("counting")

        def view() -> str:
            if request.method == method:
                rows["note 1"]["read"] += 1
            return bearer_only()

        app.add_url_rule("/notes", "one", view)
        return World(app, lambda: rows)

    reading = measure_access(world, OWNER, Policy({"GET /notes": {"owner"}}, changes={"note 1": {"owner"}}), {})

    assert ("CHANGED", "owner", f"{method} /notes") in {(c.outcome, c.who, c.route) for c in reading.violations}


def session_app(believes_the_query: bool = False) -> World:
    app = Flask("session")
    app.secret_key = "for tests"

    def view(user_id: str) -> str:
        claimed = request.args.get("user_id") if believes_the_query else None
        if (claimed or session.get("user_id")) != user_id:
            abort(403)
        return f"notes of {user_id}"

    app.add_url_rule("/<user_id>/notes", "notes", view)
    return World(app)


def reading_of_sessions(**faults: bool) -> AccessReading:
    app = session_app().app
    who = {**identities(), "owner": logged_in(app, user_id="1"), "other": logged_in(app, user_id="2")}
    policy = Policy({"GET /<user_id>/notes": {"owner"}})
    return measure_access(lambda: session_app(**faults), who, policy, {"user_id": "1"}, claim="1")


def test_people_can_log_in_with_a_session() -> None:
    assert reading_of_sessions().holds


def test_a_claim_in_the_query_is_tried() -> None:
    found = reading_of_sessions(believes_the_query=True).findings

    assert {(cell.who, cell.outcome, cell.variant) for cell in found} == {
        ("nobody", "SERVED", "with a query that lies"),
        ("other", "SERVED", "with a query that lies"),
    }


def test_a_session_needs_a_secret_key() -> None:
    with pytest.raises(RuntimeError, match="session"):
        logged_in(Flask("keyless"), user_id=1)


def test_what_fails_plainly_is_not_asked_again() -> None:
    reading = measured("read asks who, not whose")
    ways = [cell for cell in reading.cells if (cell.who, cell.route) == ("other", "GET /documents/<doc_id>")]

    assert [cell.variant for cell in ways] == ["plain"]


def test_a_finding_is_told_once() -> None:
    def any_header() -> str:
        return "notes" if request.headers.get("Authorization") else abort(401)

    reading = one_route(Flask("lax"), Policy({"GET /notes": {"owner"}}), view=any_header)

    assert len(reading.violations) > 30
    assert [(cell.route, cell.who, cell.outcome) for cell in reading.findings] == [
        ("GET /notes", "nobody", "SERVED"),
        ("HEAD /notes", "nobody", "SERVED"),
    ]


async def coroutine_world() -> World:
    return office()


def failing_world() -> World:
    raise LookupError("no database")


def crashing(error: Exception) -> Callable[..., Any]:
    def view(**_: Any) -> str:
        raise error

    return view


def crashing_world() -> World:
    app = Flask("crashing")
    app.add_url_rule("/documents", "one", crashing(ValueError("boom")))
    return World(app)


def closed_world() -> World:
    app = Flask("closed")
    app.add_url_rule("/documents", "one", lambda: abort(401))
    return World(app)


LISTED = Policy({"GET /documents": {"owner"}})


@pytest.mark.parametrize(
    "make_world, who, policy, samples, because",
    [
        (lambda: World(Flask("empty", static_folder=None)), WHO, Policy({}), {}, "nothing was asked"),
        (office, {}, LISTED, {}, "nobody"),
        (failing_world, WHO, LISTED, {}, "LookupError: no database"),
        (coroutine_world, WHO, LISTED, {}, "make_world gave a coroutine"),
        (crashing_world, WHO, LISTED, {}, "every request crashed"),
        (closed_world, WHO, LISTED, {}, "nothing was served to anybody"),
        (office, WHO, LISTED, {"document_id": "3"}, "no route has an argument 'document_id'"),
        (office, WHO, Policy({"GET /documents": {"onwer"}}), {}, "the policy names 'onwer'"),
    ],
)
@pytest.mark.filterwarnings("ignore:coroutine 'coroutine_world' was never awaited")
def test_nothing_measured_is_never_all_is_well(
    make_world: Any, who: Any, policy: Policy, samples: dict[str, str], because: str
) -> None:
    reading = measure_access(make_world, who, policy, samples)

    assert because in reading.unmeasured
    assert f"UNMEASURED: {reading.unmeasured}" in str(reading)
    assert not reading.holds


def test_what_was_seen_to_go_wrong_needs_nothing_that_goes_well_beside_it() -> None:
    """That nobody was served says nothing of a refusal; of a secret that was shown it takes nothing away."""

    def talking_world() -> World:
        app = Flask("talking")
        app.add_url_rule("/documents", "one", lambda: ("Not yours: They pay 74,000.", 401))
        return World(app)

    reading = measure_access(talking_world, WHO, Policy(LISTED.allowed, POLICY.sees), {})

    assert (reading.unmeasured, reading.findings[0].outcome, reading.holds) == ("", "LEAKED", False)


def test_a_misspelt_route_is_told_as_absent() -> None:
    reading = measure_access(office, WHO, Policy({**POLICY.allowed, "GET /document": {"owner"}}), {"doc_id": "3"})

    assert reading.absent == ("GET /document",)
    assert not reading.holds
    assert "ABSENT     GET /document: the policy names it, the app lacks it" in str(reading)
