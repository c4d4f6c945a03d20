"""Threads that meet at a barrier within their reads, with a limit on the wait; every file watched as it is opened."""

import builtins
import tempfile
import threading
import tracemalloc
from pathlib import Path

START = b"\x89PNG\r\n\x1a\n"


class Pieces:
    def __init__(self, pieces, hook=None):
        self.pieces, self.hook, self.asked, self.total = iter(pieces), hook, [], 0
        self.rest = b""

    def read(self, n):
        self.asked.append(n)
        if self.hook:
            self.hook(len(self.asked))
        if not self.rest:
            self.rest = next(self.pieces, b"")
        given, self.rest = self.rest[:n], self.rest[n:]
        self.total += len(given)
        return given

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise AssertionError(f"{name} is not promised")


def names_in(folder):
    return sorted(str(path) for path in folder.rglob("*"))


def fresh(place, number=[0]):
    number[0] += 1
    folder = Path(place) / str(number[0]) / "up"
    folder.mkdir(parents=True)
    return folder


def call(save_upload, pieces, name, folder, limit, hook=None):
    stream = Pieces(pieces, hook)
    try:
        return stream, save_upload(stream, name, folder, limit)
    except BaseException as error:
        return stream, error


def check_alone(save_upload, place):
    folder = fresh(place)
    for pieces in (
        [START],
        [START + b"a" * 70_000, b"b" * 10],
        [START[:1], START[1:], b"c"],
        [START, *[b"d" * 999] * 70],
    ):
        _, path = call(save_upload, pieces, "p.png", folder, 10**7)
        assert isinstance(path, Path), path
        assert path.read_bytes() == b"".join(pieces)
    stream, path = call(save_upload, [START] + [bytes(65_536)] * 64, "p.png", folder, 10**7)
    assert max(stream.asked) <= 65_536
    assert isinstance(path, Path)


def check_memory(save_upload, place):
    folder = fresh(place)
    tracemalloc.start()
    stream, path = call(
        save_upload, (b"%s" % START if i == 0 else b"m" * 50_000 for i in range(120)), "m.png", folder, 10**8
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(path, Path)
    assert peak < 2 * 8 * 65_536


def check_refusals(save_upload, place):
    for pieces, limit in [
        ([START, b"x" * 93], 100),
        ([START, *[b"x" * 60_000] * 20], 100_000),
        ([b"no picture"], 100),
        ([], 100),
        ([START[:6]], 100),
        ([START[:6] + b"??"], 100),
        ([b"JFIF" * 99], 1000),
    ]:
        folder = fresh(place)
        stream, result = call(save_upload, pieces, "r.png", folder, limit)
        assert isinstance(result, ValueError), result
        assert names_in(folder) == []
        assert stream.total <= limit + 65_536
    _, path = call(save_upload, [START, b"x" * 92], "r.png", fresh(place), 100)
    assert isinstance(path, Path), path


def check_names(save_upload, place):
    for name in ["../n.png", "../../n.png", "", ".", "..", "o/n.png", "n" * 300, "n" * 296 + ".png", "n\0.png", "ABS"]:
        folder = fresh(place)
        name = str(folder.parent / "abs.png") if name == "ABS" else name
        _, result = call(save_upload, [START], name, folder, 100)
        assert isinstance(result, Path | ValueError), result
        if isinstance(result, ValueError):
            assert names_in(folder) == []
        assert [path.name for path in folder.parent.iterdir()] == ["up"]
    for name in ["N-n_0.png", "n" * 100 + ".png"]:
        _, result = call(save_upload, [START], name, fresh(place), 100)
        assert isinstance(result, Path), result


def check_threads(save_upload, place):
    for names in (["t.png", "t.png"], ["t.png", "u.png"]):
        for bodies in ([b"1", b"2"], [b"3", b"3"]):
            meeting = threading.Barrier(2)
            folder, results = fresh(place), [None, None]

            def meet(reads):
                if reads == 1:
                    try:
                        meeting.wait(0.5)
                    except threading.BrokenBarrierError:
                        pass

            def run(number):
                pieces = [START, *[bodies[number] * 30_000] * 4]
                results[number] = call(save_upload, pieces, names[number], folder, 10**7, meet)[1]

            threads = [threading.Thread(target=run, args=(number,)) for number in (0, 1)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(15)
            assert all(isinstance(result, Path) for result in results), results
            assert len(set(results)) == 2
            assert [path.read_bytes() for path in results] == [START + body * 120_000 for body in bodies]

            folder = fresh(place)
            outer, inner = [], []
            for later in (1, 2, 4):

                def nested(reads):
                    if reads == later:
                        inner.append(call(save_upload, [START, bodies[1]], names[1], folder, 100)[1])

                pieces = [START, *[bodies[0] * 5000] * 4]
                outer.append(call(save_upload, pieces, names[0], folder, 10**7, nested)[1])
            assert all(isinstance(path, Path) for path in outer + inner), (outer, inner)
            assert len({*outer, *inner}) == len(outer) + len(inner)
            assert all(path.read_bytes() == START + bodies[0] * 20_000 for path in outer)
            assert all(path.read_bytes() == START + bodies[1] for path in inner)


def check_faults(save_upload, place):
    for fault in (OSError(), KeyboardInterrupt(), ZeroDivisionError(), GeneratorExit()):
        for at in (1, 2, 5):
            folder, opened = fresh(place), []
            real = builtins.open

            def watching(*arguments, **named):
                opened.append(real(*arguments, **named))
                return opened[-1]

            def fail(reads):
                if reads == at:
                    raise fault

            builtins.open = watching
            try:
                _, result = call(save_upload, [START, *[b"f" * 30_000] * 9], "f.png", folder, 10**7, fail)
            finally:
                builtins.open = real
            assert result is fault, result
            assert names_in(folder) == []
            assert all(file.closed for file in opened)


def guard(save_upload):
    with tempfile.TemporaryDirectory() as place:
        for check in (check_alone, check_memory, check_refusals, check_names, check_threads, check_faults):
            check(save_upload, place)
        check_closing(save_upload, place)


def check_closing(save_upload, place):
    class Closable(Pieces):
        closed = False

        def close(self):
            self.closed = True

    stream = Closable([START, b"end"])
    save_upload(stream, "c.png", fresh(place), 100)
    assert not stream.closed
