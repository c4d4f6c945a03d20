"""Cases 01 to 38: small programs whose truth is known. See cases.py for what the functions in each mean."""

CASES = """
## 01 race counter, read then write on two lines
class C:
    def __init__(self): self.value = 0
    def add(self):
        current = self.value
        self.value = current + 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 02 race counter, self.value += 1
class C:
    def __init__(self): self.value = 0
    def add(self): self.value += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 03 ok counter, += under with self.lock
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
        with self.lock: self.value += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 04 race lock only around the write
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
        current = self.value
        with self.lock: self.value = current + 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 05 race new lock made in every call
class C:
    def __init__(self): self.value = 0
    def add(self):
        with threading.Lock(): self.value += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 06 race lock per instance, state on the class
class C:
    value = 0
    def __init__(self): self.lock = threading.Lock()
    def add(self):
        with self.lock: C.value += 1
def setup():
    C.value = 0
    return C(), C()
def a(pair): pair[0].add()
def b(pair): pair[1].add()
def holds(pair): return C.value == 2

## 07 race check then act (withdraw)
class Account:
    def __init__(self): self.balance = 100
    def withdraw(self, amount):
        if self.balance >= amount:
            self.balance -= amount
setup = Account
def a(c): c.withdraw(80)
b = a
def holds(c): return c.balance == 20

## 08 ok check then act, one lock round both
class Account:
    def __init__(self): self.balance, self.lock = 100, threading.Lock()
    def withdraw(self, amount):
        with self.lock:
            if self.balance >= amount:
                self.balance -= amount
setup = Account
def a(c): c.withdraw(80)
b = a
def holds(c): return c.balance == 20

## 09 race double-checked locking without the second check
class Lazy:
    def __init__(self): self.value, self.made, self.lock = None, 0, threading.Lock()
    def get(self):
        if self.value is None:
            with self.lock:
                self.made += 1
                self.value = object()
        return self.value
setup = Lazy
def a(c): c.get()
b = a
def holds(c): return c.made == 1

## 10 ok double-checked locking, correct under the GIL
class Lazy:
    def __init__(self): self.value, self.made, self.lock = None, 0, threading.Lock()
    def get(self):
        if self.value is None:
            with self.lock:
                if self.value is None:
                    self.made += 1
                    self.value = object()
        return self.value
setup = Lazy
def a(c): c.get()
b = a
def holds(c): return c.made == 1

## 11 race lazy singleton in __new__
class Single:
    one = None
    def __new__(cls):
        if cls.one is None:
            cls.one = super().__new__(cls)
        return cls.one
def setup():
    Single.one = None
    return {}
def a(d): d["a"] = Single()
def b(d): d["b"] = Single()
def holds(d): return d["a"] is d["b"]

## 12 race dict get then set
def setup(): return {}
def a(d):
    d["n"] = d.get("n", 0) + 1
b = a
def holds(d): return d["n"] == 2

## 13 ok dict get then set, locked
def setup(): return {}, threading.Lock()
def a(pair):
    d, lock = pair
    with lock:
        d["n"] = d.get("n", 0) + 1
b = a
def holds(pair): return pair[0]["n"] == 2

## 14 ok list append only
def setup(): return []
def a(items): items.append(1)
def b(items): items.append(2)
def holds(items): return sorted(items) == [1, 2]

## 15 race bounded list: len then append
def setup(): return []
def a(items):
    if len(items) < 1:
        items.append(1)
b = a
def holds(items): return len(items) == 1

## 16 ok queue.Queue producer and consumer
def setup(): return queue.Queue(), []
def a(pair):
    for number in (1, 2): pair[0].put(number)
def b(pair):
    for _ in range(2): pair[1].append(pair[0].get())
def holds(pair): return pair[1] == [1, 2]

## 17 dead queue: if not empty() then get()
def setup():
    q = queue.Queue()
    q.put(1)
    return q
def a(q):
    if not q.empty():
        q.get()
b = a
def holds(q): return q.empty()

## 18 ok Condition, wait in a while loop
class Box:
    def __init__(self): self.full, self.changed, self.got = False, threading.Condition(), 0
    def put(self):
        with self.changed:
            self.full = True
            self.changed.notify()
    def take(self):
        with self.changed:
            while not self.full:
                self.changed.wait()
            self.full = False
            self.got += 1
setup = Box
def a(box): box.put()
def b(box): box.take()
def holds(box): return box.got == 1 and not box.full

## 19 race Condition, wait under if, two takers
class Box:
    def __init__(self): self.items, self.changed = [], threading.Condition()
    def put(self):
        with self.changed:
            self.items.append(1)
            self.changed.notify_all()
    def take(self):
        with self.changed:
            if not self.items:
                self.changed.wait(timeout=5)
            return self.items.pop()
setup = Box
def a(box): box.take()
def b(box): box.take()
def c(box):
    box.put()
    box.put()
def holds(box): return True

## 20 dead lost wakeup: flag tested outside the condition
class Gate:
    def __init__(self): self.open, self.changed = False, threading.Condition()
    def pass_through(self):
        if not self.open:
            with self.changed: self.changed.wait()
    def unlock(self):
        self.open = True
        with self.changed: self.changed.notify_all()
setup = Gate
def a(gate): gate.pass_through()
def b(gate): gate.unlock()
def holds(gate): return gate.open

## 21 dead two locks taken in opposite order
def setup(): return threading.Lock(), threading.Lock()
def a(locks):
    with locks[0]:
        with locks[1]: pass
def b(locks):
    with locks[1]:
        with locks[0]: pass
def holds(locks): return True

## 22 ok two locks, same order
def setup(): return threading.Lock(), threading.Lock(), [0]
def a(s):
    with s[0]:
        with s[1]: s[2][0] += 1
b = a
def holds(s): return s[2][0] == 2

## 23 ok itertools.count as an id maker (atomic with the GIL)
def setup(): return itertools.count(), []
def a(s): s[1].append(next(s[0]))
b = a
def holds(s): return sorted(s[1]) == [0, 1]

## 24 race generator shared by two threads
def numbers():
    number = 0
    while True:
        yield number
        number += 1
class Maker:
    def __init__(self): self.ids, self.seen, self.calls = self.generate(), [], 0
    def generate(self):
        while True:
            self.calls += 1
            yield self.calls
    def take(self): self.seen.append(next(self.ids))
setup = Maker
def a(m): m.take()
b = a
def holds(m): return sorted(m.seen) == [1, 2]

## 25 ok threading.local scratch, locked total
class Sum:
    def __init__(self): self.mine, self.total, self.lock = threading.local(), 0, threading.Lock()
    def add(self, *numbers):
        self.mine.sum = 0
        for number in numbers: self.mine.sum += number
        with self.lock: self.total += self.mine.sum
setup = Sum
def a(s): s.add(1, 2)
def b(s): s.add(3, 4)
def holds(s): return s.total == 10

## 26 ok RLock re-entered
class C:
    def __init__(self): self.value, self.lock = 0, threading.RLock()
    def add(self):
        with self.lock: self.value += 1
    def add_twice(self):
        with self.lock:
            self.add()
            self.add()
setup = C
def a(c): c.add_twice()
b = a
def holds(c): return c.value == 4

## 27 dead plain Lock re-entered
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
        with self.lock: self.value += 1
    def add_twice(self):
        with self.lock:
            self.add()
setup = C
def a(c): c.add_twice()
b = a
def holds(c): return True

## 28 race sleep as the fix
class C:
    def __init__(self): self.value = 0
    def add(self, pause):
        time.sleep(pause)
        self.value += 1
setup = C
def a(c): c.add(0.01)
def b(c): c.add(0.02)
def holds(c): return c.value == 2

## 29 race optimistic retry, compare and set not atomic
class C:
    def __init__(self): self.value = 0
    def add(self):
        while True:
            old = self.value
            if self.value == old:
                self.value = old + 1
                return
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 30 race bounded retries on a non-blocking acquire, then give up
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
        for _ in range(3):
            if self.lock.acquire(blocking=False):
                self.value += 1
                self.lock.release()
                return
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 31 ok lock made in the class body
class C:
    lock = threading.Lock()
    def __init__(self): self.value = 0
    def add(self):
        with self.lock: self.value += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 32 ok from threading import Lock
from threading import Lock
class C:
    def __init__(self): self.value, self.lock = 0, Lock()
    def add(self):
        with self.lock: self.value += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 33 ok module-level lock and global counter
lock = threading.Lock()
n = 0
def setup():
    global n
    n = 0
def a(_):
    global n
    with lock: n += 1
b = a
def holds(_): return n == 2

## 34 race global n += 1
n = 0
def setup():
    global n
    n = 0
def a(_):
    global n
    n += 1
b = a
def holds(_): return n == 2

## 35 race nonlocal n += 1 in a closure
def setup():
    n = 0
    def add():
        nonlocal n
        n += 1
    def get(): return n
    return add, get
def a(s): s[0]()
b = a
def holds(s): return s[1]() == 2

## 36 dead lock not released on the early return
class Account:
    def __init__(self): self.balance, self.lock = 10, threading.Lock()
    def withdraw(self, amount):
        self.lock.acquire()
        if self.balance < amount:
            return False
        self.balance -= amount
        self.lock.release()
        return True
setup = Account
def a(c): c.withdraw(80)
b = a
def holds(c): return c.balance == 10

## 37 race the worker starts its own threads
class C:
    def __init__(self): self.value = 0
    def add(self): self.value += 1
setup = C
def a(c):
    threads = [threading.Thread(target=c.add) for _ in range(2)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
def holds(c): return c.value == 2

## 38 race iterate a dict while another thread adds a key
def setup(): return {"x": 1, "y": 2}
def a(d):
    total = 0
    for key in d: total += d[key]
def b(d): d["z"] = 3
def holds(d): return True
"""
