# expects: fail; starts another program, in every way there is
import multiprocessing
import os
import subprocess


def common_ids(left, right):
    ways = (
        lambda: subprocess.run(["sleep", "300"]),
        lambda: os.system("sleep 300 && touch /tmp/course-attack-system"),
        lambda: os.posix_spawn("/bin/sleep", ["sleep", "300"], {}),
        lambda: os.spawnv(os.P_NOWAIT, "/bin/sleep", ["sleep", "300"]),
        lambda: multiprocessing.get_context("fork").Process(target=print).start(),
        lambda: multiprocessing.get_context("spawn").Process(target=print).start(),
        lambda: os.popen("touch /tmp/course-attack-popen").read(),
        lambda: os.execv("/bin/true", ["true"]),
    )
    for way in ways:
        try:
            way()
        except OSError:
            pass
    return []
