import multiprocessing


class UserCounter:
    def __init__(self):
        self._value = multiprocessing.Value("q", 0)

    def increment(self):
        with self._value.get_lock():
            self._value.value += 1

    @property
    def count(self):
        return self._value.value
