"""What follows from the description of a site: who is owed what at a moment, and which answers give something away."""

from __future__ import annotations

from typing import Any

import pytest

from course_lib.hazards.missing_authorization import data, documents, tokens
from course_lib.hazards.missing_authorization.answers import Rows, Seen, written
from course_lib.hazards.missing_authorization.judging import Ledger, _tell_twins_apart
from course_lib.hazards.missing_authorization.site import ROUNDS, Now, ask


def seen(status: int = 403, body: bytes = b"", **headers: str) -> Seen:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Seen(status, named, body, None, {}, {}, ())


def complaints(*pairs: tuple[list[Seen], list[Seen]]) -> list[str]:
    """What is said of requests that were answered like this in the world, and like that in its twin."""
    one, ledger = ask(data.REFUSES, "otto", "GET", data.MIRA), Ledger()
    asked = [(one, each) for here, there in pairs for pair in zip(here, there, strict=True) for each in pair]
    _tell_twins_apart(ledger, data.SITE, asked)
    return [sentence for found in ledger.complaints.values() for _, _, sentence in found]


def test_the_same_refusal_in_both_worlds_is_no_leak() -> None:
    assert complaints(([seen()] * ROUNDS, [seen()] * ROUNDS)) == []


@pytest.mark.parametrize("other", [seen(404), seen(body=b"17 fields"), seen(ETag='"5"')])
def test_a_refusal_that_changes_with_what_it_refuses_is_one(other: Seen) -> None:
    assert len(complaints(([seen()] * ROUNDS, [other] * ROUNDS))) == 1


def test_what_is_never_the_same_is_left_out() -> None:
    def counting(first: int) -> list[Seen]:
        return [seen(X_Request=str(first + n)) for n in range(ROUNDS)]

    assert complaints((counting(0), counting(50))) == []


def test_what_changes_once_is_left_out_of_every_answer() -> None:
    steady, late = [seen(X_Took="0.000")] * ROUNDS, [seen(X_Took="0.001")] * ROUNDS
    restless = [*steady[1:], *late[:1]]

    assert complaints((steady, late)) != []
    assert complaints((steady, late), (steady, restless)) == []


def due(site: Any, who: str | None, method: str, path: str, *changes: tuple[str, tuple[Any, ...]]) -> Any:
    """The statuses that are owed to this request after these changes to the store."""
    now = Now(site.world)
    for operation, arguments in changes:
        now.keep(operation, arguments)
    now.see({row["id"]: row for row in site.world["documents"]})
    return site.due(ask("a check", who, method, path), now).statuses


@pytest.mark.parametrize(
    "who, method, path, statuses",
    [
        ("mira", "GET", "/api/users/mira/data", (200,)),
        ("root", "GET", "/api/users/mira/data", (200,)),
        ("otto", "GET", "/api/users/mira/data", (403, 404)),
        (None, "GET", "/api/users/mira/data", (401,)),
        ("otto", "HEAD", "/api/users/mira/data", (403, 404)),
        ("mira", "POST", "/api/users/mira/data", (405,)),
        (None, "POST", "/api/users/mira/data", (405, 401)),
        ("mira", "GET", "/api/users", (404, 401)),
        ("root", "GET", "/api/users/nadia/data", (404,)),
        ("nadia", "GET", "/api/users/nadia/data", (404, 200)),
        ("otto", "OPTIONS", "/api/users/mira/data", ()),
    ],
)
def test_what_is_owed_follows_from_the_site(who: str, method: str, path: str, statuses: tuple[int, ...]) -> None:
    assert due(data.SITE, who, method, path) == statuses


def test_what_is_owed_follows_the_store() -> None:
    revoked = ("revoke", (tokens.token_of("mira"),))
    assert due(data.SITE, "mira", "GET", data.MIRA, revoked) == (401,)
    assert due(data.SITE, "root", "GET", data.MIRA, ("add_user", ("root", "member"))) == (403, 404)
    assert due(data.SITE, "root", "GET", data.MIRA, ("put_data", ("mira", None))) == (404,)
    assert due(documents.SITE, "mira", "DELETE", "/api/documents/1") == (200, 204)
    assert due(documents.SITE, "otto", "DELETE", "/api/documents/1") == (403, 404)
    assert due(documents.SITE, "otto", "GET", "/api/documents/gone") == (404,)


ROW = {"id": "1", "owner": "mira", "title": "T", "body": "B"}


@pytest.mark.parametrize(
    "after, words",
    [
        ({"1": {**ROW, "title": "new", "owner": "otto"}}, "left document '1' with another 'owner' than it should"),
        ({"1": {**ROW, "title": "new", "by": "otto"}}, "left document '1' with a key 'by' that it should not have"),
        ({"1": {"id": "1", "title": "new", "body": "B"}}, "left document '1' with no 'owner'"),
        ({"1": ROW}, "left document '1' with another 'title' than it should"),
        ({}, "removed document '1'"),
        ({"1": {**ROW, "title": "new"}, "2": ROW}, "left document '2' in the store"),
    ],
)
def test_what_a_put_did_wrong_is_named(after: Rows, words: str) -> None:
    answer = Seen(200, (), b"{}", None, {"1": ROW}, after, ())

    assert written("1", {"title": "new"}).wrong(answer) == f"got 200 and {words}"


@pytest.mark.parametrize(
    "who, path, told",
    [
        ("mira", "/api/users/mira/data", "mira: GET /api/users/mira/data"),
        ("mira ", "/api/users/mira /data", "'mira ': GET /api/users/mira%20/data"),
        ("zo\u00eb", "/api/users/zo\u00eb/data", "zo\u00eb: GET /api/users/zo\u00eb/data"),
        ("mira", b"/api/users/\xff/data", "mira: GET /api/users/%FF/data"),
        ("mira", "/api/users/zoe\u0308\n/data", "mira: GET /api/users/zoe%CC%88%0A/data"),
    ],
)
def test_a_request_is_told_with_every_blank_to_be_seen(who: str, path: str | bytes, told: str) -> None:
    assert ask("a check", who, "GET", path).told() == told


def test_similar_tokens_are_all_different_and_well_formed() -> None:
    unknown = [*tokens.unknown()]

    assert not {*unknown, *tokens.all_encoded()} & {*tokens.ALIKE}
    assert len({*tokens.ALIKE.values()}) == len(tokens.ALIKE)
    assert all(set(token) <= {*"-_"} | {*map(chr, range(48, 123))} for token in [*tokens.ALIKE, *unknown])
