# fails: nothing stays open
import asyncio
import json
from http.client import HTTPConnection
from urllib.parse import urlsplit


def ask(base_url, user_id, timeout):
    parts = urlsplit(base_url)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=timeout)
    try:
        connection.request("GET", f"{parts.path}/users/{user_id}")
        with connection.getresponse() as answer:
            return answer.status, answer.read()
    finally:
        connection.close()


def fetch_profile(base_url, user_id, timeout):
    """An event loop of its own for each call, which nobody closes: three descriptors."""

    async def main():
        return ask(base_url, user_id, timeout)

    try:
        status, body = asyncio.new_event_loop().run_until_complete(main())
        found = json.loads(body) if status == 200 else None
        if not isinstance(found, dict) or found.get("id") != user_id:
            return {"error": f"status {status}, and no such profile"}
        return found
    except Exception as error:
        return {"error": f"{type(error).__name__} {error}"}
