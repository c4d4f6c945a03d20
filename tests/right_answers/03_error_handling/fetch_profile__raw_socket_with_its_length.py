import json
import socket
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    parts = urlsplit(base_url)
    try:
        with socket.create_connection((parts.hostname, parts.port), timeout=timeout) as sock:
            sock.settimeout(timeout)
            sock.sendall(f"GET {parts.path}/users/{user_id} HTTP/1.0\r\nHost: {parts.netloc}\r\n\r\n".encode())
            received = b""
            while part := sock.recv(65536):
                received += part
        head, end, body = received.partition(b"\r\n\r\n")
        first = head.split(b"\r\n")[0].split()
        if not end or len(first) < 2 or not first[0].startswith(b"HTTP/") or first[1] != b"200":
            return {"error": "no 200"}
        headers = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        if len(body) < int(headers.get(b"content-length", 0)):
            return {"error": "the body was cut"}
        profile = json.loads(body)
    except (OSError, ValueError, RecursionError) as error:
        return {"error": repr(error)}
    if isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": "not the profile"}
