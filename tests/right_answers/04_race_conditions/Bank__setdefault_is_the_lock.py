import time
class Bank:
    def __init__(self,balances): self.m=dict(balances); self.t={}
    def transfer(self,source,target,amount):
        me=object()
        while self.t.setdefault(0,me) is not me: time.sleep(0.001)
        try:
            if target not in self.m: raise KeyError(target)
            if self.m[source]<amount: return False
            self.m[source]-=amount
            self.m[target]+=amount
            return True
        finally: del self.t[0]
    def balance(self,account): return self.m[account]
