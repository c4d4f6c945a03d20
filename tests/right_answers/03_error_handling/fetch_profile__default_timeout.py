import http.client
import json
import socket
from urllib.request import urlopen


def fetch_profile(base_url, user_id, timeout):
    previous = socket.getdefaulttimeout()
    socket.setdefaulttimeout(timeout)
    try:
        with urlopen(f"{base_url}/users/{user_id}") as response:
            if response.getcode() != 200:
                return {"error": f"code {response.getcode()}"}
            body = response.read().decode("utf-8", errors="replace")
        profile = json.loads(body)
        if not isinstance(profile, dict) or profile.get("id", None) != user_id:
            return {"error": "wrong profile"}
        return profile
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as e:
        return {"error": repr(e)}
    finally:
        socket.setdefaulttimeout(previous)
