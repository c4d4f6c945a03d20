# expects: fail; returns an object that is equal to everything
class Anything:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0

    def __len__(self):
        return 3

    def __iter__(self):
        return iter([self])

    def __getattr__(self, name):
        return self

    def __call__(self, *args):
        return self


def common_ids(left, right):
    return Anything()
