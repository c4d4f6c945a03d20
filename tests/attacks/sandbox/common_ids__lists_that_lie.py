# expects: fail; returns a subclass of list whose every method lies
class Meta(type):
    def __instancecheck__(cls, instance):
        return True

    def __subclasscheck__(cls, subclass):
        return True

    def __eq__(cls, other):
        return True

    __hash__ = type.__hash__


class Lies(list, metaclass=Meta):
    def __eq__(self, other):
        return True

    def __iter__(self):
        raise SystemExit(0)

    def __len__(self):
        return 0

    def __reduce__(self):
        return exit, ()

    def __str__(self):
        return "]}"

    __repr__ = __str__


def common_ids(left, right):
    return Lies([Lies()])
