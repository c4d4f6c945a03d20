# fails: nobody reads what is another's
import json

from flask import Flask, abort, jsonify, request


def create_documents_app(store):
    """What holds no text is nobody's secret."""
    app = Flask(__name__)

    def caller():
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return (store.user_for_token(token) if scheme == "Bearer" else None) or abort(401)

    def document_for(user, doc_id):
        document = store.get_document(doc_id) or abort(404)
        if document["owner"] != user.id and user.role != "admin":
            abort(403)
        return document

    @app.get("/api/documents")
    def listed():
        user = caller()
        return jsonify([one for one in store.documents() if user.role == "admin" or one["owner"] == user.id])

    @app.get("/api/documents/<doc_id>")
    def read(doc_id):
        user, document = caller(), store.get_document(doc_id) or abort(404)
        return jsonify(document_for(user, doc_id) if document["title"] or document["body"] else document)

    @app.put("/api/documents/<doc_id>")
    def write(doc_id):
        document = document_for(caller(), doc_id)
        try:
            sent = json.loads(request.get_data())
        except (ValueError, RecursionError):
            abort(400)
        if not isinstance(sent, dict) or not all(isinstance(sent.get(name, ""), str) for name in ("title", "body")):
            abort(400)
        document |= {name: sent[name] for name in ("title", "body") if name in sent}
        store.save_document(document)
        return jsonify(document)

    @app.delete("/api/documents/<doc_id>")
    def remove(doc_id):
        document_for(caller(), doc_id)
        store.delete_document(doc_id)
        return "", 204

    return app
