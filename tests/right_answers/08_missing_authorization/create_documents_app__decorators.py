from functools import wraps

from flask import Flask, Response, jsonify, request


def create_documents_app(store):
    app = Flask(__name__)

    def signed_in(view):
        @wraps(view)
        def guarded(**arguments):
            header = request.headers.get("Authorization") or ""
            token = header.removeprefix("Bearer ") if header.startswith("Bearer ") else None
            user = store.user_for_token(token) if token else None
            if user is None:
                return jsonify(error="unauthorized"), 401
            return view(user, **arguments)

        return guarded

    def with_document(view):
        @wraps(view)
        @signed_in
        def guarded(user, doc_id):
            document = store.get_document(doc_id)
            if document is None or (user.role != "admin" and document["owner"] != user.id):
                return jsonify(error=f"there is no document {doc_id}"), 404
            return view(document)

        return guarded

    @app.route("/api/documents", endpoint="all")
    @signed_in
    def everything(user):
        found = store.documents()
        if user.role != "admin":
            found = list(filter(lambda document: document["owner"] == user.id, found))
        return jsonify(found[::-1])

    @app.route("/api/documents/<path:doc_id>".replace("path:", ""), endpoint="one")
    @with_document
    def one(document):
        return jsonify(document)

    @app.route("/api/documents/<doc_id>", methods=["PUT"], endpoint="change")
    @with_document
    def change(document):
        try:
            sent = request.get_json(silent=True)
        except RecursionError:
            sent = None
        if not isinstance(sent, dict) or set(sent) - {"title", "body"}:
            return jsonify(error="title and body only"), 400
        if not all(isinstance(value, str) for value in sent.values()):
            return jsonify(error="texts only"), 400
        store.save_document(document | sent)
        return jsonify(store.get_document(document["id"]))

    @app.route("/api/documents/<doc_id>", methods=["DELETE"], endpoint="drop")
    @with_document
    def drop(document):
        store.delete_document(document["id"])
        return Response(status=204)

    return app
