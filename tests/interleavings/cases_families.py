"""Families of programs beside the table: for each kind of step that is easily overlooked, some that break and some not.

The truth `open` says that the explorer must neither praise nor blame the program.
"""

CASES = """
## callbacks-1 race a key function runs while a dict is looked through
setup = lambda: {n: n for n in range(3)}
def weight(n): return -n
def a(d): max(d, key=weight)
def b(d): d[10] = 1
def holds(d): return True

## callbacks-2 race map calls back while a dict is looked through
setup = lambda: {n: n for n in range(3)}
def weight(n): return -n
def a(d): list(map(weight, d))
def b(d): d[10] = 1
def holds(d): return True

## callbacks-3 race reduce over a dict
setup = lambda: {n: n for n in range(3)}
def more(x, y): return x + y
def a(d): functools.reduce(more, d)
def b(d): d[10] = 1
def holds(d): return True

## callbacks-4 race a list that is being sorted is appended to
setup = lambda: [3, 1, 2]
def weight(n): return n
def a(xs): xs.sort(key=weight)
def b(xs): xs.append(0)
def holds(xs): return True

## callbacks-5 race a list that is being sorted looks empty
class S:
    def __init__(self): self.items, self.seen = [3, 1, 2], 3
setup = S
def a(s): s.items.sort(key=lambda n: n)
def b(s): s.seen = len(s.items)
def holds(s): return s.seen == 3

## callbacks-6 race a heap whose items compare themselves
class Item:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return self.n < other.n
def setup(): return [Item(5), Item(6)]
def a(heap): heapq.heappush(heap, Item(1))
def b(heap): heapq.heappush(heap, Item(2))
def holds(heap): return [item.n for item in sorted(heap)] == [1, 2, 5, 6] and heap[0].n == 1

## callbacks-7 race an element is removed by comparison while one is put in before it
class Item:
    def __init__(self, n): self.n = n
    def __eq__(self, other): return self.n == other.n
def setup(): return [Item(1), Item(2), Item(3)]
def a(items): items.remove(Item(2))
def b(items): items.insert(0, Item(0))
def holds(items): return [item.n for item in items] == [0, 1, 3]

## callbacks-8 ok the same under a lock
class S:
    def __init__(self): self.table, self.lock = {1: 1, 2: 2}, threading.Lock()
def weight(n): return -n
setup = S
def a(s):
    with s.lock: max(s.table, key=weight)
def b(s):
    with s.lock: s.table[10] = 1
def holds(s): return True

## callbacks-9 ok sorted copies first
setup = lambda: {n: n for n in range(3)}
def weight(n): return -n
def a(d): sorted(d, key=weight)
def b(d): d[10] = 1
def holds(d): return True

## callbacks-10 ok a copy is looked through
setup = lambda: {n: n for n in range(3)}
def weight(n): return -n
def a(d): max(list(d), key=weight)
def b(d): d[10] = 1
def holds(d): return True

## callbacks-11 race a sum of what map gives
setup = lambda: {n: n for n in range(3)}
def weight(n): return -n
def a(d): sum(map(weight, d.values()))
def b(d): d.pop(0)
def holds(d): return True

## callbacks-12 race filter with a test of its own
setup = lambda: {n: n for n in range(3)}
def odd(n): return n % 2
def a(d): tuple(filter(odd, d))
def b(d): del d[1]
def holds(d): return True

## callbacks-13 ok setdefault with keys that compare themselves puts in one value
class Key:
    def __hash__(self): return 1
    def __eq__(self, other): return True
setup = dict
def a(d): d.setdefault(Key(), [0]).append(1)
b = a
def holds(d): return list(d.values()) == [[0, 1, 1]]

## callbacks-14 race a dict is emptied between two comparisons of its keys
class Key:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, other): return self.n == other.n
def setup(): return {Key(1): 0}
def a(d):
    if Key(1) in d: d[Key(1)] += 1
def b(d): d.clear()
def holds(d): return True

## callbacks-15 race a cache calls its function twice before it remembers
class C:
    def __init__(self): self.n = 0
    @functools.lru_cache(None)
    def lock(self): return threading.Lock()
    def add(self):
        with self.lock(): self.n += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## callbacks-16 ok a cache of what is the same each time
@functools.lru_cache(None)
def double(n): return 2 * n
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        more = double(1)
        with self.lock: self.n += more
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 4

## generators-1 race a generator that touches nothing is shared
def numbers():
    n = 0
    while True:
        n += 1
        yield n
setup = numbers
def a(ids): next(ids)
b = a
def holds(ids): return True

## generators-2 ok the same under a lock
class S:
    def __init__(self): self.ids, self.lock, self.seen = self.numbers(), threading.Lock(), []
    def numbers(self):
        n = 0
        while True:
            n += 1
            yield n
    def take(self):
        with self.lock: self.seen.append(next(self.ids))
setup = S
def a(s): s.take()
b = a
def holds(s): return sorted(s.seen) == [1, 2]

## generators-3 race a generator expression is shared
def double(n): return n * 2
setup = lambda: (double(n) for n in range(10))
def a(ids): next(ids)
b = a
def holds(ids): return True

## generators-4 race two loops over one generator
def numbers():
    for n in range(2): yield n
class S:
    def __init__(self): self.ids, self.seen = numbers(), []
setup = S
def a(s):
    for n in s.ids: s.seen.append(n)
b = a
def holds(s): return True

## generators-5 ok each thread has its own generator
def numbers():
    for n in range(3): yield n
class S:
    def __init__(self): self.seen = []
setup = S
def a(s):
    for n in numbers(): s.seen.append(n)
b = a
def holds(s): return sorted(s.seen) == [0, 0, 1, 1, 2, 2]

## generators-6 race sent values
def echo():
    value = 0
    while True: value = yield value
def setup():
    made = echo()
    next(made)
    return made
def a(g): g.send(1)
b = a
def holds(g): return True

## generators-7 race one generator behind another
def inner():
    yield 1
    yield 2
def outer(): yield from inner()
setup = outer
def a(g): next(g)
b = a
def holds(g): return True

## generators-8 ok a shared map over a counter gives each number once
class S:
    def __init__(self): self.ids, self.seen = map(str, itertools.count()), []
setup = S
def a(s): s.seen.append(next(s.ids))
b = a
def holds(s): return sorted(s.seen) == ["0", "1"]

## weak-1 race asked twice, dead between
class Thing: x = 1
class S:
    def __init__(self): self.thing = Thing(); self.ref = weakref.ref(self.thing)
setup = S
def a(s):
    if s.ref() is not None: s.ref().x
def b(s): s.thing = None
def holds(s): return True

## weak-2 ok asked once
class Thing: x = 1
class S:
    def __init__(self): self.thing = Thing(); self.ref = weakref.ref(self.thing)
setup = S
def a(s):
    thing = s.ref()
    if thing is not None: thing.x
def b(s): s.thing = None
def holds(s): return True

## weak-3 race in, then taken, from a dictionary of weak values
class Thing: pass
class S:
    def __init__(self):
        self.thing, self.cache = Thing(), weakref.WeakValueDictionary()
        self.cache["k"] = self.thing
setup = S
def a(s):
    if "k" in s.cache: s.cache["k"]
def b(s): s.thing = None
def holds(s): return True

## weak-4 ok taken with get
class Thing: x = 1
class S:
    def __init__(self):
        self.thing, self.cache = Thing(), weakref.WeakValueDictionary()
        self.cache["k"] = self.thing
setup = S
def a(s):
    found = s.cache.get("k")
    if found is not None: found.x
def b(s): s.thing = None
def holds(s): return True

## weak-5 race a proxy of what may be gone
class Thing:
    def touch(self): return 1
class S:
    def __init__(self): self.thing = Thing(); self.proxy = weakref.proxy(self.thing)
setup = S
def a(s): s.proxy.touch()
def b(s): s.thing = None
def holds(s): return True

## weak-6 ok asked twice under the lock under which it is let go
class Thing: x = 1
class S:
    def __init__(self):
        self.thing, self.lock = Thing(), threading.Lock()
        self.ref = weakref.ref(self.thing)
setup = S
def a(s):
    with s.lock:
        if s.ref() is not None: s.ref().x
def b(s):
    with s.lock: s.thing = None
def holds(s): return True

## weak-7 race a set of weak references grows while it is looked through
class Thing: x = 1
class S:
    def __init__(self):
        self.kept, self.live = [Thing(), Thing()], weakref.WeakSet()
        for one in self.kept: self.live.add(one)
    def join(self):
        self.kept.append(Thing())
        self.live.add(self.kept[-1])
setup = S
def a(s): sum(one.x for one in s.live)
def b(s): s.join()
def holds(s): return True

## weak-8 race it dies with a local variable
class Thing: x = 1
class S:
    def __init__(self): self.box = [Thing()]; self.ref = weakref.ref(self.box[0])
setup = S
def a(s):
    if s.ref() is not None: s.ref().x
def b(s):
    thing = s.box.pop()
    thing.x
def holds(s): return True

## weak-9 race the count of the living is taken twice
class Thing: pass
class S:
    def __init__(self):
        self.box, self.table = [Thing()], weakref.WeakValueDictionary()
        self.table[1] = self.box[0]
setup = S
def a(s):
    if len(s.table) == 1: assert len(s.table) == 1
def b(s): s.box.clear()
def holds(s): return True

## conditions-1 ok transfers wait for the accounts that they need
class Bank:
    def __init__(self): self.money, self.busy, self.free = {"a": 50, "b": 50}, set(), threading.Condition()
    def transfer(self, source, target, amount):
        needed = {source, target}
        with self.free:
            self.free.wait_for(lambda: not needed & self.busy)
            self.busy |= needed
        try:
            if self.money[source] < amount: return False
            self.money[source] -= amount
            self.money[target] += amount
            return True
        finally:
            with self.free:
                self.busy -= needed
                self.free.notify_all()
setup = Bank
def a(bank): bank.transfer("a", "b", 10)
def b(bank): bank.transfer("b", "a", 20)
def holds(bank): return bank.money == {"a": 60, "b": 40}

## conditions-2 ok the same, from an account to itself
class Bank:
    def __init__(self): self.money, self.busy, self.free = {"a": 50, "b": 50}, set(), threading.Condition()
    def transfer(self, source, target, amount):
        with self.free:
            while source in self.busy or target in self.busy: self.free.wait()
            self.busy.add(source); self.busy.add(target)
        self.money[source] -= amount
        self.money[target] += amount
        with self.free:
            self.busy.discard(source); self.busy.discard(target)
            self.free.notify_all()
setup = Bank
def a(bank): bank.transfer("a", "a", 10)
def b(bank): bank.transfer("b", "a", 20)
def holds(bank): return bank.money == {"a": 70, "b": 30}

## conditions-3 race only the source is marked as busy
class Bank:
    def __init__(self): self.money, self.busy, self.free = {"a": 50, "b": 50}, set(), threading.Condition()
    def transfer(self, source, target, amount):
        with self.free:
            self.free.wait_for(lambda: source not in self.busy)
            self.busy.add(source)
        self.money[source] -= amount
        self.money[target] += amount
        with self.free:
            self.busy.discard(source)
            self.free.notify_all()
setup = Bank
def a(bank): bank.transfer("a", "b", 10)
def b(bank): bank.transfer("b", "a", 20)
def holds(bank): return bank.money == {"a": 60, "b": 40}

## conditions-4 dead nobody is told
class Bank:
    def __init__(self): self.done, self.busy, self.free = 0, set(), threading.Condition()
    def use(self, account):
        with self.free:
            self.free.wait_for(lambda: account not in self.busy)
            self.busy.add(account)
        self.done += 1
        with self.free: self.busy.discard(account)
setup = Bank
def a(bank): bank.use("a")
b = a
def holds(bank): return True

## late-1 ok locks made under a guard and taken in order of number
class Bank:
    def __init__(self): self.money, self.locks, self.guard = {1: 50, 2: 50}, {}, threading.Lock()
    def lock_of(self, account):
        with self.guard:
            if account not in self.locks: self.locks[account] = (len(self.locks), threading.Lock())
            return self.locks[account]
    def transfer(self, source, target, amount):
        pairs = sorted([self.lock_of(source), self.lock_of(target)], key=lambda pair: pair[0])
        with pairs[0][1], pairs[1][1]:
            self.money[source] -= amount
            self.money[target] += amount
setup = Bank
def a(bank): bank.transfer(1, 2, 10)
def b(bank): bank.transfer(2, 1, 20)
def holds(bank): return bank.money == {1: 60, 2: 40}

## late-2 race locks made when they are missing, without a guard
class C:
    def __init__(self): self.n, self.locks = 0, {}
    def add(self):
        if "n" not in self.locks: self.locks["n"] = threading.Lock()
        with self.locks["n"]: self.n += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## late-3 ok setdefault makes one of them the lock
class C:
    def __init__(self): self.n, self.locks = 0, {}
    def add(self):
        with self.locks.setdefault("n", threading.Lock()): self.n += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## late-4 dead locks made on first use and taken in the order of the call
class Bank:
    def __init__(self): self.done, self.locks, self.guard = 0, {}, threading.Lock()
    def lock_of(self, account):
        with self.guard: return self.locks.setdefault(account, threading.Lock())
    def transfer(self, source, target):
        with self.lock_of(source), self.lock_of(target): self.done += 1
setup = Bank
def a(bank): bank.transfer(1, 2)
def b(bank): bank.transfer(2, 1)
def holds(bank): return bank.done == 2

## spins-1 ok waits twice as long each time
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        delay = 0.001
        while not self.lock.acquire(blocking=False):
            time.sleep(delay)
            delay *= 2
        try: self.n += 1
        finally: self.lock.release()
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## spins-2 ok waits for a random time that grows with the attempts
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        attempts = 0
        while True:
            if self.lock.acquire(False):
                try:
                    self.n += 1
                    return
                finally: self.lock.release()
            attempts += 1
            time.sleep(random.uniform(0, 0.001 * attempts))
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## spins-3 race gives up after three tries, with pauses
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        delay = 0.001
        for _ in range(3):
            if self.lock.acquire(blocking=False):
                try:
                    self.n += 1
                    return
                finally: self.lock.release()
            time.sleep(delay)
            delay *= 2
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## spins-4 ok setdefault is a lock of its own
class C:
    def __init__(self): self.n, self.turn = 0, {}
    def add(self):
        me = object()
        while self.turn.setdefault("holder", me) is not me: time.sleep(0.001)
        self.n += 1
        del self.turn["holder"]
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## spins-5 ok both tried, both let go otherwise
class Bank:
    def __init__(self): self.money = [50, 50]; self.locks = threading.Lock(), threading.Lock()
    def transfer(self, source, target, amount):
        while True:
            if self.locks[source].acquire(blocking=False):
                try:
                    if self.locks[target].acquire(blocking=False):
                        try:
                            self.money[source] -= amount
                            self.money[target] += amount
                            return
                        finally: self.locks[target].release()
                finally: self.locks[source].release()
            time.sleep(0)
setup = Bank
def a(bank): bank.transfer(0, 1, 10)
def b(bank): bank.transfer(1, 0, 20)
def holds(bank): return bank.money == [60, 40]

## spins-6 race both tried, and given up after two times
class Bank:
    def __init__(self): self.money = [50, 50]; self.locks = threading.Lock(), threading.Lock()
    def transfer(self, source, target, amount):
        for attempt in range(2):
            if self.locks[source].acquire(blocking=False):
                try:
                    if self.locks[target].acquire(blocking=False):
                        try:
                            self.money[source] -= amount
                            self.money[target] += amount
                            return
                        finally: self.locks[target].release()
                finally: self.locks[source].release()
            time.sleep(0.001 * attempt)
setup = Bank
def a(bank): bank.transfer(0, 1, 10)
def b(bank): bank.transfer(1, 0, 20)
def holds(bank): return bank.money == [60, 40]

## spins-7 race the pause grows until it is too long to go on
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        delay = 0.001
        while not self.lock.acquire(blocking=False):
            if delay > 0.005: return
            time.sleep(delay)
            delay *= 2
        self.n += 1
        self.lock.release()
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## spins-8 race three equal pauses, then given up
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        for pause in (0.1, 0.1, 0.1):
            if self.lock.acquire(blocking=False):
                self.n += 1
                self.lock.release()
                return
            time.sleep(pause)
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## spins-9 ok as many attempts as it takes
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        for attempt in itertools.count(1):
            if self.lock.acquire(blocking=False): break
            time.sleep(0.001 * attempt)
        self.n += 1
        self.lock.release()
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## spins-10 ok all or none, whatever is left over from the last try
class S:
    def __init__(self): self.n, self.locks = 0, [threading.Lock(), threading.Lock()]
    def both(self, order):
        locks = [self.locks[number] for number in order]
        while True:
            taken = []
            for lock in locks:
                if not lock.acquire(blocking=False): break
                taken.append(lock)
            if len(taken) == 2: break
            for lock in reversed(taken): lock.release()
            time.sleep(0.001)
        self.n += 1
        for lock in locks: lock.release()
setup = S
def a(s): s.both([0, 1])
def b(s): s.both([1, 0])
def holds(s): return s.n == 2

## spins-11 race the number of tries is left over, and counts
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        tries = 0
        while not self.lock.acquire(blocking=False):
            tries += 1
            time.sleep(0.001)
            if tries == 3: return
        self.n += 1
        self.lock.release()
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## spins-12 ok a timeout that grows at each try
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        attempt = 1
        while not self.lock.acquire(timeout=min(attempt, 10) / 100): attempt += 1
        self.n += 1
        self.lock.release()
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## spins-13 race a timeout that grows until nobody waits any longer
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        patience = 0.01
        while not self.lock.acquire(True, patience):
            patience *= 2
            if patience > 0.1: return
        self.n += 1
        self.lock.release()
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## spins-14 ok lets go of one and waits longer for the other
class S:
    def __init__(self): self.n, self.locks = 0, [threading.Lock(), threading.Lock()]
    def both(self, first, second):
        patience = 0.001
        while True:
            with self.locks[first]:
                if self.locks[second].acquire(timeout=patience):
                    self.n += 1
                    self.locks[second].release()
                    return
            patience *= 1.5
setup = S
def a(s): s.both(0, 1)
def b(s): s.both(1, 0)
def holds(s): return s.n == 2

## spins-15 race a lock of one's own that tries as often as it is told
class L:
    def __init__(self): self.lock = threading.Lock()
    def acquire(self, blocking=True, timeout=1):
        return self.lock.acquire(blocking=False) or timeout > 3
class C:
    def __init__(self): self.n, self.lock = 0, L()
    def add(self):
        tries = 1
        while not self.lock.acquire(timeout=tries): tries += 1
        n = self.n
        self.n = n + 1
        if self.lock.lock.locked(): self.lock.lock.release()
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## ids-1 ok locks in the order of id
class Bank:
    def __init__(self): self.money = [50, 50]; self.locks = threading.Lock(), threading.Lock()
    def transfer(self, source, target, amount):
        first, second = sorted((self.locks[source], self.locks[target]), key=id)
        with first, second:
            self.money[source] -= amount
            self.money[target] += amount
setup = Bank
def a(bank): bank.transfer(0, 1, 10)
def b(bank): bank.transfer(1, 0, 20)
def holds(bank): return bank.money == [60, 40]

## ids-2 ok accounts in the order of id
class Account:
    def __init__(self): self.money, self.lock = 50, threading.Lock()
def move(source, target, amount):
    first, second = (source, target) if id(source) < id(target) else (target, source)
    with first.lock, second.lock:
        source.money -= amount
        target.money += amount
setup = lambda: (Account(), Account())
def a(pair): move(pair[0], pair[1], 10)
def b(pair): move(pair[1], pair[0], 20)
def holds(pair): return (pair[0].money, pair[1].money) == (60, 40)

## ids-3 ok a table by id, made before the threads
class Item: pass
class S:
    def __init__(self):
        self.items = [Item(), Item()]
        self.locks = {id(item): threading.Lock() for item in self.items}
        self.n = 0
    def use(self, item):
        with self.locks[id(item)]: self.n += 1
setup = S
def a(s): s.use(s.items[0])
b = a
def holds(s): return s.n == 2

## ids-4 race the same, with the two threads on different items
class Item: pass
class S:
    def __init__(self):
        self.items = [Item(), Item()]
        self.locks = {id(item): threading.Lock() for item in self.items}
        self.n = 0
    def use(self, item):
        with self.locks[id(item)]: self.n += 1
setup = S
def a(s): s.use(s.items[0])
def b(s): s.use(s.items[1])
def holds(s): return s.n == 2

## ids-5 ok a set of locks is taken in the order in which sorted gives them
class Bank:
    def __init__(self): self.n = 0; self.locks = threading.RLock(), threading.RLock()
    def use(self, first, second):
        with contextlib.ExitStack() as stack:
            for lock in sorted({self.locks[first], self.locks[second]}, key=hash): stack.enter_context(lock)
            self.n += 1
setup = Bank
def a(bank): bank.use(0, 1)
def b(bank): bank.use(1, 0)
def holds(bank): return bank.n == 2

## ids-6 ok locks made late, by id
class Bank:
    def __init__(self): self.n, self.locks = 0, {}
    def use(self, *accounts):
        locks = [self.locks.setdefault(account, threading.Lock()) for account in accounts]
        locks.sort(key=id)
        with locks[0], locks[1]: self.n += 1
setup = Bank
def a(bank): bank.use("a", "b")
def b(bank): bank.use("b", "a")
def holds(bank): return bank.n == 2

## equal-1 race eight threads that do the same
class C:
    n = 0
    def add(self): self.n += 1
setup = C
def a(c): c.add()
b = c = d = e = f = g = h = a
def holds(c): return c.n == 8

## equal-2 ok four threads that do the same under a lock
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        with self.lock: self.n += 1
setup = C
def a(c): c.add()
b = c = d = a
def holds(c): return c.n == 4

## equal-3 race eight threads, each with its own function
class C:
    n = 0
    def add(self, by): self.n += by
setup = C
a, b, c, d, e, f, g, h = [lambda c, by=by: c.add(by) for by in range(1, 9)]
def holds(c): return c.n == 36

## equal-4 race the two that do the same disturb the third
class S:
    def __init__(self): self.n, self.seen = 0, []
setup = S
def a(s): s.n += 1
b = a
def c(s): s.seen.append(s.n)
def holds(s): return s.n == 2 and s.seen[0] < 2

## equal-5 dead three philosophers who sit at one place
class S:
    def __init__(self): self.forks = threading.Semaphore(3)
setup = S
def a(s):
    s.forks.acquire(); s.forks.acquire()
    s.forks.release(2)
b = c = a
def holds(s): return True

## ends-1 race cells that die with their thread
class Cell: n = 0
class C:
    def __init__(self): self.own, self.cells = threading.local(), weakref.WeakSet()
    def add(self):
        if not hasattr(self.own, "cell"):
            self.own.cell = Cell()
            self.cells.add(self.own.cell)
        self.own.cell.n += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return sum(cell.n for cell in c.cells) == 2

## ends-2 ok cells that outlive their thread
class Cell: n = 0
class C:
    def __init__(self): self.own, self.cells = threading.local(), []
    def add(self):
        if not hasattr(self.own, "cell"):
            self.own.cell = Cell()
            self.cells.append(self.own.cell)
        self.own.cell.n += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return sum(cell.n for cell in c.cells) == 2

## ends-3 race a table of weak threads forgets those that ended
class C:
    def __init__(self): self.cells = weakref.WeakKeyDictionary()
    def add(self): self.cells[threading.current_thread()] = self.cells.get(threading.current_thread(), 0) + 1
setup = C
def a(c): c.add()
b = a
def holds(c): return sum(c.cells.values()) == 2

## ends-4 race another thread reads after one has ended
class Cell: n = 0
class C:
    def __init__(self): self.own, self.cells, self.seen = threading.local(), weakref.WeakSet(), None
    def add(self):
        self.own.cell = Cell()
        self.cells.add(self.own.cell)
        self.own.cell.n += 1
    def look(self):
        first = sum(cell.n for cell in self.cells)
        self.seen = first, sum(cell.n for cell in self.cells)
setup = C
def a(c): c.add()
def b(c): c.look()
def holds(c): return c.seen is None or c.seen[0] <= c.seen[1]

## names-1 race counts by the name of the thread, and two have one name
class C:
    def __init__(self): self.counts = {}
    def add(self):
        name = threading.current_thread().name
        self.counts[name] = self.counts.get(name, 0) + 1
setup = C
def a(c):
    threading.current_thread().name = "worker"
    c.add()
b = a
def holds(c): return sum(c.counts.values()) == 2

## names-2 ok counts by the number of the thread
class C:
    def __init__(self): self.counts = {}
    def add(self):
        me = threading.get_ident()
        self.counts[me] = self.counts.get(me, 0) + 1
setup = C
def a(c):
    threading.current_thread().name = "worker"
    c.add()
b = a
def holds(c): return sum(c.counts.values()) == 2

## names-3 race locks by the name of the thread
class C:
    def __init__(self): self.n, self.locks = 0, collections.defaultdict(threading.Lock)
    def add(self):
        with self.locks[threading.current_thread().name]: self.n += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## names-4 race a lock for each thread, by its number
class C:
    def __init__(self): self.n, self.locks = 0, collections.defaultdict(threading.Lock)
    def add(self):
        with self.locks[threading.current_thread().ident]: self.n += 1
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## names-5 ok a thread that runs is alive, and has one number
class S: seen = ()
setup = S
def a(s):
    me = threading.current_thread()
    assert me.is_alive() and me.ident == threading.get_ident() and me is threading.current_thread()
b = a
def holds(s): return True

## texts-1 race a statement in a text
class C:
    n = 0
    def add(self): exec("self.n = self.n + 1")
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## texts-2 ok the same under a lock
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        with self.lock: exec("self.n = self.n + 1")
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## texts-3 race a name of a table that threads share
setup = lambda: {"n": 0}
def a(names): exec("n += 1", names)
b = a
def holds(names): return names["n"] == 2

## texts-4 race an expression in a text
class C:
    n = 0
    def add(self): self.n = eval("self.n + 1")
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## texts-5 race a loop in a text
class C:
    n = 0
    def add(self): exec("for _ in range(1):\\n    self.n += 1")
setup = C
def a(c): c.add()
b = a
def holds(c): return c.n == 2

## never-1 open a coroutine is made and never runs
class C:
    n = 0
    async def add(self): self.n += 1
setup = C
def a(c): return c.add()
b = a
def holds(c): return True

## never-2 open a generator is made and never runs
class C:
    n = 0
    def add(self):
        self.n += 1
        yield
setup = C
def a(c): return c.add()
b = a
def holds(c): return True

## library-1 open argparse counts into one namespace
import argparse
def setup():
    parser = argparse.ArgumentParser()
    parser.add_argument("-v", action="count", default=0)
    return parser, argparse.Namespace()
def a(s): s[0].parse_args(["-v"], s[1])
b = a
def holds(s): return True

## library-2 ok the same under a lock
import argparse
def setup():
    parser = argparse.ArgumentParser()
    parser.add_argument("-v", action="count", default=0)
    return parser, argparse.Namespace(), threading.Lock()
def a(s):
    with s[2]: s[0].parse_args(["-v"], s[1])
b = a
def holds(s): return s[1].v == 2

## library-3 race a property of the library is read and then written
import unittest.mock
setup = unittest.mock.Mock
def a(m): m.call_count += 1
b = a
def holds(m): return m.call_count == 2

## library-4 ok the same under a lock
import unittest.mock
class S:
    def __init__(self): self.mock, self.lock = unittest.mock.Mock(), threading.Lock()
setup = S
def a(s):
    with s.lock: s.mock.call_count += 1
b = a
def holds(s): return s.mock.call_count == 2

## library-5 open a mock counts its calls
import unittest.mock
setup = unittest.mock.Mock
def a(m): m()
b = a
def holds(m): return True

## library-6 open optparse counts into values that are shared
import optparse
def setup():
    parser = optparse.OptionParser()
    parser.add_option("-v", action="count", default=0, dest="v")
    return parser, optparse.Values({"v": 0})
def a(s): s[0].parse_args(["-v"], s[1])
b = a
def holds(s): return True

## library-7 race a mutable mapping of the library is read and then written
setup = lambda: collections.UserDict(n=0)
def a(d): d["n"] += 1
b = a
def holds(d): return d["n"] == 2

## library-8 ok the same under a lock
class S:
    def __init__(self): self.table, self.lock = collections.UserDict(n=0), threading.Lock()
setup = S
def a(s):
    with s.lock: s.table["n"] += 1
b = a
def holds(s): return s.table["n"] == 2

## library-9 race a chain of maps, in then taken
setup = lambda: collections.ChainMap({"n": 0}, {})
def a(d):
    if "n" in d: d["n"]
def b(d): del d["n"]
def holds(d): return True

## circles-1 ok takes one lock, tries the other, and blocks on that next time
class Pair:
    def __init__(self): self.done, self.first, self.second = 0, threading.Lock(), threading.Lock()
    def take(self, one, other):
        while True:
            one.acquire()
            if other.acquire(blocking=False): return
            one.release()
            one, other = other, one
    def move(self, one, other):
        self.take(one, other)
        try: self.done += 1
        finally:
            one.release()
            other.release()
setup = Pair
def a(pair):
    pair.move(pair.first, pair.second)
    pair.move(pair.second, pair.first)
def b(pair): pair.move(pair.second, pair.first)
def holds(pair): return pair.done == 3

## circles-2 dead the same, and the lock that was taken is not let go of
class Pair:
    def __init__(self): self.done, self.first, self.second = 0, threading.Lock(), threading.Lock()
    def move(self, one, other):
        while True:
            one.acquire()
            if other.acquire(blocking=False): break
            one, other = other, one
        self.done += 1
        one.release()
        other.release()
setup = Pair
def a(pair): pair.move(pair.first, pair.second)
def b(pair): pair.move(pair.second, pair.first)
def holds(pair): return pair.done == 2

## circles-3 ok turns by two until another thread has set a flag
class Flag:
    def __init__(self): self.up, self.seen = False, 0
    def wait(self):
        left, right = 1, 2
        while not self.up: left, right = right, left
        self.seen = 1
setup = Flag
def a(flag): flag.wait()
def b(flag): flag.up = True
def holds(flag): return flag.seen == 1

## circles-4 race the same, and what it counted meanwhile was somebody else's too
class Flag:
    def __init__(self): self.up, self.looks = False, 0
    def wait(self):
        left, right = 1, 2
        while not self.up: left, right = right, left
        self.looks += 1
setup = Flag
def a(flag): flag.wait()
def b(flag):
    flag.up = True
    flag.looks += 1
def holds(flag): return flag.looks == 2

## semaphores-1 ok one semaphore an account, taken in the order of their numbers
class Bank:
    def __init__(self): self.money, self.gates = {1: 50, 2: 50}, {1: threading.Semaphore(1), 2: threading.Semaphore(1)}
    def transfer(self, source, target, amount):
        first, second = sorted([source, target])
        with self.gates[first], self.gates[second]:
            self.money[source] -= amount
            self.money[target] += amount
setup = Bank
def a(bank): bank.transfer(1, 2, 10)
def b(bank): bank.transfer(2, 1, 20)
def holds(bank): return bank.money == {1: 60, 2: 40}

## semaphores-2 dead the same, in the order of the call
class Bank:
    def __init__(self): self.done, self.gates = 0, {1: threading.Semaphore(1), 2: threading.Semaphore(1)}
    def transfer(self, source, target):
        with self.gates[source], self.gates[target]: self.done += 1
setup = Bank
def a(bank): bank.transfer(1, 2)
def b(bank): bank.transfer(2, 1)
def holds(bank): return True

## tries-1 race three times compared and set, and then given up: one call against three
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        for _ in range(3):
            seen = self.n
            with self.lock:
                if self.n == seen:
                    self.n = seen + 1
                    return True
        return False
setup = C
def a(c): c.add()
def b(c): c.add(), c.add(), c.add()
def holds(c): return c.n == 4

## tries-2 ok compared and set until it is done
class C:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        while True:
            seen = self.n
            with self.lock:
                if self.n == seen:
                    self.n = seen + 1
                    return True
setup = C
def a(c): c.add()
def b(c): c.add(), c.add(), c.add()
def holds(c): return c.n == 4

## reads-1 race a count that raises while an increment is under way
class C:
    def __init__(self): self.n, self.busy, self.lock = 0, False, threading.Lock()
    def add(self):
        with self.lock:
            self.busy = True
            self.n += 1
            self.busy = False
    def count(self):
        if self.busy: raise RuntimeError("in the middle of an increment")
        return self.n
setup = C
def a(c): c.add()
def b(c): c.count()
def holds(c): return c.n == 1

## reads-2 ok it waits for the increment
class C:
    def __init__(self): self.n, self.busy, self.lock = 0, False, threading.Lock()
    def add(self):
        with self.lock:
            self.busy = True
            self.n += 1
            self.busy = False
    def count(self):
        with self.lock:
            if self.busy: raise RuntimeError("in the middle of an increment")
            return self.n
setup = C
def a(c): c.add()
def b(c): c.count()
def holds(c): return c.n == 1
"""
