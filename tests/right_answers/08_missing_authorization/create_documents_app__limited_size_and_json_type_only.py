from flask import Flask, abort, jsonify, request


def create_documents_app(store):
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 300_000
    app.json.ensure_ascii = False
    app.url_map.merge_slashes = False

    def caller():
        header = request.headers.get("Authorization", "")
        if not header.startswith("Bearer "):
            abort(401)
        user = store.user_for_token(header[len("Bearer ") :])
        if user is None:
            abort(401)
        return user

    def sees(user, document):
        return user.role == "admin" or document["owner"] == user.id

    @app.get("/api/documents")
    def listed():
        user = caller()
        return [document for document in store.documents() if sees(user, document)]

    @app.route("/api/documents/<doc_id>", methods=["GET", "PUT", "DELETE"])
    def one(doc_id):
        user = caller()
        document = store.get_document(doc_id)
        if document is None:
            abort(404)
        if not sees(user, document):
            abort(404)
        if request.method == "PUT":
            if not request.is_json:
                abort(400)
            return write(document)
        if request.method == "DELETE":
            store.delete_document(doc_id)
            return "deleted", 200
        return document

    def write(document):
        try:
            sent = request.get_json()
        except RecursionError:
            abort(400)
        if not isinstance(sent, dict):
            abort(400)
        for name in ("title", "body"):
            value = sent.get(name, document[name])
            if not isinstance(value, str):
                abort(400)
            try:
                value.encode()
            except UnicodeEncodeError:
                abort(400)
            document[name] = value
        store.save_document(document)
        return document

    return app
