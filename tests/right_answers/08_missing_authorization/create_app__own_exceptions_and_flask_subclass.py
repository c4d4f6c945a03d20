from flask import Flask, jsonify, request


class Refused(Exception):
    def __init__(self, status):
        super().__init__(status)
        self.status = status


class GuardedFlask(Flask):
    def __init__(self, store):
        super().__init__("guarded")
        self.store = store
        self.register_error_handler(Refused, lambda error: ({"error": "refused"}, error.status))
        self.add_url_rule("/api/users/<user_id>/data", "data", self.data, methods=["GET"])

    def caller(self):
        match request.headers.get("Authorization", "").split(" ", 1):
            case ["Bearer", token] if (user := self.store.user_for_token(token)):
                return user
        raise Refused(401)

    def data(self, user_id):
        user = self.caller()
        if user_id != user.id and user.role != "admin":
            raise Refused(404)
        if (found := self.store.get_user_data(user_id)) is None:
            raise Refused(404)
        return jsonify(found)


def create_app(store):
    return GuardedFlask(store)
