import re
import time

from flask import Flask, abort, g, jsonify, request

BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]+)", re.ASCII)


def create_app(store):
    app = Flask(__name__, static_folder=None)
    app.json.sort_keys = False

    @app.before_request
    def authenticate():
        g.began = time.time()
        match = BEARER.fullmatch(request.headers.get("Authorization", ""))
        g.user = match and store.user_for_token(match.group(1))
        if not g.user:
            abort(401)

    @app.after_request
    def headers(response):
        response.headers["X-Took"] = f"{time.time() - g.get('began', 0):.6f}"
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @app.route("/api/users/<user_id>/data", methods=["GET"])
    def data(user_id):
        if g.user.role != "admin" and g.user.id != user_id:
            abort(404)
        found = store.get_user_data(user_id)
        if found is None:
            abort(404)
        return jsonify(found)

    return app
