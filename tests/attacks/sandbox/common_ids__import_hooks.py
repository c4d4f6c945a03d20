# expects: fail; puts itself in front of every later import
import sys
import types


class Mine(types.ModuleType):
    def __getattr__(self, name):
        return lambda *args, **keywords: True


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        sys.modules[name] = Mine(name)
        return None


sys.meta_path[:] = [Finder]
sys.path_hooks[:] = []
sys.path_importer_cache.clear()
for name in list(sys.modules):
    if name not in ("sys", "builtins", __name__):
        sys.modules[name] = Mine(name)


def common_ids(left, right):
    return [item for item in left if item in right]
