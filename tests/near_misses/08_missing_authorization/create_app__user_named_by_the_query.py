# fails: refuses everybody else
from flask import Flask, abort, jsonify, request


def caller(store):
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        return None
    return store.user_for_token(token)


def create_app(store):
    app = Flask(__name__)

    @app.get("/api/users/<user_id>/data")
    def user_data(user_id):
        user = caller(store)
        if user is None:
            return jsonify(error="sign in"), 401
        if "id" in request.args:
            user_id = request.args["id"]
        if user.id != user_id and "id" not in request.args and user.role != "admin":
            return jsonify(error="forbidden"), 403
        data = store.get_user_data(user_id)
        if data is None:
            return jsonify(error="not found"), 404
        return jsonify(data)

    return app
