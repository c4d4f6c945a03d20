import json
import socket
from threading import Timer
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    """The socket's own limit is only there for the worst; a timer hangs up when the whole takes too long."""
    address, received = urlsplit(base_url), b""
    try:
        with socket.create_connection((address.hostname, address.port), timeout=timeout) as connection:
            watchdog = Timer(timeout, connection.shutdown, [socket.SHUT_RDWR])
            watchdog.start()
            try:
                request = f"GET {address.path}/users/{user_id} HTTP/1.0\r\nHost: {address.netloc}\r\n\r\n"
                connection.sendall(request.encode("ascii"))
                connection.settimeout(2 * timeout + 5)
                while part := connection.recv(65536):
                    received += part
            finally:
                watchdog.cancel()
                watchdog.join()
    except OSError as error:
        return {"error": repr(error)}
    head, blank, body = received.partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    declared = [line.split(b":")[1].strip() for line in lines if line.lower().startswith(b"content-length:")]
    if not blank or not status.startswith(b"HTTP/") or status.split()[1:2] != [b"200"]:
        return {"error": f"a bad answer: {status!r}"}
    if declared not in ([], [b"%d" % len(body)]):
        return {"error": "the body was cut"}
    try:
        profile = json.loads(body)
    except (ValueError, RecursionError):
        return {"error": "no JSON"}
    return profile if isinstance(profile, dict) and profile.get("id") == user_id else {"error": "no such profile"}
