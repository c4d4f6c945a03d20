# fails: every line is in exactly one list
import json
import threading


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


class Importer(threading.Thread):
    def __init__(self, lines):
        super().__init__()
        self.lines, self.result = lines, {"imported": [], "rejected": []}

    def run(self):
        sort_in(self.lines, self.result)


def import_orders(lines):
    importer = Importer(lines)
    importer.start()
    return importer.result
