"""`make bench`: what a class costs, its figures as ratios within one run; times belong to the machine.

The class is made of the corpus: for each exercise right answers, near misses and what was delivered, one after the
other. nbgrader is the real one, on the course that is exported for it but with its own kernel in place of the judge, so
that both run the same checks on the same notebooks. Memory is the most that the command itself ever held, not its
workers, whose number does not grow; there the judgements are made up, since they are made elsewhere.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import cycle, islice
from pathlib import Path

from course_lib.exercise_files import ROOT, answer_cells, as_delivered, read_notebook, solution_path, source_of
from course_lib.syllabus import LESSONS, Lesson
from tests.classroom.test_nbgrader import hand_in, installed, nbgrader

EIGHT = LESSONS[:8]
NOTHING = "x = 1\n"
MEMORY = """
import resource, sys
from pathlib import Path
from course_lib.classroom import grading
from course_lib.reading import not_judged

class Instant:
    def __init__(self, jobs, slots):
        self.jobs = jobs
    def results(self):
        for job in self.jobs:
            verdict = not_judged(job.hand_in.lesson.stem, job.tasks, "fail", f"made up for {job.hand_in.student}")
            yield job, {"verdict": verdict.to_plain(), "structures": {}}

grading.Pool = Instant
grading.grade_class(grading.Wanted(Path(sys.argv[1]), Path(sys.argv[2]), trusted=True))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def answers(lesson: Lesson) -> list[str]:
    """Sources of the exercise's hand-ins, as different as the corpus has them."""
    by_task = [_in_turn(lesson, task) or [NOTHING] for task in lesson.tasks]
    longest = max(map(len, by_task))
    mixed = ["\n\n".join(one) for one in zip(*(islice(cycle(ones), longest) for ones in by_task), strict=True)]
    starter = "\n\n".join(source_of(cell) for cell in answer_cells(as_delivered(lesson)).values())
    return [starter, *mixed]


def _in_turn(lesson: Lesson, task: str) -> list[str]:
    """A right answer, a near miss, a right answer, …"""
    both = (_samples("right_answers", lesson, task), _samples("near_misses", lesson, task))
    return [path.read_text("utf-8") for pair in zip(*both, strict=False) for path in pair]


def _samples(folder: str, lesson: Lesson, task: str) -> list[Path]:
    return sorted((ROOT / "tests" / folder / lesson.stem).glob(f"{task}__*.py"))[:12]


def a_class(folder: Path, students: int) -> Path:
    """A folder a student with every exercise of the eight lessons."""
    for lesson in EIGHT:
        sources = cycle(answers(lesson))
        for number in range(students):
            place = folder / f"student {number:04d}" / f"{lesson.stem}.py"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(next(sources), "utf-8")
    return folder


