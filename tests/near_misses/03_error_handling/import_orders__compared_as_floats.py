# fails: nothing in a line makes it raise
import json
def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            order = json.loads(line)
        except (ValueError, RecursionError) as e:
            rejected.append((number, str(e)))
            continue
        if not isinstance(order, dict) or type(order.get("id")) is not int or type(order.get("quantity")) is not int or float(order["quantity"]) < 1:
            rejected.append((number, "no order"))
        else:
            imported.append(order)
    return {"imported": imported, "rejected": rejected}
