"""What the probe of lesson 3 tells of results that a thread goes on filling in."""

from __future__ import annotations

from course_lib.hazards.error_handling.probe import _with_nests


def test_orders_added_since_the_call_came_back_hold_no_nest() -> None:
    """The nests are looked at when the call returns, the orders are held a moment later."""
    nest = {"levels": 200, "kinds": ["list"], "innermost": 1}
    held = [{"id": 1, "note": [[1]]}, {"id": 2, "note": "later"}]

    assert _with_nests(held, [{"note": nest}]) == [{"id": 1, "note": nest}, {"id": 2, "note": "later"}]
    assert _with_nests(held[:1], [{"note": nest}, {}]) == [{"id": 1, "note": nest}]
