import json


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
            assert type(order["id"]) is int and type(order["quantity"]) is int and order["quantity"] > 0
            imported.append(order)
        except Exception as error:
            rejected.append((number, repr(error)))
    return {"imported": imported, "rejected": rejected}
