"""Every route asks who, and whose."""

from functools import wraps

from flask import Flask, abort, current_app, jsonify, request


def bearer():
    parts = request.headers.get("Authorization", "").split(" ")
    return parts[1] if len(parts) == 2 and parts[0] == "Bearer" else ""


def owner_or_admin(view):
    @wraps(view)
    def guarded(user_id):
        user = current_app.config["STORE"].user_for_token(bearer())
        if not user:
            return jsonify(error="who are you?"), 401
        if user.id == user_id or user.role == "admin":
            return view(user_id)
        return jsonify(error=f"{user_id} is not you"), 403

    return guarded


def create_app(store):
    app = Flask(__name__)
    app.config["STORE"] = store

    @app.route("/api/users/<user_id>/data")
    @owner_or_admin
    def user_data(user_id):
        data = store.get_user_data(user_id)
        if data is None:
            return jsonify(error="nothing there"), 404
        return data

    return app
