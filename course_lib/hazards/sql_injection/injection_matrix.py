"""Attack x argument as a matrix: the words of an injection reading with a mark, a border and a colour each."""

from __future__ import annotations

from course_lib.instruments.injection.trials import HARMLESS, OUTCOMES, InjectionReading
from course_lib.widgets.matrix import Matrix, Tone


def injection_matrix(*readings: InjectionReading) -> Matrix:
    """One table of all the readings: attacks down, arguments across; an attack that was not tried is a dash."""
    reading = InjectionReading(tuple(shot for one in readings for shot in one.shots))
    legend: dict[str, tuple[Tone, str]] = {
        word: ("good" if word in HARMLESS else "bad", meaning) for word, meaning in OUTCOMES.items()
    }
    legend["-"] = ("plain", "not tried: the attack is made for other arguments")
    return Matrix(*reading.table(), legend, corner="attack")
