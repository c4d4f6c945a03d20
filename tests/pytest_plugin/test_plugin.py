"""The pytest plugin from outside: each fixture and mark on a faulty and a repaired test, and every way to run them."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from course_lib.pytest_plugin.marks import MARKS
from tests.pytest_plugin.samples import BEFORE, TESTS

pytest_plugins = ["pytester"]
pytestmark = [  # the samples leave connections to the collector, and from 3.13 on sqlite3 says so, in the next test
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
ROOT = Path(__file__).resolve().parents[2]
WITH_ROOT = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))  # where this pytest came from
PLAIN = ("-pno:cacheprovider", "-pno:django", "-pno:nbval", "-pcourse_lib.pytest_plugin", "--strict-markers")


@pytest.fixture(autouse=True)
def _what_was_there_before_is_passed_over() -> None:
    """Each test is to be measured as in a process of its own, and not among all that the tests before it left alive."""
    gc.collect()
    gc.freeze()


def ran(pytester: pytest.Pytester, body: str, *options: str) -> pytest.RunResult:
    """One test file run in this process, under the plugin."""
    pytester.makepyfile(BEFORE + body)
    return pytester.runpytest_inprocess(*PLAIN, *options)


def ran_apart(pytester: pytest.Pytester, body: str, *options: str, before: str = BEFORE) -> pytest.RunResult:
    """The same in a process of its own, with no other plugin than those named."""
    pytester.makepyfile(before + body)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", WITH_ROOT)
        patched.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        return pytester.runpytest_subprocess(*PLAIN, *options)


@pytest.mark.parametrize("name", TESTS)
def test_the_faulty_fails_with_number_place_and_bound(name: str, pytester: pytest.Pytester) -> None:
    faulty, _, sentence = TESTS[name]
    result = ran(pytester, faulty)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [sentence.replace("[", "[[]"), "*-- hazards: * --*", "reproduce: python -m pytest test_*.py::test_it -v"]
    )


@pytest.mark.parametrize("name", TESTS)
def test_the_repaired_passes_in_silence(name: str, pytester: pytest.Pytester) -> None:
    result = ran(pytester, TESTS[name][1])
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*hazards:*")


UNMEASURED = """
async def later():
    return page()

@pytest.mark.no_open_handles
def test_opens_nothing(): pass

@pytest.mark.max_queries(1)
def test_asks_nothing(): pass

def test_never_calls(no_race): pass

def test_sends_nothing(watched_statements): pass

def test_never_awaited(query_growth):
    query_growth([5, 50], fill, later)

def test_one_size(query_growth):
    query_growth([50], fill, lambda: page(growing))

def test_value_is_not_used(values_stay_data):
    values_stay_data(lambda text: shop.execute("SELECT 1").fetchall(), plain="tea")

def test_never_ran(bounded_memory):
    bounded_memory(lambda number: later())

def test_no_request(survives_faults):
    survives_faults(lambda base_url, timeout: {"id": 7}, faults=["good", "null"])

def test_not_all_orders(no_race):
    no_race(Counter, [Counter.add_safely] * 3, lambda counter: counter.count == 3, schedules=1)

def test_nobody_is_served(access):
    from course_lib.instruments.access import Policy, identities

    access(lambda: world(checks=True), identities(eve="eve"), Policy({}), {"note": "1"})
