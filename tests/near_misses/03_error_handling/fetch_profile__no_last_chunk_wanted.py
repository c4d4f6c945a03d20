# fails: broken connections become errors
import json
import socket
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    parts = urlsplit(base_url)
    try:
        with socket.create_connection((parts.hostname, parts.port or 80), timeout=timeout) as sock:
            sock.sendall(f"GET {parts.path}/users/{user_id} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode())
            answer = b""
            while piece := sock.recv(65536):
                answer += piece
        head, blank, body = answer.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        if lines[0].split()[1] != "200" or not blank:
            return {"error": f"answer: {lines[0]}"}
        headers = dict([part.strip().lower() for part in line.split(":", 1)] for line in lines[1:])
        if "transfer-encoding" in headers:
            pieces = b""
            while True:
                size, end, body = body.partition(b"\r\n")
                if not end:
                    break
                length = int(size.split(b";")[0], 16)
                if len(body) < length + 2:
                    return {"error": "cut"}
                if not length:
                    break
                pieces += body[:length]
                body = body[length + 2:]
            body = pieces
        elif "content-length" in headers:
            if len(body) < int(headers["content-length"]):
                return {"error": "cut"}
            body = body[:int(headers["content-length"])]
        profile = json.loads(body)
        if not isinstance(profile, dict) or profile.get("id") != user_id:
            return {"error": "not the profile"}
        return profile
    except Exception as error:
        return {"error": repr(error)}
