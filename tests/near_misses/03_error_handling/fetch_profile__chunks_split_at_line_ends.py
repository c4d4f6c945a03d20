# fails: good answers come back
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
            if not body.rstrip().endswith(b"0"):
                return {"error": "cut"}
            body = b"".join(body.split(b"\r\n")[1::2])
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
