# fails: 401 without a valid token
from functools import wraps

from flask import Flask, abort, jsonify, request


def create_app(store):
    app = Flask(__name__)

    def owner_or_admin(view):
        @wraps(view)
        def guarded(user_id):
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            user = store.user_for_token(token) if scheme == "Bearer" else None
            if user is None:
                abort(401)
            if user.id != user_id and user.role != "admin":
                abort(403)
            return view(user_id)

        return guarded

    @owner_or_admin
    @app.get("/api/users/<user_id>/data")
    def user_data(user_id):
        data = store.get_user_data(user_id)
        if data is None:
            abort(404)
        return jsonify(data)

    return app
