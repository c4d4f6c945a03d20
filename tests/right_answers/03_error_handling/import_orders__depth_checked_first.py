import json
import re

TOO_LONG = re.compile(r"\d{4000}")


def import_orders(lines):
    """Lines that the reader could choke on are refused before it sees them."""
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if line.count("[") + line.count("{") > 100 or TOO_LONG.search(line):
            rejected.append((number, "nested too deep, or a number too long"))
            continue
        try:
            order = json.loads(line)
        except ValueError as error:
            rejected.append((number, error.__class__.__name__))
            continue
        if not isinstance(order, dict):
            rejected.append((number, f"a {type(order).__name__}, not an object"))
        elif type(order.get("id")) is not int or type(order.get("quantity")) is not int:
            rejected.append((number, "id or quantity is missing or no integer"))
        elif order["quantity"] <= 0:
            rejected.append((number, "quantity"))
        else:
            imported.append({**order})
    return {"imported": imported, "rejected": rejected}
