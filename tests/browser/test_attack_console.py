"""The attack console under a learner's hands: typing, Enter, a known attack, Send, and an error as text."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

pytest.importorskip("playwright", reason="playwright is not installed: no browser tests")

from playwright.sync_api import expect

from tests.browser.look import place
from tests.browser.page import Lab, find_chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium on this machine: no browser tests"),
]

CELL = """
from course_lib.instruments.injection import number_attacks
from course_lib.instruments.injection import Log, WatchedConnection
from course_lib.testbeds.orders import open_orders, sample_orders
from course_lib.hazards.sql_injection.attack_console import AttackConsole

def orders(connection, user_id, status):
    sql = f"SELECT id FROM orders WHERE user_id = {user_id} AND status = '{status}' ORDER BY id"
    return connection.execute(sql).fetchall()

def shop():
    opened = open_orders(sample_orders(5), factory=WatchedConnection)
    opened.log = Log()
    return opened

AttackConsole(orders, shop, {"user_id": 3, "status": "paid"}, {"status": "open"}, {"user_id": number_attacks()})
"""


def test_a_value_that_is_typed_is_sent_and_its_statement_shown(lab: Lab, tmp_path: Path) -> None:
    draft = tmp_path / "console.ipynb"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(new_notebook(cells=[new_code_cell(CELL)], metadata=kernel), draft)
    with lab.opened(place(lab, draft)) as opened:
        opened.run_all()
        output = opened.page.locator(".jp-OutputArea-output:visible")
        expect(output.get_by_text("Same structure: the value stayed data.")).to_be_visible()

        output.get_by_role("textbox", name="user_id").fill("user_id")
        output.get_by_role("textbox", name="user_id").press("Enter")
        expect(output.get_by_text("added “user_id = user_id”")).to_be_visible()

        output.get_by_label("or a known attack:").select_option(label="user_id: union")
        output.get_by_label("or a known attack:").press("ArrowDown")
        output.get_by_label("or a known attack:").press("ArrowUp")
        expect(output.get_by_role("textbox", name="status")).to_have_value("paid")
        output.get_by_role("button", name="Send").click()
        expect(output.get_by_text("added “UNION”")).to_be_visible()

        output.get_by_role("textbox", name="status").fill("O'Brien")
        output.get_by_role("textbox", name="status").press("Enter")
        expect(output.get_by_text("OperationalError")).to_be_visible()
        assert opened.problems() == []
