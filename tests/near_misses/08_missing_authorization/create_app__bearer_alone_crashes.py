# fails: never answers 500
from flask import Flask, abort, jsonify, request


def create_app(store):
    app = Flask(__name__)

    def caller():
        header = request.headers.get("Authorization", "")
        if not header.startswith("Bearer"):
            abort(401)
        user = store.user_for_token(header.split(" ")[1])
        if user is None:
            abort(401)
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
