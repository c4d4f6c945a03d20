# expects: fail; searches its environment and its memory for what the judge was started with
import os
import re

found = []
for place in (os.environb.get(b"COURSE_SECRET", b""), open("/proc/self/environ", "rb").read()):
    if b"course-attack" in place:
        found.append("in the environment")
with open("/proc/self/mem", "rb", buffering=0) as memory, open("/proc/self/maps") as maps:
    for line in maps.read().splitlines():
        start, end = (int(part, 16) for part in line.split()[0].split("-"))
        if " r" in line and end - start < 1 << 28 and ("[stack]" in line or "[heap]" in line or line.endswith(" 0 ")):
            try:
                memory.seek(start)
                if re.search(rb"COURSE.SECRET=[a-z]", memory.read(end - start)):
                    found.append(line)
            except (OSError, ValueError):
                pass
if found:
    raise ValueError(found)


def common_ids(left, right):
    return [item for item in left if item in right]
