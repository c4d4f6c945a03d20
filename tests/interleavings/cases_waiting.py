"""Cases 39 to 76."""

CASES = """
## 39 race Semaphore(2) used as a lock
class C:
    def __init__(self): self.value, self.gate = 0, threading.Semaphore(2)
    def add(self):
        with self.gate: self.value += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 40 race boolean flag as a home-made spin lock
class C:
    def __init__(self): self.value, self.busy = 0, False
    def add(self):
        while self.busy: pass
        self.busy = True
        self.value += 1
        self.busy = False
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 41 race torn read of two attributes
class Pair:
    def __init__(self): self.x = self.y = 0
    def set(self, value):
        self.x = value
        self.y = value
    def get(self): return self.x, self.y
    seen = (0, 0)
setup = Pair
def a(p): p.set(1)
def b(p): p.seen = p.get()
def holds(p): return p.seen[0] == p.seen[1]

## 42 race get and set each locked, not the pair
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def get(self):
        with self.lock: return self.value
    def set(self, value):
        with self.lock: self.value = value
    def add(self): self.set(self.get() + 1)
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 43 race ThreadPoolExecutor inside the worker
class C:
    def __init__(self): self.value = 0
    def add(self): self.value += 1
setup = C
def a(c):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for _ in range(2): pool.submit(c.add)
def holds(c): return c.value == 2

## 44 race bug that needs five preemptions
class Steps:
    def __init__(self): self.step, self.broken = 0, False
setup = Steps
def a(s):
    if s.step == 0: s.step = 1
    if s.step == 2: s.step = 3
    if s.step == 4: s.step = 5
    if s.step == 6: s.broken = True
def b(s):
    if s.step == 1: s.step = 2
    if s.step == 3: s.step = 4
    if s.step == 5: s.step = 6
def holds(s): return not s.broken

## 45 race dataclass with slots, +=
@dataclasses.dataclass(slots=True)
class C:
    value: int = 0
    def add(self): self.value += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 46 race defaultdict(int)[k] += 1
def setup(): return collections.defaultdict(int)
def a(d): d["k"] += 1
b = a
def holds(d): return d["k"] == 2

## 47 ok defaultdict, disjoint keys
def setup(): return collections.defaultdict(int)
def a(d):
    d["a"] += 1
    d["a"] += 1
def b(d):
    d["b"] += 1
    d["b"] += 1
def holds(d): return d == {"a": 2, "b": 2}

## 48 ok fan-in by queue, one owner of the total
class Total:
    def __init__(self): self.inbox, self.total = queue.Queue(), 0
    def own(self):
        for _ in range(2): self.total += self.inbox.get()
setup = Total
def a(t): t.inbox.put(1)
def b(t): t.inbox.put(2)
def c(t): t.own()
def holds(t): return t.total == 3

## 49 ok correct counter, 2 threads x 2 increments
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
        with self.lock: self.value += 1
setup = C
def a(c):
    c.add()
    c.add()
b = a
def holds(c): return c.value == 4

## 50 race broken counter, 2 threads x 2 increments
class C:
    def __init__(self): self.value = 0
    def add(self): self.value += 1
setup = C
def a(c):
    c.add()
    c.add()
b = a
def holds(c): return c.value == 4

## 51 ok correct counter, 3 threads x 2 increments
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
        with self.lock: self.value += 1
setup = C
def a(s):
    s.add()
    s.add()
b = c = a
def holds(s): return s.value == 6

## 52 ok with print inside the lock
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
        with self.lock:
            print("adding to", self.value, file=sink)
            self.value += 1
sink = io.StringIO()
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 53 race two producers, reader assumes the order
def setup(): return queue.Queue(), []
def a(s): s[0].put(1)
def b(s): s[0].put(2)
def c(s):
    for _ in range(2): s[1].append(s[0].get())
def holds(s): return s[1] == [1, 2]

## 54 ok Event handshake
class Hand:
    def __init__(self): self.ready, self.value, self.got = threading.Event(), 0, None
setup = Hand
def a(h):
    h.value = 7
    h.ready.set()
def b(h):
    h.ready.wait()
    h.got = h.value
def holds(h): return h.got == 7

## 55 ok dict.setdefault (atomic with the GIL)
def setup(): return {}, []
def a(s): s[1].append(s[0].setdefault("k", object()))
b = a
def holds(s): return s[1][0] is s[1][1]

## 56 race if items: items.pop(), IndexError not caught
def setup(): return [1]
def a(items):
    if items: items.pop()
b = a
def holds(items): return items == []

## 57 ok lock behind @contextmanager
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    @contextlib.contextmanager
    def locked(self):
        self.lock.acquire()
        try:
            yield
        finally:
            self.lock.release()
    def add(self):
        with self.locked(): self.value += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 58 ok lock behind a decorator
def locked(method):
    @functools.wraps(method)
    def wrapper(self, *arguments):
        with self.lock: return method(self, *arguments)
    return wrapper
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    @locked
    def add(self): self.value += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 59 ok Barrier then read
class Meet:
    def __init__(self): self.barrier, self.x, self.y, self.seen = threading.Barrier(2), 0, 0, {}
setup = Meet
def a(m):
    m.x = 1
    m.barrier.wait()
    m.seen["a"] = m.y
def b(m):
    m.y = 1
    m.barrier.wait()
    m.seen["b"] = m.x
def holds(m): return m.seen == {"a": 1, "b": 1}

## 60 ok queue with task_done and join
class Work:
    def __init__(self): self.tasks, self.done, self.seen = queue.Queue(), 0, None
setup = Work
def a(w):
    w.tasks.put(1)
    w.tasks.put(2)
    w.tasks.join()
    w.seen = w.done
def b(w):
    for _ in range(2):
        w.tasks.get()
        w.done += 1
        w.tasks.task_done()
def holds(w): return w.seen == 2

## 61 race locked writer, unlocked reader of two fields
class Pair:
    def __init__(self): self.x, self.y, self.lock, self.seen = 0, 0, threading.Lock(), (0, 0)
    def set(self, value):
        with self.lock:
            self.x = value
            self.y = value
setup = Pair
def a(p): p.set(1)
def b(p): p.seen = (p.x, p.y)
def holds(p): return p.seen[0] == p.seen[1]

## 62 race property getter and setter, +=
class C:
    def __init__(self): self._value = 0
    @property
    def value(self): return self._value
    @value.setter
    def value(self, new): self._value = new
    def add(self): self.value += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 63 ok lock.acquire(timeout=1) in a while loop
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
        while not self.lock.acquire(timeout=1): pass
        self.value += 1
        self.lock.release()
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 64 dead notify before wait, no flag at all
def setup(): return threading.Condition()
def a(changed):
    with changed: changed.notify()
def b(changed):
    with changed: changed.wait()
def holds(changed): return True

## 65 dead three philosophers
def setup(): return [threading.Lock() for _ in range(3)]
def eat(forks, seat):
    with forks[seat]:
        with forks[(seat + 1) % 3]: pass
def a(forks): eat(forks, 0)
def b(forks): eat(forks, 1)
def c(forks): eat(forks, 2)
def holds(forks): return True

## 66 dead callback runs while the lock is held
class Bus:
    def __init__(self): self.lock, self.handlers, self.seen = threading.Lock(), [], 0
    def subscribe(self, handler):
        with self.lock: self.handlers.append(handler)
    def publish(self):
        with self.lock:
            for handler in self.handlers: handler()
def setup():
    bus = Bus()
    bus.subscribe(lambda: bus.subscribe(print))
    return bus
def a(bus): bus.publish()
def b(bus): bus.publish()
def holds(bus): return True

## 67 ok nonlocal counter under a lock
def setup():
    n = 0
    lock = threading.Lock()
    def add():
        nonlocal n
        with lock: n += 1
    def get(): return n
    return add, get
def a(s): s[0]()
b = a
def holds(s): return s[1]() == 2

## 68 ok worker catches everything
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
        while True:
            try:
                with self.lock:
                    self.value += 1
                    return
            except BaseException:
                pass
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 69 race container compared and replaced
class Log:
    def __init__(self): self.items = []
    def add(self, item):
        old = self.items
        if self.items == old:
            self.items = [*old, item]
setup = Log
def a(log): log.add(1)
def b(log): log.add(2)
def holds(log): return sorted(log.items) == [1, 2]

## 70 race lock copied wrongly: two names, two locks
class C:
    def __init__(self):
        self.value = 0
        self.read_lock, self.write_lock = threading.Lock(), threading.Lock()
    def add(self):
        with self.read_lock: self.value += 1
    def add_more(self):
        with self.write_lock: self.value += 1
setup = C
def a(c): c.add()
def b(c): c.add_more()
def holds(c): return c.value == 2

## 71 race lock round the log line, += after it
class C:
    def __init__(self): self.value, self.log, self.lock = 0, [], threading.Lock()
    def add(self):
        with self.lock: self.log.append("adding")
        self.value += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 72 race one method locked, the other unlocks before its write
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
        with self.lock: self.value += 1
    def add_late(self):
        with self.lock: new = self.value + 1
        self.value = new
setup = C
def a(c): c.add()
def b(c): c.add_late()
def holds(c): return c.value == 2

## 73 race twenty retries on a non-blocking acquire, then give up
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
        for _ in range(20):
            if self.lock.acquire(False):
                self.value += 1
                self.lock.release()
                return
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 74 race lock.acquire(timeout=...) and the answer ignored
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
        taken = self.lock.acquire(timeout=0.5)
        self.value += 1
        if taken: self.lock.release()
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2

## 75 race Counter.update from the standard library after a read
def setup(): return collections.Counter()
def a(counts):
    if counts["x"] < 1:
        counts.update(["x"])
b = a
def holds(counts): return counts["x"] == 1

## 76 ok spin on Lock.locked() then take it properly
class C:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def add(self):
        while self.lock.locked(): pass
        with self.lock: self.value += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.value == 2
"""
