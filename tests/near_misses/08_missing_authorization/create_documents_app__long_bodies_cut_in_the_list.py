# fails: serves owners and admins
import json
from flask import Flask, abort, jsonify, request
def create_documents_app(store):
    app = Flask(__name__)
    def caller():
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user = store.user_for_token(token) if scheme == "Bearer" and token else None
        return user or abort(401)
    def allowed(user, document):
        return user.role == "admin" or document["owner"] == user.id
    def find(doc_id):
        user, document = caller(), store.get_document(doc_id)
        if document is None:
            abort(404)
        if not allowed(user, document):
            abort(403)
        return document
    def sent():
        try:
            body = json.loads(request.get_data())
        except (ValueError, RecursionError):
            abort(400)
        if not isinstance(body, dict):
            abort(400)
        changes = {}
        for key in ("title", "body"):
            if key in body:
                if not isinstance(body[key], str):
                    abort(400)
                changes[key] = body[key]
        return changes
    @app.get("/api/documents")
    def index():
        user = caller()
        return jsonify([{**document, "body": document["body"][:80]} for document in store.documents() if allowed(user, document)])
    @app.get("/api/documents/<doc_id>")
    def read(doc_id):
        return jsonify(find(doc_id))
    @app.put("/api/documents/<doc_id>")
    def write(doc_id):
        document = find(doc_id)
        document.update(sent())
        store.save_document(document)
        return jsonify(document)
    @app.delete("/api/documents/<doc_id>")
    def remove(doc_id):
        find(doc_id)
        store.delete_document(doc_id)
        return "", 204
    return app
