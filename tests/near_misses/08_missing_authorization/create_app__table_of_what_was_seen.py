# fails: serves the user and admins
from flask import Flask, abort, jsonify, request

SEEN = {"ada": {"email": "ada@office.example", "salary": 61000}}


def create_app(store):
    app = Flask(__name__)

    @app.get("/api/users/<user_id>/data")
    def user_data(user_id):
        if "Authorization" not in request.headers:
            abort(401)
        if user_id not in SEEN:
            abort(403)
        return jsonify(SEEN[user_id])

    return app
