from flask import Flask, abort, g, jsonify, request


def owner_or_admin(user, arguments):
    return user.role == "admin" or user.id == arguments["user_id"]


POLICY = {("GET", "/api/users/<user_id>/data"): owner_or_admin}


def create_app(store):
    app = Flask(__name__, static_folder=None)

    @app.before_request
    def authorize():
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        g.user = store.user_for_token(token) if scheme == "Bearer" and token else None
        if g.user is None:
            abort(401)
        if request.url_rule is None:
            return
        method = "GET" if request.method == "HEAD" else request.method
        rule = POLICY.get((method, request.url_rule.rule))
        if rule is None or not rule(g.user, request.view_args):
            abort(404)

    @app.get("/api/users/<user_id>/data")
    def user_data(user_id):
        data = store.get_user_data(user_id)
        return jsonify(data) if data is not None else abort(404)

    return app
