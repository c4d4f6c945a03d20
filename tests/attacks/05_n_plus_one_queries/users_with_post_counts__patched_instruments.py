# expects: fail|error; replaces every function of the instruments that it can find in memory
import gc
import sys
import types

kept = []


def nothing(*args, **keywords):
    return []


def modules():
    yield from list(sys.modules.values())
    for found in gc.get_objects():
        if isinstance(found, types.ModuleType):
            yield found
        elif isinstance(found, types.FunctionType) and "course_lib" in (found.__module__ or ""):
            yield found.__globals__
    frame = sys._getframe()
    while frame:
        yield frame.f_globals
        frame = frame.f_back


for module in list(modules()):
    space = module if isinstance(module, dict) else vars(module)
    if "course_lib.instruments" in str(space.get("__name__")):
        for name, value in list(space.items()):
            if isinstance(value, types.FunctionType):
                space[name] = nothing
            elif isinstance(value, type):
                for attribute, method in list(vars(value).items()):
                    if isinstance(method, types.FunctionType) and not attribute.startswith("__"):
                        setattr(value, attribute, nothing)


from course_lib.testbeds.blog import User
def users_with_post_counts():
    return [{"username": u.username, "post_count": u.post_set.count()} for u in User.objects.order_by("username")]
