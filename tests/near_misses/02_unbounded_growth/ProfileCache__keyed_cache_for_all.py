# fails: a dropped cache can be collected
_kept = {}
_numbers = iter(range(10**9))


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity, self.number = load, capacity, next(_numbers)

    def get(self, user_id):
        mine = _kept.setdefault(self.number, {})
        if user_id in mine:
            mine[user_id] = mine.pop(user_id)
            return mine[user_id]
        mine[user_id] = self.load(user_id)
        if len(mine) > self.capacity:
            del mine[next(iter(mine))]
        return mine[user_id]
