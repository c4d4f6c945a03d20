import asyncio

import httpx


async def ask(url, timeout):
    async with httpx.AsyncClient(timeout=None) as client:
        return await asyncio.wait_for(client.get(url), timeout)


def fetch_profile(base_url, user_id, timeout):
    try:
        response = asyncio.run(ask(f"{base_url}/users/{user_id}", timeout))
        profile = response.json() if response.status_code == 200 else None
    except (httpx.HTTPError, ValueError, RecursionError, TimeoutError) as error:
        return {"error": f"no answer: {error!r}"}
    if not isinstance(profile, dict) or profile.get("id") != user_id:
        return {"error": f"no profile in the answer ({response.status_code})"}
    return profile
