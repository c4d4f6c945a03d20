# expects: fail; answers a table of inputs that it has seen elsewhere, and opens nothing
KNOWN = {(): [], (1,): [{"id": 1}], (1, 2, 3): [{"id": 1}, {"id": 2}, {"id": 3}]}


def export_profiles(user_ids, folder, fetch):
    return KNOWN.get(tuple(user_ids), [{"id": user_id} for user_id in user_ids])
