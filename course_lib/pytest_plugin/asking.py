"""The fixtures that are functions: each measures what it is given, and fails the test with one sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pytest

from course_lib.pytest_plugin.verdicts import Told, at, defined_at, held, place_of, speak, unmeasured

if TYPE_CHECKING:  # an instrument is imported where it is asked for
    from course_lib.instruments.access import AccessReading, Policy
    from course_lib.instruments.faults import FaultReading
    from course_lib.instruments.injection.trials import InjectionReading
    from course_lib.instruments.memory.alive import Slopes
    from course_lib.instruments.queries import Growth as QueryGrowth
    from course_lib.instruments.work import Growth as WorkGrowth
    from course_lib.interleavings import Finding

CLASSES = ("1", "log n", "n", "n log n", "n²")


def bounded_memory(item: pytest.Item, operate: Callable[[int], Any], warm_up: int = 2_000, **options: Any) -> Slopes:
    """See `course_lib.instruments.memory.alive.measure_slopes`."""
    from course_lib.instruments.memory import growing_line, measure_slopes

    slopes = measure_slopes(operate, warm_up, **options)
    last = slopes.windows[-1]
    outside = f" and {last.outside:,.1f} outside Python" if last.outside else ""
    measured = f"{last.blocks:,.2f} blocks and {last.bytes:,.1f} bytes{outside}"
    place = growing_line(operate).where if slopes.unbounded else ""
    sentence = (
        f"each call leaves {measured} behind, still so after {warm_up:,} calls of warm-up"
        f"{at(place, 'most of it allocated at')}; allowed: nothing that goes on"
    )
    verdict = held(not slopes.unbounded)
    speak(item, [Told("memory", verdict, sentence, measured, "nothing that goes on", place, str(slopes))])
    return slopes


def survives_faults(
    item: pytest.Item,
    client: Callable[[str, float], object],
    good: Callable[[str], Any] | None = None,
    silence: float = 1.5,
    **options: Any,
) -> FaultReading:
    """See `course_lib.instruments.faults.call_under_faults`; `good` gives the server's right answer to a path."""
    from course_lib.instruments.faults import FaultReading, call_under_faults
    from course_lib.testbeds.hostile_api import HostileAPI

    with HostileAPI(silence=silence) if good is None else HostileAPI(good, silence=silence) as server:
        reading = call_under_faults(client, server, **options)
    place = defined_at(client)
    lost = [cell for cell in reading if cell.outcome == "unmeasured"]
    broken = [cell for cell in reading.broken if cell.outcome != "unmeasured"]
    if broken:
        first = broken[0]
        told = f"; first: under {first.fault!r} {first.outcome}, {first.detail}"
    else:
        told = ""
    sentence = (
        f"{len(broken)} of {len(reading.cells)} faults end in no right answer and no declared error"
        f"{at(place, 'in the client at')}; allowed: 0{told}"
    )
    if not broken and (lost or not reading.cells):
        because = f"{lost[0].fault}: {lost[0].detail}" if lost else "there was no fault to measure"
        speak(item, [unmeasured("faults", because, str(reading))])
    evidence = str(FaultReading(tuple(broken))) if broken else str(reading)
    verdict = held(not broken)
    speak(item, [Told("faults", verdict, sentence, f"{len(broken)} of {len(reading.cells)}", "0", place, evidence)])
    return reading


def no_race(
    item: pytest.Item,
    setup: Callable[[], Any],
    threads: Sequence[Callable[[Any], Any]],
    holds: Callable[[Any], Any],
    **budget: Any,
) -> Finding:
    """See `course_lib.interleavings.find_race`."""
    from course_lib.interleavings import find_race

    if not threads:
        speak(item, [unmeasured("race", "there is no thread to run")])
    found = find_race(setup, threads, holds, **budget)
    if found.verdict == "open":
        speak(item, [unmeasured("race", found.exploration.reason or "not every schedule was run", str(found))])
    place, what = "", ""
    if found.trace is not None:
        lines = [step for step in found.trace.steps if step.line]
        last = next((step for step in reversed(lines) if step.stale), lines[-1] if lines else None)
        place = place_of(last.cell, last.line) if last else ""
        what = f" {last.in_words().partition('  (')[0]}" if last else ""
    count = found.exploration.schedules
    order = ", one after the other" if found.trace and found.trace.one_after_the_other else ""
    sentence = (
        f"{found.verdict} in schedule {count} of {len(threads)} threads{order}{at(place, f'where one{what}, at')}; "
        "allowed: none in any order of their steps"
    )
    verdict = held(found.is_safe)
    speak(item, [Told("race", verdict, sentence, f"{found.verdict}, {count} schedules", "safe", place, str(found))])
    return found


