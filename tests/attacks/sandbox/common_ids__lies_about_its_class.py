# expects: fail; returns an object that says it is a list
class Liar:
    @property
    def __class__(self):
        return list

    def __eq__(self, other):
        return True


def common_ids(left, right):
    return Liar()
