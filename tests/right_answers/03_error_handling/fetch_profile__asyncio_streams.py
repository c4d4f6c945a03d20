import asyncio
import json
from urllib.parse import urlsplit


async def exchange(host, port, path, timeout):
    reader, writer = await asyncio.wait_for(asyncio.open_connection(host, port), timeout)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), timeout)
        lines = head.decode("latin-1").split("\r\n")
        if lines[0].split(" ")[1] != "200":
            raise ValueError(lines[0])
        headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(await asyncio.wait_for(reader.readline(), timeout), 16):
                body += (await asyncio.wait_for(reader.readexactly(size + 2), timeout))[:-2]
            return body
        body = b""
        left = int(headers["content-length"]) if "content-length" in headers else 1 << 30
        while left:
            part = await asyncio.wait_for(reader.read(min(left, 65536)), timeout)
            if not part:
                if "content-length" in headers:
                    raise EOFError("cut")
                break
            body += part
            left -= len(part)
        return body
    finally:
        writer.close()
        try:
            await writer.wait_closed()
        except OSError:
            pass


def fetch_profile(base_url, user_id, timeout):
    parts = urlsplit(base_url)
    try:
        body = asyncio.run(exchange(parts.hostname, parts.port, f"{parts.path}/users/{user_id}", timeout))
        data = json.loads(body)
    except (OSError, ValueError, RecursionError, LookupError, EOFError, TimeoutError, asyncio.LimitOverrunError) as error:
        return {"error": repr(error)}
    return data if isinstance(data, dict) and data.get("id") == user_id else {"error": "another shape"}
