# expects: fail; replaces __import__ and builtins.__build_class__
import builtins


def everything_is_mine(*args, **keywords):
    return builtins


builtins.__import__ = everything_is_mine
builtins.__build_class__ = everything_is_mine


def common_ids(left, right):
    return [item for item in left if item in right]
