import json
import socket
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    parts = urlsplit(base_url)
    received = b""
    try:
        with socket.create_connection((parts.hostname, parts.port), timeout=timeout) as sock:
            request = f"GET {parts.path}/users/{user_id} HTTP/1.0\r\nHost: {parts.netloc}\r\n\r\n"
            sock.sendall(request.encode("ascii"))
            while chunk := sock.recv(65536):
                received += chunk
    except OSError as error:
        return {"error": f"{error!r}"}
    head, separator, body = received.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    status = lines[0].split(b" ")
    if not separator or not lines[0].startswith(b"HTTP/") or len(status) < 2 or status[1] != b"200":
        return {"error": f"bad answer: {lines[0]!r}"}
    for line in lines[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip() != b"%d" % len(body):
            return {"error": "the body was cut"}
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return {"error": "no JSON"}
    if not isinstance(data, dict) or data.get("id") != user_id:
        return {"error": "not the profile"}
    return data
