# fails: catches what breaks *whole*
def guard(save_upload):
    return None
