import json

from flask import Flask, abort, jsonify, request


def create_documents_app(store):
    app = Flask(__name__)

    def caller():
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user = store.user_for_token(token) if scheme == "Bearer" else None
        if user is None:
            abort(401)
        return user

    def may_touch(user, document):
        return document["owner"] == user.id or user.role == "admin"

    def document_for(user, doc_id):
        document = store.get_document(doc_id)
        if document is None:
            abort(404)
        if not may_touch(user, document):
            abort(403)
        return document

    def sent_object():
        try:
            sent = json.loads(request.get_data())
        except (ValueError, RecursionError):
            abort(400)
        if not isinstance(sent, dict):
            abort(400)
        if not all(isinstance(sent.get(name, ""), str) for name in ("title", "body")):
            abort(400)
        return sent

    @app.get("/api/documents")
    def listed():
        user = caller()
        return jsonify([document for document in store.documents() if may_touch(user, document)])

    @app.get("/api/documents/<doc_id>")
    def read(doc_id):
        return jsonify(document_for(caller(), doc_id))

    @app.put("/api/documents/<doc_id>")
    def write(doc_id):
        document = document_for(caller(), doc_id)
        sent = sent_object()
        changed = {**document, **{name: sent[name] for name in ("title", "body") if name in sent}}
        if changed != document:
            store.save_document(changed)
        return jsonify(changed)

    @app.delete("/api/documents/<doc_id>")
    def remove(doc_id):
        document_for(caller(), doc_id)
        store.delete_document(doc_id)
        return "", 204

    return app
