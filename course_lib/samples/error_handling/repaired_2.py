"""Each line ends in one of the two lists."""

import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
        except (ValueError, RecursionError) as error:
            rejected.append((number, f"not readable as JSON: {error}"))
            continue
        if not isinstance(order, dict):
            rejected.append((number, "not a JSON object"))
        elif type(order.get("id")) is not int:
            rejected.append((number, "id is not an integer"))
        elif type(order.get("quantity")) is not int or order["quantity"] < 1:
            rejected.append((number, "quantity is not an integer of at least 1"))
        else:
            imported.append(order)
    return {"imported": imported, "rejected": rejected}
