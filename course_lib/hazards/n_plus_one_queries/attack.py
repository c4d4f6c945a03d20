"""Judges two sets of posts that are to make a page's queries grow: counted at the driver, once with each.

Broken is a page whose second set takes at least three queries more. What it can't see: rows, and what a query costs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from course_lib.instruments.queries import count_queries
from course_lib.testbeds import blog
from course_lib.widgets.attacked import Attacked, Told, attacked

MOST_POSTS, GROWS_FROM = 5_000, 3


def breaks(page: Callable[[], Any], few: Mapping[str, int], more: Mapping[str, int]) -> Attacked:
    """Whether the page asks more often with `more` than with `few`, each `{username: number of posts}`."""
    for posts in (few, more):
        if not isinstance(posts, Mapping) or not all(_is_count(count) for count in posts.values()):
            return Attacked(Told(None, 'the attack is two sets of posts: {"ada": 3, "bob": 0}, and a larger one.'))
        if sum(posts.values()) + len(posts) > MOST_POSTS:
            return Attacked(Told(None, f"at most {MOST_POSTS:,} users and posts, so that it does not take long."))
    return attacked(lambda: _judged(page, few, more))


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _judged(page: Callable[[], Any], few: Mapping[str, int], more: Mapping[str, int]) -> Told:
    counts, readings = [], []
    for posts in (few, more):
        blog.fill({str(name): count for name, count in posts.items()})
        with count_queries() as reading:
            page()
        counts.append(reading.queries)
        readings.append(f"users {len(posts)}, posts {sum(posts.values())}: {reading}")
    few_more = f"; growth is told from {GROWS_FROM} more on" if 0 < counts[1] - counts[0] < GROWS_FROM else ""
    told = f"queries with the first set: {counts[0]}, with the second: {counts[1]}{few_more}."
    return Told(counts[1] - counts[0] >= GROWS_FROM, told, "\n".join(readings))
