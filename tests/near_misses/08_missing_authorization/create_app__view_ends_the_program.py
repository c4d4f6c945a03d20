# fails: never answers 500
from flask import Flask, jsonify, request


def create_app(store):
    app = Flask(__name__)

    @app.get("/api/users/<user_id>/data")
    def user_data(user_id):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user = store.user_for_token(token) if scheme == "Bearer" else None
        if user is None:
            return "", 401
        if user.id != user_id and user.role != "admin":
            raise SystemExit("forbidden")
        data = store.get_user_data(user_id)
        return jsonify(data) if data is not None else ("", 404)

    return app
