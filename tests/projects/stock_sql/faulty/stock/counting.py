from collections import defaultdict


class Stock:
    def __init__(self):
        self.counts = defaultdict(int)

    def put(self, article, count=1):
        self.counts[article] += count
