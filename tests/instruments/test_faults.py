"""The faults instrument: silent on clients that keep their word, and each planted defect in its own outcome."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import requests

from course_lib.instruments.faults import (
    FaultReading,
    call_under_faults,
    declares_error,
    open_descriptors,
    outcome_of,
    run_together,
)
from course_lib.testbeds.hostile_api import HostileAPI

pytest_plugins = ["pytester"]


@pytest.fixture(scope="module")
def api() -> Iterator[HostileAPI]:
    with HostileAPI(silence=1.5, pause=0.2) as server:
        yield server


def careful(base_url: str, timeout: float) -> dict[str, Any]:
    try:
        response = requests.get(f"{base_url}/users/7", timeout=timeout)
        if response.status_code != 200:
            return {"error": f"status {response.status_code}"}
        profile = response.json()
    except (requests.RequestException, ValueError, RecursionError) as error:
        return {"error": repr(error)}
    if not isinstance(profile, dict) or profile.get("id") != 7:
        return {"error": "not the profile"}
    return profile


class Unavailable(Exception):
    """What a client of another style raises."""


def raising(base_url: str, timeout: float) -> dict[str, Any]:
    try:
        response = httpx.get(f"{base_url}/users/7", timeout=timeout, verify=False).raise_for_status()
        profile = json.loads(response.content) if response.status_code == 200 else None
    except (httpx.HTTPError, ValueError, RecursionError) as error:
        raise Unavailable from error
    if not isinstance(profile, dict) or profile.get("id") != 7:
        raise Unavailable
    return profile


def test_silent_on_a_client_that_keeps_its_word(api: HostileAPI) -> None:
    reading = call_under_faults(careful, api)

    assert reading.holds, str(reading)
    assert set(reading.counts) == {"data", "declared error"}
    assert len(reading.cells) == len(api.faults) >= 60


def test_silent_on_a_client_that_raises_what_it_declares(api: HostileAPI) -> None:
    reading = call_under_faults(raising, api, errors=(Unavailable,))

    assert reading.holds, str(FaultReading(reading.broken))


def test_silent_on_a_client_with_its_own_form_of_error(api: HostileAPI) -> None:
    def with_none(base_url: str, timeout: float) -> object:
        answer = careful(base_url, timeout)
        return None if "error" in answer and len(answer) == 1 else answer

    reading = call_under_faults(
        with_none, api, faults=["good", "HTML", "refused"], is_error=lambda value: value is None
    )

    assert reading.holds, str(reading)


def without_timeout(base_url: str, timeout: float) -> object:
    return careful(base_url, 60.0)


def whatever_comes(base_url: str, timeout: float) -> object:
    return requests.get(f"{base_url}/users/7", timeout=timeout).json()


def never_data(base_url: str, timeout: float) -> object:
    requests.get(f"{base_url}/users/7", timeout=timeout)
    return {"error": "the service is not available"}


def asks_for_ever(base_url: str, timeout: float) -> object:
    with requests.Session() as session:
        while True:
            try:
                return session.get(f"{base_url}/users/7", timeout=timeout).raise_for_status() or {"id": 7}
            except requests.HTTPError:
                continue


def test_a_crash_names_the_line_of_the_clients_own_code_that_let_it_out(api: HostileAPI) -> None:
    """And not the library's line that raised it."""
    [cell] = call_under_faults(whatever_comes, api, faults=["HTML"])
    line = whatever_comes.__code__.co_firstlineno

    assert cell.outcome == "crash"
    assert cell.detail.endswith(")")
    file, _, number = cell.detail.rpartition("(")[2].rstrip(")").rpartition(":")
    assert file == "test_faults.py"
    assert line < int(number) < line + 10


@pytest.mark.parametrize(
    ("client", "fault", "outcome"),
    [
        (without_timeout, "silent before the headers", "hang"),
        (without_timeout, "silent in the body", "hang"),
        (whatever_comes, "status 500", "wrong data"),
        (whatever_comes, "null", "wrong data"),
        (whatever_comes, "another id", "wrong data"),
        (whatever_comes, "HTML", "crash"),
        (whatever_comes, "refused", "crash"),
        (whatever_comes, "silent before the headers", "crash"),
        (never_data, "good", "needless error"),
        (never_data, "slow headers", "needless error"),
        (asks_for_ever, "status 503", "hang"),
    ],
)
def test_each_defect_has_its_outcome(
    api: HostileAPI, client: Callable[[str, float], object], fault: str, outcome: str
) -> None:
    reading = call_under_faults(client, api, faults=[fault])

    assert reading[fault].outcome == outcome, str(reading)
    assert not reading.holds


