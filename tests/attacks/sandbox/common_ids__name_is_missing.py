# expects: error; does not define the name
def other_name(left, right):
    return []
