"""Each kind of program that the explorer once judged wrongly, or could not judge, has its cases; none is lost unseen.

A case is the number of a program, or the name of a test, with a row of a table that the test takes where it has one.
"""

from __future__ import annotations

import importlib

import pytest

from tests.interleavings.cases import CASES, FAMILIES
from tests.interleavings.test_spellings import RACING

KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "right, and once accused or undecided": {
        "a condition waited for by accounts that are busy": ("conditions-1", "conditions-3", "conditions-4"),
        "a transfer to itself brings back what was": ("conditions-2",),
        "locks made on first use, taken by number": ("late-1", "late-2", "late-3", "late-4"),
        "a spin whose pause grows": ("spins-1", "spins-2", "spins-7", "spins-8", "spins-9"),
        "a timeout that grows": ("spins-12", "spins-13", "spins-14", "spins-15"),
        "locks in the order of id": ("ids-1", "ids-2", "ids-3", "ids-4", "ids-5", "ids-6"),
        "setdefault as a lock": ("spins-4",),
        "both tried, both let go": ("spins-5", "spins-6", "spins-10", "spins-11"),
        "a semaphore an account": ("semaphores-1", "semaphores-2"),
        "one taken, the other missed, and the other way round": ("circles-1", "circles-2", "circles-3", "circles-4"),
    },
    "wrong, and once passed or left open": {
        "compared and set a few times": ("tries-1", "tries-2", "spins-3"),
        "cells that die with their thread": ("ends-1", "ends-2", "ends-3", "ends-4"),
        "entries by the name of the thread": ("names-1", "names-2", "names-3", "names-4", "names-5"),
        "a count that raises in between": ("reads-1", "reads-2", "38"),
        "counters of the library": tuple(f"library-{number}" for number in range(1, 10)),
    },
    "once safe, and seen to fail": {
        "C that calls back": tuple(f"callbacks-{number}" for number in range(1, 17)),
        "a generator that is shared": tuple(f"generators-{number}" for number in range(1, 9)),
        "weak references": tuple(f"weak-{number}" for number in range(1, 10)),
        "statements in a text": tuple(f"texts-{number}" for number in range(1, 6)),
        "what never runs": ("never-1", "never-2", "test_spellings:ON_A_LOOP:handed in"),
    },
    "spelt in another way": {
        "eighteen spellings": tuple(f"test_spellings:RACING:{spelling}" for spelling in RACING),
        "two and three modules": ("test_spellings:RACING:through the module", "test_spellings:RACING:three modules"),
        "what a decorator keeps": ("test_spellings:test_what_a_decorator_keeps_is_put_back_before_each_run",),
    },
    "many threads": {
        "eight that do the same": (
            "equal-1",
            "equal-2",
            "equal-4",
            "test_cost:test_eight_equal_threads_are_asked_once",
        ),
        "eight, each with its own function": ("equal-3",),
        "philosophers": ("equal-5", "65"),
    },
    "everyday code": {
        "a lock by default_factory": ("test_spellings:LOCKS:default_factory",),
        "a lock in a closure": ("test_spellings:LOCKS:a decorator's closure",),
        "a lock in a default": (
            "test_spellings:LOCKS:a decorator's default",
            "test_spellings:LOCKS:a keyword's default",
        ),
        "cached_property": ("test_spellings:test_a_cached_property_is_made_once_only_where_python_locks_it",),
        "lru_cache": ("test_spellings:test_what_lru_cache_remembers_is_forgotten_before_each_run",),
        "pools of threads": ("test_pools:test_pool", "test_pools:test_two_threads_with_a_pool_each", "43"),
        "a transaction of SQLite": ("test_spellings:test_a_transaction_of_sqlite_is_open_with_advice",),
        "a wait outside": ("test_spellings:WAITS_OUTSIDE:a socket", "test_spellings:WAITS_OUTSIDE:a process"),
        "tasks of asyncio": ("test_spellings:test_asyncio_is_refused_with_the_reason",),
    },
    "words": {
        "an event": ("test_everyday:WAITS:event",),
        "a queue": ("test_everyday:WAITS:queue", "test_everyday:WAITS:full"),
        "a barrier": ("test_everyday:WAITS:barrier",),
        "a semaphore": ("test_everyday:WAITS:semaphore",),
        "a condition": ("test_everyday:WAITS:condition",),
        "no praise of what was not decided": (
            "test_everyday:test_deadlock_exception_and_bound_have_names_of_their_own",
            "test_traps:test_a_spent_budget_is_no_proof",
        ),
        "a sign of life": ("test_everyday:test_a_long_search_gives_a_sign_of_life_on_standard_error",),
        "advice": ("test_spellings:test_a_budget_in_seconds_ends_the_search",),
    },
    "cost": {
        "a file is rewritten once": ("test_cost:test_a_second_search_of_a_file_rewrites_nothing",),
        "nothing is kept": ("test_cost:test_nothing_is_kept_between_searches",),
        "little for each schedule": ("test_cost:test_a_long_search_keeps_little_for_each_schedule",),
    },
}
NAMED = [case for kinds in KINDS.values() for cases in kinds.values() for case in cases]
NUMBERS = {case.number for case in CASES + FAMILIES}


def is_there(case: str) -> bool:
    """Whether there is such a program, such a test, or such a row of a table."""
    if ":" not in case:
        return case in NUMBERS
    module, name, *row = case.split(":")
    found = getattr(importlib.import_module(f"tests.interleavings.{module}"), name, None)
    return found is not None and all(one in found for one in row)


@pytest.mark.parametrize("group", KINDS)
def test_every_kind_has_cases_that_there_are(group: str) -> None:
    assert KINDS[group]
    assert [kind for kind, cases in KINDS[group].items() if not cases] == []
    assert [case for cases in KINDS[group].values() for case in cases if not is_there(case)] == []


def test_every_program_of_the_families_is_of_a_kind() -> None:
    assert {case.number for case in FAMILIES} - set(NAMED) == set()


def test_none_is_taken_out_unseen() -> None:
    """Eighteen spellings that race, and 112 cases or more of all kinds together."""
    assert len(RACING) == 18
    assert len(set(NAMED)) >= 112
