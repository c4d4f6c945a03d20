"""The parts on sale. Thousands of them, looked up on every request: kept sorted, and found by binary search."""

import json
from bisect import bisect_left
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    sku: str
    name: str
    grams: int
    price: int


class Catalogue:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            parts = [Part(one["sku"], one["name"], one["grams"], one["price"]) for one in json.load(file)]
        self._parts = sorted(parts, key=lambda part: part.sku)

    def find(self, sku):
        """The part with that code, or None. O(log n)."""
        codes = [part.sku for part in self._parts]
        position = bisect_left(codes, sku)
        found = position < len(codes) and codes[position] == sku
        return self._parts[position] if found else None

    def name_of(self, sku):
        part = self.find(sku)
        return part.name if part else sku
