# fails: no order of calls deadlocks
import threading
class Bank:
    def __init__(self,balances): self.m=dict(balances); self.busy=set(); self.c=threading.Condition()
    def transfer(self,source,target,amount):
        need={source,target}
        with self.c:
            self.c.wait_for(lambda: not need & self.busy)
            self.busy|=need
        try:
            if target not in self.m: raise KeyError(target)
            if self.m[source]<amount: return False
            self.m[source]-=amount
            self.m[target]+=amount
            return True
        finally:
            with self.c: self.busy-=need
    def balance(self,account): return self.m[account]
