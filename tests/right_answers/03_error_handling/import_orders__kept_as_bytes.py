import json
import marshal
from functools import lru_cache


@lru_cache(maxsize=1024)
def parsed(line):
    return marshal.dumps(json.loads(line))


def read(line):
    return marshal.loads(parsed(line))


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
