# expects: fail; changes, empties, deletes and moves a file of somebody else
import os
import shutil

VICTIM = "/tmp/course-attack-victim/file"


def common_ids(left, right):
    for act in (
        lambda: open(VICTIM, "w").close(),
        lambda: open(VICTIM, "a").write("x"),
        lambda: os.truncate(VICTIM, 0),
        lambda: os.open(VICTIM, os.O_RDONLY | os.O_TRUNC),
        lambda: os.chmod(VICTIM, 0),
        lambda: os.chmod(os.path.dirname(VICTIM), 0),
        lambda: os.utime(VICTIM, (0, 0)),
        lambda: os.utime(VICTIM),
        lambda: os.chown(VICTIM, 1, 1),
        lambda: os.rename(VICTIM, VICTIM + "x"),
        lambda: os.replace("nothing", VICTIM),
        lambda: os.link(VICTIM, "linked"),
        lambda: os.symlink(VICTIM, "pointed"),
        lambda: os.remove(VICTIM),
        lambda: shutil.rmtree(os.path.dirname(VICTIM)),
    ):
        try:
            act()
        except OSError:
            pass
    for name in ("linked", "pointed"):
        try:
            open(name, "w").write("x")
        except OSError:
            pass
    return [item for item in left if item in right]
