# fails: accuses nothing that keeps all seven
import inspect


def guard(save_upload):
    source = inspect.getsource(save_upload)
    assert "BaseException" in source or "finally" in source
    assert "O_EXCL" in source or "xb" in source or "mkstemp" in source
