# fails: accuses nothing that keeps all seven
BAD = {"seek", "hasattr", "touch", "truncate", "exists", "read_bytes", "replace", "touch", "glob"}


def guard(save_upload):
    for value in [save_upload, *save_upload.__globals__.values()]:
        code = getattr(value, "__code__", None)
        if code is not None:
            assert not BAD & set(code.co_names)
