# expects: error; a loop without an end
def common_ids(left, right):
    while True:
        pass
