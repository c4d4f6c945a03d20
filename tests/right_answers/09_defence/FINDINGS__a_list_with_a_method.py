from typing import NamedTuple


class Finding(NamedTuple):
    first: int
    last: int
    hazard: str


class Review(list):
    def hit(self, hazard, first, last=None):
        self.append(Finding(first, last or first, hazard))
        return self


FINDINGS = (
    Review()
    .hit("resource_leaks", 76)
    .hit("sql_injection", 86)
    .hit("n_plus_one_queries", 110, 112)
    .hit("unbounded_growth", 146)
    .hit("error_handling", 158, 159)
)
