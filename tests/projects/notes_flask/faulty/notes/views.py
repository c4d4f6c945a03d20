from flask import Blueprint, abort, jsonify, request, session

from notes import storage

notes = Blueprint("notes", __name__)


@notes.before_request
def somebody_is_there():
    if "user" not in session:
        abort(401)


@notes.get("/")
def overview():
    return jsonify(storage.overview(session["user"]))


@notes.get("/search")
def search():
    found = storage.search(session["user"], request.args.get("q", ""), request.args.get("label", "text"))
    return jsonify(found)


@notes.get("/<int:number>")
def show(number):
    found = storage.note(number) or abort(404)
    return {"id": found[0], "text": found[2]}


@notes.delete("/<int:number>")
def delete(number):
    storage.delete(number)
    return {}
