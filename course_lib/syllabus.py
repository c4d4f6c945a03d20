"""The course in order: one line a lesson. Order here is the order everywhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lesson:
    """One hazard: its number and slug name every file that belongs to it; `minutes` is a learner's time.

    `entry` is what an exercise that is a folder of files must hold: the file and the name that it defines.
    """

    number: int
    slug: str
    title: str
    minutes: int
    tasks: tuple[str, ...]
    entry: tuple[str, str] | None = None

    @property
    def stem(self) -> str:
        """The file stem shared by lesson, exercise and solution."""
        return f"{self.number:02d}_{self.slug}"

    @property
    def exercise(self) -> str:
        """The name of the exercise: of a notebook, or of a folder of files."""
        return self.stem if self.entry else f"{self.stem}.ipynb"


LESSONS: tuple[Lesson, ...] = (
    Lesson(1, "resource_leaks", "Resource leaks", 30, ("export_profiles", "count_rows")),
    Lesson(2, "unbounded_growth", "Unbounded growth", 30, ("EventLog", "ProfileCache")),
    Lesson(3, "error_handling", "False-confidence error handling", 30, ("fetch_profile", "import_orders")),
    Lesson(4, "race_conditions", "Race conditions", 30, ("UserCounter", "TicketOffice", "Bank")),
    Lesson(5, "n_plus_one_queries", "N+1 queries", 30, ("users_with_post_counts", "recent_posts")),
    Lesson(6, "data_structures", "Linear search where a hash map belongs", 25, ("UserDirectory", "common_ids")),
    Lesson(7, "sql_injection", "SQL injection", 40, ("get_user_orders", "search_orders")),
    Lesson(8, "missing_authorization", "Missing authorization", 40, ("create_app", "create_documents_app")),
    Lesson(9, "defence", "The defence: ask, review, prove", 45, ("guard", "FINDINGS", "DEMONSTRATIONS")),
)

HAZARDS: tuple[str, ...] = tuple(lesson.slug for lesson in LESSONS[:8])
"""The eight of which the defence and the capstone speak, by their slugs."""

WARM_UP = Lesson(0, "start_here", "Start here", 2, ("average_rating",))
"""Two minutes in the notebook before lesson 1 that show how an exercise works: no hazard, no mark, no progress."""

CAPSTONE = Lesson(
    10,
    "capstone",
    "The capstone: a service under production",
    90,
    ("service", *HAZARDS),
    ("service.py", "create_service"),
)
"""The one exercise that is a folder of files; its tasks are what the service does, and each hazard by its slug."""

EXERCISES: tuple[Lesson, ...] = (*LESSONS, CAPSTONE)
"""Whatever can be judged; `LESSONS` are those whose exercise is a notebook."""


def find_lesson(exercise: str) -> Lesson | None:
    """The lesson with that file stem, or None."""
    return next((lesson for lesson in (WARM_UP, *EXERCISES) if lesson.stem == exercise), None)


def lesson_of_task(task: str) -> Lesson | None:
    """The lesson that asks for a function or class of that name, or None."""
    return next((lesson for lesson in (WARM_UP, *EXERCISES) if task in lesson.tasks), None)
