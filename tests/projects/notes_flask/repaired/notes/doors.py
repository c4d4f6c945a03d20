"""What grew beside the notes: an export, a mark for what was read, a page to share, a page for the monitor."""

from functools import wraps

from flask import Blueprint, Response, abort, jsonify, request, session

from notes import storage

export, marks, shared, status = (Blueprint(name, __name__) for name in ("export", "marks", "shared", "status"))


def owners_only(view):
    @wraps(view)
    def checked(number):
        if storage.note(number)[1] != session.get("user"):
            abort(404)
        return view(number)

    return checked


@export.route("/<int:number>", methods=["GET", "OPTIONS"], provide_automatic_options=False)
@owners_only
def exported(number):
    return storage.note(number)[2]


@marks.route("/<int:number>", methods=["HEAD"])
@owners_only
def mark(number):
    return Response(headers={"X-Length": len(storage.note(number)[2])})


@shared.get("/")
def share():
    return jsonify(storage.overview(session.get("user") or abort(401)))


@status.before_request
def somebody_is_there():
    if request.endpoint != "status.health" and "user" not in session:
        abort(401)


@status.get("/health")
def health():
    return {"ready": True}
