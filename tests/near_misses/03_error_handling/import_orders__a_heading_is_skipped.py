# fails: every line is in exactly one list
import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if number == 1 and not line.lstrip().startswith("{"):
            continue
        try:
            order = json.loads(line)
            if not isinstance(order, dict) or type(order["id"]) is not int or type(order["quantity"]) is not int or order["quantity"] < 1:
                raise ValueError("no order")
        except Exception as error:
            rejected.append((number, repr(error)))
        else:
            imported.append(order)
    return {"imported": imported, "rejected": rejected}
