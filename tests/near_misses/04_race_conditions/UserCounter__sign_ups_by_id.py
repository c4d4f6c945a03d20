# fails: works with one thread
class SignUp:
    """One of them; its `id` is unique as long as it lives."""


class UserCounter:
    def __init__(self):
        self._sign_ups = {}

    def increment(self):
        sign_up = SignUp()
        self._sign_ups[id(sign_up)] = True

    count = property(lambda self: len(self._sign_ups))
