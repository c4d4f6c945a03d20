import json

from flask import Flask, jsonify, request


class Problem(Exception):
    def __init__(self, status, text=""):
        super().__init__(text)
        self.status = status


class Documents:
    def __init__(self, store, user):
        self.store, self.user = store, user

    def owned(self, document):
        return self.user.role == "admin" or document["owner"] == self.user.id

    def all(self):
        return [d for d in self.store.documents() if self.owned(d)]

    def one(self, doc_id):
        document = self.store.get_document(doc_id)
        if document is None or not self.owned(document):
            raise Problem(404, f"no document {doc_id}")
        return document

    def change(self, doc_id, raw):
        document = self.one(doc_id)
        try:
            sent = json.loads(raw.decode("utf-8"), parse_constant=lambda name: None)
        except (ValueError, RecursionError):
            raise Problem(400, "not JSON") from None
        if type(sent) is not dict:
            raise Problem(400, "an object is wanted")
        unknown = set(sent) - {"title", "body"}
        if unknown:
            raise Problem(400, "unknown keys")
        if any(type(value) is not str for value in sent.values()):
            raise Problem(400, "texts are wanted")
        self.store.save_document(document | sent)
        return document | sent

    def remove(self, doc_id):
        document = self.one(doc_id)
        self.store.delete_document(document["id"])
        return document


def create_documents_app(store):
    app = Flask(__name__)
    count = {"requests": 0}

    def service():
        scheme, blank, token = request.headers.get("Authorization", "").partition(" ")
        user = store.user_for_token(token) if (scheme, blank) == ("Bearer", " ") else None
        if user is None:
            raise Problem(401, "sign in")
        return Documents(store, user)

    @app.after_request
    def number(response):
        count["requests"] += 1
        response.headers["X-Request-Number"] = str(count["requests"])
        return response

    @app.errorhandler(Problem)
    def problem(error):
        return jsonify(error=str(error)), error.status

    @app.route("/api/documents")
    def index():
        return jsonify(sorted(service().all(), key=lambda d: d["id"]))

    @app.route("/api/documents/<doc_id>", methods=["GET", "PUT", "DELETE"])
    def single(doc_id):
        documents = service()
        if request.method == "PUT":
            return jsonify(documents.change(doc_id, request.get_data()))
        if request.method == "DELETE":
            return jsonify(documents.remove(doc_id))
        return jsonify(documents.one(doc_id))

    return app
