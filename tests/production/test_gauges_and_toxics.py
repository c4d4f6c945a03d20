"""What a run is watched by, and what its upstream suffers from."""

from __future__ import annotations

import http.client
import json
import urllib.request

import pytest

from course_lib.production.depot import courier_answer
from course_lib.production.gauges import NAMED, Gauges, sparkline
from course_lib.production.toxics import HARMLESS, TOXICS, Upstream
from course_lib.widgets.dashboard import Dashboard

TARGET = "/options?country=DE&grams=300"


def ask(address: str) -> object:
    with urllib.request.urlopen(address + TARGET, timeout=0.7) as answer:
        return json.loads(answer.read())


@pytest.mark.parametrize("toxic", TOXICS)
def test_under_a_toxic_a_plain_client_gets_the_right_answer_or_an_error(toxic: str) -> None:
    with Upstream(courier_answer) as upstream:
        upstream.toxic = toxic
        if toxic in HARMLESS:
            assert ask(upstream.url) == courier_answer(TARGET)
        else:
            with pytest.raises((OSError, ValueError, http.client.HTTPException)):
                ask(upstream.url)
        upstream.toxic = ""
        assert ask(upstream.url) == courier_answer(TARGET)


def test_gauges_have_the_names_of_prometheus_and_a_line_each() -> None:
    gauges = Gauges({"descriptors": 64})
    gauges.sample(0.2, {"memory": 60.0, "wrong": 0})
    gauges.sample(0.4, {"memory": 80.0, "wrong": 3})
    assert "process_resident_memory_bytes 8.388608e+07" in gauges.exposition()
    assert all(one.says in gauges.strip() for one in NAMED)
    assert "can't be read on this system" in gauges.strip()
    assert gauges.to_plain()["service_wrong_answers_total"] == {"first": 0, "highest": 3, "last": 3}
    assert "80" not in gauges.strip(until=0.3)


def test_a_sparkline_goes_from_nothing_to_the_highest() -> None:
    assert sparkline([0.0, 0.0]) == "▁▁"
    assert sparkline([0.0, 7.0]) == "▁█"
    assert len(sparkline([float(value) for value in range(1000)])) == 32


def test_a_dashboard_says_the_same_in_its_text_and_in_its_table() -> None:
    dashboard = Dashboard("Production", "second", {"open <files>": 64, "wrong answers": None})
    for second in range(30):
        dashboard.add(second, {"open <files>": second * 2} if second % 2 else {"wrong answers": 1})
    dashboard.finish("It went down & stayed there.")
    assert len(dashboard.rows()) <= 16
    assert "open <files>" in str(dashboard)
    assert "open &lt;files&gt;" in dashboard.to_html()
    assert "budget: 64" not in str(dashboard.rows())
    assert "It went down & stayed there." in str(dashboard)
    assert "It went down &amp; stayed there." in dashboard.to_html()
    assert dashboard.widget is None
