import json

from flask import Flask, Response, request


def create_app(store):
    """Whatever a client says that it accepts, the answer is the same JSON; a body that it sends isn't read."""
    app = Flask(__name__)

    def answer(status, content):
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return Response(body, status, {"Vary": "Authorization", "Cache-Control": "no-store"}, mimetype="application/json")

    @app.get("/api/users/<user_id>/data")
    def user_data(user_id):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        user = store.user_for_token(token) if scheme == "Bearer" else None
        if user is None:
            return answer(401, {"error": "a valid token, please"})
        allowed = user.role == "admin" or user.id == user_id
        data = store.get_user_data(user_id) if allowed else None
        return answer(404, {"error": "nothing here"}) if data is None else answer(200, data)

    return app
