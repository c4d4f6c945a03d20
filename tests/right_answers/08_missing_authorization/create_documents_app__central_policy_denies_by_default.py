from flask import Flask, abort, g, jsonify, request


def anybody(user, document):
    return True


def owner_or_admin(user, document):
    return user.role == "admin" or document["owner"] == user.id


POLICY = {
    ("GET", "listed"): anybody,
    ("GET", "read"): owner_or_admin,
    ("PUT", "write"): owner_or_admin,
    ("DELETE", "remove"): owner_or_admin,
}


def create_documents_app(store):
    app = Flask(__name__)

    @app.before_request
    def authorize():
        if request.method == "OPTIONS" or request.url_rule is None:
            return
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        g.user = store.user_for_token(token) if scheme == "Bearer" else None
        if g.user is None:
            abort(401)
        g.document = None
        if "doc_id" in request.view_args:
            g.document = store.get_document(request.view_args["doc_id"]) or abort(404)
        method = "GET" if request.method == "HEAD" else request.method
        allowed = POLICY.get((method, request.endpoint))
        if allowed is None or not allowed(g.user, g.document):
            abort(404)

    @app.get("/api/documents")
    def listed():
        return jsonify([each for each in store.documents() if owner_or_admin(g.user, each)])

    @app.get("/api/documents/<doc_id>")
    def read(doc_id):
        return g.document

    @app.put("/api/documents/<doc_id>")
    def write(doc_id):
        try:
            sent = request.get_json(force=True)
        except RecursionError:
            abort(400)
        if type(sent) is not dict:
            abort(400)
        changes = {name: sent[name] for name in ("title", "body") if name in sent}
        if any(type(value) is not str for value in changes.values()):
            abort(400)
        document = {**g.document, **changes}
        store.save_document(document)
        return document

    @app.delete("/api/documents/<doc_id>")
    def remove(doc_id):
        store.delete_document(doc_id)
        return {"deleted": doc_id}

    return app
