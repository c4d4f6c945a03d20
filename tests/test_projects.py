"""Three projects that are none of the course's, each faulty and repaired: every fault is found, every repair is silent.

Each runs as its owner would run it: in a folder and a process of its own, sources under `src`, with no other plugin
than it needs. What it can't see: projects of a shape that none of the three has.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECTS = Path(__file__).parent / "projects"
PLUGINS = {"shop_django": "pytest_django.plugin"}
NEEDS = {"shop_django": "pytest_django", "stock_sql": "aiosqlite"}
PASSES = "no fault: right in both"
FOUND = {
    "notes_flask": {
        "test_a_note_is_its_owners": r"\d+ of \d+ answers break the policy; .* as ben: LEAKED, .*under the mat",
        "test_every_connection_is_closed": r"1 of 1 handles not closed by the code, opened at storage\.py:\d+",
        "test_the_overview_asks_as_often_for_many": r"4 queries for 3 notes, 31 for 30: 1 per note, .* storage\.py:\d+",
        "test_a_text_to_search_for_stays_a_text": r"\d+ of \d+ attacks changed a statement, .* storage\.py:\d+",
        "test_a_label_in_quotes_that_are_doubled_stays_a_label": PASSES,
        "test_options_is_a_door_like_the_others": r"OPTIONS /export/.* as nobody: LEAKED, .*under the mat",
        "test_head_changes_nothing": r"HEAD /marks/.* as ada: CHANGED, row 'note 1' changed",
        "test_a_name_in_the_query_is_nobody": r"GET /shared/ as nobody: LEAKED, .*under the mat",
        "test_the_monitor_needs_no_login": r"GET /status/health as nobody: DENIED, the policy allows it",
    },
    "shop_django": {
        "test_the_page_asks_as_often_for_many": r"4 queries for 3 orders, 31 for 30: 1 per order, .* views\.py:\d+",
        "test_the_page_asks_once": r"6 queries, 5 of one statement, issued at views\.py:\d+; allowed: 1",
        "test_a_text_to_search_for_stays_a_text": r"\d+ of \d+ attacks changed a statement, issued at views\.py:\d+",
        "test_labels_are_not_kept_for_ever": r"each call leaves .*, most of it allocated at views\.py:\d+",
    },
    "stock_sql": {
        "test_the_report_asks_as_often_for_many": r"4 queries for 3 rows, 31 for 30: 1 per row, .* report\.py:\d+",
        "test_the_asynchronous_report_does_so_too": r"4 queries for 3 rows, 31 for 30: 1 per row",
        "test_the_export_closes_its_file": r"1 of 1 handles not closed by the code, opened at report\.py:\d+",
        "test_no_article_is_lost": r"race in schedule \d+ of 2 threads, .* counting\.py:\d+",
        "test_the_comparison_reads_each_name_once": r"work grows with the square: .* test_stock\.py:\d+",
        "test_a_price_is_right_or_unknown": r"\d+ of \d+ faults end in no right answer and no declared error",
        "test_what_the_order_made_has_a_price_too": r"1 of 2 faults .* under 'status 201' needless error",
        "test_who_asks_without_a_time_is_not_kept_waiting": r"1 of 2 faults .* under 'silent in the body' hang",
        "test_a_price_that_drips_comes_in_time_or_not_at_all": r"1 of 2 faults .* under 'drip' hang",
    },
}


def ran(project: str, variant: str, folder: Path) -> dict[str, str]:
    """What each test of the project came to in one of its variants: empty where it passed, else its sentence."""
    shutil.copytree(PROJECTS / project / "tests", folder / "tests")
    shutil.copytree(PROJECTS / project / variant, folder / "src")
    shutil.copy(PROJECTS / project / "pytest.ini", folder)
    plugins = [option for name in ("course_lib.pytest_plugin", PLUGINS.get(project)) if name for option in ("-p", name)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugins, "--junitxml=out.xml"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (folder / "out.xml").exists(), done.stdout + done.stderr
    cases = ElementTree.parse(folder / "out.xml").iter("testcase")
    return {case.get("name", ""): "; ".join(one.get("message", one.tag) for one in bad(case)) for case in cases}


def bad(case: ElementTree.Element) -> list[ElementTree.Element]:
    return [one for one in case if one.tag in ("failure", "error", "skipped")]


@pytest.fixture(params=FOUND)
def project(request: pytest.FixtureRequest) -> str:
    pytest.importorskip(NEEDS.get(request.param, "pytest"))
    return str(request.param)


def test_every_fault_is_found_with_number_place_and_bound(project: str, tmp_path: Path) -> None:
    told = ran(project, "faulty", tmp_path)
    assert set(told) == set(FOUND[project])
    for name, pattern in FOUND[project].items():
        assert told[name] == "" if pattern is PASSES else re.search(pattern, told[name]), f"{name}: {told[name]}"


def test_every_repair_is_silent(project: str, tmp_path: Path) -> None:
    assert ran(project, "repaired", tmp_path) == dict.fromkeys(FOUND[project], "")


def test_each_test_of_a_project_is_six_lines_at_most() -> None:
    long = [
        f"{path.name}: {node.name}"
        for path in PROJECTS.glob("*/tests/test_*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if len(list(filter(str.strip, ast.unparse(node).splitlines()))) > 6
    ]
    assert long == []


def test_between_them_the_projects_ask_for_every_instrument() -> None:
    asked = "".join(path.read_text("utf-8") for path in PROJECTS.glob("*/tests/test_*.py"))
    fixtures = ("bounded_memory", "survives_faults", "no_race", "query_growth", "work_growth", "values_stay_data")
    for name in (*fixtures, "no_open_handles", "max_queries", "access"):
        assert name in asked
