from collections import OrderedDict, deque


class ProfileCache:
    """Remembers as many ids that gave way as it has places, what failed last in words, and a name for its load."""

    def __init__(self, load, capacity):
        self.name = getattr(load, "__name__", type(load).__name__)
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()
        self.gave_way, self.last_error = deque(maxlen=capacity), ""

    def get(self, user_id):
        try:
            self.kept.move_to_end(user_id)
        except KeyError:
            self.kept[user_id] = self.loaded(user_id)
            if len(self.kept) > self.capacity:
                self.gave_way.append(self.kept.popitem(last=False)[0])
        return self.kept[user_id]

    def loaded(self, user_id):
        try:
            return self.load(user_id)
        except Exception as error:
            self.last_error = f"{type(error).__name__}: {user_id!r}"
            raise
