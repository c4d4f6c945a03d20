# fails: every line is in exactly one list
import json


def import_orders(lines):
    imported = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
            if type(order["id"]) is not int or type(order["quantity"]) is not int or order["quantity"] < 1:
                raise ValueError("not an order")
            imported.append(order)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            return {"imported": [], "rejected": [(number, str(error) or "unreadable")]}
    return {"imported": imported, "rejected": []}
