"""Judges hazard 8: who gets what from a submission's Flask app, over every route, method, identity and change in time.

Four observations decide, none of them alone: the status; secrets of others in the body or a header; rows that
changed; routes that the contract does not name. The tasks are stated in `access_data` and `access_documents`, the
attacks on both in `access_attacks`, the language they are written in is `access_scripts`.
"""

from __future__ import annotations

from course_lib.hazards.missing_authorization import data, office
from course_lib.hazards.missing_authorization.attacks import bearer
from course_lib.hazards.missing_authorization.data import judge_create_app
from course_lib.hazards.missing_authorization.documents import judge_create_documents_app
from course_lib.hazards.missing_authorization.scripts import CRASHES
from course_lib.hazards.missing_authorization.writes import WRITES
from course_lib.hazards.terms import Control, Task

_CONTROL_WORLD = {
    "users": {"a": "member", "b": "member"},
    "tokens": {"Ta": "a", "Tb": "b"},
    "documents": [{"id": "1", "owner": "a", "title": "secret", "body": ""}],
}
_CONTROL = Control(
    case={
        "worlds": [_CONTROL_WORLD],
        "steps": [{"ask": {"method": "GET", "path": "/control/1", "headers": bearer("Tb")}}],
    },
    is_bad=lambda seen: seen["answers"][0]["status"] == 200 and b"secret" in seen["answers"][0]["body"],
)


TASKS = {
    "create_app": Task(judge_create_app, _CONTROL, function={data.SERVES, CRASHES}),
    "create_documents_app": Task(judge_create_documents_app, _CONTROL, function={office.SERVES, WRITES, CRASHES}),
}
