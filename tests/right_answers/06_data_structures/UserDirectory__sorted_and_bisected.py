import bisect


class UserDirectory:
    def __init__(self, users):
        ordered = sorted(enumerate(users), key=lambda pair: (pair[1]["email"], pair[0]))
        self._emails = [user["email"] for _, user in ordered]
        self._users = [user for _, user in ordered]

    def find_by_email(self, email):
        at = bisect.bisect_left(self._emails, email)
        if at < len(self._emails) and self._emails[at] == email:
            return self._users[at]
        return None

    def add(self, user):
        at = bisect.bisect_right(self._emails, user["email"])
        self._emails.insert(at, user["email"])
        self._users.insert(at, user)
