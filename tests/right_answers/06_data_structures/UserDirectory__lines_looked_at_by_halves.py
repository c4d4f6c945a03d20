class UserDirectory:
    """Keys in order in one run of bytes, with a place for each; what is new waits in a dict until there is as much."""

    def __init__(self, users):
        self.users, self.places, self.view, self.new = {}, [0], memoryview(b""), {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        if email in self.new:
            return self.new[email]
        key, low, high = email.encode(), 0, len(self.places) - 1
        while low < high:
            middle = (low + high) // 2
            found = self.view[self.places[middle] :][: self.places[middle + 1] - self.places[middle]].tobytes()
            if found == key:
                return self.users[key]
            low, high = (middle + 1, high) if found < key else (low, middle)
        return None

    def add(self, user):
        if self.find_by_email(user["email"]) is not None:
            return
        self.new[user["email"]] = user
        if len(self.new) > len(self.users):
            self.users.update((email.encode(), one) for email, one in self.new.items())
            keys, self.new, self.places = sorted(self.users), {}, [0]
            for key in keys:
                self.places.append(self.places[-1] + len(key))
            self.view = memoryview(b"".join(keys))
