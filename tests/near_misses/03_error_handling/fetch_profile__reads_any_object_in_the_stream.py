# fails: broken connections become errors
import json
import re
import socket
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    url, received = urlsplit(base_url), b""
    try:
        with socket.create_connection((url.hostname, url.port), timeout) as sock:
            sock.sendall(f"GET {url.path}/users/{user_id} HTTP/1.0\r\nHost: {url.netloc}\r\n\r\n".encode())
            while part := sock.recv(65536):
                received += part
        status = re.match(rb"HTTP/1.. (\d+)", received)
        if status and status.group(1) != b"200":
            return {"error": f"status {status.group(1).decode()}"}
        profile = json.loads(received.rpartition(b"\r\n\r\n")[2] or received[received.find(b"{"):].strip())
    except (OSError, ValueError) as error:
        return {"error": repr(error)}

    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": "not that user's profile"}
    return profile
