import json

from flask import Flask, abort, jsonify, request
from flask.views import MethodView

TEXTS = ("title", "body")


def changes_sent():
    try:
        sent = json.loads(request.get_data(cache=False).decode("utf-8"))
    except (ValueError, RecursionError):
        abort(400)
    if not isinstance(sent, dict):
        abort(400)
    changes = {name: sent[name] for name in TEXTS if name in sent}
    if not all(isinstance(text, str) for text in changes.values()):
        abort(400)
    return changes


class Guarded(MethodView):
    init_every_request = False

    def __init__(self, store):
        self.store = store

    def dispatch_request(self, **arguments):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user = self.store.user_for_token(token) if scheme == "Bearer" and token else None
        if user is None:
            abort(401)
        return super().dispatch_request(user=user, **arguments)


class Documents(Guarded):
    def get(self, user):
        return jsonify([d for d in self.store.documents() if user.role == "admin" or user.id == d["owner"]])


class OneDocument(Guarded):
    def load(self, user, doc_id):
        document = self.store.get_document(doc_id)
        if document is None:
            abort(404)
        if user.role != "admin" and user.id != document["owner"]:
            abort(403)
        return document

    def get(self, user, doc_id):
        return jsonify(self.load(user, doc_id))

    def put(self, user, doc_id):
        changes = changes_sent()
        document = self.load(user, doc_id)
        document.update(changes)
        self.store.save_document(document)
        return jsonify(document), 200

    def delete(self, user, doc_id):
        self.load(user, doc_id)
        self.store.delete_document(doc_id)
        return "", 204


def create_documents_app(store):
    app = Flask(__name__)
    app.add_url_rule("/api/documents", view_func=Documents.as_view("documents", store))
    app.add_url_rule("/api/documents/<doc_id>", view_func=OneDocument.as_view("document", store))
    return app
