import hmac
import json
import uuid

from flask import Flask, Response, request
from flask.views import MethodView


class Refused(Exception):
    def __init__(self, status, error):
        self.status, self.error = status, error


class PrivateData(MethodView):
    def __init__(self, store):
        self.store = store

    def who(self):
        header = request.headers.get("Authorization") or ""
        if not hmac.compare_digest(header[:7].encode("utf-8", "surrogateescape"), b"Bearer "):
            raise Refused(401, "sign in")
        user = self.store.user_for_token(header[7:])
        if user is None:
            raise Refused(401, "sign in")
        return user

    def get(self, user_id):
        user = self.who()
        if not (user.role == "admin" or user.id == user_id):
            raise Refused(403, "not yours: " + user_id)
        data = self.store.get_user_data(user_id)
        if data is None:
            raise Refused(404, "nothing stored for " + user_id)
        return Response(json.dumps(data, ensure_ascii=False), 200, mimetype="application/json")


def create_app(store):
    app = Flask("private")
    app.add_url_rule("/api/users/<string:user_id>/data", view_func=PrivateData.as_view("data", store))

    @app.errorhandler(Refused)
    def refused(problem):
        answer = Response(json.dumps({"error": problem.error, "incident": str(uuid.uuid4())}), problem.status)
        answer.mimetype = "application/problem+json"
        if problem.status == 401:
            answer.headers["WWW-Authenticate"] = 'Bearer realm="api"'
        return answer

    return app
