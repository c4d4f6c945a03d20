from flask import Flask, Response, jsonify, request


def create_app(store):
    app = Flask(__name__)
    app.url_map.strict_slashes = False

    class Gate:
        def __init__(self, inner):
            self.inner = inner

        def __call__(self, environ, start_response):
            scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
            user = store.user_for_token(token) if scheme == "Bearer" else None
            if user is None:
                return Response("no", 401)(environ, start_response)
            environ["office.user"] = user
            return self.inner(environ, start_response)

    app.wsgi_app = Gate(app.wsgi_app)

    @app.get("/api/users/<user_id>/data", provide_automatic_options=False)
    def user_data(user_id):
        user = request.environ["office.user"]
        if user.id != user_id and user.role != "admin":
            return "no", 403
        data = store.get_user_data(user_id)
        return (jsonify(data), 200) if data is not None else ("no", 404)

    return app
