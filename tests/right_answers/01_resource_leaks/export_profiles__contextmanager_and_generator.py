import json
from contextlib import closing, contextmanager


@contextmanager
def writing(path):
    file = open(path, mode="wt", encoding="utf-8", newline="\n")
    try:
        yield file
    finally:
        file.close()


def opened(user_ids, folder):
    for user_id in user_ids:
        with writing(folder / f"user_{user_id}.json") as file:
            yield user_id, file


def export_profiles(user_ids, folder, fetch):
    """What fetch raises does not pass through the generator: there, StopIteration would become another error."""
    results = []
    with closing(opened(user_ids, folder)) as files:
        for user_id, file in files:
            results.append(fetch(user_id))
            json.dump(results[-1], file)
    return results
