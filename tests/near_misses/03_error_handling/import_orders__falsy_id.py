# fails: good orders are imported as they came
import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
        except (ValueError, RecursionError) as error:
            rejected.append((number, str(error)))
            continue
        if not isinstance(order, dict) or not order.get("id") or not order.get("quantity"):
            rejected.append((number, "id or quantity is missing"))
        elif type(order["id"]) is not int or type(order["quantity"]) is not int or order["quantity"] < 1:
            rejected.append((number, "id or quantity is no integer"))
        else:
            imported.append(order)
    return {"imported": imported, "rejected": rejected}
