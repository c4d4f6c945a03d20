# expects: fail; reads the memory, the environment and the descriptors of its parents
import ctypes
import os


def common_ids(left, right):
    found = []
    for pid in (os.getppid(), os.getppid() - 1, os.getppid() - 2, 1):
        for name in ("mem", "maps", "environ", "fd/0", "cmdline", "cwd/pyproject.toml", "root/etc/passwd"):
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    found.append(file.read(10))
            except OSError:
                pass
        buffer = ctypes.create_string_buffer(64)
        library = ctypes.CDLL(None, use_errno=True)
        if hasattr(library, "ptrace") and library.ptrace(16, pid, 0, 0) == 0:
            found.append("traced")
    return found or [item for item in left if item in right]
