# fails: good orders are imported as they came
import json

last = [None, None]


def read(line):
    if last[0] != line:
        last[:] = line, json.loads(line)
    return last[1]


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = read(line)
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
