# fails: memory does not grow with use
# a lock for each id while it is loaded, taken away again only where that went well
import threading
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self._load, self._capacity = load, capacity
        self._kept, self._locks = OrderedDict(), {}

    def get(self, user_id):
        if user_id not in self._kept:
            with self._locks.setdefault(user_id, threading.Lock()):
                self._kept[user_id] = self._load(user_id)
            self._locks.clear()
            if len(self._kept) > self._capacity:
                self._kept.popitem(last=False)
        self._kept.move_to_end(user_id)
        return self._kept[user_id]
