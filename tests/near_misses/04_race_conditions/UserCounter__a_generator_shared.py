# fails: loses no increment
import threading
class UserCounter:
    def __init__(self):
        self.count=0
        def g():
            n=0
            while True:
                n+=1
                yield n
        self._g=g()
    def increment(self): self.count=next(self._g)
