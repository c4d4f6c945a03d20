"""What can happen to the service in a run, as the pager tells it: a symptom, never its cause.

What is behind each stands in its hidden half, `Cause`: which hazard, which files of the service as it was delivered,
which gauge shows it. A hypothesis is compared with that, after the measurement.
"""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.production import loads

GENERAL = 0


@dataclass(frozen=True)
class Cause:
    """What is behind an incident in the service as delivered: the hazard by its slug, and where it shows."""

    hazard: str
    files: tuple[str, ...]
    gauge: str


@dataclass(frozen=True)
class Incident:
    """One page in the night: its number, which is its load's too, a name, the pager's sentence, how long to look on."""

    number: int
    title: str
    pager: str
    linger: float
    cause: Cause


INCIDENTS: tuple[Incident, ...] = (
    Incident(
        loads.REPORTS,
        "The night of the statements",
        "23:40  Since the monthly reports began, requests of all kinds fail. Started again, it is well for a while.",
        0.5,
        Cause("resource_leaks", ("reports.py",), "descriptors"),
    ),
    Incident(
        loads.CRAWL,
        "The platform ended it",
        "03:12  The platform ended the process and started it again, the third time this week. No error in the log.",
        0.5,
        Cause("unbounded_growth", ("journal.py", "courier.py"), "memory"),
    ),
    Incident(
        loads.COURIER,
        "Nobody paid the courier",
        "10:05  Finance: parcels left for which no shipping was charged. The service reports no fault.",
        2.0,
        Cause("error_handling", ("courier.py", "orders.py"), "wrong"),
    ),
    Incident(
        loads.SALE,
        "The last of the season",
        "12:00  The warehouse looks for parts that the shop says it has sold, and the books do not add up.",
        2.0,
        Cause("race_conditions", ("orders.py",), "wrong"),
    ),
    Incident(
        loads.BIG_CUSTOMER,
        "The big customer",
        "14:30  Our largest customer waits for a page that is instant for everybody else; longer every week.",
        4.0,
        Cause("n_plus_one_queries", ("orders.py", "storage.py"), "queries"),
    ),
    Incident(
        loads.SEASON,
        "The new season",
        "06:00  The new catalogue went live. The same visitors as yesterday, and the machine is out of breath.",
        0.5,
        Cause("data_structures", ("catalogue.py",), "cpu"),
    ),
    Incident(
        loads.STRANGE_CODES,
        "The public page",
        "16:20  Somebody without an account has posted things that only our database knows.",
        2.0,
        Cause("sql_injection", ("orders.py", "reports.py"), "served"),
    ),
    Incident(
        loads.NEIGHBOURS,
        "A letter from a customer",
        "17:45  A customer writes: what I was shown is not mine, it has somebody else's name on it.",
        2.0,
        Cause("missing_authorization", ("service.py", "labels.py"), "served"),
    ),
)
FILES = ("catalogue.py", "courier.py", "journal.py", "labels.py", "orders.py", "reports.py", "service.py", "storage.py")
OTHER = "09:00  Customers get errors, or answers that can't be right."


def incident(number: int) -> Incident:
    """The incident of that number."""
    return next(one for one in INCIDENTS if one.number == number)
