# fails: accuses nothing that keeps all seven
def guard(save_upload):
    raise AssertionError("never trust an assistant")
