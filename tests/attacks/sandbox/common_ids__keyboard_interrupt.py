# expects: fail; raises what nobody catches
class Quiet(BaseException):
    def __str__(self):
        raise KeyboardInterrupt


def common_ids(left, right):
    raise Quiet