def test_twice_the_defects_are_twice_the_count(api: HostileAPI) -> None:
    one = call_under_faults(whatever_comes, api, faults=["good", "null"])
    two = call_under_faults(whatever_comes, api, faults=["good", "null", "list"])

    assert (one.counts["wrong data"], two.counts["wrong data"]) == (1, 2)


def test_in_turn_everything_runs_in_the_calling_thread(api: HostileAPI) -> None:
    threads = set()

    def noting(base_url: str, timeout: float) -> object:
        threads.add(threading.current_thread())
        return careful(base_url, timeout)

    call_under_faults(noting, api, faults=["good", "null"], at_once=1)

    assert threads == {threading.current_thread()}


def test_two_runs_agree(api: HostileAPI) -> None:
    first, second = (call_under_faults(whatever_comes, api) for _ in range(2))

    assert [cell.outcome for cell in first] == [cell.outcome for cell in second]


def test_prints_every_fault_and_the_count(api: HostileAPI) -> None:
    told: list[str] = []
    reading = call_under_faults(
        whatever_comes, api, faults=["good", "null"], watch=lambda cell: told.append(cell.fault)
    )

    assert str(reading).splitlines() == [
        "good  data        {'id': 7, 'name': 'Zoë 7', 'active': True, 'team': None, 'r…",
        "null  wrong data  None",
        "2 faults: 1 data, 1 wrong data",
    ]
    assert sorted(told) == ["good", "null"]


@pytest.mark.parametrize(
    ("value", "declared"),
    [
        ({"error": "x"}, True),
        ({"error": ""}, False),
        ({"error": None}, False),
        ({"error": "x", "code": 1}, False),
        ({}, False),
        (None, False),
    ],
)
def test_an_error_is_one_key_with_a_text(value: object, declared: bool) -> None:
    assert declares_error(value) is declared


@pytest.mark.parametrize(
    ("promise", "returned", "declared", "right", "outcome"),
    [
        ("data", True, False, True, "data"),
        ("data", True, False, False, "wrong data"),
        ("data", True, True, False, "needless error"),
        ("data", False, False, False, "crash"),
        ("error", True, False, True, "wrong data"),
        ("error", False, True, False, "declared error"),
        ("silent", True, False, True, "hang"),
        ("silent", True, False, False, "wrong data"),
        ("either", True, False, False, "data"),
        ("either", False, False, False, "crash"),
    ],
)
def test_outcomes(promise: str, returned: bool, declared: bool, right: bool, outcome: str) -> None:
    assert outcome_of(promise, returned=returned, declared=declared, right=right) == outcome


def test_a_call_that_never_comes_back_is_none() -> None:
    release = threading.Event()
    results = run_together([lambda: 1, release.wait], 2, 0.01)
    release.set()

    assert results == [1, None]


def test_descriptors_that_stay_open_are_seen_and_closed_ones_are_not() -> None:
    before = open_descriptors()
    ends = os.pipe()
    during = open_descriptors()
    for end in ends:
        os.close(end)

    assert {number for number, _, _ in during - before} == set(ends)
    assert open_descriptors() == before


def test_descriptors_are_the_same_where_the_system_is_asked_about_one_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_once = open_descriptors()
    monkeypatch.setattr("course_lib.instruments.faults.descriptors._poll", None)

    assert open_descriptors() == at_once


def test_as_a_fixture(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        'pytest_plugins = ["course_lib.testbeds.hostile_fixture", "course_lib.instruments.faults.fixture"]'
    )
    pytester.makepyfile(
        """
        import requests

        def client(base_url, timeout):
            return requests.get(base_url + "/users/7", timeout=timeout).json()

        def test_good(under_faults):
            assert under_faults(client, faults=["good"]).holds

        def test_bad(under_faults):
            under_faults(client, faults=["good", "null"])
        """
    )
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", "-p", "no:django", "-p", "no:nbval")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*null*wrong data*None*"])


SOME = ("good", "status 500", "null", "refused")


async def never_awaited(base_url: str, timeout: float) -> object:
    return careful(base_url, timeout)


def never_run(base_url: str, timeout: float) -> Iterator[object]:
    yield careful(base_url, timeout)


def raises_at_once(base_url: str, timeout: float) -> object:
    raise NotImplementedError("soon")


def misspelt(base_url: str, tiemout: float) -> object:
    return careful(base_url, tiemout)


def answers_by_itself(base_url: str, timeout: float) -> object:
    return {"error": "the service is not available"}


@pytest.mark.parametrize(
    ("client", "because"),
    [
        (never_awaited, "nobody ran what the call gave back: <coroutine"),
        (never_run, "nobody ran what the call gave back: <generator"),
        (raises_at_once, "NotImplementedError: soon"),
        (lambda base_url, timeout: misspelt(base_url, timeout=timeout), "unexpected keyword argument 'timeout'"),
        (answers_by_itself, "no request reached the server: {'error':"),
    ],
)
def test_what_never_reached_the_server_is_unmeasured(
    api: HostileAPI, client: Callable[[str, float], object], because: str
) -> None:
    with HostileAPI() as server:
        reading = call_under_faults(client, server, faults=SOME)

    assert {cell.outcome for cell in reading} == {"unmeasured"}, str(reading)
    assert not reading.holds
    assert because in str(reading)


