"""What a trial can show: the table is what the simulation gives, and stands where the figures are."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.trial.power import POINTS, SAMPLES, SHOWN, advice, rows, shown
from tests.trial.test_trial import answers, trial

TRIALS, NEAR = 300, 9  # three standard errors of a share of so many trials


@pytest.mark.parametrize("samples", SAMPLES)
@pytest.mark.parametrize("points", POINTS)
def test_the_table_is_that_of_the_simulation(samples: int, points: int) -> None:
    for on_all, stored in zip((False, True), SHOWN[samples][POINTS.index(points)], strict=True):
        assert abs(shown(samples, points, on_all, TRIALS, seed=7) - stored) < NEAR


def test_without_a_gain_hardly_a_trial_shows_one() -> None:
    assert all(share <= 5 for shares in SHOWN.values() for share in shares[0])


def test_more_samples_show_more() -> None:
    for column in range(1, len(POINTS)):
        shares = [SHOWN[samples][column] for samples in SAMPLES]
        assert shares == sorted(shares)


def test_the_table_stands_under_the_figures_and_on_the_page(tmp_path: Path) -> None:
    given = answers(tmp_path / "given", plain__1_txt="No.")
    done = trial("--answers", given, "--out", tmp_path / "report")
    assert done.stdout.endswith(f"\n\n{advice()}\n")
    page = (tmp_path / "report" / "index.html").read_text("utf-8")
    for row in rows():
        assert "".join(f"<td>{cell}</td>" for cell in row) in page
