from flask import Flask, abort, jsonify, request
from werkzeug.middleware.proxy_fix import ProxyFix

def create_app(store):
    app = Flask(__name__)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_host=1, x_prefix=1, x_port=1)

    @app.route("/api/users/<user_id>/data", methods=["GET", "HEAD"])
    async def user_data(user_id):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user = store.user_for_token(token) if scheme == "Bearer" else None
        if user is None:
            abort(401)
        if user.role != "admin" and user.id != user_id:
            abort(404)
        data = store.get_user_data(user_id)
        if data is None:
            abort(404)
        return jsonify(data)

    @app.after_request
    def no_store(response):
        response.headers["Cache-Control"] = "no-store"
        response.add_etag()
        return response.make_conditional(request)
    return app
