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


def ordered(base_url, article, timeout):
    """The price of what was ordered: 200, or 201 where that made the order."""
    answer = httpx.get(f"{base_url}/orders/{article}", timeout=timeout)
    if answer.status_code != 200:
        raise PriceUnknown(article)
    return Price(article, answer.json()["cents"])


def known_soon(base_url, article):
    """The price, or nothing within a second."""
    try:
        return Price(article, httpx.get(f"{base_url}/prices/{article}", timeout=None).json()["cents"])
    except httpx.HTTPError as error:
        raise PriceUnknown(article) from error


def in_time(base_url, article, timeout):
    """The price, all of it within the time."""
    try:
        return Price(article, httpx.get(f"{base_url}/prices/{article}", timeout=timeout).json()["cents"])
    except httpx.HTTPError as error:
        raise PriceUnknown(article) from error
