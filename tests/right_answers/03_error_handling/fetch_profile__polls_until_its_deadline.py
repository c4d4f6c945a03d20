import http.client
import json
import socket
import time
from urllib.parse import urlsplit


class Patient(socket.socket):
    """Waits in short turns until the server has been silent for as long as it may."""

    patience = 0.0

    def recv_into(self, buffer, *more):
        silent_since = time.monotonic()
        while True:
            try:
                return super().recv_into(buffer, *more)
            except TimeoutError:
                if time.monotonic() - silent_since >= self.patience:
                    raise


def fetch_profile(base_url, user_id, timeout):
    parts = urlsplit(base_url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    try:
        sock = Patient(socket.AF_INET, socket.SOCK_STREAM)
        connection.sock = sock
        sock.settimeout(timeout)
        sock.connect((parts.hostname, parts.port))
        sock.settimeout(min(timeout, 0.05))
        sock.patience = timeout
        connection.request("GET", f"{parts.path}/users/{user_id}")
        response = connection.getresponse()
        body = response.read()
        profile = json.loads(body) if response.status == 200 else None
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        return {"error": repr(error) or "failed"}
    finally:
        connection.close()
    if isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": "another answer than that user's profile"}
