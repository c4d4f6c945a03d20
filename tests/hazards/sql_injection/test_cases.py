"""The expected answers of hazard 7 are worked out in Python; here SQLite is asked whether it agrees."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.hazards.sql_injection import cases as cases
from course_lib.testbeds.orders import open_orders

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6) | st.text(
    "aA%_\\'éÉİ", max_size=6
)
COLUMNS = st.sampled_from(sorted(cases.COLUMNS))


def asked(rows: list[cases.Row], sql: str, *values: Any) -> list[Any]:
    with closing(open_orders(rows)) as connection:
        return connection.execute(f"SELECT id, user_id, status, total FROM orders WHERE {sql}", values).fetchall()


@settings(max_examples=60)
@given(notes=st.lists(st.none() | TEXTS, min_size=1, max_size=12), text=TEXTS, column=COLUMNS, descending=st.booleans())
def test_a_search_is_what_sqlite_finds_and_sorts(
    notes: list[str | None], text: str, column: str, descending: bool
) -> None:
    rows: list[cases.Row] = [
        ((7 * i) % 13, i % 2, note or "", [0.5, 2, 10, -1][i % 4], (note or "x")[:1], note)
        for i, note in enumerate(notes)
    ]
    order = f"instr(lower(note), lower(?)) > 0 ORDER BY {column} {'DESC' if descending else 'ASC'}, id"
    assert cases.orders_with(rows, text, column, descending) == asked(rows, order, text)


MARKS = [f"x{mark}y" for mark in cases.PUNCTUATION]
SENT = [*cases.PLAIN_TEXTS, *cases.LITERAL_TEXTS, *MARKS, *cases.CASE_TEXTS, *cases.HOSTILE_TEXTS]


@pytest.mark.parametrize("text", SENT)
def test_every_search_that_is_sent_agrees_with_an_escaped_like(text: str) -> None:
    rows = cases.note_rows()
    pattern = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = asked(rows, "note LIKE ? ESCAPE '\\' ORDER BY id", f"%{pattern}%")
    assert cases.orders_with(rows, text) == found


@pytest.mark.parametrize("status", [*cases.PLAIN_STATUSES, *cases.ODD_STATUSES, *cases.UNKNOWN_STATUSES, None])
def test_every_status_that_is_sent_agrees_with_a_bound_one(status: str | None) -> None:
    rows = cases.user_rows()
    found = asked(rows, "user_id = 7 AND (?1 IS NULL OR status = ?1) ORDER BY id", status)
    assert cases.orders_of(rows, 7, status) == found


@pytest.mark.parametrize("column", sorted(cases.COLUMNS))
def test_numbers_that_need_all_their_digits_are_stored_and_sorted_as_they_are(column: str) -> None:
    rows = cases.total_rows()
    found = asked(rows, f"1 ORDER BY {column}, id")

    assert list(map(repr, found)) == list(map(repr, cases.orders_with(rows, "", column)))
    assert len({round(row[3], 2) for row in rows}) < len({row[3] for row in rows})


@pytest.mark.parametrize("user_id", [*cases.READABLE_IDS, *cases.NO_IDS, *cases.HOSTILE_IDS])
def test_a_bound_user_id_never_finds_more_than_its_readings_allow(user_id: Any) -> None:
    rows = cases.user_rows()
    found = asked(rows, "user_id = ? ORDER BY id", user_id)
    allowed = [[], *(cases.orders_of(rows, reading) for reading in cases.readings_of(user_id))]
    assert found in allowed


@pytest.mark.parametrize("user_id", [*cases.NO_IDS, *cases.HOSTILE_IDS])
def test_what_is_no_integer_has_no_reading(user_id: Any) -> None:
    assert cases.readings_of(user_id) == set()


@pytest.mark.parametrize("user_id", cases.READABLE_IDS)
def test_what_reads_as_an_integer_has_one(user_id: Any) -> None:
    assert len(cases.readings_of(user_id)) == 1


def test_ids_are_unique_and_every_long_text_is_as_long_as_allowed() -> None:
    for rows in (cases.user_rows(), cases.note_rows(), cases.long_user_rows(), cases.long_note_rows()):
        assert len({row[0] for row in rows}) == len(rows)
    assert {len(text) for text in (cases.LONG, cases.LONG_WIDE, cases.LONG_WILD)} == {10_000}
