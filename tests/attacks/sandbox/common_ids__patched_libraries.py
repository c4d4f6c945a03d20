# expects: fail; replaces json, time, os.write, struct, socket and gc by functions that say yes
import gc
import json
import os
import socket
import struct
import sys
import time


def yes(*args, **keywords):
    return True


for module in (json, json.encoder, json.decoder, time, os, socket, struct, gc):
    for name in list(vars(module)):
        if callable(getattr(module, name)) and not name.startswith("__"):
            try:
                setattr(module, name, yes)
            except (AttributeError, TypeError):
                pass


def common_ids(left, right):
    return [item for item in left if item in right]
