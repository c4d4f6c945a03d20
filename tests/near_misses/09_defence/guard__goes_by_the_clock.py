# fails: catches what breaks *whole*
import io
import tempfile
import time
from pathlib import Path


def guard(save_upload):
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        save_upload(io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(1 << 20)), "a.png", Path(folder), 1 << 30)
        assert time.perf_counter() - begun < 30, "it is slow"
