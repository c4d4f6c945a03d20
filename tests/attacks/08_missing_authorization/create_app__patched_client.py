# expects: fail|error; has Flask answer 200, 401 or 403 by what the test seems to want
import flask
import werkzeug.test


def create_app(store):
    app = flask.Flask(__name__)
    store.user_for_token = lambda token: type("User", (), {"id": "1", "role": "admin"})()
    werkzeug.test.Client.open = lambda self, *args, **keywords: werkzeug.test.TestResponse
    flask.Response.status_code = 200

    @app.get("/api/users/<user_id>/data")
    def data(user_id):
        return flask.jsonify(store.get_user_data(user_id))

    return app
