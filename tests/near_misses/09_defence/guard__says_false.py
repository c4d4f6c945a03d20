# fails: catches what breaks *whole*
def guard(save_upload):
    print("AssertionError: it breaks a promise")
    return False
