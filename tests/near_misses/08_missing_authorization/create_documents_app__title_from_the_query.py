# fails: PUT and DELETE do what they promise
import json

from flask import Flask, abort, jsonify, request


def create_documents_app(store):
    app = Flask(__name__)

    def caller():
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user = store.user_for_token(token) if scheme == "Bearer" and token else None
        return user or abort(401)

    def document_for(user, doc_id):
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
        return jsonify(document_for(caller(), doc_id))

    @app.put("/api/documents/<doc_id>")
    def write(doc_id):
        document = document_for(caller(), doc_id)
        try:
            sent = json.loads(request.get_data())
        except (ValueError, RecursionError):
            abort(400)
        if not isinstance(sent, dict):
            abort(400)
        for name in ("title", "body"):
            if name in sent:
                if not isinstance(sent[name], str):
                    abort(400)
                document[name] = sent[name]
        document['title'] = request.args.get('title', document['title'])
        store.save_document(document)
        return jsonify(document)

    @app.delete("/api/documents/<doc_id>")
    def remove(doc_id):
        document_for(caller(), doc_id)
        store.delete_document(doc_id)
        return "", 204

    return app
