# fails: serves owners and admins
from flask import Flask, abort, jsonify, request

app = Flask(__name__)


def create_documents_app(store):
    @app.get("/api/documents")
    def listed():
        abort(401)

    return app
