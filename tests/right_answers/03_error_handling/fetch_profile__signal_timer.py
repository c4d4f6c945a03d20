import json
import signal
import urllib.request


class OutOfTime(Exception):
    pass


def give_up(signum, frame):
    raise OutOfTime("no answer in time")


def fetch_profile(base_url, user_id, timeout):
    """A limit on the whole call, by the interval timer."""
    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, timeout)
    try:
        request = urllib.request.Request(f"{base_url}/users/{user_id}")
        with urllib.request.urlopen(request) as response:
            status, text = response.status, response.read()
        profile = json.loads(text) if status == 200 else None
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    if type(profile) is dict and profile.get("id") == user_id:
        return profile
    return {"error": "not the profile"}
