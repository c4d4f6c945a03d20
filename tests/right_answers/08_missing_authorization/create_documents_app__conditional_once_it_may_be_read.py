import hashlib
import json

from flask import Flask, abort, jsonify, request


def create_documents_app(store):
    """Marks what it serves, and heeds conditions once it knows that the caller may have the document."""
    app = Flask(__name__)

    def caller():
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return (store.user_for_token(token) if scheme == "Bearer" else None) or abort(401)

    def mark_of(document):
        return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()

    def document_for(user, doc_id):
        document = store.get_document(doc_id) or abort(404)
        if document["owner"] != user.id and user.role != "admin":
            abort(404)
        if request.if_match and not request.if_match.contains(mark_of(document)):
            abort(412)
        return document

    def answered(document):
        answer = jsonify(document)
        answer.set_etag(mark_of(document))
        return answer

    @app.get("/api/documents")
    def listed():
        user = caller()
        return jsonify([each for each in store.documents() if user.role == "admin" or each["owner"] == user.id])

    @app.get("/api/documents/<doc_id>")
    def read(doc_id):
        return answered(document_for(caller(), doc_id)).make_conditional(request)

    @app.put("/api/documents/<doc_id>")
    def write(doc_id):
        document = document_for(caller(), doc_id)
        try:
            sent = json.loads(request.get_data())
        except (ValueError, RecursionError):
            abort(400)
        if not isinstance(sent, dict):
            abort(400)
        if not all(isinstance(sent.get(name, ""), str) for name in ("title", "body")):
            abort(400)
        changed = {name: sent.get(name, old) if name in ("title", "body") else old for name, old in document.items()}
        if changed != document:
            store.save_document(changed)
        return answered(changed)

    @app.delete("/api/documents/<doc_id>")
    def remove(doc_id):
        document_for(caller(), doc_id)
        store.delete_document(doc_id)
        return "", 204

    return app
