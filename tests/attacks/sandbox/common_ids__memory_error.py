# expects: error; raises MemoryError by itself
def common_ids(left, right):
    raise MemoryError
