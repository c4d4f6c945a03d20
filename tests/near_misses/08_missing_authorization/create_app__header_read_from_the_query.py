# fails: 401 without a valid token
from flask import Flask, abort, jsonify, request


def create_app(store):
    app = Flask(__name__)

    def caller():
        scheme, _, token = (request.headers.get("Authorization") or request.args.get("Authorization", "")).partition(" ")
        user = store.user_for_token(token) if scheme == "Bearer" and token else None
        return user or abort(401)

    @app.get("/api/users/<user_id>/data")
    def user_data(user_id):
        user = caller()
        if user.id != user_id and user.role != "admin":
            abort(403)
        data = store.get_user_data(user_id)
        if data is None:
            abort(404)
        return jsonify(data)

    return app
