# fails: n times add and find grow no faster than n log n
class UserDirectory:
    def __init__(self, users):
        self.index, self.bits, self.n = {}, 0, 0
        self.places = {}
        for user in users:
            self.add(user)
    def add(self, user):
        if user["email"] not in self.index:
            self.index[user["email"]] = user
            self.places[user["email"]] = self.n
        self.bits |= 1 << self.n
        self.n += 1
    def find_by_email(self, email):
        place = self.places.get(email)
        if place is None or not self.bits >> place & 1:
            return None
        return self.index[email]
