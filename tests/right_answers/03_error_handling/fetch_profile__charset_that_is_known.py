import codecs
import json
import urllib.error
import urllib.request


def _text(response):
    try:
        charset = codecs.lookup(response.headers.get_content_charset() or "utf-8")
        return charset.decode(response.read())[0]
    except LookupError as error:
        raise ValueError(f"a charset that nobody knows: {error}") from error


def fetch_profile(base_url, user_id, timeout):
    try:
        with urllib.request.urlopen(f"{base_url}/users/{user_id}", timeout=timeout) as response:
            if response.status != 200:
                return {"error": f"status {response.status}"}
            profile = json.loads(_text(response))
    except urllib.error.HTTPError as error:
        error.close()
        return {"error": f"status {error.code}"}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    known = isinstance(profile, dict) and type(profile.get("id")) is int and profile["id"] == user_id
    return profile if known else {"error": "the profile of somebody else"}
