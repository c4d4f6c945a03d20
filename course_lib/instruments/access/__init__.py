"""Who may do what: every route of a Flask application asked by every identity, held against a policy.

Measured for each request, on fresh rows: the status, secrets of others in the answer, rows that changed whatever the
status, and routes that the policy does not name.

    who = identities(owner="ada-token", other="ben-token", admin="root-token")
    reading = measure_access(make_world, who, policy, {"doc_id": "1"})
    assert reading.holds, str(reading)                                          # false too where nothing was measured

How: through WSGI, in this process; `url_map` gives the routes. What is refused is asked again with forged
tokens and claims, and under other spellings of its path.

Method: what OWASP asks for each object under API1 (broken object level authorization), for every route, with the rows
compared before and after; the intent is declared, as it is not in the code. The course's own otherwise.

What it can't see: doors that are no routes of this app, data that the policy names no secret for, two requests that
race each other, and a policy that is itself wrong.
"""

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
