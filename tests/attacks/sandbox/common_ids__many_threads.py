# expects: error|fail; starts as many threads as it can and leaves them running
import threading
import time


def common_ids(left, right):
    threading.stack_size(64 * 1024)
    for _ in range(500):
        try:
            threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
        except RuntimeError:
            break
    return [item for item in left if item in right]
