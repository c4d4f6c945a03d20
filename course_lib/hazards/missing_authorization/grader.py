"""Judges hazard 8: who gets what from a submission's Flask app, over every route, method, identity and change in time.

Four observations decide, none of them alone: the status; secrets of others in the body or a header; rows that
changed; routes that the contract does not name. `site` is the language in which `data` and `documents` describe the
two apps, `answers` what may be owed, `judging` the way from there to checks; the tricks are the instrument's own.
"""

from __future__ import annotations

from course_lib.hazards.missing_authorization import data, documents
from course_lib.hazards.missing_authorization.judging import CRASHES
from course_lib.hazards.terms import Control, Task
from course_lib.instruments.access.tricks import bearer

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
    "create_app": Task(data.judge_create_app, _CONTROL, function={data.SERVES, CRASHES}, given={"steps"}),
    "create_documents_app": Task(
        documents.judge_create_documents_app,
        _CONTROL,
        function={documents.SERVES, documents.WRITES, CRASHES},
        given={"steps"},
    ),
}
