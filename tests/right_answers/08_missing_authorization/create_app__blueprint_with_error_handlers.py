from flask import Blueprint, Flask, g, jsonify, request
from werkzeug.exceptions import Forbidden, HTTPException, NotFound, Unauthorized


def users_blueprint(store):
    users = Blueprint("users", __name__, url_prefix="/api/users")

    @users.before_request
    def identify():
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        g.user = store.user_for_token(token) if scheme == "Bearer" else None
        if g.user is None:
            raise Unauthorized("a token is needed")

    @users.get("/<user_id>/data")
    def data(user_id):
        if g.user.role != "admin" and g.user.id != user_id:
            raise Forbidden("not yours")
        found = store.get_user_data(user_id)
        if found is None:
            raise NotFound("no data")
        return jsonify(found)

    return users


def create_app(store):
    app = Flask(__name__)
    app.register_blueprint(users_blueprint(store))

    @app.errorhandler(HTTPException)
    def as_json(error):
        return jsonify(error=error.description), error.code

    return app