"""
COUNT = UNMEASURED.count("def test_")


def test_what_was_not_measured_is_an_error_and_says_why(pytester: pytest.Pytester) -> None:
    result = ran(pytester, UNMEASURED, "-W", "ignore")
    result.assert_outcomes(errors=COUNT)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines_random(
        [
            "could not measure handles: no handle was opened*",
            "could not measure race: the test never called the fixture",
            "could not measure injection: no statement of the plain call holds its value, 'tea'*",
            "could not measure race: *schedules*",
            "could not measure query_growth: growth needs two sizes at least",
            "ERROR test_*::test_one_size*",
        ]
    )


@pytest.mark.parametrize("how", ["option", "ini"])
def test_what_was_not_measured_skips_where_that_was_asked_for(how: str, pytester: pytest.Pytester) -> None:
    if how == "ini":
        pytester.makeini("[pytest]\nhazards_unmeasured = skip\n")
    result = ran(pytester, UNMEASURED, "-W", "ignore", *(["--hazards-unmeasured=skip"] if how == "option" else []))
    result.assert_outcomes(skipped=COUNT)


def test_the_option_goes_before_the_ini(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nhazards_unmeasured = skip\n")
    ran(pytester, UNMEASURED, "-W", "ignore", "--hazards-unmeasured=error").assert_outcomes(errors=COUNT)


def test_a_slip_in_the_ini_is_told(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nhazards_unmeasured = skipp\n")
    result = ran(pytester, UNMEASURED)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*hazards_unmeasured is 'skipp': it may be error or skip"])


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("max_queries", "takes one number, 0 or more"),
        ("max_queries('3')", "takes one number, 0 or more"),
        ("max_rows(-1)", "takes one number, 0 or more"),
        ("no_open_handles('files')", "takes kinds of handles: file, *"),
        ("no_open_handles([])", "takes kinds of handles: file, *"),
        ("no_value_acts_as_sql(3)", "takes nothing"),
    ],
)
def test_a_mark_with_other_arguments_is_told(mark: str, told: str, pytester: pytest.Pytester) -> None:
    result = ran(pytester, f"@pytest.mark.{mark}\ndef test_it(): pass\n")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*test_it: @pytest.mark.{mark.partition('(')[0]} {told}"])


@pytest.mark.parametrize(
    ("call", "because"),
    [
        ("work_growth(list, sum, sizes=(8,))", "work: growth needs two sizes at least"),
        ("no_race(list, [], all)", "race: there is no thread to run"),
    ],
)
def test_what_has_nothing_to_measure_is_no_pass(call: str, because: str, pytester: pytest.Pytester) -> None:
    result = ran(pytester, f"def test_it({call.partition('(')[0]}):\n    {call}\n")
    result.stdout.fnmatch_lines([f"*could not measure {because}"])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_a_bound_that_there_is_none_of_is_told(pytester: pytest.Pytester) -> None:
    """A slip in the test, and no failure of the code."""
    result = ran(pytester, "def test_it(work_growth):\n    work_growth(list, sum, at_most='n^2')\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*at_most is 'n^2'; it may be '1', 'log n', 'n', 'n log n', 'n²'"])


def test_the_help_and_the_list_of_marks_tell_all_there_is(pytester: pytest.Pytester) -> None:
    shown = pytester.runpytest_inprocess(*PLAIN, "--help").stdout.str()
    assert "--hazards-unmeasured={error,skip}" in shown
    assert "hazards_unmeasured (string):" in shown
    marks = pytester.runpytest_inprocess(*PLAIN, "--markers").stdout.str()
    for mark in MARKS.values():
        assert f"@pytest.mark.{mark.signature}: " in marks


HAZARDS = {  # each fixture, and the marks that ask the same of a test's body
    "handles_closed": ["no_open_handles", "max_open_handles"],
    "bounded_memory": [],
    "survives_faults": [],
    "no_race": [],
    "queries": ["max_queries", "max_rows"],
    "query_growth": [],
    "work_growth": [],
    "watched_statements": ["no_value_acts_as_sql"],
    "values_stay_data": ["no_value_acts_as_sql"],
    "access": [],
}


def test_each_fixture_names_its_marks_or_says_why_no_mark_can_ask_it(pytester: pytest.Pytester) -> None:
    """All eight hazards, and the list of them is whole."""
    shown = " ".join(pytester.runpytest_inprocess(*PLAIN, "--fixtures", "-v").stdout.str().split())
    told = dict(
        re.findall(
            r"(?<= )(\w+) -- \S*course_lib\Wpytest_plugin\S* (.+?)(?= \w+ -- | \w+ \[\w+ scope\] -- | ---|$)", shown
        )
    )

    assert set(told) == set(HAZARDS)
    assert {mark for marks in HAZARDS.values() for mark in marks} == set(MARKS)
    for name, marks in HAZARDS.items():
        assert all(f"`{mark}`" in told[name] for mark in marks), told[name]
        assert ("No mark asks it: " in told[name]) == (not marks), told[name]


def test_evidence_is_ten_lines_and_all_of_them_with_v(pytester: pytest.Pytester) -> None:
    faulty = TESTS["values_stay_data"][0]

    def evidence(*options: str) -> list[str]:
        lines = ran(pytester, faulty, *options).outlines
        start = next(place for place, line in enumerate(lines) if "hazards: injection" in line)
        return lines[start + 1 : next(place for place, line in enumerate(lines) if line.startswith("reproduce:"))]

    short, whole = evidence(), evidence("-v")
    assert len(short) == 10
    assert short[-1] == f"… {len(whole) - 9} more lines with -v"
    assert len(whole) > 35


def test_junit_gets_the_figures_also_of_what_passed(pytester: pytest.Pytester) -> None:
    body = TESTS["max_queries"][0] + TESTS["query_growth"][1].replace("test_it", "test_other")
    ran(pytester, body, "--junitxml=out.xml", "-o", "junit_family=xunit1")
    found = [
        {one.get("name"): one.get("value") for one in case.iter("property")}
        for case in ElementTree.parse(pytester.path / "out.xml").iter("testcase")
    ]
    assert found[0]["hazards.queries.verdict"] == "fail"
    assert (found[0]["hazards.queries.measured"], found[0]["hazards.queries.bound"]) == ("5", "2")
    assert found[0]["hazards.queries.place"].startswith("test_junit")
    assert found[1]["hazards.query_growth.verdict"] == "pass"


def in_junit(pytester: pytest.Pytester) -> dict[str, str]:
    """How many failures and errors its file counts, and as what `test_unmeasured` is in it."""
    [suite] = ElementTree.parse(pytester.path / "out.xml").iter("testsuite")
    [case] = (one for one in suite.iter("testcase") if one.get("name") == "test_unmeasured")
    [entry] = (one.tag for one in case if one.tag in ("failure", "error", "skipped"))
    return {"failures": suite.get("failures", ""), "errors": suite.get("errors", ""), "test_unmeasured": entry}


def test_in_junit_what_was_not_measured_is_an_error(pytester: pytest.Pytester) -> None:
    """And what failed is a failure."""
    body = TESTS["max_queries"][0] + "\ndef test_unmeasured(no_race): pass\n"
    ran(pytester, body, "--junitxml=out.xml").assert_outcomes(failed=1, errors=1)

    assert in_junit(pytester) == {"failures": "1", "errors": "1", "test_unmeasured": "error"}


TWICE = """
seen = itertools.count()

