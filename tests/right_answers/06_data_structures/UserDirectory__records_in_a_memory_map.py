import mmap
import struct


class UserDirectory:
    """A table of hashes with chains, in blocks of memory: (next, hash, place of the user)."""

    def __init__(self, users):
        self.users = []
        self.make(64)
        for user in users:
            self.add(user)

    def make(self, slots):
        self.slots, self.map, self.records = slots, mmap.mmap(-1, slots * 8), bytearray()

    def find_by_email(self, email):
        code = hash(email)
        (at,) = struct.unpack_from("q", self.map, code % self.slots * 8)
        while at:
            at, other, place = struct.unpack_from("qqq", self.records, at - 1)
            if other == code and self.users[place]["email"] == email:
                return self.users[place]
        return None

    def add(self, user):
        if self.find_by_email(user["email"]) is not None:
            return
        self.users.append(user)
        if len(self.users) <= self.slots:
            return self.put(len(self.users) - 1)
        self.make(4 * self.slots)
        for place in range(len(self.users)):
            self.put(place)

    def put(self, place):
        code = hash(self.users[place]["email"])
        slot = code % self.slots * 8
        self.map.seek(slot)
        before = self.map.read(8)
        self.map[slot : slot + 8] = struct.pack("q", len(self.records) + 1)
        self.records += before + struct.pack("qq", code, place)
