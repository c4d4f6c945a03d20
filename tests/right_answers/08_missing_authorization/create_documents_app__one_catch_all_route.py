from flask import Flask, Response, request
import json, re


def create_documents_app(store):
    app = Flask("x", static_folder=None)
    @app.route("/", defaults={"path": ""}, methods=["GET","PUT","DELETE","POST","PATCH"])
    @app.route("/<path:path>", methods=["GET","PUT","DELETE","POST","PATCH"])
    def everything(path):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user = store.user_for_token(token) if scheme == "Bearer" else None
        if user is None:
            return "", 401
        if path == "api/documents":
            if request.method not in ("GET", "HEAD"):
                return "", 405
            return json.dumps([d for d in store.documents() if user.role == "admin" or d["owner"] == user.id])
        found = re.fullmatch(r"api/documents/([^/]+)", path, re.S)
        if not found:
            return "", 404
        if request.method not in ("GET", "HEAD", "PUT", "DELETE"):
            return "", 405
        document = store.get_document(found[1])
        if document is None:
            return "", 404
        if user.role != "admin" and document["owner"] != user.id:
            return "", 403
        if request.method == "DELETE":
            store.delete_document(found[1])
            return "ok"
        if request.method == "PUT":
            try:
                sent = json.loads(request.data)
                new = {k: sent.get(k, document[k]) for k in ("title", "body")}
                if not all(isinstance(v, str) for v in new.values()):
                    raise TypeError
            except (ValueError, RecursionError, TypeError, AttributeError):
                return "", 400
            document.update(new)
            store.save_document(document)
        return json.dumps(document)
    return app
