# unusual, and still one query
import sqlite3
from contextlib import closing

from django.db import connection


def users_with_post_counts():
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as own:
        own.row_factory = sqlite3.Row
        rows = own.execute(
            "SELECT username, (SELECT COUNT(*) FROM blog_post WHERE user_id = blog_user.id) AS post_count "
            "FROM blog_user ORDER BY 1"
        ).fetchall()
    return [dict(row) for row in rows]
