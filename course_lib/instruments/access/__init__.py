"""Who may do what: every route of a Flask application asked by every identity, held against a policy."""

from course_lib.instruments.access.reading import EVERYBODY, AccessReading, Policy
from course_lib.instruments.access.requests import Request, World, ask, identities, logged_in, measure_access

__all__ = [
    "EVERYBODY",
    "AccessReading",
    "Policy",
    "Request",
    "World",
    "ask",
    "identities",
    "logged_in",
    "measure_access",
]
