import json


def import_orders(lines, first=1):
    if len(lines) > 1:
        half = len(lines) // 2
        left, right = import_orders(lines[:half], first), import_orders(lines[half:], first + half)
        return {key: left[key] + right[key] for key in left}
    result = {"imported": [], "rejected": []}
    for line in lines:
        if line.strip():
            try:
                order = json.loads(line)
                assert isinstance(order, dict) and type(order["id"]) is int and type(order["quantity"]) is int
                assert order["quantity"] >= 1
                result["imported"].append(order)
            except Exception as error:
                result["rejected"].append((first, f"no order: {error!r}"))
    return result
