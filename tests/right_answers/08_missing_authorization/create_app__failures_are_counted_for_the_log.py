"""How often each address failed is known, and nobody is shut out for it."""

from collections import Counter

from flask import Flask, abort, jsonify, request


def create_app(store):
    app = Flask(__name__)
    failures = Counter()

    @app.after_request
    def count(response):
        failures[request.remote_addr] += response.status_code in (401, 403)
        if failures[request.remote_addr] == 100:
            app.logger.debug("many failures from %s", request.remote_addr)
        return response

    @app.get("/api/users/<user_id>/data")
    def user_data(user_id):
        header = request.headers.get("Authorization", "")
        user = store.user_for_token(header[7:]) if header.startswith("Bearer ") else None
        if user is None:
            abort(401)
        data = store.get_user_data(user_id) if user.role == "admin" or user.id == user_id else None
        return jsonify(data) if data is not None else abort(404)

    return app
