# fails: a lookup's work does not grow
class UserDirectory:
    def __init__(self, users):
        self.users = list(users)

    def find_by_email(self, email):
        import bisect
        ordered = sorted(self.users, key=lambda user: user["email"])
        at = bisect.bisect_left([user["email"] for user in ordered], email)
        if at < len(ordered) and ordered[at]["email"] == email:
            return ordered[at]
        return None

    def add(self, user):
        self.users.append(user)
