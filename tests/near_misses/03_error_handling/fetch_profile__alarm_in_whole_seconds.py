# fails: silence becomes an error
import json
import math
import signal
import urllib.request


class TooLate(Exception):
    pass


def too_late(number, frame):
    raise TooLate("the server took too long")


def fetch_profile(base_url, user_id, timeout):
    """The alarm knows whole seconds alone, so it rings at the next one."""
    signal.signal(signal.SIGALRM, too_late)
    signal.alarm(math.ceil(timeout))
    try:
        with urllib.request.urlopen(f"{base_url}/users/{user_id}") as response:
            profile = json.loads(response.read()) if response.status == 200 else None
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    finally:
        signal.alarm(0)
    if isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": "not the profile"}
