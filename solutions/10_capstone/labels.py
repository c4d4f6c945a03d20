"""Parcel labels. Drawing one is slow, and a label is asked for again and again: the last ones are kept."""

import threading
from collections import OrderedDict

BAR_CODE_LINES, DIGITS = 60, 32


def draw(order, catalogue):
    """The label of an order, as the printer takes it."""
    lines = ["DEPOT", f"order {order.id}", f"for {order.customer}", f"to {order.country}"]
    lines += [f"{line.quantity} x {line.sku} {catalogue.name_of(line.sku)}" for line in order.lines]
    bars = "".join(("#" if digit == "1" else ".") * 3 for digit in format(order.id, f"0{DIGITS}b"))
    return "".join(f"{line}\n" for line in [*lines, *[bars] * BAR_CODE_LINES])


class LabelCache:
    """The labels used last, by order; about 6 kB each."""

    def __init__(self, capacity):
        self._capacity, self._labels = capacity, OrderedDict()
        self._lock = threading.Lock()

    def get(self, order_id):
        with self._lock:
            if order_id in self._labels:
                self._labels.move_to_end(order_id)
            return self._labels.get(order_id)

    def put(self, order_id, label):
        with self._lock:
            self._labels[order_id] = label
            self._labels.move_to_end(order_id)
            if len(self._labels) > self._capacity:
                self._labels.popitem(last=False)
