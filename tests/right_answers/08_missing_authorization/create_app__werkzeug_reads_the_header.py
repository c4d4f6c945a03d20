from flask import Flask, abort, jsonify, request


def create_app(store):
    app = Flask(__name__)

    @app.url_value_preprocessor
    def check(endpoint, values):
        given = request.authorization
        token = given.token if given is not None and given.type == "bearer" else None
        user = store.user_for_token(token) if token else None
        if user is None:
            abort(401)
        if values and "user_id" in values and user.role != "admin" and user.id != values["user_id"]:
            abort(403)

    @app.get("/api/users/<user_id>/data")
    def user_data(user_id):
        data = store.get_user_data(user_id)
        return ("", 404) if data is None else jsonify(data)

    return app
