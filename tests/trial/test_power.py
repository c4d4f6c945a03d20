"""What a trial can show: the table is what the simulation gives, and stands where the figures are."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib import cli
from course_lib.syllabus import LESSONS
from course_lib.trial.power import POINTS, SAMPLES, SHOWN, WORDS, advice, rows, shown
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


def test_the_table_stands_under_the_figures_and_on_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "given"
    for lesson in LESSONS[:4]:
        for task in lesson.tasks:
            (given / "plain" / task).mkdir(parents=True)
            (given / "plain" / task / "1.txt").write_text("No.")
    cli.main(["trial", "--answers", str(given), "--out", str(tmp_path / "report")])
    assert capsys.readouterr().out.endswith(f"\n\n{advice()}\n")
    page = (tmp_path / "report" / "index.html").read_text("utf-8")
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
    assert advice() not in printed and WORDS not in page
    for text in (printed, page):
        assert "A trial of 1 task can show no difference between prompts" in text