@pytest.mark.max_queries(2)
def test_it():
    (page if next(seen) == 0 else lambda: shop.execute("SELECT 1").fetchall())()

def test_unmeasured(no_race): pass
"""


def test_what_runs_apart_runs_under_this_pytest(pytester: pytest.Pytester) -> None:
    """Also under one that lies beside the environment's."""
    body = f"import pytest\n\ndef test_it():\n    assert pytest.__version__ == {pytest.__version__!r}\n"
    ran_apart(pytester, body, before="").assert_outcomes(passed=1)


def test_under_xdist_outcomes_sentences_and_properties_arrive(pytester: pytest.Pytester) -> None:
    pytest.importorskip("xdist")
    body = "".join(TESTS[name][0].replace("test_it", f"test_{name}") for name in ("max_queries", "handles_closed"))
    result = ran_apart(
        pytester, body + "\ndef test_unmeasured(no_race): pass\n", "-p", "xdist", "-n", "2", "--junitxml=out.xml"
    )
    result.assert_outcomes(failed=2, errors=1)
    result.stdout.fnmatch_lines_random(["5 queries, 4 of one statement, issued at *", "*-- hazards: handles --*"])
    assert "hazards.queries.verdict" in (pytester.path / "out.xml").read_text("utf-8")
    assert in_junit(pytester) == {"failures": "2", "errors": "1", "test_unmeasured": "error"}


def test_a_test_that_runs_again_begins_anew(pytester: pytest.Pytester) -> None:
    pytest.importorskip("pytest_rerunfailures")
    result = ran_apart(
        pytester, TWICE, "-p", "pytest_rerunfailures", "--reruns", "1", "-k", "test_it", "--junitxml=out.xml"
    )
    result.assert_outcomes(passed=1)
    cases = list(ElementTree.parse(pytester.path / "out.xml").iter("testcase"))
    verdicts = [one.get("value") for one in cases[-1].iter("property") if one.get("name", "").endswith("verdict")]
    assert verdicts == ["pass"]


COVERED = """
import pytest
from shop import Stock

def test_sold_twice(no_race):
    no_race(Stock, [Stock.sell] * 2, lambda stock: stock.sold <= 1)

def test_searched_through(work_growth):
    work_growth(lambda size: Stock(range(size)), lambda stock: stock.has(-1), at_most="1")

@pytest.mark.no_open_handles
def test_left_open(tmp_path):
    Stock().write(tmp_path / "stock")
"""

SHOP = """
class Stock:
    def __init__(self, goods=()):
        self.sold, self.goods = 0, list(goods)

    def sell(self):
        if self.sold < 1:
            self.sold += 1

    def has(self, one):
        return one in self.goods

    def write(self, path):
        open(path, "w").write(str(self.goods))
"""


