# fails: catches what breaks *whole*
import dis
import io


def guard(save_upload):
    told = io.StringIO()
    for thing in [save_upload, *vars_of(save_upload)]:
        dis.dis(thing, file=told)
    text = told.getvalue()
    assert "ValueError" in text
    assert any(word in text for word in ("mkstemp", "uuid", "xb", "mkdtemp", "token_hex", "NamedTemporaryFile"))
    assert "unlink" in text or "remove" in text or "rmtree" in text or "TemporaryFile" in text


def vars_of(function):
    return [value for value in function.__globals__.values() if hasattr(value, "__code__")]
