from json import dumps


def export_profiles(user_ids, folder, fetch):
    def export_one(user_id):
        data = fetch(user_id)
        folder.joinpath(f"user_{user_id}.json").write_bytes(dumps(data).encode("utf-8"))
        return data

    return [export_one(user_id) for user_id in user_ids]
