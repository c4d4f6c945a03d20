import json


def books():
    imported, rejected, number = [], [], 0
    line = yield
    while line is not None:
        number += 1
        reason = order = None
        if line.strip():
            try:
                order = json.loads(line)
                if not (set(map(type, (order["id"], order["quantity"]))) == {int} and order["quantity"] >= 1 and type(order) is dict):
                    reason = "an order has an id and a quantity, and both are integers"
            except (ValueError, TypeError, LookupError, RecursionError) as error:
                reason = f"not an order ({error!r:.100})"
            if reason:
                rejected += [(number, reason)]
            else:
                imported += [order]
        line = yield
    yield {"imported": imported, "rejected": rejected}


def import_orders(lines):
    writer = books()
    next(writer)
    for line in lines:
        writer.send(line)
    return writer.send(None)
