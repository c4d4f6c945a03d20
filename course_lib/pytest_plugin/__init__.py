"""The instruments under pytest: fixtures and marks, each named for what it asks of the code.

    def test_page(queries, client, db):             def test_page(query_growth, client, db):
        arrange()                                       query_growth([5, 50], arrange, lambda: client.get("/"))
        queries.reset()
        client.get("/")                             @pytest.mark.no_open_handles
        assert queries.queries <= 3                 def test_export(tmp_path): ...

Installed with the course's wheel it is there; from a checkout name it: `pytest_plugins = ["course_lib.pytest_plugin"]`.
Nothing is on unless a test asks for it, and no instrument is imported before that. A failure is one sentence (number,
place, bound), a section of evidence (ten lines; all with `-v`), a line that repeats the test, and properties for JUnit.
What could not be measured is an error (`Unmeasured`) and never a pass; with `hazards_unmeasured = skip` the test is
skipped. A mark asks of a test's body as it stands: handles, queries, statements. What needs more than one body, a call
at several sizes, a client, threads or a policy, is asked by its fixture, which says so.

What it can't see: what a test does before its body begins and after it has ended; each instrument says what else.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest

from course_lib.pytest_plugin import asking
from course_lib.pytest_plugin.junit import listen
from course_lib.pytest_plugin.marks import MARKS, marks_of
from course_lib.pytest_plugin.verdicts import Unmeasured, forget, sections, speak, unmeasured
from course_lib.pytest_plugin.watching import Asked, HandleWatch, QueryWatch, StatementWatch, Watches

if TYPE_CHECKING:  # an instrument is imported where it is asked for
    from course_lib.instruments.handles import Ledger
    from course_lib.instruments.injection import Log
    from course_lib.instruments.queries import QueryReading

WATCHES = pytest.StashKey[Watches]()
UNMEASURED = ("error", "skip")


# What pytest asks of a plugin


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one choice there is: what becomes of a test in which nothing could be measured."""
    what = "what a test becomes in which nothing could be measured: error (the default) or skip"
    parser.addini("hazards_unmeasured", what, default="error")
    group = parser.getgroup("hazards", "hazards, measured by the instruments of course_lib")
    group.addoption("--hazards-unmeasured", choices=UNMEASURED, help=f"{what}; goes before the ini option")


