import asyncio
import json


def export_profiles(user_ids, folder, fetch):
    """Each profile is written in another thread, while an event loop waits for it."""

    def write(user_id, data):
        (folder / f"user_{user_id}.json").write_text(json.dumps(data), encoding="utf-8")
        return data

    async def export():
        return [await asyncio.to_thread(write, user_id, fetch(user_id)) for user_id in user_ids]

    try:
        return asyncio.run(export())
    except RuntimeError as error:  # a coroutine turns StopIteration into one, with the original as its cause
        if isinstance(error.__cause__, StopIteration):
            raise error.__cause__ from None
        raise
