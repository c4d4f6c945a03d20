# expects: fail; returns an integer that Python refuses to print
def common_ids(left, right):
    return [10**20000, -(10**5000)]
