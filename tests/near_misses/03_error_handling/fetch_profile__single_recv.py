# fails: good answers come back
import json
import socket
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    url = urlsplit(base_url)
    try:
        with socket.create_connection((url.hostname, url.port), timeout) as sock:
            sock.sendall(f"GET {url.path}/users/{user_id} HTTP/1.0\r\nHost: {url.netloc}\r\n\r\n".encode())
            answer = sock.recv(65536)
        head, _, body = answer.partition(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n")[0]:
            return {"error": f"answer {head[:40]!r}"}
        profile = json.loads(body)
    except (OSError, ValueError) as error:
        return {"error": repr(error)}

    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not that user's profile"}
    return profile
