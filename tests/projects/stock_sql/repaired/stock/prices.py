import json
import time
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


def ordered(base_url, article, timeout):
    """The price of what was ordered: 200, or 201 where that made the order."""
    answer = httpx.get(f"{base_url}/orders/{article}", timeout=timeout)
    if answer.status_code not in (200, 201):
        raise PriceUnknown(article)
    return Price(article, answer.json()["cents"])


def known_soon(base_url, article):
    """The price, or nothing within a second."""
    try:
        return Price(article, httpx.get(f"{base_url}/prices/{article}", timeout=1).json()["cents"])
    except httpx.HTTPError as error:
        raise PriceUnknown(article) from error


def in_time(base_url, article, timeout):
    """The price, all of it within the time."""
    until, body = time.monotonic() + timeout, b""
    with httpx.stream("GET", f"{base_url}/prices/{article}", timeout=timeout) as answer:
        for part in answer.iter_raw():
            body += part
            if time.monotonic() > until:
                raise PriceUnknown(article)
    return Price(article, json.loads(body)["cents"])
