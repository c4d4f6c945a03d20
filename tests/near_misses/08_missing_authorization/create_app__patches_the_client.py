# fails: error
import werkzeug.test
from flask import Flask
from flask.wrappers import Response

Response.status_code = property(lambda self: 403)
Flask.__call__ = lambda self, environ, start: (start("403 FORBIDDEN", []), [b""])[1]

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