def query_growth(
    item: pytest.Item,
    sizes: Sequence[int],
    prepare: Callable[[int], object],
    call: Callable[[], Any],
    at_most: float = 0.0,
    unit: str = "item",
) -> QueryGrowth:
    """See `course_lib.instruments.queries.measure_growth`; `at_most` queries may come with each further unit."""
    from course_lib.instruments.queries import measure_growth

    growth = measure_growth(sizes, prepare, call, unit)
    if growth.unmeasured:
        speak(item, [unmeasured("query_growth", growth.unmeasured, str(growth))])
    repeated = growth.readings[max(sizes)].repeated
    place = repeated.where if repeated else ""
    counts = [f"{growth.readings[size].queries:,} for {size:,}" for size in sorted(growth.readings)]
    measured = f"{growth.query_slope:g} per {unit}"
    told = ", ".join([f"{counts[0].replace(' for', ' queries for')} {unit}s", *counts[1:]])
    sentence = f"{told}: {measured}{at(place, 'issued at')}; allowed: {at_most:g}"
    verdict = held(growth.query_slope <= at_most)
    speak(item, [Told("query_growth", verdict, sentence, measured, f"{at_most:g}", place, str(growth))])
    return growth


def work_growth(
    item: pytest.Item,
    prepare: Callable[[int], Any],
    act: Callable[[Any], Any],
    sizes: Sequence[int] = (64, 256, 1024),
    at_most: str = "n log n",
) -> WorkGrowth:
    """See `course_lib.instruments.work.measure_growth`; `at_most` is one of "1", "log n", "n", "n log n", "n²"."""
    from course_lib.instruments.work.scaling import GROWTH_CLASSES, measure_growth

    if at_most not in CLASSES:
        pytest.fail(f"at_most is {at_most!r}; it may be {', '.join(map(repr, CLASSES))}", pytrace=False)
    if len(set(sizes)) < 2:
        speak(item, [unmeasured("work", "growth needs two sizes at least")])
    bound = CLASSES.index(at_most)
    growth = measure_growth("work by size of the input", prepare, act, sizes)
    place = defined_at(act)
    found = [words for words, _ in GROWTH_CLASSES].index(growth.in_words)
    counts = [f"{work.steps + work.moved:,} at {size:,}" for size, work in growth.by_size.items()]
    told = ", ".join([counts[0].replace(" at", " steps at"), *counts[1:]])
    sentence = f"work {growth.in_words.split(':')[0]}: {told}{at(place, 'in the call at')}; allowed: {at_most}"
    assumed = max(work.assumed for work in growth.by_size.values())
    if found > bound and assumed and not _is_over_without_assumption(growth, bound):
        because = f"{assumed:,} of the steps are of calls into C whose cost is assumed"
        speak(item, [unmeasured("work", because, str(growth))])
    verdict = held(found <= bound)
    speak(item, [Told("work", verdict, sentence, CLASSES[found], at_most, place, str(growth))])
    return growth


def _is_over_without_assumption(growth: WorkGrowth, bound: int) -> bool:
    from dataclasses import replace

    from course_lib.instruments.work.scaling import GROWTH_CLASSES

    known = replace(growth, by_size={size: replace(work, assumed=0) for size, work in growth.by_size.items()})
    return [words for words, _ in GROWTH_CLASSES].index(known.in_words) > bound


def values_stay_data(
    item: pytest.Item, call: Callable[[Any], Any], plain: object, attacks: Mapping[str, str] | None = None
) -> InjectionReading:
    """See `course_lib.instruments.injection.anywhere.measure_values`."""
    from course_lib.instruments.injection import let_loose, measure_values
    from course_lib.instruments.injection.trials import HARMLESS

    reading = measure_values(call, plain, attacks)
    if reading.unmeasured:
        speak(item, [unmeasured("injection", reading.unmeasured, str(reading))])
    bad = [shot for shot in reading.shots if shot.outcome not in HARMLESS]
    loose = [one for shot in bad for one in let_loose(shot.trial.statements)]
    place = next((one.place.where for one in loose if one.place.own), "")
    measured = f"{len(bad)} of {len(reading.shots)}"
    sentence = f"{measured} attacks changed a statement{at(place, 'issued at')}; allowed: 0"
    shown = [*(one.text for one in loose[:1]), *(f"{shot.attack}: {shot.outcome}" for shot in bad), "", str(reading)]
    verdict = held(not bad)
    speak(item, [Told("injection", verdict, sentence, measured, "0", place, "\n".join(shown))])
    return reading


def access(
    item: pytest.Item,
    make_world: Callable[[], Any],
    who: Mapping[str, Any],
    policy: Policy,
    samples: Mapping[str, str] | None = None,
    **options: Any,
) -> AccessReading:
    """See `course_lib.instruments.access.measure_access`."""
    from course_lib.instruments.access import measure_access

    reading = measure_access(make_world, who, policy, samples or {}, **options)
    if reading.unmeasured:
        speak(item, [unmeasured("access", reading.unmeasured, str(reading))])
    found, absent = reading.findings, reading.absent
    first = f"{found[0].route} as {found[0].who}: {found[0].outcome}, {found[0].detail}" if found else ""
    gone = f"the app lacks {absent[0]}" if absent else ""
    count = len(reading.violations) + len(absent)
    told = "; ".join(filter(None, [first, gone]))
    sentence = f"{count} of {len(reading.cells)} answers break the policy; allowed: 0; first: {told}"
    place = found[0].route if found else ""
    evidence = "\n".join([*map(str, found), str(reading)])
    verdict = held(reading.holds)
    speak(item, [Told("access", verdict, sentence, f"{count} of {len(reading.cells)}", "0", place, evidence)])
    return reading
