"""The attacker's console: text twin, static picture, and what it marks."""

from __future__ import annotations

from flask import Flask, jsonify

from course_lib.hazards.missing_authorization.access_matrix import who_does_what, who_sees_whom
from course_lib.hazards.missing_authorization.request_console import RequestConsole
from course_lib.testbeds.accounts import AccountStore, numbered_accounts

SECRETS = {f"{each}@office.example": str(each) for each in (101, 102)}


def open_app(store: AccountStore) -> Flask:
    app = Flask("open")
    app.add_url_rule("/<user_id>", "data", lambda user_id: jsonify(store.get_user_data(user_id)))
    return app


def console() -> RequestConsole:
    store, _ = numbered_accounts(2)
    return RequestConsole(open_app(store), "102", {}, "/102", SECRETS)


def test_ones_own_data_is_no_find() -> None:
    found = console()
    sent = found.send("/102")

    assert (sent.status, sent.whose) == (200, "")
    assert found.collected == []
    assert found.told == "200 for /102. Collected so far: data of 0 other people."


def test_anothers_data_is_marked_once() -> None:
    found = console()
    found.send("/101")
    found.send("/101?again=1")

    assert found.collected == ["101"]
    assert str(found).endswith("200 for /101?again=1. Collected so far: data of 1 other person.")
    assert "<- data of 101" in str(found)


def test_the_button_sends_what_stands_in_the_field() -> None:
    found = console()
    found.address.value = "/%31%30%31"
    found.button.click()
    found.address._handle_msg(
        {"content": {"data": {"method": "custom", "content": {"event": "submit"}}}, "buffers": []}
    )

    assert [each.whose for each in found.sent] == ["101", "101"]


def test_what_comes_back_is_shown_as_text() -> None:
    app = Flask("markup")
    app.add_url_rule("/", "page", lambda: "<script>alert(1)</script>")
    found = RequestConsole(app, "<b>", {}, "/")
    found.send("/")
    bundle = found._repr_mimebundle_()

    assert "<script>" not in bundle["text/html"] + found._shown.value
    assert "&lt;script&gt;" in bundle["text/html"]
    assert bundle["text/plain"] == str(found)


def test_pairs_are_told_apart() -> None:
    table = who_sees_whom(["a", "b"], lambda who, whose: who == "a", lambda who, whose: who == whose)

    assert table.cells == [["served", "LEAKED"], ["refused", "DENIED"]]
    assert table.count("bad") == 2


def test_a_reading_becomes_a_table() -> None:
    from course_lib.instruments.access.reading import Policy
    from course_lib.instruments.access.requests import Identity, World, measure_access

    store, _ = numbered_accounts(1)
    policy = Policy({"GET /<user_id>": {"owner"}}, {"101@office.example": {"owner"}})
    people = {"owner": Identity(), "other": Identity()}
    reading = measure_access(lambda: World(open_app(store)), people, policy, {"user_id": "101"})

    assert who_does_what(reading).cells == [["served"], ["LEAKED"]]
