# fails: 401 without a valid token
from flask import Flask, abort, jsonify, request


def caller(store):
    import re

    m = re.match(r"Bearer ([A-Za-z0-9_-]+)", request.headers.get("Authorization", ""))
    token = m[1] if m else ""
    return store.user_for_token(token)


def create_app(store):
    app = Flask(__name__)

    @app.get("/api/users/<user_id>/data")
    def user_data(user_id):
        user = caller(store)
        if user is None:
            return jsonify(error="sign in"), 401
        if user.id != user_id and user.role != "admin":
            return jsonify(error="forbidden"), 403
        data = store.get_user_data(user_id)
        if data is None:
            return jsonify(error="not found"), 404
        return jsonify(data)

    return app
