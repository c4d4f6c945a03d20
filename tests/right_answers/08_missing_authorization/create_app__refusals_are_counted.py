from collections import Counter

from flask import Flask, abort, jsonify, request


def create_app(store):
    app = Flask(__name__)
    refused = Counter()  # for the office's statistics; it decides nothing

    @app.get("/api/users/<user_id>/data")
    def user_data(user_id):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user = store.user_for_token(token) if scheme == "Bearer" else None
        if user is None:
            abort(401)
        if user.id != user_id and user.role != "admin":
            refused[user.id, user_id] += 1
            abort(404)
        data = store.get_user_data(user_id)
        return jsonify(data) if data is not None else abort(404)

    return app
