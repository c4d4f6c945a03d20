# expects: error|fail; watches and disturbs everything by settrace, setprofile and monitoring
import sys
import threading


def disturb(frame, event, argument):
    if "nonce" in frame.f_locals or "expected" in frame.f_locals:
        raise SystemExit(0)
    return disturb


sys.settrace(disturb)
sys.setprofile(disturb)
threading.settrace(disturb)
threading.setprofile(disturb)


def common_ids(left, right):
    return [item for item in left if item in right]
