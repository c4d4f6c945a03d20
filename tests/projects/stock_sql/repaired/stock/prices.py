from dataclasses import dataclass

import httpx


class PriceUnknown(Exception): ...


@dataclass
class Price:
    article: str
    cents: int


def price_of(base_url, article, timeout):
    try:
        answer = httpx.get(f"{base_url}/prices/{article}", timeout=timeout)
        body = answer.json() if answer.status_code == 200 else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
        raise PriceUnknown(article) from error
    if not isinstance(body, dict) or type(body.get("cents")) is not int:
        raise PriceUnknown(article)
    return Price(article, body["cents"])
