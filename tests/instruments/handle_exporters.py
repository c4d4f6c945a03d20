"""Two exporters for `climb`, in a module that imports nothing of the course."""

import json
from pathlib import Path
from typing import Any


def export_into_cache(user_ids: Any, folder: Path, fetch: Any) -> None:
    writers = {}
    for user_id in user_ids:
        writers[user_id] = open(folder / f"{user_id}.json", "w", encoding="utf-8")
        json.dump(fetch(user_id), writers[user_id])


def export_and_close(user_ids: Any, folder: Path, fetch: Any) -> None:
    for user_id in user_ids:
        with open(folder / f"{user_id}.json", "w", encoding="utf-8") as file:
            json.dump(fetch(user_id), file)