def graded(folder: Path, report: Path, *more: str) -> tuple[float, list[dict[str, object]]]:
    """Seconds, and the lines of the report."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "course_lib", "grade", str(folder), "--out", str(report), *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stderr
    took = time.perf_counter() - begun
    return took, [json.loads(line) for line in (report / "results.jsonl").read_text().splitlines()]


def whole_class(folder: Path, students: int) -> None:
    tasks = sum(len(lesson.tasks) for lesson in EIGHT)
    took, lines = graded(a_class(folder / "class", students), folder / "report")
    seconds = [line["verdict"]["seconds"] for line in lines]  # type: ignore[index]
    told = Counter(one["status"] for line in lines for one in line["verdict"]["tasks"])  # type: ignore[index]
    print(f"\n{students} students x {tasks} tasks: {took:.0f} s, {60 * len(lines) / took:.0f} hand-ins a minute")
    print(f"  said: {', '.join(f'{count} {status}' for status, count in sorted(told.items()))}")
    print(f"  within the judge {sum(seconds):.0f} s on all processors together, {sum(seconds) / took:.2f} at a time")
    for lesson in EIGHT:
        own = [line["verdict"]["seconds"] for line in lines if line["exercise"] == lesson.stem]  # type: ignore[index]
        figures = f"median {statistics.median(own):6.2f} s, most {max(own):6.2f} s, {sum(own):6.0f} s in all"
        print(f"  {lesson.stem:<26} {figures}")


def shares(folder: Path, students: int) -> None:
    """What a hand-in costs that is empty, and one that is right, beside starting Python."""
    lesson, right = LESSONS[6], solution_path(LESSONS[6]).read_text("utf-8")
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    python = time.perf_counter() - begun
    rows = []
    for name, suffix, source in (("empty", ".py", NOTHING), ("right, a notebook", ".ipynb", right)):
        for number in range(students):
            place = folder / name / f"s{number}" / f"{lesson.stem}{suffix}"
            place.parent.mkdir(parents=True)
            place.write_text(source, "utf-8")
        took, lines = graded(folder / name, folder / f"{name} report", "--jobs", "1")
        own = statistics.median(line["verdict"]["seconds"] for line in lines)  # type: ignore[index,type-var]
        rows.append((name, took / students, float(own)))  # type: ignore[arg-type]
    print(
        f"\nA hand-in of {lesson.stem}, one at a time, {students} of them; starting Python takes {1000 * python:.0f} ms"
    )
    for name, each, own in rows:
        print(
            f"  {name:<18} {1000 * each:5.0f} ms each, {1000 * own:5.0f} of them judging ({each / python:.1f} Pythons)"
        )


def beside_nbgrader(folder: Path, students: int) -> None:
    """The same notebooks of exercise 7: nbgrader's autograde, in its one process, and `grade` on all processors."""
    if because := installed():
        print(f"\nnbgrader: {because}")
        return
    lesson, course = LESSONS[6], folder / "nbgrader"
    subprocess.run(
        [sys.executable, "-m", "course_lib", "export", "nbgrader", "--out", str(course)], check=True, cwd=ROOT
    )
    settings = (course / "nbgrader_config.py").read_text("utf-8").partition("# No student's code")[0]
    (course / "nbgrader_config.py").write_text(f"{settings}c.ExecutePreprocessor.timeout = 600\n", "utf-8")
    assert nbgrader(course, "generate_assignment", lesson.stem).returncode == 0
    right = {task: source_of(cell) for task, cell in answer_cells(read_notebook(solution_path(lesson))).items()}
    for number in range(students):
        hand_in(course, f"s{number}", lesson.stem, **(right if number % 2 else {}))
    begun = time.perf_counter()
    done = nbgrader(course, "autograde", lesson.stem, "--create")
    theirs = time.perf_counter() - begun
    assert done.returncode == 0, done.stderr
    ours, _ = graded(course / "submitted", folder / "ours")
    told = f"{theirs:.1f} s by nbgrader, {ours:.1f} s by grade: {theirs / ours:.1f} times"
    print(f"\n{students} notebooks of {lesson.stem}, the same checks: {told}")


def memory(folder: Path) -> None:
    most = []
    for count in (100, 5000):
        for number in range(count):
            place = folder / str(count) / f"s{number:04d}" / f"{LESSONS[5].stem}.py"
            place.parent.mkdir(parents=True)
            place.write_text(NOTHING)
        words = [sys.executable, "-c", MEMORY, str(folder / str(count)), str(folder / f"report {count}")]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
        most.append(int(done.stdout) / 1024)
    figures = f"{most[0]:.0f} MB for 100 hand-ins, {most[1]:.0f} MB for 5,000: {most[1] / most[0]:.2f} times"
    print(f"\nmemory of the command: {figures}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--notebooks", type=int, default=12)
    options = parser.parse_args()
    print(f"{len(os.sched_getaffinity(0))} processors, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        memory(folder)
        shares(folder, options.notebooks)
        beside_nbgrader(folder, options.notebooks)
        whole_class(folder, options.students)


if __name__ == "__main__":
    main()
