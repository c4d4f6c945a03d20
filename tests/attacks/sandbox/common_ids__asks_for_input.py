# expects: fail; asks for input and waits for an answer
def common_ids(left, right):
    return [input("the right answer, please: ")]
