import codecs
import json

import requests


def fetch_profile(base_url, user_id, timeout):
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    try:
        with requests.get(f"{base_url}/users/{user_id}", timeout=timeout, stream=True) as response:
            if response.status_code != 200:
                return {"error": f"status {response.status_code}"}
            text = "".join(map(decoder.decode, response.iter_content(16))) + decoder.decode(b"", final=True)
        profile = json.loads(text)
    except Exception as error:
        return {"error": repr(error)}
    if isinstance(profile, dict) and profile.get("id") == user_id:
        return profile
    return {"error": "no such profile"}