def test_no_faults_are_no_proof() -> None:
    with HostileAPI() as server:
        assert not call_under_faults(careful, server, faults=[]).holds


def test_a_client_may_give_back_what_it_made_of_the_body() -> None:
    def named(base_url: str, timeout: float) -> object:
        answer = careful(base_url, timeout)
        return answer.get("name", answer)

    with HostileAPI(pause=0.1, silence=0.6) as server:
        told = call_under_faults(named, server, faults=SOME)
        reading = call_under_faults(named, server, right=lambda body: body["name"])

    assert told["good"].outcome == "wrong data"
    assert reading.holds, str(FaultReading(reading.broken))


def test_statuses_that_a_client_accepts_are_success() -> None:
    def creating(base_url: str, timeout: float) -> object:
        response = requests.get(f"{base_url}/users/7", timeout=timeout, allow_redirects=False)
        if response.status_code not in (200, 201, 204):
            return {"error": f"status {response.status_code}"}
        return response.json() if response.content else {}

    with HostileAPI() as server:
        faults = ["good", "status 201", "status 202", "status 204"]
        strict = call_under_faults(creating, server, faults=faults)
        reading = call_under_faults(creating, server, faults=faults, accepts=(200, 201, 204))

    assert [cell.outcome for cell in strict] == ["data", "wrong data", "declared error", "wrong data"]
    assert [cell.outcome for cell in reading] == ["data", "data", "declared error", "data"]


def test_faults_of_the_id_need_an_id() -> None:
    def totals(base_url: str, timeout: float) -> object:
        try:
            response = requests.get(f"{base_url}/totals", timeout=timeout)
            body = response.json()
        except (requests.RequestException, ValueError, RecursionError) as error:
            return {"error": repr(error)}
        return body if response.status_code == 200 and isinstance(body, dict) and "total" in body else {"error": "?"}

    with HostileAPI(good=lambda path: {"total": 20, "page": [1, 2]}, pause=0.1, silence=0.6) as server:
        reading = call_under_faults(totals, server)
        named = call_under_faults(totals, server, faults=["good", "no id"])

    assert reading.holds, str(FaultReading(reading.broken))
    assert "no id" not in [cell.fault for cell in reading]
    assert named["no id"].outcome == "unmeasured"


@pytest.mark.parametrize("good", [[1, 2, 3], "ready", 7, None, True])
def test_a_good_answer_may_be_any_json(good: object) -> None:
    def plain(base_url: str, timeout: float) -> object:
        try:
            response = requests.get(f"{base_url}/state", timeout=timeout)
            body = response.json()
        except (requests.RequestException, ValueError, RecursionError) as error:
            return {"error": repr(error)}
        return body if response.status_code == 200 and body == good else {"error": "another answer"}

    with HostileAPI(good=lambda path: good, pause=0.1, silence=0.6) as server:
        reading = call_under_faults(plain, server)

    assert all(cell.outcome not in ("crash", "hang", "unmeasured") for cell in reading), str(reading)
    assert reading["good"].outcome == "data"


def test_a_good_that_raises_is_the_servers_trouble() -> None:
    def broken(path: str) -> dict[str, Any]:
        raise KeyError(path)

    with HostileAPI(good=broken) as server:
        reading = call_under_faults(careful, server, faults=["good", "null"])

    assert {cell.outcome for cell in reading} == {"unmeasured"}
    assert "the server has no good answer: KeyError" in str(reading)


def test_a_total_limit_is_told_by_what_was_taken() -> None:
    def bounded(base_url: str, timeout: float) -> object:
        begun, body = time.monotonic(), b""
        with requests.get(f"{base_url}/users/7", timeout=timeout, stream=True) as response:
            for part in response.iter_content(1):
                body += part
                if time.monotonic() - begun > timeout:
                    return {"error": "took too long"}
        return json.loads(body)

    with HostileAPI() as server:
        alone = call_under_faults(careful, server, faults=["drip"])
        patient = call_under_faults(careful, server, faults=["drip"], total=True)
        strict = call_under_faults(bounded, server, faults=["good", "drip"], total=True)

    assert alone["drip"].outcome == "data"
    assert patient["drip"].outcome == "hang"
    assert strict.holds, str(strict)


def test_a_hang_says_what_else_looks_like_one(api: HostileAPI) -> None:
    reading = call_under_faults(without_timeout, api, faults=["silent in the body"])

    assert "give the server a longer silence=" in reading["silent in the body"].detail