def test_under_coverage_outcomes_are_the_same(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what the tests ran is covered, but for what `no_race` alone ran, as the README says."""
    pytest.importorskip("coverage")
    pytester.makepyfile(COVERED, shop=SHOP)
    monkeypatch.setenv("PYTHONPATH", WITH_ROOT)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    command = (sys.executable, "-m", "coverage")

    result = pytester.run(*command, "run", "--branch", "--source=.", "-m", "pytest", *PLAIN)
    report = pytester.run(*command, "report", "-m", "--include=shop.py").stdout.str()

    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines_random(["race in schedule * of 2 threads*", "*handles not closed by the code*"])
    assert re.search(r"^shop\.py .* 6-7$", report, re.M), report


@pytest.mark.parametrize("seed", [1, 2])
def test_in_any_order_each_says_the_same(seed: int, pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        f"import random\n\ndef pytest_collection_modifyitems(items):\n    random.Random({seed}).shuffle(items)\n"
    )
    chosen = ("handles_closed", "max_queries", "query_growth", "watched_statements", "no_race", "values_stay_data")
    body = "".join(TESTS[name][which].replace("test_it", f"test_{name}_{which}") for name in chosen for which in (0, 1))
    result = ran(pytester, body)
    result.assert_outcomes(passed=len(chosen), failed=len(chosen))
    failed = {line.split("::")[1].split(" ")[0] for line in result.outlines if line.startswith("FAILED")}
    assert failed == {f"test_{name}_0" for name in chosen}


def test_nothing_is_on_unless_it_is_asked_for(pytester: pytest.Pytester) -> None:
    body = """
import sys

def test_it(tmp_path):
    open(tmp_path / "a", "w").write("a")
    loaded = [name for name in sys.modules if name.startswith("course_lib.")]
    assert all(name.startswith("course_lib.pytest_plugin") for name in loaded), loaded
"""
    ran_apart(pytester, body, before="").assert_outcomes(passed=1)


def test_arranging_and_other_fixtures_do_not_count(pytester: pytest.Pytester) -> None:
    body = """
@pytest.fixture
def client(tmp_path):
    with open(tmp_path / "log", "w") as file:
        page()
        yield file

@pytest.mark.no_open_handles
@pytest.mark.max_queries(0)
def test_it(client, handles_closed, queries, tmp_path):
    client.write("a")
    (tmp_path / "a").write_text("a")
    assert handles_closed.reading.opened == 1

def test_late(request):
    with request.getfixturevalue("handles_closed").reading and open(__file__) as file:
        assert file.read()
    page()
"""
    ran(pytester, body).assert_outcomes(passed=2)


def test_what_a_pool_holds_is_told_with_what_to_do(pytester: pytest.Pytester) -> None:
    """It lives on by intention, so the sentence asks; what was left to the collector is nobody's."""
    body = """
import pytest
from sqlalchemy import create_engine, text

@pytest.fixture
def engine(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    yield engine
    engine.dispose()

def ask(engine):
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))

@pytest.mark.no_open_handles
def test_pooled(engine):
    ask(engine)

@pytest.mark.no_open_handles
def test_closed(engine):
    ask(engine)
    engine.dispose()
"""
    result = ran(pytester, body)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        ["1 of 1 handles *; held by something that lives on (a pool? let the test close it: engine.dispose(), *"]
    )
    left = ran(pytester, TESTS["handles_closed"][0])
    left.stdout.no_fnmatch_line("*held by something that lives on (*")


def test_where_another_plugin_stops_the_test_first_only_that_is_told(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        "import pytest\n\n@pytest.hookimpl(tryfirst=True)\n"
        "def pytest_runtest_setup(item):\n    pytest.skip('not today')\n"
    )
    ran(pytester, TESTS["max_queries"][0]).assert_outcomes(skipped=1)


def test_a_body_that_fails_by_itself_says_only_that(pytester: pytest.Pytester) -> None:
    result = ran(pytester, "\n@pytest.mark.max_queries(1)\ndef test_it():\n    page()\n    assert 1 == 2\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E*assert 1 == 2"])
    result.stdout.no_fnmatch_line("*hazards:*")


def test_two_faults_of_one_test_are_both_told(pytester: pytest.Pytester) -> None:
    body = """
@pytest.mark.no_open_handles
@pytest.mark.max_queries(2)
def test_it(tmp_path):
    page()
    open(tmp_path / "a", "w").write("a")
"""
    result = ran(pytester, body)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*handles not closed*allowed: 0*; *queries*allowed: 2"])
    result.stdout.fnmatch_lines_random(["*-- hazards: handles --*", "*-- hazards: queries --*"])


def test_named_and_installed_at_once_it_is_registered_once(pytester: pytest.Pytester) -> None:
    pytester.makeconftest('pytest_plugins = ["course_lib.pytest_plugin"]')
    ran(pytester, TESTS["max_queries"][1]).assert_outcomes(passed=1)


def test_a_method_of_unittest_may_bear_a_mark(pytester: pytest.Pytester) -> None:
    body = """
import unittest

class TestPage(unittest.TestCase):
    @pytest.mark.max_queries(2)
    def test_it(self):
        page()

    @pytest.mark.max_queries(5)
    def test_other(self):
        page()
"""
    result = ran(pytester, body)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["5 queries, 4 of one statement*allowed: 2"])


def test_from_a_checkout_a_conftest_names_it(tmp_path: Path) -> None:
    """From a checkout, with nothing but a conftest.py that names it."""
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["course_lib.pytest_plugin"]\n', "utf-8")
    (tmp_path / "test_it.py").write_text(BEFORE + TESTS["handles_closed"][0], "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": WITH_ROOT, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 of 1 handles not closed by the code" in done.stdout, done.stdout
