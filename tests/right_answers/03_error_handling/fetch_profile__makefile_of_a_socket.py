import json
import socket
from urllib.parse import urlsplit


class BadAnswer(Exception):
    pass


def _line(stream):
    line = stream.readline(65537)
    if not line.endswith(b"\n"):
        raise BadAnswer("headers are cut")
    return line.rstrip(b"\r\n")


def _exactly(stream, size):
    data = stream.read(size)
    if len(data) != size:
        raise BadAnswer("body is cut")
    return data


def _chunked(stream):
    pieces = []
    while size := int(_line(stream).split(b";")[0], 16):
        if size < 0:
            raise BadAnswer("negative chunk")
        pieces.append(_exactly(stream, size))
        if _line(stream):
            raise BadAnswer("chunk without an end")
    while _line(stream):
        pass
    return b"".join(pieces)


def _get(host, port, target, timeout):
    with socket.create_connection((host, port), timeout=timeout) as sock, sock.makefile("rb") as stream:
        sock.sendall(f"GET {target} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode("ascii"))
        status = 100
        while 100 <= status < 200:
            words = _line(stream).split(None, 2)
            if len(words) < 2 or not words[0].startswith(b"HTTP/1."):
                raise BadAnswer("not HTTP")
            status = int(words[1])
            headers = {}
            while line := _line(stream):
                name, _, value = line.partition(b":")
                headers[name.strip().lower()] = value.strip()
        if status != 200:
            raise BadAnswer(f"status {status}")
        if b"chunked" in headers.get(b"transfer-encoding", b"").lower():
            return _chunked(stream)
        if b"content-length" in headers:
            length = int(headers[b"content-length"])
            if length < 0:
                raise BadAnswer("negative length")
            return _exactly(stream, length)
        return stream.read()


def fetch_profile(base_url, user_id, timeout):
    try:
        parts = urlsplit(base_url)
        body = _get(parts.hostname, parts.port or 80, f"{parts.path}/users/{user_id}", timeout)
        profile = json.loads(body)
        if not isinstance(profile, dict) or profile.get("id") != user_id:
            raise BadAnswer("not this user's profile")
        return profile
    except Exception as error:
        return {"error": str(error) or type(error).__name__}
