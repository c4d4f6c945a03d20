"""What a trial can show: the table is what the simulation gives, and stands where the figures are."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib import cli
from course_lib.syllabus import LESSONS
from course_lib.trial.power import POINTS, SAMPLES, SHOWN, WORDS, advice, recommendation, rows, shown
from tests.trial.test_trial import answers

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


def test_the_advice_is_what_the_table_says() -> None:
    """The shares that it names are those of the table, and what it advises is the most of what was simulated."""
    said = recommendation()
    assert said.startswith(f"Take {max(SAMPLES)} samples a task") and "--samples 10" in said
    for samples in (5, 10):
        for points in (10, 30):
            low, high = SHOWN[samples][POINTS.index(points)]
            assert f"{low} to {high}" in said
    assert f"no more than {max(SHOWN[10][0])} of 100 trials show a gain that is none" in said


def test_fewer_tasks_show_less_as_the_advice_says() -> None:
    assert shown(10, 20, True, TRIALS, seed=7, tasks=8) < shown(10, 20, True, TRIALS, seed=7) - 2 * NEAR


def test_the_table_stands_under_the_figures_and_on_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "given"
    for lesson in LESSONS[:4]:
        for task in lesson.tasks:
            (given / "plain" / task).mkdir(parents=True)
            (given / "plain" / task / "1.txt").write_text("No.")
    cli.main(["trial", "--answers", str(given), "--out", str(tmp_path / "report")])
    assert advice().endswith(recommendation())
    assert capsys.readouterr().out.endswith(f"\n\n{advice()}\n")
    page = (tmp_path / "report" / "index.html").read_text("utf-8")
    assert f"<p>{recommendation()}</p>" in page
    for row in rows():
        first, *others = row
        assert f"<td>{first}</td>" + "".join(f"<td class=figure>{cell}</td>" for cell in others) in page


def test_under_the_figures_of_one_task_stands_that_it_can_show_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = answers(tmp_path / "given", plain__1_txt="No.")
    cli.main(["trial", "--answers", str(given), "--out", str(tmp_path / "report")])
    printed = capsys.readouterr().out
    page = (tmp_path / "report" / "index.html").read_text("utf-8")
    assert advice() not in printed and WORDS not in page and recommendation() not in page
    for text in (printed, page):
        assert "A trial of 1 task can show no difference between prompts" in text
