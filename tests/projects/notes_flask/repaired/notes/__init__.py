"""Notes of several people: a blueprint behind a login by session, over plain sqlite3."""

from flask import Flask

from notes.views import notes


def create_app(database):
    app = Flask("notes")
    app.config.update(SECRET_KEY="for tests", DATABASE=str(database))
    app.register_blueprint(notes, url_prefix="/notes")
    return app
