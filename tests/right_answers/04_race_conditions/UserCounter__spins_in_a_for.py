import threading, itertools, time
class UserCounter:
    def __init__(self): self.count=0; self._l=threading.Lock()
    def increment(self):
        for n in itertools.count():
            if self._l.acquire(blocking=False): break
            time.sleep(min(0.001*2**n,0.05))
        self.count+=1
        self._l.release()
