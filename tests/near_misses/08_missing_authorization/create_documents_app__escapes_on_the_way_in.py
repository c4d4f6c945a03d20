# fails: PUT and DELETE do what they promise
from markupsafe import escape
from flask import Flask, abort, g, jsonify, request


def create_documents_app(store):
    app = Flask(__name__)

    @app.before_request
    def authenticate():
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        g.user = store.user_for_token(token) if scheme == "Bearer" else None
        if g.user is None:
            return jsonify(error="sign in"), 401

    def visible(doc):
        return g.user.role == "admin" or doc["owner"] == g.user.id

    def load(doc_id):
        doc = store.get_document(doc_id)
        if doc is None:
            abort(404)
        if not visible(doc):
            abort(403)
        return doc

    @app.get("/api/documents")
    def index():
        return jsonify([doc for doc in store.documents() if visible(doc)])

    @app.get("/api/documents/<doc_id>")
    def read(doc_id):
        return jsonify(load(doc_id))

    @app.put("/api/documents/<doc_id>")
    def write(doc_id):
        doc = load(doc_id)
        try:
            body = request.get_json(force=True, silent=True)
        except RecursionError:
            abort(400)
        if not isinstance(body, dict):
            abort(400)
        changes = {key: body[key] for key in ("title", "body") if key in body}
        if not all(isinstance(value, str) for value in changes.values()):
            abort(400)
        doc.update({k: str(escape(v)) for k, v in changes.items()})
        store.save_document(doc)
        return jsonify(doc)

    @app.delete("/api/documents/<doc_id>")
    def remove(doc_id):
        load(doc_id)
        store.delete_document(doc_id)
        return "", 204

    return app
