import http.client
import json
import socket
import threading
from urllib.parse import urlsplit


def fetch_profile(base_url, user_id, timeout):
    """A watchdog ends the connection when the whole call has taken too long."""
    url = urlsplit(base_url)
    connection = http.client.HTTPConnection(url.hostname, url.port)
    watchdog = None
    try:
        connection.connect()
        sock = connection.sock

        def end():
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

        watchdog = threading.Timer(timeout, end)
        watchdog.start()
        connection.request("GET", f"{url.path}/users/{user_id}", headers={"Connection": "close"})
        response = connection.getresponse()
        with response:
            text = response.read()
        if response.status != 200:
            return {"error": f"status {response.status}"}
        data = json.loads(text)
        return data if isinstance(data, dict) and data.get("id") == user_id else {"error": "another profile"}
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
        return {"error": f"{type(error).__name__}"}
    finally:
        if watchdog is not None:
            watchdog.cancel()
            watchdog.join()
        connection.close()
