# expects: fail; raises every limit of its own process
import os
import resource


def common_ids(left, right):
    for name in dir(resource):
        if name.startswith("RLIMIT_"):
            for limit in ((resource.RLIM_INFINITY,) * 2, (0, 0)):
                try:
                    resource.setrlimit(getattr(resource, name), limit)
                    return ["raised"]
                except (OSError, ValueError):
                    pass
    os.nice(1)
