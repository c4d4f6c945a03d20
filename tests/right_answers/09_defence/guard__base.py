import io
import os
import tempfile
import threading
import tracemalloc
from functools import cache
from pathlib import Path

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MEGABYTE = 1 << 20


class Upload:
    """Gives its bytes in pieces, counts them, and does what it is told before a read."""

    def __init__(self, data, most=65_536, before=None):
        self.rest, self.most, self.before = io.BytesIO(data), most, before
        self.reads, self.largest, self.taken, self.closed = 0, 0, 0, False

    def read(self, n, /):
        self.reads += 1
        self.largest = max(self.largest, n if n > 0 else 1 << 40)
        if self.before:
            self.before(self.reads)
        piece = self.rest.read(min(n, self.most) if n > 0 else n)
        self.taken += len(piece)
        return piece

    def close(self):
        self.closed = True

    def __getattr__(self, name):
        raise AssertionError(f"the stream was asked for {name}")


@cache
def png(size):
    return (SIGNATURE + bytes(range(251)) * (size // 251 + 1))[:size]


def listing(folder):
    found = {}
    for one in os.scandir(folder):
        found[one.path] = one.stat().st_size
        if one.is_dir():
            found.update(listing(one.path))
    return found


def guard(save_upload):
    def save(stream, name="photo.png", limit=1 << 30):
        """The path of what must be stored."""
        try:
            path = save_upload(stream, name, folder, limit)
        except Exception as error:
            raise AssertionError(f"{name} was not stored: {error!r}") from error
        assert isinstance(path, Path)
        assert path.resolve().is_relative_to(folder.resolve()), "it lies outside"
        assert not stream.closed, "the stream was closed"
        return path

    def refuse(stream, name="photo.png", limit=1 << 30):
        before = listing(folder)
        try:
            save_upload(stream, name, folder, limit)
        except ValueError:
            assert listing(folder) == before, "something was left"
            assert not stream.closed, "the stream was closed"
        except Exception as error:
            raise AssertionError(f"refused with {error!r}") from error
        else:
            raise AssertionError("it was not refused")

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "inner" / "uploads"
        folder.mkdir(parents=True)

        for size in (8, 100, 65_536, 200_000):  # whole
            for most in (65_536, 5) if size < 1000 else (65_536, 999):
                assert save(Upload(png(size), most)).read_bytes() == png(size)

        data = png(4 * MEGABYTE)  # large
        upload = Upload(data)
        tracemalloc.start()
        save(upload)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < MEGABYTE, "too much in memory"
        assert upload.largest <= 65_536

        for limit in (100, 70_000):  # limit
            assert save(Upload(png(limit)), limit=limit).read_bytes() == png(limit)
            refuse(Upload(png(limit + 1)), limit=limit)
            upload = Upload(png(limit + 400_000))
            refuse(upload, limit=limit)
            assert upload.taken <= limit + 65_536

        for wrong in (b"", b"hello", SIGNATURE[:5], SIGNATURE[:7] + b"x" * 100, b"GIF89a" + bytes(100)):  # format
            refuse(Upload(wrong))

        outside = Path(place) / "inner"  # name
        names = ["../x.png", str(outside / "x.png"), "no/such/x.png", ".", "..", "", "a" * 300, "a" * 296 + ".png"]
        for name in [*names, "x\0.png"]:
            before = listing(folder)
            try:
                path = save_upload(Upload(png(20)), name, folder, 100)
            except ValueError:
                assert listing(folder) == before
            except Exception as error:
                raise AssertionError(f"{name!r} raised {error!r}") from error
            else:
                assert path.resolve().is_relative_to(folder.resolve())
            assert list(outside.iterdir()) == [folder], "written outside"
        for name in ("A-b_9.png", "x" * 96 + ".png", "ok.png"):
            save(Upload(png(20)), name)

        for name, first, second in (("photo.png", png(300_000), png(200_000)), ("b.png", png(300_000), png(300_000))):
            paths = [save(Upload(first)), save(Upload(second), name)]  # together
            assert paths[0] != paths[1]
            assert [path.read_bytes() for path in paths] == [first, second]
            found = []

            def other():
                try:
                    found.append(save(Upload(second), name))
                except AssertionError as error:
                    found.append(error)

            thread = threading.Thread(target=other)

            def before(reads):
                if reads == 3:
                    thread.start()
                    thread.join(0.5)

            mine = save(Upload(first, before=before))
            thread.join(10)
            assert isinstance(found[0], Path), found
            assert mine != found[0]
            assert [mine.read_bytes(), found[0].read_bytes()] == [first, second]

        faults = (OSError("gone"), ValueError("odd"), KeyboardInterrupt(), StopIteration(), RuntimeError())
        for error in faults:
            for at in (1, 3):

                def fail(reads):
                    if reads == at:
                        raise error

                before, opened = listing(folder), len(os.listdir("/proc/self/fd"))
                try:
                    save_upload(Upload(png(300_000), before=fail), "photo.png", folder, 1 << 30)
                except BaseException as got:
                    assert got is error
                else:
                    raise AssertionError("the fault was swallowed")
                assert listing(folder) == before
                assert len(os.listdir("/proc/self/fd")) == opened
