# fails: every line is in exactly one list
import json


def read(line):
    try:
        order = json.loads(line)
    except (ValueError, RecursionError):
        return None, "not JSON"
    if not isinstance(order, dict):
        return None, "no object"
    if type(order.get("id")) is not int or type(order.get("quantity")) is not int:
        return None, "id and quantity must be integers"
    if order["quantity"] < 1:
        return None, "quantity must be at least 1"
    return order, ""


def sort_in(lines, result):
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        order, reason = read(line)
        if reason:
            result["rejected"].append((number, reason))
        else:
            result["imported"].append(order)


class Orders(list):
    """Reads its lines when it is first looked at."""

    def __init__(self, lines, which):
        super().__init__()
        self.lines, self.which = lines, which

    def _read(self):
        if self.lines is not None:
            result = {"imported": [], "rejected": []}
            sort_in(self.lines, result)
            self.lines = None
            self.extend(result[self.which])

    def __iter__(self):
        self._read()
        return super().__iter__()

    def __len__(self):
        self._read()
        return super().__len__()

    def __getitem__(self, index):
        self._read()
        return super().__getitem__(index)


def import_orders(lines):
    return {"imported": Orders(lines, "imported"), "rejected": Orders(lines, "rejected")}
