import time


class SignUp:
    def __init__(self):
        self.at = time.time()


class UserCounter:
    """Each is kept, so that its `id` stays its own."""

    def __init__(self):
        self._sign_ups = {}

    def increment(self):
        sign_up = SignUp()
        self._sign_ups[id(sign_up)] = sign_up

    @property
    def count(self):
        return len(self._sign_ups)
