# fails: accuses nothing that keeps all seven
import threading


def guard(save_upload):
    threading.Event().wait()
