"""Notes of several people: blueprints behind a login by session, over plain sqlite3."""

from flask import Flask

from notes.views import notes


def create_app(database, *blueprints):
    app = Flask("notes")
    app.config.update(SECRET_KEY="for tests", DATABASE=str(database))
    for blueprint in blueprints or (notes,):
        app.register_blueprint(blueprint, url_prefix=f"/{blueprint.name}")
    return app
