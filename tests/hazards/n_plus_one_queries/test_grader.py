"""The figures of a verdict on queries: where too many were made at one size alone, that size is among those shown."""

from __future__ import annotations

from typing import Any

import pytest

from course_lib.hazards.n_plus_one_queries.cases import expected_users
from course_lib.hazards.n_plus_one_queries.grader import USER_QUERIES, judge_users


def observed_with_three_queries_at(sizes: set[int]) -> Any:
    """An observer of right answers, each made with one query, but for three at these numbers of users."""

    def call(users: list[tuple[str, int]]) -> dict[str, Any]:
        counts = {"queries": 3 if len(users) in sizes else 1, "rows": len(users), "bytes": 0}
        return {"outcome": {"returned": expected_users(users)}, **counts, "unaccounted": [], "repeated": None}

    return lambda cases, **_options: [{"calls": [call(users) for users in case["worlds"]]} for case in cases]


@pytest.mark.parametrize("size", [0, 2, 7, 160])
def test_the_size_with_too_many_queries_is_shown(size: int) -> None:
    queries = {check.name: check for check in judge_users(observed_with_three_queries_at({size}))}[USER_QUERIES]
    assert queries.status == "fail"
    assert f"{size} users: 3 queries" in queries.measured


def test_few_queries_at_every_size_pass() -> None:
    assert {check.status for check in judge_users(observed_with_three_queries_at(set()))} == {"pass"}
