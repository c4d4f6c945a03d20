import json
import logging
import os

from flask import Flask, abort, jsonify, request

log = logging.getLogger("documents")


def create_documents_app(store):
    app = Flask(__name__)

    def user_or_401():
        header = request.headers.get("Authorization", "")
        user = header.startswith("Bearer ") and store.user_for_token(header[7:])
        return user or abort(401)

    def get_or_refuse(doc_id):
        user = user_or_401()
        document = store.get_document(doc_id) or abort(404, f"{doc_id} does not exist")
        if user.id != document["owner"] and user.role != "admin":
            log.warning("%s wants %s of %s", user.id, doc_id, document["owner"])
            abort(403, f"{user.id} may not touch {doc_id}")
        return document

    @app.after_request
    def trace(response):
        response.headers["X-Trace"] = os.urandom(8).hex()
        return response

    @app.get("/api/documents")
    def index():
        user = user_or_401()
        found = [d for d in store.documents() if user.role == "admin" or d["owner"] == user.id]
        response = jsonify(found)
        response.headers["X-Total-Count"] = str(len(found))
        return response

    @app.get("/api/documents/<doc_id>")
    def read(doc_id):
        return jsonify(get_or_refuse(doc_id))

    @app.put("/api/documents/<doc_id>")
    def write(doc_id):
        document = get_or_refuse(doc_id)
        try:
            sent = json.loads(request.get_data(as_text=True))
        except (ValueError, RecursionError):
            abort(400, "no JSON")
        if not isinstance(sent, dict) or not all(isinstance(sent.get(k, ""), str) for k in ("title", "body")):
            abort(400, "no object of texts")
        document |= {k: v for k, v in sent.items() if k in ("title", "body")}
        store.save_document(document)
        return jsonify(document)

    @app.delete("/api/documents/<doc_id>")
    def delete(doc_id):
        get_or_refuse(doc_id)
        store.delete_document(doc_id)
        return "", 204

    return app
