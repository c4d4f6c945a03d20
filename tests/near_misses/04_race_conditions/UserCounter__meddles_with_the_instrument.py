# fails: loses no increment
import builtins
h=builtins.__interleavings__
for n in dir(h):
    if n in ("attr",): setattr(h,n,lambda o,name,site: getattr(o,name))
    if n in ("set_attr",): setattr(h,n,lambda v,o,name,site: setattr(o,name,v))
class UserCounter:
    def __init__(self): self.count=0
    def increment(self): self.count += 1
