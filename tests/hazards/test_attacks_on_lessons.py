"""The cell of a lesson in which code is to be broken: as delivered it holds, it can be broken, odd input is told."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from course_lib.syllabus import LESSONS
from tests.lesson_cells import cell

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system can't copy a process")
STEMS = [lesson.stem for lesson in LESSONS[:8]]

SHOP = """
from course_lib.instruments.injection import Log, WatchedConnection
from course_lib.testbeds.orders import open_orders, sample_orders

def open_shop():
    shop = open_orders(sample_orders(5), factory=WatchedConnection)
    shop.log = Log()
    return shop
"""
CALLER = """
from flask import Flask, abort, jsonify, request

def caller(store):
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return store.user_for_token(token) or abort(401)
"""
ABOVE = {
    "03_error_handling": "import requests",
    "04_race_conditions": "import threading",
    "05_n_plus_one_queries": "from course_lib.testbeds.blog import Post, User",
    "07_sql_injection": SHOP,
    "08_missing_authorization": CALLER,
}


def answer(body: str, status: int = 200) -> bytes:
    return f"HTTP/1.1 {status} OK\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def fetched(body: str, status: int = 200) -> str:
    return f"breaks(fetch_checked, {answer(body, status)!r})"


def lesson_names(stem: str, folder: Path, more: str = "") -> dict[str, Any]:
    """The names of the attacked cell and of the cell of the attack, as a module with a file of its own."""
    path = folder / f"attacked_{stem}.py"
    path.write_text(f"{ABOVE.get(stem, '')}\n{cell(stem, 'attack-target')}\n{more}\n", "utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)


def run(stem: str, code: str, folder: Path) -> Any:
    """What the last line of the code gives; the lines before it define the attack."""
    *defining, last = code.strip().splitlines()
    names = lesson_names(stem, folder, "\n".join(defining))
    return eval(last, names)


@pytest.mark.parametrize("stem", STEMS)
def test_as_delivered_the_attack_fails(stem: str, tmp_path: Path) -> None:
    found = run(stem, cell(stem, "attack-try"), tmp_path)
    assert found.broke is False, str(found)


IMPORT = {stem: f"from course_lib.hazards.{stem[3:]}.attack import breaks\n" for stem in STEMS}
BREAKING = {
    "01_resource_leaks": [
        'breaks(export_closing, lambda user_id: {"roles": {1, 2}})',
        'breaks(export_closing, lambda user_id: user_id if user_id < 4 else {"roles": {1, 2}})',
    ],
    "02_unbounded_growth": [
        'breaks(LatestByUser, lambda number: {"user": "ann"})',
        'breaks(LatestByUser, lambda number: {"user": number % 50})',
        'breaks(LatestByUser, lambda number: {"user": number // 2})',  # KeyError: a user twice in a row
    ],
    "03_error_handling": [
        fetched('{"id": 8, "name": "Eve"}'),
        fetched("{}"),
        fetched('{"id": "7"}'),
        "breaks(fetch_checked, b'HTTP/1.1 200 OK\\r\\n\\r\\n' + b'[' * 100_000)",
    ],
    "04_race_conditions": [
        "breaks(Seats, [Seats.book, Seats.book], lambda seats: seats.free >= 0)",
        "breaks(Seats, [Seats.book] * 3, lambda seats: seats.free >= 0)",
        "breaks(Seats, (lambda s: s.book(), lambda s: s.book()), lambda seats: seats.free in (0, 1))",
    ],
    "05_n_plus_one_queries": [
        'breaks(posts_with_authors, {"ada": 10}, {f"user{n}": 1 for n in range(10)})',
        'breaks(posts_with_authors, {"a": 1, "b": 1}, dict.fromkeys("abcdefgh", 3))',
    ],
    "06_data_structures": [
        'breaks(Drawers, lambda number: f"customer{number}@example.org")',
        'breaks(Drawers, lambda number: f"info@ex.{number}")',
    ],
    "07_sql_injection": [
        'breaks(get_user_orders_cleaned, open_shop, user_id="user_id")',
        'breaks(get_user_orders_cleaned, open_shop, user_id="7 or 1=1")',
        'breaks(get_user_orders_cleaned, open_shop, user_id="7 UNION SELECT 1, 2, 3, card FROM customers/*")',
        'breaks(get_user_orders_cleaned, open_shop, user_id="seven")',
    ],
    "08_missing_authorization": [
        'breaks(create_merging_app, "PUT", "/api/documents/2", {"id": "1", "title": "Ben was here"})',
        'breaks(create_merging_app, "PUT", "/api/documents/2", {"id": "3"})',
    ],
}
HOLDING = {
    "01_resource_leaks": [
        "breaks(export_closing, lambda user_id: 1 / 0)",
        "def own(user_id):\n    return open('/dev/null').read()\nbreaks(export_closing, own)",
    ],
    "02_unbounded_growth": ['breaks(LatestByUser, lambda number: {"user": str(number)})'],
    "03_error_handling": [
        fetched('{"id": 7, "name": "Zoe"}'),
        fetched('{"id": 8}', 404),
        "breaks(fetch_checked, b'')",
        "breaks(fetch_checked, b'no HTTP at all')",
    ],
    "04_race_conditions": ["breaks(Seats, [Seats.book], lambda seats: seats.free >= 0)"],
    "05_n_plus_one_queries": [
        "breaks(posts_with_authors, {}, {})",
        'breaks(posts_with_authors, {"a": 0}, dict.fromkeys("abcdefgh", 0))',
    ],
    "06_data_structures": ['breaks(Drawers, lambda number: f"{number}-someone@example.org")'],
    "07_sql_injection": [
        "breaks(get_user_orders_cleaned, open_shop, user_id=8)",
        "breaks(get_user_orders_cleaned, open_shop, user_id=-1)",
        'breaks(get_user_orders_cleaned, open_shop, status="O\'Brien")',
    ],
    "08_missing_authorization": [
        'breaks(create_merging_app, "PUT", "/api/documents/2", {"title": "Notice of resignation"})',
        'breaks(create_merging_app, "PUT", "/api/documents/2", {"owner": "ada"})',
        'breaks(create_merging_app, "GET", "/api/documents/1")',
        'breaks(create_merging_app, "PUT", "/api/documents/2", [1])',
    ],
}
NOT_JUDGED = {
    "01_resource_leaks": ["breaks(export_closing, None)"],
    "02_unbounded_growth": [
        'kept = []\nbreaks(LatestByUser, lambda number: kept.append([number]) or {"user": number})',
        "breaks(LatestByUser, {})",
        "breaks(LatestByUser, lambda number: {})",
        'breaks(LatestByUser, lambda number: {"user": [number]})',
    ],
    "03_error_handling": ['breaks(fetch_checked, "HTTP/1.1 200 OK")'],
    "04_race_conditions": [
        "def take(seats):\n    seats.free -= 1\nbreaks(Seats, [take, take], lambda seats: seats.free >= 0)",
        "breaks(Seats, [], lambda seats: seats.free >= 0)",
        "breaks(Seats, Seats.book, lambda seats: seats.free >= 0)",
    ],
    "05_n_plus_one_queries": [
        "breaks(posts_with_authors, 10, 20)",
        'breaks(posts_with_authors, {"ada": -1}, {"ada": 1})',
        'breaks(posts_with_authors, {"ada": 1}, {"ada": 10**9})',
    ],
    "06_data_structures": [
        'breaks(Drawers, lambda number: "ada@example.org")',
        "breaks(Drawers, lambda number: number)",
        "breaks(Drawers, [])",
    ],
    "07_sql_injection": [
        "breaks(get_user_orders_cleaned, open_shop)",
        "breaks(get_user_orders_cleaned, open_shop, id=1)",
    ],
    "08_missing_authorization": [
        'breaks(create_merging_app, "LOOK", "/api/documents/1")',
        'breaks(create_merging_app, "PUT", "api/documents/1")',
    ],
}
EVERY = [
    pytest.param(stem, code, broke, id=f"{stem[:2]}-{broke}-{number}")
    for broke, table in ((True, BREAKING), (False, HOLDING), (None, NOT_JUDGED))
    for stem, codes in table.items()
    for number, code in enumerate(codes)
]


@pytest.mark.parametrize(("stem", "code", "broke"), EVERY)
def test_what_breaks_it_breaks_it_and_what_does_not_is_told(
    stem: str, code: str, broke: bool | None, tmp_path: Path
) -> None:
    found = run(stem, IMPORT[stem] + code, tmp_path)
    assert found.broke is broke, str(found)
    assert found.told.sentence


def test_the_steps_of_the_attacked_directory_are_counted(tmp_path: Path) -> None:
    found = run("06_data_structures", f"{IMPORT['06_data_structures']}{BREAKING['06_data_structures'][0]}", tmp_path)
    assert min(int(row.split()[2].replace(",", "")) for row in found.told.seen.splitlines()[2:5]) > 50
