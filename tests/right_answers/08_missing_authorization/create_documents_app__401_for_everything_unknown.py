import json

from flask import Flask, Response, g, request


def answer(content, status=200):
    return Response(json.dumps(content), status, mimetype="application/json")


def create_documents_app(store):
    app = Flask(__name__, static_folder=None)

    @app.before_request
    def identify():
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        g.user = store.user_for_token(token) if scheme == "Bearer" else None
        if g.user is None:
            return answer({"error": "unauthorized"}, 401)

    def may(document):
        return g.user.role == "admin" or g.user.id == document["owner"]

    def listed():
        return answer(sorted(filter(may, store.documents()), key=lambda document: document["id"]))

    def one(doc_id):
        document = store.get_document(doc_id)
        if document is None:
            return answer({"error": "not found"}, 404)
        if not may(document):
            return answer({"error": "forbidden"}, 403)
        return {"PUT": put, "DELETE": delete}.get(request.method, answer)(document)

    def put(document):
        raw = request.get_data()
        try:
            sent = json.loads(raw, parse_constant=float)
        except ValueError:
            return answer({"error": "no JSON"}, 400)
        except RecursionError:
            return answer({"error": "too deep"}, 400)
        match sent:
            case {"owner": _} | {"id": _}:
                return answer({"error": "fixed"}, 400)
            case dict():
                changes = {name: sent[name] for name in ("title", "body") if name in sent}
            case _:
                return answer({"error": "no object"}, 400)
        if any(not isinstance(text, str) for text in changes.values()):
            return answer({"error": "no text"}, 400)
        store.save_document({**document, **changes})
        return answer(store.get_document(document["id"]))

    def delete(document):
        store.delete_document(document["id"])
        return Response(status=204)

    app.add_url_rule("/api/documents", view_func=listed)
    app.add_url_rule("/api/documents/<doc_id>", view_func=one, methods=["GET", "PUT", "DELETE"])
    return app
