import json
import re


def not_too_deep(line):
    """Counts the brackets that stand outside texts: nothing nested deeper than 900 is read at all."""
    outside, depth, deepest = re.sub(r'"(?:[^"\\]|\\.)*"', "", line), 0, 0
    for letter in outside:
        depth += (letter in "[{") - (letter in "]}")
        deepest = max(deepest, depth)
    return deepest < 900


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = json.loads(line) if not_too_deep(line) else json.loads("")
        except (ValueError, RecursionError) as error:
            rejected.append((number, f"not JSON: {error!r}"))
            continue
        if not isinstance(order, dict):
            rejected.append((number, "not an object"))
        elif type(order.get("id")) is not int:
            rejected.append((number, "id is not an integer"))
        elif type(order.get("quantity")) is not int or order["quantity"] < 1:
            rejected.append((number, "quantity is not a whole number of at least 1"))
        else:
            imported.append(order)
    return {"imported": imported, "rejected": rejected}
