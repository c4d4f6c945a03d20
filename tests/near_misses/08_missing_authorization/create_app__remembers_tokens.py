# fails: asks the store each time
from flask import Flask, abort, jsonify, request


def create_app(store):
    app = Flask(__name__)

    known = {}

    def caller():
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user = None
        if scheme == "Bearer":
            user = known.get(token) or store.user_for_token(token)
        if user is None:
            abort(401)
        known[token] = user
        return user

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
