"""Every clause is tried, what is wrong is written down, and all of it is said at the end."""

import gc
import io
import tempfile
import threading
import tracemalloc
import warnings
from itertools import product
from pathlib import Path


def png(n):
    return (b"\x89PNG\r\n\x1a\n" + b"\r\nabc\n" * (n // 6 + 1))[:n]


class Stream(io.RawIOBase):
    """A file object in every respect, which tells on whoever uses more of it than `read`."""

    def __init__(self, data, step=None, on_read=None):
        self.buffer, self.step, self.on_read = memoryview(data), step, on_read
        self.place = self.calls = self.widest = 0
        self.told = []

    def read(self, n=-1):
        self.calls += 1
        self.widest = max(self.widest, n if n >= 0 else 1 << 50)
        if self.on_read:
            self.on_read(self)
        step = n if n >= 0 else len(self.buffer)
        piece = bytes(self.buffer[self.place : self.place + min(step, self.step or step)])
        self.place += len(piece)
        return piece

    def close(self):
        self.told.append("closed")

    def seek(self, *_):
        self.told.append("sought")
        return len(self.buffer)

    def tell(self):
        self.told.append("told")
        return self.place

    def readinto(self, *_):
        self.told.append("readinto")
        return 0


class Trial:
    def __init__(self, save):
        self.save, self.wrong = save, []

    def expect(self, fine, what):
        if not fine:
            self.wrong.append(what)

    def run(self, stream, name, folder, limit):
        try:
            return self.save(stream, name, folder, limit)
        except BaseException as error:
            return error


def contents(folder):
    return {one.relative_to(folder): one.read_bytes() if one.is_file() else "" for one in folder.rglob("*")}


def guard(save_upload):
    trial = Trial(save_upload)
    with tempfile.TemporaryDirectory() as tmp, warnings.catch_warnings(record=True) as leaks:
        warnings.simplefilter("always", ResourceWarning)
        for number, part in enumerate((whole, large, refusals, names, together, faults)):
            folder = Path(tmp) / f"part{number}" / "folder"
            folder.mkdir(parents=True)
            (folder / "there.png").write_bytes(b"from before")
            part(trial, folder)
            trial.expect((folder / "there.png").read_bytes() == b"from before", "another's file was changed")
        gc.collect()
    trial.expect(not [one for one in leaks if one.category is ResourceWarning], "a file was left to the collector")
    if trial.wrong:
        raise AssertionError("; ".join(trial.wrong))


def whole(trial, folder):
    for size, step in product((8, 33, 4097), (None, 1, 5)):
        stream = Stream(png(size), step)
        path = trial.run(stream, "there.png", folder, 10_000)
        trial.expect(isinstance(path, Path) and path.read_bytes() == png(size), f"{size} bytes in steps of {step}")
        trial.expect(stream.told == [], f"the stream was {stream.told}")


def large(trial, folder):
    data = png(4 << 20)
    stream = Stream(data)
    tracemalloc.start()
    path = trial.run(stream, "l.png", folder, len(data) + 5)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    trial.expect(peak < 2_000_000, f"{peak} bytes in memory")
    trial.expect(stream.widest <= 65_536, "read too much at once")
    trial.expect(isinstance(path, Path) and path.stat().st_size == len(data), "the large one is not there")


def refusals(trial, folder):
    before = contents(folder)
    bad = [(png(51), 50), (png(300_000), 50), (b"", 50), (b"text", 50), (png(8)[:-1] + b"." * 9, 50), (png(5), 50)]
    for data, limit in bad:
        stream = Stream(data)
        result = trial.run(stream, "r.png", folder, limit)
        trial.expect(isinstance(result, ValueError), f"{data[:9]} up to {limit} gave {result!r}")
        trial.expect(contents(folder) == before, "a refusal left its mark")
        trial.expect(stream.place <= limit + 65_536, "it reads on and on")
        for path in [one for one in folder.rglob("*") if one.is_file() and one.name != "there.png"]:
            path.unlink()
    trial.expect(isinstance(trial.run(Stream(png(50)), "r.png", folder, 50), Path), "exactly the limit")


def names(trial, folder):
    outside = contents(folder.parent).keys()
    odd = ("../odd.png", "sub/odd.png", "", ".", "..", "x" * 300, "odd\0.png", str(folder.parent / "odd.png"))
    for name in odd:
        before = contents(folder)
        result = trial.run(Stream(png(9)), name, folder, 50)
        if not isinstance(result, Path):
            trial.expect(isinstance(result, ValueError), f"{name!r} raised {result!r}")
            trial.expect(contents(folder) == before, f"{name!r} left something")
        stray = [one for one in contents(folder.parent).keys() - outside if one.parts[0] != folder.name]
        trial.expect(not stray, f"{name!r} got out")
    for name in ("The-Good_1.png", "g" * 96 + ".png"):
        trial.expect(isinstance(trial.run(Stream(png(9)), name, folder, 50), Path), f"{name} was refused")


def together(trial, folder):
    for one, two, same in product((2000, 70_000), (2000, 3000), (True, False)):
        first, second = png(one), png(two)
        results = {}

        def other(name="b.png" if not same else "a.png", second=second, results=results):
            results["other"] = trial.run(Stream(second), name, folder, 1 << 20)

        thread = threading.Thread(target=other)

        def on_read(stream, thread=thread):
            if stream.calls == 2:
                thread.start()
                thread.join(0.5)

        mine = trial.run(Stream(first, 1000, on_read), "a.png", folder, 1 << 20)
        if thread.ident:
            thread.join(10)
        again = trial.run(Stream(second), "a.png", folder, 1 << 20)
        all_three = [mine, results.get("other"), again]
        trial.expect(all(isinstance(path, Path) for path in all_three), f"together: {all_three}")
        trial.expect(len(set(map(str, all_three))) == 3, "two have one path")
        for path, data in zip(all_three, (first, second, second), strict=True):
            trial.expect(isinstance(path, Path) and path.is_file() and path.read_bytes() == data, "one was spoilt")


def faults(trial, folder):
    before = contents(folder)
    for error in (OSError("x"), KeyboardInterrupt(), Exception("y")):
        for at in (1, 2, 4):

            def on_read(stream, at=at, error=error):
                if stream.calls == at:
                    raise error

            result = trial.run(Stream(png(200_000), 20_000, on_read), "f.png", folder, 1 << 20)
            trial.expect(result is error, f"{error!r} came out as {result!r}")
            trial.expect(contents(folder) == before, "a fault left something")
            error.__traceback__ = None
