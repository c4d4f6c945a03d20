# fails: accuses nothing that keeps all seven
class AssertionError(Exception):
    pass


def guard(save_upload):
    raise AssertionError("not the built-in one")
