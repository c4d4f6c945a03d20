import pytest
from course_lib.instruments.access import Policy


def test_a_note_is_its_owners(access, world, who):
    both, note = {"ada", "ben"}, {"/notes/<int:number>": {"ada"}}
    allowed = {f"{method} {rule}": names for rule, names in note.items() for method in ("GET", "DELETE")}
    policy = Policy({**allowed, "GET /notes/": both, "GET /notes/search": both}, {"under the mat": {"ada"}}, {"note 1": {"ada"}})
    access(world, who, policy, {"number": "1"})


@pytest.mark.no_open_handles("SQLite connection")
def test_every_connection_is_closed(client):
    assert client.get("/notes/1").json["text"] == "tea 0"


def test_the_overview_asks_as_often_for_many(query_growth, client, fill):
    query_growth([3, 30], fill, lambda: client.get("/notes/"), unit="note")


def test_a_text_to_search_for_stays_a_text(values_stay_data, client):
    values_stay_data(lambda text: client.get("/notes/search", query_string={"q": text}), plain="tea")
