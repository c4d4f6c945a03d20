"""The attack console: what is shown is what happened, in text, as a picture, and for errors too."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from course_lib.hazards.sql_injection.attack_console import AttackConsole
from course_lib.hazards.sql_injection.injection_matrix import injection_matrix
from course_lib.hazards.sql_injection.statement_tree import Part, compare_trees, in_words, svg, text
from course_lib.instruments.injection.statements import Log, WatchedConnection
from course_lib.instruments.injection.trials import measure_injection, name_attacks, number_attacks, text_attacks
from course_lib.testbeds.orders import open_orders, sample_orders
from tests.widgets.pictures import stored_pictures

PLAIN = "SELECT id FROM orders WHERE user_id = 7 AND status = 'paid' ORDER BY id"


def spliced(connection: sqlite3.Connection, user_id: Any, status: str) -> list[Any]:
    sql = f"SELECT id FROM orders WHERE user_id = {user_id} AND status = '{status}' ORDER BY id"
    return connection.execute(sql).fetchall()


def bound(connection: sqlite3.Connection, user_id: Any, status: str) -> list[Any]:
    sql = "SELECT id FROM orders WHERE user_id = ? AND status = ? ORDER BY id"
    return connection.execute(sql, (user_id, status)).fetchall()


def open_shop() -> WatchedConnection:
    shop = open_orders(sample_orders(9), factory=WatchedConnection)
    shop.log = Log()
    return shop


def console(call: Any) -> AttackConsole:
    known = {"user_id": number_attacks(), "status": text_attacks()}
    return AttackConsole(call, open_shop, {"user_id": 7, "status": "paid"}, {"status": "x' OR 1=1 --"}, known)


# The tree


def test_other_values_change_nothing() -> None:
    parts = compare_trees(PLAIN, PLAIN.replace("7", "-8").replace("paid", "it''s"))
    assert {part.fate for part in parts} == {"kept"}
    assert in_words(parts) == "Same structure: the value stayed data."


def test_a_condition_that_moved_under_an_or_is_not_new() -> None:
    parts = compare_trees(PLAIN, PLAIN.replace("paid", "x' OR 1=1 -- "))
    assert text(parts) == (
        "  SELECT id\n    FROM orders\n    WHERE\n+     OR\n        AND\n          user_id = ?\n          status = ?\n"
        "+       ? = ?\n-   ORDER BY id"
    )
    assert in_words(parts) == "The value changed the statement: added “OR”, “? = ?”; cut off “ORDER BY id”."


@pytest.mark.parametrize("attack", [*text_attacks().values()])
def test_every_attack_that_breaks_out_of_the_quotes_is_seen(attack: str) -> None:
    inside = attack in [text_attacks()[name] for name in ("double quote", "doubled quote", "backtick", "bracket")]
    parts = compare_trees(PLAIN, PLAIN.replace("paid", attack))
    assert (in_words(parts) == "Same structure: the value stayed data.") == inside


@pytest.mark.parametrize("attack", [*number_attacks().values(), "user_id", "7 - 1"])
def test_every_attack_on_a_bare_number_is_seen(attack: str) -> None:
    parts = compare_trees(PLAIN, PLAIN.replace("7", attack))
    assert any(part.fate != "kept" for part in parts)


def test_a_statement_that_the_parser_refuses_is_compared_by_its_tokens() -> None:
    parts = compare_trees(PLAIN, PLAIN.replace("paid", "x' zq7"))
    assert [part.label for part in parts if part.fate == "added"] == ["zq7 '"]


def test_the_picture_tells_fates_by_sign_and_line_and_is_always_the_same() -> None:
    parts = [Part(0, "SELECT a"), Part(1, "OR <b>", "added"), Part(1, "ORDER BY a", "lost")]
    picture = svg(parts)
    assert picture == svg(parts)
    assert "+ OR &lt;b&gt;" in picture
    assert "− ORDER BY a" in picture
    assert picture.count("stroke-dasharray") == 1
    assert "white" not in picture


# The console


def test_the_text_says_everything_that_the_page_shows() -> None:
    shown = str(console(spliced))
    assert "status = 'x' OR 1=1 --' ORDER BY id" in shown
    assert "36 rows came back" in shown
    assert "+     OR" in shown
    assert "… and 30 more" in shown


def test_the_cells_of_a_row_stand_under_their_columns_where_each_row_has_as_many() -> None:
    """A function that gives something else back is shown as it is."""
    plain, attack = {"user_id": 7, "status": "paid"}, {"status": "x' OR 1=1 --"}
    told, silent = (AttackConsole(spliced, open_shop, plain, attack, columns=names) for names in (["id"], ["id", "x"]))
    assert '<th scope="col" style="text-align:left">id</th>' in told.to_html()
    assert "<th" not in silent.to_html()


def test_the_bundle_has_a_static_picture_and_is_always_the_same() -> None:
    one, other = (console(spliced)._repr_mimebundle_() for _ in range(2))
    assert one["text/html"] == other["text/html"]
    assert one["text/plain"] == str(console(spliced))
    assert ">+ OR</text>" in stored_pictures(one["text/html"])[0]


def test_a_press_sends_what_was_typed_and_an_untouched_number_stays_one() -> None:
    form = console(bound)
    form.fields["status"].value = "x' OR 1=1 --"
    form.button.click()
    assert form.trial.statements[-1].parameters == (7, "x' OR 1=1 --")
    assert "Same structure: the value stayed data." in form._shown.value
    assert "0 rows came back" in form.to_html()


def test_enter_in_a_field_sends_it() -> None:
    form = console(spliced)
    field = form.fields["user_id"]
    field.value = "7 OR 1=1"
    field._handle_msg({"content": {"data": {"method": "custom", "content": {"event": "submit"}}}, "buffers": []})
    assert form.trial.arguments == {"user_id": "7 OR 1=1", "status": "x' OR 1=1 --"}


def test_a_known_attack_is_filled_in_with_plain_values_beside_it_and_is_not_sent() -> None:
    form = console(spliced)
    before = form.trial
    form.known.value = ("user_id", number_attacks()["union"])
    assert form.fields["user_id"].value == number_attacks()["union"]
    assert form.fields["status"].value == "paid"
    assert form.trial is before


def test_choosing_none_of_them_leaves_what_was_typed() -> None:
    form = console(spliced)
    form.known.value = ("status", text_attacks()["cut off"])
    form.fields["status"].value = "mine"
    form.known.value = None
    assert form.fields["status"].value == "mine"


def test_what_was_typed_is_escaped_on_the_page() -> None:
    form = console(spliced)
    form.attack(status="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in form._shown.value
    assert "&lt;img src=x" in form._shown.value


def test_an_error_of_the_database_is_shown_as_text() -> None:
    form = console(spliced)
    form.attack(status="O'Brien")
    assert "OperationalError" in form._shown.value
    assert "OperationalError" in str(form)


def test_a_function_that_refuses_sends_nothing() -> None:
    def refuse(connection: sqlite3.Connection, **values: Any) -> list[Any]:
        raise ValueError("no <such> column")

    form = console(refuse)
    assert "No statement reached the database." in form._shown.value
    assert "no &lt;such&gt; column" in form._shown.value


def test_rows_that_are_gone_are_told() -> None:
    def script(connection: sqlite3.Connection, user_id: Any, status: str) -> list[Any]:
        connection.executescript(f"SELECT id FROM orders WHERE user_id = {user_id}")
        return []

    form = console(script)
    form.attack(user_id="0; DELETE FROM orders")
    assert "main.orders: 36 rows before, 0 after" in form._shown.value
    assert "DELETE FROM orders" in str(form)


def test_readings_become_one_matrix() -> None:
    readings = [
        measure_injection(call, open_shop, {"user_id": 7, "status": "paid"}, {argument: attacks})
        for call, argument, attacks in [(spliced, "user_id", name_attacks()), (bound, "status", text_attacks())]
    ]
    matrix = injection_matrix(*readings)
    assert list(matrix.columns) == ["user_id", "status"]
    assert matrix.count("bad") == len(name_attacks())
    assert matrix.count("good") == len(text_attacks())
