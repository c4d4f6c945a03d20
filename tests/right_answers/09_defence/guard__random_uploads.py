"""Uploads drawn at random from a fixed seed, against a model of what must come of each."""

import contextlib
import os
import random
import tempfile
import threading
import tracemalloc
from pathlib import Path

HEAD = bytes.fromhex("89504e470d0a1a0a")


class Drawn:
    def __init__(self, data, pieces, fault=None, fault_at=-1):
        self.data, self.pieces, self.fault, self.fault_at = data, pieces, fault, fault_at
        self.position = self.reads = 0
        self.misused = []

    def read(self, *numbers, **named):
        if named or len(numbers) != 1 or not 1 <= numbers[0] <= 65_536:
            self.misused.append((numbers, named))
        self.reads += 1
        if self.reads == self.fault_at:
            raise self.fault
        count = min(numbers[0] if numbers else len(self.data), next(self.pieces))
        piece = self.data[self.position : self.position + count] if count > 0 else self.data[self.position :]
        self.position += len(piece)
        return piece

    def close(self):
        self.misused.append("close")

    def seek(self, *where):
        self.misused.append("seek")
        return len(self.data)

    def tell(self):
        self.misused.append("tell")
        return self.position


def pieces(chance, least):
    while True:
        yield chance.choice([least, 65_536, chance.randint(least, 65_536)])


def tree(folder):
    return {path: None if path.is_dir() else path.read_bytes() for path in folder.glob("**/*")}


def attempt(save_upload, *arguments):
    try:
        return save_upload(*arguments)
    except BaseException as error:
        return error


def guard(save_upload):
    chance = random.Random(20)
    with tempfile.TemporaryDirectory() as top:
        for number in range(20):
            folder = Path(top) / str(number) / "a" / "b"
            folder.mkdir(parents=True)
            for _ in range(12):
                one_upload(save_upload, chance, folder)
            assert os.listdir(Path(top, str(number))) == ["a"]
            assert os.listdir(Path(top, str(number), "a")) == ["b"]
        a_large_one(save_upload, folder)
        for number in range(6):
            two_at_once(save_upload, folder, number)


def one_upload(save_upload, chance, folder):
    size = chance.choice([0, 1, 7, 8, 9, 50, 500, 65_536, 150_000])
    good_head = chance.random() < 0.8
    data = ((HEAD if good_head else HEAD[:7] + b"!") + chance.randbytes(size))[:size]
    limit = chance.choice([size, size, size + 1, size + 10**6, max(0, size - 1), size // 2])
    name = chance.choice(
        ["a.png", "a.png", "Zz_-0.png", "q" * 100 + ".png", *ODD, *[str(folder.parent / "abs.png")] * 3]
    )
    fault = chance.choice([None] * 4 + [OSError("o"), KeyboardInterrupt(), ValueError("v"), LookupError("l")])
    stream = Drawn(data, pieces(chance, 1 if size < 100 else 1000), fault, chance.choice([1, 2, 3]) if fault else -1)
    before, open_before = tree(folder), len(os.listdir("/proc/self/fd"))
    result = attempt(save_upload, stream, name, folder, limit)
    assert len(os.listdir("/proc/self/fd")) == open_before, "a descriptor is left"
    assert not stream.misused, stream.misused
    assert stream.position <= limit + 65_536
    if fault is not None and stream.reads >= stream.fault_at:
        assert result is fault or (name in ODD and isinstance(result, ValueError))
    elif size > limit or data[:8] != HEAD:
        assert isinstance(result, ValueError), result
    elif isinstance(result, ValueError):
        assert not name.endswith(".png") or len(name) > 105 or "/" in name or "\0" in name, "a good name is refused"
    if isinstance(result, BaseException):
        assert isinstance(result, ValueError) or result is fault, result
        assert tree(folder) == before, "it left something"
    else:
        assert isinstance(result, Path)
        assert folder.resolve() in result.resolve().parents
        assert result not in before
        assert result.read_bytes() == data
        assert all(tree(folder)[path] == content for path, content in before.items() if path.suffix == ".png")


ODD = ["../a.png", "../../a.png", "x/y.png", ".", "..", "", "e" * 300, "e" * 296 + ".png", "nul\0.png"]


def a_large_one(save_upload, folder):
    data = HEAD + bytes(5_000_000)
    stream = Drawn(data, iter(lambda: 65_536, None))
    tracemalloc.start()
    try:
        path = attempt(save_upload, stream, "big.png", folder, len(data))
        assert tracemalloc.get_traced_memory()[1] < 1_500_000
    finally:
        tracemalloc.stop()
    assert isinstance(path, Path)
    assert not stream.misused
    assert path.stat().st_size == len(data)


def two_at_once(save_upload, folder, number):
    contents = [HEAD + bytes([65 + number, 0]) * 40_000, HEAD + bytes([65 + number * (number % 2), 0]) * 40_000]
    results = [None, None]

    def second():
        results[1] = attempt(save_upload, Drawn(contents[1], iter(lambda: 9000, None)), names[1], folder, 10**6)

    def watched():
        for count in range(10**6):
            if count == number:
                thread.start()
                thread.join(0.5)
            yield 20_000

    names = ["two.png", "two.png" if number < 4 else "three.png"]
    thread = threading.Thread(target=second)
    results[0] = attempt(save_upload, Drawn(contents[0], watched()), names[0], folder, 10**6)
    with contextlib.suppress(RuntimeError):
        thread.join(10)
    assert all(isinstance(result, Path) for result in results), results
    assert results[0] != results[1]
    assert [result.read_bytes() for result in results] == contents
