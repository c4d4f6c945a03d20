# fails: every line is in exactly one list
import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
            imported.append(order)
            if type(order["id"]) is not int or type(order["quantity"]) is not int or order["quantity"] < 1:
                raise ValueError("not an order")
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            rejected.append((number, str(error)))
    return {"imported": imported, "rejected": rejected}
