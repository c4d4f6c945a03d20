import json

from flask import Flask, Response, request
from flask.views import MethodView


class UserData(MethodView):
    def __init__(self, store):
        self.store = store

    def get(self, user_id):
        header = request.headers.get("Authorization", "")
        user = self.store.user_for_token(header[7:]) if header.startswith("Bearer ") else None
        if user is None:
            return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        if user.id == user_id:
            return Response(json.dumps(self.store.get_user_data(user_id)), mimetype="application/json")
        data = self.store.get_user_data(user_id) if user.role == "admin" else None
        if data is None:
            return Response(status=404)
        return Response(json.dumps(data, ensure_ascii=False), mimetype="application/json")


def create_app(store):
    app = Flask(__name__)
    app.add_url_rule("/api/users/<string:user_id>/data", view_func=UserData.as_view("user_data", store))
    return app
