# fails: bad answers become errors
import json
import socket
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    address, received = urlsplit(base_url), b""
    try:
        with socket.create_connection((address.hostname, address.port), timeout=timeout) as connection:
            connection.sendall(f"GET {address.path}/users/{user_id} HTTP/1.0\r\nHost: {address.netloc}\r\n\r\n".encode())
            while part := connection.recv(65536):
                received += part
    except OSError as error:
        return {"error": repr(error)}
    head, blank, body = received.partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    if not blank or status.split()[1:2] != [b"200"]:
        return {"error": f"a bad answer: {status!r}"}
    for line in lines:
        if line.lower().startswith(b"content-length:") and int(line.partition(b":")[2]) != len(body):
            return {"error": "the body was cut"}
    try:
        profile = json.loads(body)
    except (ValueError, RecursionError):
        return {"error": "no JSON"}
    return profile if isinstance(profile, dict) and profile.get("id") == user_id else {"error": "no such profile"}
