# fails: a lookup's work does not grow
import sqlite3


class UserDirectory:
    def __init__(self, users):
        self._users = []
        self._db = sqlite3.connect(":memory:")
        self._db.execute("create table users(position integer primary key, email text not null)")
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        query = "select position from users where email = ? order by position limit 1"
        row = self._db.execute(query, (str(email),)).fetchone()
        return self._users[row[0]] if row else None

    def add(self, user):
        self._db.execute("insert into users values (?, ?)", (len(self._users), str(user["email"])))
        self._users.append(user)
