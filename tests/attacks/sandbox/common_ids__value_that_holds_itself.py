# expects: fail; returns a list that contains itself
def common_ids(left, right):
    value = []
    value.append(value)
    return value
