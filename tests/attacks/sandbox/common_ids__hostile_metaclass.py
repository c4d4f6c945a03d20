# expects: fail; binds the name to a class whose metaclass raises at every touch
class Meta(type):
    def __call__(cls, *args, **keywords):
        raise SystemExit(0)

    def __getattribute__(cls, name):
        raise SystemExit(0)

    def __eq__(cls, other):
        raise SystemExit(0)

    def __bool__(cls):
        raise SystemExit(0)

    __hash__ = None


class common_ids(metaclass=Meta):
    pass