@pytest.hookimpl(trylast=True)  # when pytest's own writer is there
def pytest_configure(config: pytest.Config) -> None:
    """Makes the marks known, so that `--strict-markers` knows them; UsageError for a choice that there is none of."""
    for mark in MARKS.values():
        config.addinivalue_line("markers", f"{mark.signature}: {mark.asks}")
    chosen = config.getini("hazards_unmeasured")
    if chosen not in UNMEASURED:
        raise pytest.UsageError(f"hazards_unmeasured is {chosen!r}: it may be error or skip")
    listen(config)


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Refuses a mark with arguments that it does not take by a UsageError, before any test runs."""
    for item in items:
        for mark, given in marks_of(item):
            if wrong := mark.wrong(given):
                raise pytest.UsageError(f"{item.nodeid}: @pytest.mark.{mark.name} {wrong}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begins anew, and prepares what the marks ask for before the first fixture."""
    forget(item)
    watches = item.stash[WATCHES] = Watches()
    for mark, given in marks_of(item):
        mark.put_on(watches, given.args)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Watches the body of the test, and judges what was seen where the body itself found nothing wrong."""
    watches = item.stash.setdefault(WATCHES, Watches())
    try:
        watches.start()
        result = yield
    finally:
        watches.close()
    speak(item, watches.judge())
    return result


def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Ends what a test that never came to its body has begun; another plugin may have stopped it before that."""
    item.stash.setdefault(WATCHES, Watches()).close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Adds the evidence, and says of what was not measured that it is no failure."""
    report = yield
    if report.when == "call" and not report.passed:
        report.sections += sections(item)
        was_unmeasured = call.excinfo is not None and isinstance(call.excinfo.value, Unmeasured)
        report.hazards_unmeasured = was_unmeasured  # type: ignore[attr-defined]  # a report carries what plugins put on
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """A test in which nothing could be measured counts as an error."""
    if getattr(report, "hazards_unmeasured", False) and report.outcome == "failed":
        return "error", "E", "ERROR"
    return None


# Watched for as long as the test's body runs


def _watches(request: pytest.FixtureRequest) -> Watches:
    return request.node.stash[WATCHES]  # type: ignore[no-any-return]  # the key says what it is


@pytest.fixture
def handles_closed(request: pytest.FixtureRequest) -> Ledger:
    """The ledger of what the test's body opens; every handle must have been closed by the code.

    The marks `no_open_handles` and `max_open_handles` ask it as well.
    """
    watch = _watches(request).of(HandleWatch)
    watch.judges_closing = True
    return watch.ledger


@pytest.fixture
def queries(request: pytest.FixtureRequest) -> QueryReading:
    """What the test's body sends to a database; `queries.reset()` leaves out what arranged it.

    The marks `max_queries` and `max_rows` bound it.
    """
    return _watches(request).of(QueryWatch).reading  # type: ignore[no-any-return]


@pytest.fixture
def watched_statements(request: pytest.FixtureRequest) -> Log:
    """Every statement of the test's body, its parameters, what it writes; no attack may act as SQL in one.

    The mark `no_value_acts_as_sql` asks it as well.
    """
    return _watches(request).of(StatementWatch).log


# Measured when the test calls it


def _function(request: pytest.FixtureRequest, instrument: str, measure: Callable[..., Any]) -> Callable[..., Any]:
    """The measuring function for one test; one that is never called has measured nothing."""
    asked = _watches(request).add(Asked(instrument))

    @wraps(measure)
    def measuring(*arguments: Any, **options: Any) -> Any:
        from course_lib.instruments.what_ran import NothingMeasured

        asked.called = True
        try:
            return measure(request.node, *arguments, **options)
        except NothingMeasured as reason:
            speak(request.node, [unmeasured(instrument, str(reason))])

    return measuring


@pytest.fixture
def bounded_memory(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`bounded_memory(operate, warm_up=2_000)`: `operate(number)` leaves nothing behind, however often it is called.

    Gives the `Slopes`, in blocks and bytes a call; further options are those of `measure_slopes`. No mark asks it: a
    test's body runs once, and growth shows over many calls.
    """
    return _function(request, "memory", asking.bounded_memory)


@pytest.fixture
def survives_faults(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`survives_faults(client, good=…)`: `client(base_url, timeout)` keeps its word under every fault of its server.

    Gives the `FaultReading`; `silence` and `timeout` are seconds, further options those of `call_under_faults`. No mark
    asks it: it needs the client to call.
    """
    return _function(request, "faults", asking.survives_faults)


@pytest.fixture
def no_race(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`no_race(setup, threads, holds)`: `holds(state)` is true after every order of the threads' steps.

    Gives the `Finding`; the budget is that of `find_race`. No mark asks it: it needs what each thread does.
    """
    return _function(request, "race", asking.no_race)


@pytest.fixture
def query_growth(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`query_growth([5, 50], prepare, call, at_most=0)`: how many queries each further row brings.

    Gives the `Growth`; `at_most` queries may come with each further `unit`. No mark asks it: it needs two sizes, and
    `max_queries` asks at one.
    """
    return _function(request, "query_growth", asking.query_growth)


@pytest.fixture
def work_growth(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`work_growth(prepare, act, at_most="n log n")`: how the steps of `act(prepare(n))` grow with n.

    Gives the `Growth`, in steps; `at_most` is "1", "log n", "n", "n log n" or "n²". No mark asks it: it needs sizes.
    """
    return _function(request, "work", asking.work_growth)


@pytest.fixture
def values_stay_data(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`values_stay_data(call, plain="tea")`: no attack in place of the plain value acts as SQL in `call(value)`.

    Gives the `InjectionReading`. The mark `no_value_acts_as_sql` asks it of the attacks that a test itself sends.
    """
    return _function(request, "injection", asking.values_stay_data)


@pytest.fixture
def access(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`access(make_world, who, policy, samples)`: every route serves those whom the policy names, and nobody else.

    Gives the `AccessReading`; further options are those of `measure_access`. No mark asks it: it needs the policy.
    """
    return _function(request, "access", asking.access)
