from flask import Flask, abort, jsonify, request


def create_app(store):
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024

    def current_user():
        parts = request.headers.get("Authorization", "").split(" ")
        if len(parts) != 2 or parts[0] != "Bearer":
            return None
        return store.user_for_token(parts[1])

    @app.get("/api/users/<user_id>/data")
    def show(user_id):
        user = current_user()
        if not user:
            return {"error": "unauthorized"}, 401
        if user.role == "admin":
            data = store.get_user_data(user_id)
            if data is None:
                return {"error": "not found"}, 404
        elif user.id == user_id:
            data = store.get_user_data(user.id)
        else:
            return {"error": "forbidden"}, 403
        response = jsonify(data)
        response.add_etag()
        return response.make_conditional(request)

    return app
