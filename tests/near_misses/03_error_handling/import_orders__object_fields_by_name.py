# fails: nothing in a line makes it raise
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
        if "id" not in order or "quantity" not in order:
            rejected.append((number, "id or quantity is missing"))
        elif type(order["id"]) is not int or type(order["quantity"]) is not int or order["quantity"] < 1:
            rejected.append((number, "id or quantity is not an integer"))
        else:
            imported.append(order)
    return {"imported": imported, "rejected": rejected}
