import contextlib
import json
import urllib.request


class Plain(urllib.request.HTTPRedirectHandler, urllib.request.HTTPErrorProcessor):
    """No redirect is followed and no status is an exception."""

    def http_response(self, request, response):
        return response

    https_response = http_response


def fetch_profile(base_url, user_id, timeout):
    opener = urllib.request.OpenerDirector()
    for handler in (urllib.request.HTTPHandler(), Plain()):
        opener.add_handler(handler)
    result = {"error": "no profile"}
    with contextlib.suppress(Exception), contextlib.closing(opener.open(f"{base_url}/users/{user_id}", None, timeout)) as response:
        body = response.read()
        if response.status == 200:
            found = json.loads(body)
            if isinstance(found, dict) and found["id"] == user_id:
                result = found
    return result
