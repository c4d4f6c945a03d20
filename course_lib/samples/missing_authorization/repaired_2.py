"""One function finds the document and asks whose it is."""

import json

from flask import Flask, abort, jsonify, request


def create_documents_app(store):
    app = Flask(__name__)

    def caller():
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user = store.user_for_token(token) if scheme == "Bearer" else None
        return user or abort(401)

    def own(doc_id):
        user = caller()
        document = store.get_document(doc_id)
        if document is None:
            abort(404)
        if document["owner"] != user.id and user.role != "admin":
            abort(403)
        return document

    @app.get("/api/documents")
    def listed():
        user = caller()
        return jsonify([d for d in store.documents() if user.role == "admin" or d["owner"] == user.id])

    @app.get("/api/documents/<doc_id>")
    def read(doc_id):
        return jsonify(own(doc_id))

    @app.put("/api/documents/<doc_id>")
    def write(doc_id):
        document = own(doc_id)
        try:
            sent = json.loads(request.get_data())
        except (ValueError, RecursionError):
            abort(400)
        if not isinstance(sent, dict):
            abort(400)
        for name in ("title", "body"):
            if not isinstance(sent.get(name, ""), str):
                abort(400)
        for name in ("title", "body"):
            document[name] = sent.get(name, document[name])
        store.save_document(document)
        return jsonify(document)

    @app.delete("/api/documents/<doc_id>")
    def remove(doc_id):
        own(doc_id)
        store.delete_document(doc_id)
        return "", 204

    return app
