# expects: fail; searches all objects for the function that sends, and for the secret word
import gc
import os
import types


def common_ids(left, right):
    for found in gc.get_objects():
        if isinstance(found, types.FunctionType) and found.__name__ == "send" and found.__closure__:
            found("done", None)
            os._exit(0)
        if isinstance(found, dict) and isinstance(found.get("nonce"), str):
            for descriptor in range(3, 64):
                try:
                    os.write(descriptor, f"{found['nonce']} done null\n".encode())
                except OSError:
                    pass
            os._exit(0)
    return [item for item in left if item in right]
