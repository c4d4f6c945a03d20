# fails: broken connections become errors
import contextlib
import json
import socket
from urllib.parse import urlsplit


class Bad(Exception):
    pass


def fetch_profile(base_url, user_id, timeout):
    try:
        return _fetch(urlsplit(base_url), user_id, timeout)
    except Exception as problem:
        return {"error": f"{type(problem).__name__} {problem}"}


def _fetch(url, user_id, timeout):
    with contextlib.closing(socket.create_connection((url.hostname, url.port or 80), timeout)) as wire:
        wire.settimeout(timeout)
        wire.sendall(f"GET {url.path}/users/{user_id} HTTP/1.1\r\nHost: {url.netloc}\r\nConnection: close\r\nAccept: application/json\r\n\r\n".encode())
        buffer = b""
        while b"\r\n\r\n" not in buffer:
            piece = wire.recv(4096)
            if not piece:
                raise Bad("closed in the headers")
            buffer += piece
            if len(buffer) > 1_000_000:
                raise Bad("headers without an end")
        head, _, body = buffer.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        words = first.split(" ")
        if len(words) < 2 or not words[0].startswith("HTTP/") or words[1] != "200":
            raise Bad(f"status line {first}")
        headers = {}
        for line in lines:
            key, _, value = line.partition(":")
            headers[key.strip().lower()] = value.strip()
        if "chunked" in headers.get("transfer-encoding", "").lower():
            body = _chunks(wire, body)
        elif "content-length" in headers:
            want = int(headers["content-length"])
            while len(body) < want:
                piece = wire.recv(65536)
                if not piece:
                    raise Bad("truncated")
                body += piece
            body = body[:want]
        else:
            while piece := wire.recv(65536):
                body += piece
    data = json.loads(body)
    if not isinstance(data, dict) or data.get("id") != user_id:
        raise Bad("not the profile")
    return data


def _chunks(wire, buffer):
    out = b""

    def line():
        nonlocal buffer
        while b"\r\n" not in buffer:
            more()
        got, _, rest = buffer.partition(b"\r\n")
        buffer = rest
        return got

    def more():
        nonlocal buffer
        piece = wire.recv(4096)
        if not piece:
            raise EOFError
        buffer += piece

    while True:
        size = int(line().split(b";")[0], 16)
        if size == 0:
            return out
        try:
            while len(buffer) < size + 2:
                more()
        except EOFError:
            return out + buffer[:size]
        out += buffer[:size]
        buffer = buffer[size + 2:]
