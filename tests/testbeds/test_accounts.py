"""The accounts store: its answers are copies and change over time, and the journal tells what happened."""

from __future__ import annotations

import pytest

from course_lib.testbeds.accounts import AccountStore, Keeper, User, example_accounts, numbered_accounts, open_accounts


def test_answers_what_it_was_given() -> None:
    store, _ = example_accounts()

    assert store.user_for_token("ada-token") == User("ada", "member")
    assert store.user_for_token("root-token") == User("root", "admin")
    assert store.get_user_data("ben") == {"email": "ben@office.example", "salary": 58_500}
    assert [document["id"] for document in store.documents()] == ["1", "2", "3"]
    assert store.get_document("2") == {
        "id": "2",
        "owner": "ben",
        "title": "Shopping",
        "body": "Milk, bread, coffee.",
    }


@pytest.mark.parametrize("odd", ["", "nobody", None, 7, b"ada-token", ["ada-token"], "ADA-TOKEN", "ada-token "])
def test_what_it_does_not_know_is_none(odd: object) -> None:
    store, _ = example_accounts()

    assert store.user_for_token(odd) is None  # type: ignore[arg-type]
    assert store.get_user_data(odd) is None  # type: ignore[arg-type]
    assert store.get_document(odd) is None  # type: ignore[arg-type]
    assert store.delete_document(odd) is None  # type: ignore[arg-type,func-returns-value]


def test_an_empty_dict_and_none_are_different_data() -> None:
    store, _ = open_accounts({}, {}, {"empty": {}, "none": None})

    assert store.get_user_data("empty") == {}
    assert store.get_user_data("none") is None


def test_hands_out_copies() -> None:
    store, keeper = example_accounts()
    document = store.get_document("1")
    assert document is not None
    document["owner"] = "ben"
    store.documents()[1].clear()
    user = store.user_for_token("ada-token")
    assert user is not None
    user.role = "admin"
    data = store.get_user_data("ada")
    assert data is not None
    data["salary"] = 0

    assert store.user_for_token("ada-token") == User("ada", "member")
    assert keeper.rows()["1"]["owner"] == "ada"
    assert keeper.rows()["2"]["owner"] == "ben"
    assert store.get_user_data("ada") == {"email": "ada@office.example", "salary": 61_000}


def test_keeps_a_copy_of_what_it_is_given() -> None:
    store, keeper = example_accounts()
    document = {"id": "9", "owner": "ada", "title": "a", "body": "b"}
    store.save_document(document)
    document["owner"] = "ben"
    keeper.rows()["9"]["owner"] = "ben"

    assert store.get_document("9") == {"id": "9", "owner": "ada", "title": "a", "body": "b"}


def test_answers_change_over_time() -> None:
    store, keeper = example_accounts()
    keeper.revoke("ada-token")
    keeper.issue("new-token", "ada")
    keeper.add_user("ben", "admin")
    keeper.put_document({"id": "1", "owner": "ben", "title": "t", "body": "b"})
    keeper.remove_document("3")
    keeper.put_data("ben", None)

    assert store.user_for_token("ada-token") is None
    assert store.user_for_token("new-token") == User("ada", "member")
    assert store.user_for_token("ben-token") == User("ben", "admin")
    assert [(each["id"], each["owner"]) for each in store.documents()] == [("1", "ben"), ("2", "ben")]
    assert store.get_user_data("ben") is None


def test_two_stores_share_nothing() -> None:
    store, _ = example_accounts()
    other, keeper = example_accounts()
    store.delete_document("1")

    assert other.get_document("1") is not None
    assert [entry.operation for entry in keeper.journal()] == ["get_document"]


def test_the_journal_tells_reads_and_changes_in_order() -> None:
    store, keeper = example_accounts()
    before = keeper.rows()["2"]
    store.get_document("2")
    store.save_document({**before, "title": "List"})
    store.delete_document("2")
    store.delete_document("2")

    assert [tuple(entry) for entry in keeper.journal()] == [
        ("get_document", "2", None, None),
        ("save_document", "2", before, {**before, "title": "List"}),
        ("delete_document", "2", {**before, "title": "List"}, None),
        ("delete_document", "2", None, None),
    ]


def test_a_change_that_was_taken_back_stays_in_the_journal() -> None:
    store, keeper = example_accounts()
    before = keeper.rows()
    store.save_document({**before["1"], "title": "overwritten"})
    store.save_document(before["1"])

    assert keeper.rows() == before
    assert sum(entry.before != entry.after for entry in keeper.journal()) == 2


@pytest.mark.parametrize("odd", [None, "1", [], {}, {"id": 1}, {"title": "a"}])
def test_a_document_without_an_id_is_refused(odd: object) -> None:
    store, keeper = example_accounts()
    before = keeper.rows()
    with pytest.raises(ValueError, match="id is a string"):
        store.save_document(odd)  # type: ignore[arg-type]

    assert keeper.rows() == before


def test_what_is_not_plain_data_is_refused() -> None:
    store, _ = example_accounts()
    with pytest.raises(TypeError, match="plain data, not object"):
        store.save_document({"id": "1", "title": object()})


def test_an_app_reaches_neither_rows_nor_journal_by_an_attribute() -> None:
    store, _ = example_accounts()
    with pytest.raises(AttributeError):
        store.get_document = lambda _: None  # type: ignore[misc]

    assert {name for name in dir(store) if not name.startswith("__")} == set(AccountStore.__slots__)
    public = set(dir(store)) - {"__weakref__"}  # which can't be asked for before Python 3.11.4
    assert not any(isinstance(getattr(store, name), Keeper) for name in public)


def test_numbered_accounts_begin_with_the_administrator() -> None:
    store, _ = numbered_accounts(2)

    assert store.user_for_token("token-100") == User("100", "admin")
    assert store.user_for_token("token-102") == User("102", "member")
    assert store.user_for_token("token-103") is None
    assert store.get_user_data("102") == {"name": "Ben", "email": "102@office.example", "salary": 54_974}


def test_the_keeper_tells_whether_the_rows_are_as_they_were() -> None:
    store, keeper = example_accounts()
    before = keeper.rows()
    assert keeper.holds(before)
    assert keeper.holds(before), "to look changes nothing"

    store.save_document({**before["1"], "title": "another"})
    assert not keeper.holds(before)
    store.save_document(before["1"])
    assert keeper.holds(before)
    store.delete_document("1")
    assert not keeper.holds(before)
