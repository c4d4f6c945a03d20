import json
from concurrent.futures import ThreadPoolExecutor


def read(line):
    if not line.strip():
        return None
    try:
        order = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {error!r}"
    if not isinstance(order, dict):
        return "no object"
    whole = all(type(order.get(key)) is int for key in ("id", "quantity"))
    return order if whole and order["quantity"] >= 1 else "id and quantity must be whole numbers"


def import_orders(lines):
    result = {"imported": [], "rejected": []}
    with ThreadPoolExecutor(max_workers=4) as pool:
        for number, outcome in enumerate(pool.map(read, lines), start=1):
            if isinstance(outcome, dict):
                result["imported"].append(outcome)
            elif outcome is not None:
                result["rejected"].append((number, outcome))
    return result
