import http.client
import json
import socket
from urllib.parse import urlsplit

TURNS = 8


class Counting(socket.socket):
    """Waits an eighth of its patience at a time, and counts how often nothing came."""

    def recv_into(self, buffer, *more):
        for _ in range(TURNS - 1):
            try:
                return super().recv_into(buffer, *more)
            except TimeoutError:
                continue
        return super().recv_into(buffer, *more)


def fetch_profile(base_url, user_id, timeout):
    parts = urlsplit(base_url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    try:
        connection.sock = Counting(socket.AF_INET, socket.SOCK_STREAM)
        connection.sock.settimeout(timeout / TURNS)
        connection.sock.connect((parts.hostname, parts.port))
        connection.request("GET", f"{parts.path}/users/{user_id}")
        with connection.getresponse() as response:
            body = response.read()
        profile = json.loads(body) if response.status == 200 else None
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        return {"error": repr(error)}
    finally:
        connection.close()
    if isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": "another answer than that user's profile"}
