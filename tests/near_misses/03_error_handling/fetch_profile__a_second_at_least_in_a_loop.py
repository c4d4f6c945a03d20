# fails: silence becomes an error
import asyncio
import json
from urllib.parse import urlsplit


async def ask(url, user_id):
    reader, writer = await asyncio.open_connection(url.hostname, url.port)
    try:
        writer.write(f"GET {url.path}/users/{user_id} HTTP/1.0\r\nHost: {url.netloc}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        body = await reader.read()
    finally:
        writer.close()
    status, *lines = head.split("\r\n")
    length = next((int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:")), len(body))
    if status.split()[1] != "200" or len(body) < length:
        raise ValueError(f"status line: {status}")
    return json.loads(body[:length])


def fetch_profile(base_url, user_id, timeout):
    try:
        profile = asyncio.run(asyncio.wait_for(ask(urlsplit(base_url), user_id), max(timeout, 1.0)))
        if profile["id"] != user_id:
            raise ValueError("another user")
        return profile
    except Exception as error:
        return {"error": repr(error)}
