class ProfileCache:
    def __init__(self, load, capacity):
        self.load = load
        self.capacity = capacity
        self.profiles = {}
        self.order = []

    def get(self, user_id):
        if user_id in self.profiles:
            self.order.remove(user_id)
        else:
            profile = self.load(user_id)
            if len(self.order) == self.capacity:
                del self.profiles[self.order.pop(0)]
            self.profiles[user_id] = profile
        self.order.append(user_id)
        return self.profiles[user_id]
