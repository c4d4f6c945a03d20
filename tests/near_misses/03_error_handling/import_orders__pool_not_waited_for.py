# fails: every line is in exactly one list
import json
from concurrent.futures import ThreadPoolExecutor


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


pool = ThreadPoolExecutor(2)


def import_orders(lines):
    result = {"imported": [], "rejected": []}
    pool.submit(sort_in, lines, result)
    return result
