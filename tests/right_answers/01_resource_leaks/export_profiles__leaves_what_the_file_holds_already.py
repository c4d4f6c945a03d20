import io
import json
from contextlib import ExitStack
from dataclasses import dataclass, field


@dataclass
class Export:
    folder: object
    done: list = field(default_factory=list)

    def write(self, user_id, data):
        text = io.StringIO()
        for piece in json.JSONEncoder(indent=1).iterencode(data):
            text.write(piece)
        wanted = text.getvalue().encode()
        path = self.folder / f"user_{user_id}.json"
        if not (path.exists() and path.read_bytes() == wanted):
            with ExitStack() as stack:
                file = open(path, "wb", buffering=0)
                stack.callback(file.close)
                file.write(wanted)
        self.done.append(data)


def export_profiles(user_ids, folder, fetch):
    export = Export(folder)
    for user_id in user_ids:
        export.write(user_id, fetch(user_id))
    return export.done
