import json


class Pairs(list):
    """A JSON object as its pairs, so that nothing is lost before it is judged."""


def build(value):
    if isinstance(value, Pairs):
        return {key: build(inner) for key, inner in value}
    return [build(inner) for inner in value] if isinstance(value, list) else value


def import_orders(lines):
    imported, rejected = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            pairs = json.loads(line, object_pairs_hook=Pairs)
            wanted = isinstance(pairs, Pairs) and dict(pairs)
            if not wanted or type(wanted.get("id")) is not int or type(wanted.get("quantity")) is not int or wanted["quantity"] < 1:
                raise ValueError("not an order")
            imported.append(json.loads(line))
        except Exception as error:
            rejected.append((number, str(error) or "not an order"))
    return dict(imported=imported, rejected=rejected)
