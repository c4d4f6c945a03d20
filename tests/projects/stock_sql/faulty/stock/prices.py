from dataclasses import dataclass

import httpx


class PriceUnknown(Exception): ...


@dataclass
class Price:
    article: str
    cents: int


def price_of(base_url, article, timeout):
    try:
        body = httpx.get(f"{base_url}/prices/{article}", timeout=timeout).json()
    except httpx.HTTPError as error:
        raise PriceUnknown(article) from error
    return Price(article, body["cents"])
