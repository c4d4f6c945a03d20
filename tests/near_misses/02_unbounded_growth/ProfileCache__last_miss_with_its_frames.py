# fails: no other profile is kept alive
class ProfileCache:
    """What tells that there is nothing yet is kept, with the frames that it came through."""

    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, {}
        self.last_miss = None

    def get(self, user_id):
        try:
            profile = self.kept.pop(user_id)
        except KeyError as miss:
            profile = self.load(user_id)
            self.last_miss = miss
            if len(self.kept) == self.capacity:
                del self.kept[next(iter(self.kept))]
        self.kept[user_id] = profile
        return profile
