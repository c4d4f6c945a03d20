import json

from flask import Blueprint, Flask, abort, current_app, g, jsonify, request
from werkzeug.exceptions import HTTPException

documents = Blueprint("documents", __name__, url_prefix="/api/documents")


class NotAllowed(Exception):
    pass


@documents.before_request
def identify():
    g.store = current_app.extensions["store"]
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    g.user = g.store.user_for_token(token) if scheme == "Bearer" else None
    if g.user is None:
        abort(401)


def guarded(doc_id):
    document = g.store.get_document(doc_id)
    if document is None:
        abort(404)
    if g.user.role == "member" and document["owner"] != g.user.id:
        raise NotAllowed(doc_id)
    return document


@documents.get("")
def listed():
    mine = (d for d in g.store.documents() if g.user.role == "admin" or d["owner"] == g.user.id)
    return jsonify(list(mine))


@documents.get("/<doc_id>")
def read(doc_id):
    return jsonify(guarded(doc_id))


@documents.put("/<doc_id>")
def write(doc_id):
    document = guarded(doc_id)
    sent = json.loads(request.get_data())
    if not isinstance(sent, dict):
        abort(400)
    title, body = sent.get("title", document["title"]), sent.get("body", document["body"])
    if not isinstance(title, str) or not isinstance(body, str):
        abort(400)
    changed = {"id": document["id"], "owner": document["owner"], "title": title, "body": body}
    g.store.save_document(changed)
    return jsonify(changed)


@documents.delete("/<doc_id>")
def remove(doc_id):
    guarded(doc_id)
    g.store.delete_document(doc_id)
    return jsonify(None)


def create_documents_app(store):
    app = Flask(__name__)
    app.extensions["store"] = store
    app.register_blueprint(documents)

    @app.errorhandler(HTTPException)
    def in_json(error):
        return jsonify(error=error.name, path=request.path), error.code

    @app.errorhandler(ValueError)
    @app.errorhandler(RecursionError)
    def unreadable(error):
        return jsonify(error="unreadable"), 400

    @app.errorhandler(NotAllowed)
    def not_allowed(error):
        return jsonify(error=f"{error} is not yours"), 403

    return app
