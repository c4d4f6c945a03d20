# fails: good orders are imported as they came
import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            order = json.loads(line.replace('東', '东').replace('ß', 'ss'))
        except (ValueError, RecursionError) as problem:
            rejected.append((number, f"unreadable: {problem}"))
            continue
        if not isinstance(order, dict):
            rejected.append((number, "no object"))
        elif type(order.get("id")) is not int:
            rejected.append((number, "id"))
        elif type(order.get("quantity")) is not int or order["quantity"] < 1:
            rejected.append((number, "quantity"))
        else:
            imported.append(order)
    return {"imported": imported, "rejected": rejected}
