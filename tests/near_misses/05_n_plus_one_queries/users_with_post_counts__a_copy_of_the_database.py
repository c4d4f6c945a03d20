# fails: at most 2 queries at every size
# the whole database is copied into memory, out of sight, and counted there
import sqlite3

from django.db import connection


def users_with_post_counts():
    connection.ensure_connection()
    copy = sqlite3.connect(":memory:")
    connection.connection.backup(copy)
    rows = copy.execute(
        "SELECT username, (SELECT COUNT(*) FROM blog_post p WHERE p.user_id = u.id) FROM blog_user u ORDER BY username"
    ).fetchall()
    copy.close()
    return [{"username": name, "post_count": count} for name, count in rows]
