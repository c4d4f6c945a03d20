"""One small function a clause, each given a fresh folder; what a candidate raises of its own is turned into a catch."""

import os
import tempfile
import threading
import tracemalloc
from io import BytesIO
from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n"
BIG = 1 << 30


class Source(BytesIO):
    closes = 0

    def close(self):
        self.closes += 1


class Trickle(Source):
    def read(self, n):
        return super().read(min(n, 3))


class OnlyRead:
    """Whatever else is asked of it, the test ends."""

    def __init__(self, data):
        self._inner = BytesIO(data)

    def read(self, n, /):
        assert 0 < n <= 65_536, f"{n} bytes were asked for"
        return self._inner.read(n)


class Failing(Source):
    def __init__(self, data, error):
        super().__init__(data)
        self.error = error

    def read(self, n):
        if self.tell() > 0:
            raise self.error
        return super().read(min(n, 100))


def snapshot(folder):
    return sorted((str(one), one.stat().st_size if one.is_file() else -1) for one in folder.rglob("*"))


def test_bytes_are_kept(save, folder):
    for data in (PNG, PNG + b"\r\n\0\xff" * 50_000):
        for kind in (Source, OnlyRead) if len(data) > 100 else (Source, OnlyRead, Trickle):
            path = save(kind(data), "ok.png", folder, BIG)
            assert isinstance(path, Path)
            assert path.read_bytes() == data
    assert save(Trickle(PNG + b"abc" * 500), "ok.png", folder, BIG).read_bytes() == PNG + b"abc" * 500


def test_stream_stays_open(save, folder):
    stream = Source(PNG + b"x")
    save(stream, "ok.png", folder, BIG)
    assert stream.closes == 0


def test_memory(save, folder):
    stream = OnlyRead(PNG + bytes(8 << 20))
    tracemalloc.start()
    save(stream, "large.png", folder, BIG)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= 10 * 65_536, peak


def test_limit(save, folder):
    data = PNG + b"y" * 992
    assert save(Source(data), "ok.png", folder, 1000).read_bytes() == data
    for extra in (1, 9, 300_000):
        stream, before = Source(data + bytes(extra)), snapshot(folder)
        must_refuse(save, stream, "ok.png", folder, 1000)
        assert snapshot(folder) == before
        assert stream.tell() <= 1000 + 65_536


def test_format(save, folder):
    for data in (b"", PNG[:-1], b"plain text that is no picture", PNG.swapcase() + bytes(50), b"\x89PNG" + bytes(99)):
        must_refuse(save, Source(data), "ok.png", folder, BIG)
        assert snapshot(folder) == []


def must_refuse(save, *arguments):
    try:
        save(*arguments)
    except ValueError:
        return
    raise AssertionError("not refused")


def test_names(save, folder):
    parent = folder.parent
    for name in ("../up.png", f"{parent}/abs.png", "not/there.png", "", ".", "..", "n" * 300, "a\0b.png"):
        before = snapshot(folder)
        try:
            path = save(Source(PNG), name, folder, BIG)
        except ValueError:
            assert snapshot(folder) == before
        else:
            assert folder in path.parents
        assert [one.name for one in parent.iterdir()] == [folder.name]
    for name in ("UPPER-and_lower-09.png", "-.png", "w" * 100 + ".png"):
        save(Source(PNG), name, folder, BIG)


def test_two_after_each_other(save, folder):
    for one, two in ((b"1", b"2"), (b"3", b"3")):
        paths = [save(Source(PNG + data), "twice.png", folder, BIG) for data in (one, two)]
        assert [path.read_bytes() for path in paths] == [PNG + one, PNG + two]
        assert len(set(paths)) == 2


def test_two_at_once(save, folder):
    for other_name in ("twice.png", "other.png"):
        results = {}

        def inner():
            results["inner"] = save(Source(PNG + b"inner" * 9), other_name, folder, BIG)

        class Pausing(Source):
            def read(self, n):
                piece = super().read(min(n, 20_000))
                if self.tell() >= 40_000 and thread.ident is None:
                    thread.start()
                    thread.join(0.5)
                return piece

        thread = threading.Thread(target=inner, daemon=True)
        outer_data = PNG + b"o" * 99_992
        outer = save(Pausing(outer_data), "twice.png", folder, BIG)
        thread.join(5)
        assert "inner" in results, "the other one failed"
        assert outer.read_bytes() == outer_data
        assert results["inner"].read_bytes() == PNG + b"inner" * 9
        assert outer != results["inner"]


def test_faults(save, folder):
    for error in (OSError("lost"), RuntimeError("odd"), KeyboardInterrupt()):
        before = descriptors()
        try:
            save(Failing(PNG + bytes(5000), error), "ok.png", folder, BIG)
        except BaseException as caught:
            assert caught is error
        else:
            raise AssertionError("swallowed")
        assert snapshot(folder) == []
        assert descriptors() == before


def descriptors():
    found = 0
    for number in range(200):
        try:
            os.fstat(number)
            found += 1
        except OSError:
            pass
    return found


def guard(save_upload):
    for name, test in sorted(globals().items()):
        if name.startswith("test_"):
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place, "uploads")
                folder.mkdir()
                try:
                    test(save_upload, folder)
                except AssertionError:
                    raise
                except Exception as error:
                    raise AssertionError(f"{name}: {type(error).__name__}") from error
