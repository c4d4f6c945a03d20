# expects: fail; writes outside its folder, wherever it may be allowed
import os
import pathlib
import sys
import tempfile

import course_lib


def common_ids(left, right):
    folders = ["/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~"), tempfile.gettempdir(), "..", "/"]
    folders += [*sys.path, *course_lib.__path__, os.path.dirname(os.__file__), "/proc/self/cwd/.."]
    for folder in folders:
        path = pathlib.Path(folder, "course-attack-written")
        for act in (
            lambda: path.write_text("x"),
            lambda: path.mkdir(),
            lambda: path.symlink_to("/etc/passwd"),
            lambda: os.mkfifo(path),
            lambda: os.rename("mine", path),
            lambda: os.link("mine", path),
        ):
            try:
                pathlib.Path("mine").write_text("x")
                act()
            except OSError:
                pass
    return [item for item in left if item in right]
