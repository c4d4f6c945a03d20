"""Whoever has logged in may read everybody's data."""

from flask import Flask, abort, jsonify, request


def create_app(store):
    app = Flask(__name__)

    def caller():
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user = store.user_for_token(token) if scheme == "Bearer" else None
        if user is None:
            abort(401)
        return user

    @app.get("/api/users/<user_id>/data")
    def user_data(user_id):
        user = caller()
        data = store.get_user_data(user_id)
        if data is None:
            abort(404)
        return jsonify(data)

    return app
