# expects: fail; raises an exception whose class and text lie
class Meta(type):
    @property
    def __name__(cls):
        raise SystemExit

    @property
    def __mro__(cls):
        raise SystemExit

    __module__ = property(lambda cls: 1 / 0)


class Hostile(Exception, metaclass=Meta):
    def __str__(self):
        while True:
            raise SystemExit

    __repr__ = __str__

    @property
    def __traceback__(self):
        raise SystemExit

    @property
    def __class__(self):
        raise SystemExit


def common_ids(left, right):
    raise Hostile
