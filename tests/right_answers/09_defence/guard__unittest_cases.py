"""A class of `unittest`, run for the candidate; any failure or error in it is an accusation."""

import gc
import hashlib
import os
import shutil
import tempfile
import tracemalloc
import unittest
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from pathlib import Path

MAGIC = b"\x89PNG\x0d\x0a\x1a\x0a"


class Feed:
    def __init__(self, *parts, then=None, during=None):
        self.parts, self.then, self.during = list(parts), then, during
        self.sizes, self.given = [], 0

    def read(self, count):
        self.sizes.append(count)
        if self.during is not None and len(self.sizes) == 2:
            self.during()
        if not self.parts:
            if self.then is not None:
                raise self.then
            return b""
        part, self.parts[0] = self.parts[0][:count], self.parts[0][count:]
        if not self.parts[0]:
            self.parts.pop(0)
        self.given += len(part)
        return part


class ClosableFeed(Feed):
    closed = False

    def close(self):
        self.closed = True


class Acceptance(unittest.TestCase):
    save = None

    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.folder = self.root / "in"
        self.folder.mkdir()

    def tearDown(self):
        shutil.rmtree(self.root)

    def upload(self, feed, name="pic.png", limit=10**9):
        return type(self).save(feed, name, self.folder, limit)

    def files(self):
        return {p: p.is_file() and hashlib.md5(p.read_bytes()).digest() for p in self.folder.rglob("*")}

    def test_whole(self):
        for parts in (
            [MAGIC],
            [MAGIC + b"x" * 200_000],
            [bytes([one]) for one in MAGIC + b"tail"],
            [MAGIC[:3], MAGIC[3:]],
        ):
            with self.subTest(len(parts)):
                feed = ClosableFeed(*parts)
                self.assertEqual(self.upload(feed).read_bytes(), b"".join(parts))
                self.assertFalse(feed.closed)
        self.assertEqual(self.upload(Feed(MAGIC, b"a" * 1000, b"b" * 7)).read_bytes(), MAGIC + b"a" * 1000 + b"b" * 7)

    def test_large(self):
        piece = b"z" * 65_536
        feed = Feed(MAGIC, *[piece] * 100)
        gc.collect()
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        self.upload(feed)
        self.assertLess(tracemalloc.get_traced_memory()[1], 8 * 65_536 + 100_000)
        self.assertLessEqual(max(feed.sizes), 65_536)
        self.assertGreaterEqual(min(feed.sizes), 1)

    def test_limit(self):
        body = MAGIC + b"q" * 92
        self.assertEqual(self.upload(Feed(body), limit=100).read_bytes(), body)
        before = self.files()
        for extra in (b"1", b"12345678", b"1" * 500_000):
            feed = Feed(body + extra)
            with self.assertRaises(ValueError):
                self.upload(feed, limit=100)
            self.assertEqual(self.files(), before)
            self.assertLessEqual(feed.given, 100 + 65_536)

    def test_format(self):
        for wrong in (b"", MAGIC[:7], MAGIC[1:] + b"rest", MAGIC[:4] + b"0000" + MAGIC, b"<html>" * 20):
            with self.subTest(wrong), self.assertRaises(ValueError):
                self.upload(Feed(wrong) if wrong else Feed())
            self.assertEqual(self.files(), {})

    def test_strange_names(self):
        names = ["../pic.png", "..", ".", "", "nowhere/pic.png", "l" * 300, "zero\0.png", str(self.root / "pic.png")]
        for name in names:
            with self.subTest(name):
                before = self.files()
                try:
                    path = self.upload(Feed(MAGIC), name)
                except ValueError:
                    self.assertEqual(self.files(), before)
                else:
                    self.assertIn(self.folder.resolve(), path.resolve().parents)
                self.assertEqual(os.listdir(self.root), ["in"])

    def test_plain_names(self):
        for name in ("IMG_2041.png", "my-holiday_photo-2.png", "Z" * 96 + ".png"):
            self.assertTrue(self.upload(Feed(MAGIC), name).is_file())

    def test_one_name_twice(self):
        first, second, third = (
            self.upload(Feed(MAGIC, b"1")),
            self.upload(Feed(MAGIC, b"2")),
            self.upload(Feed(MAGIC, b"2")),
        )
        self.assertEqual(len({first, second, third}), 3)
        self.assertEqual([one.read_bytes()[8:] for one in (first, second, third)], [b"1", b"2", b"2"])

    def test_two_in_threads(self):
        for names in (("same.png", "same.png"), ("left.png", "right.png")):
            with self.subTest(names), ThreadPoolExecutor() as pool:
                jobs = []

                def during():
                    jobs.append(pool.submit(self.upload, Feed(MAGIC, b"second"), names[1]))
                    wait_for(jobs, timeout=0.5)

                first = self.upload(Feed(MAGIC, b"first", b"more", during=during), names[0])
                second = jobs[0].result(timeout=10)
                self.assertEqual(first.read_bytes(), MAGIC + b"firstmore")
                self.assertEqual(second.read_bytes(), MAGIC + b"second")
                self.assertNotEqual(first, second)

    def test_a_fault(self):
        for fault in (ConnectionError("reset"), KeyboardInterrupt("stop"), ValueError("bad")):
            for parts in ([], [MAGIC], [MAGIC, b"x" * 100_000]):
                with self.subTest(fault):
                    opened = sorted(os.listdir("/dev/fd"))
                    caught = None
                    try:
                        self.upload(Feed(*parts, then=fault))
                    except BaseException as error:
                        caught = error
                    self.assertIs(caught, fault)
                    self.assertEqual(self.files(), {})
                    self.assertEqual(sorted(os.listdir("/dev/fd")), opened)


def guard(save_upload):
    case = type("Case", (Acceptance,), {"save": staticmethod(save_upload)})
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    assert result.wasSuccessful(), [text for _, text in result.failures + result.errors]
