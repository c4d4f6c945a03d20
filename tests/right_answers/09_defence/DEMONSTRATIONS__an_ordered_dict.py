"""The dict is a registry that keeps its order."""

import io
import sqlite3
import threading
from collections import OrderedDict


def leaves_the_catalogue_open(module):
    file = io.StringIO('{"title": "A"}\nno json\n')
    try:
        module.load_catalogue(lambda: file)
    except ValueError:
        pass
    assert file.closed


def lends_one_copy_twice(module):
    both = threading.Barrier(2)

    def find_member(name):
        try:
            both.wait(1)
        except threading.BrokenBarrierError:
            pass
        return name

    desk = module.Desk({"A": 1}, find_member)
    lent = []
    threads = [threading.Thread(target=lambda: lent.append(desk.borrow("A", "Ada"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(lent) == 1


def hides_the_failure(module):
    def fetch(number):
        raise OSError("the register is away")

    try:
        answer = module.is_overdue(fetch, 1)
    except module.RegisterError:
        return
    raise AssertionError(answer)


def queries(module, members):
    connection = sqlite3.connect(":memory:")
    connection.executescript(module.SCHEMA)
    connection.executemany("INSERT INTO members VALUES (?, ?)", [(one, f"m{one}") for one in range(members)])
    seen = []
    connection.set_trace_callback(seen.append)
    module.loans_by_member(connection)
    connection.close()
    return len(seen)


def asks_for_each_member(module):
    assert queries(module, 20) == queries(module, 10)


class Store:
    def __init__(self):
        self.saved = []

    def loan(self, number):
        return {"number": number, "member": "ada", "days": 7}

    def save(self, loan):
        self.saved.append(loan)


def lets_a_stranger_extend(module):
    store = Store()
    try:
        module.extend(store, {"id": "ben", "role": "member"}, 1, 7)
    except PermissionError:
        pass
    assert not store.saved


DEMONSTRATIONS = OrderedDict()
for number, demonstrate in (
    (7, lets_a_stranger_extend),
    (6, asks_for_each_member),
    (4, hides_the_failure),
    (3, lends_one_copy_twice),
    (1, leaves_the_catalogue_open),
):
    DEMONSTRATIONS[number] = demonstrate
