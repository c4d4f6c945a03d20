# fails: serves the user and admins
from flask import Flask, abort, jsonify, request
def create_app(store):
    app = Flask(__name__)
    @app.get("/api/users/<user_id>/data")
    def data(user_id):
        a = request.authorization
        user = store.user_for_token(a.token) if a and a.type == "bearer" and a.token else None
        if not user: abort(401)
        if user.id != user_id and user.role != "admin": abort(403)
        d = store.get_user_data(user_id)
        if d is None: abort(404)
        return jsonify({k: v[:100] if isinstance(v, str) else v for k, v in d.items()})
    return app
