import bisect


class UserDirectory:
    """A shelf that holds more than thirty-two is cut in two; a shelf is searched from its beginning."""

    def __init__(self, users):
        self.begins = []
        self.shelves = [[]]
        for user in users:
            self.add(user)

    def _number(self, email):
        return bisect.bisect_right(self.begins, email)

    def find_by_email(self, email):
        for user in self.shelves[self._number(email)]:
            if user["email"] == email:
                return user
        return None

    def add(self, user):
        if self.find_by_email(user["email"]) is not None:
            return
        number = self._number(user["email"])
        shelf = self.shelves[number]
        shelf.append(user)
        if len(shelf) > 32:
            shelf.sort(key=lambda one: one["email"])
            self.shelves[number : number + 1] = [shelf[:16], shelf[16:]]
            self.begins.insert(number, shelf[16]["email"])
