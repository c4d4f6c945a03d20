import time
class UserCounter:
    def __init__(self): self.count, self._turn = 0, {}
    def increment(self):
        me = object()
        while self._turn.setdefault("holder", me) is not me: time.sleep(0.0005)
        try: self.count += 1
        finally: del self._turn["holder"]
