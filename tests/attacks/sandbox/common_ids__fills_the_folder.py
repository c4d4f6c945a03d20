# expects: fail; fills its folder with folders inside folders, too deep to remove by recursion
import os

for _ in range(1200):
    os.mkdir("shut", 0)
    os.mkdir("course-attack-" + "d" * 40)
    os.chdir("course-attack-" + "d" * 40)


def common_ids(left, right):
    return [item for item in left if item in right]
