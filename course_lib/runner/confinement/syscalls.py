"""What a submission may ask of the kernel: the rules that `seccomp.py` compiles, and the numbers behind the
names.

Left alone is everything that ordinary code uses: files, threads, memory, time, signals to oneself, TCP
clients. Refused with EPERM is what starts processes, reaches into other ones, changes the machine or opens
another way out. `chmod`, `utime` and their kin succeed and do nothing: Landlock can't tell where they point,
and a careful repair that sets the mode of its temporary file must not fail for it. Setting a file's time to
now is refused, since `Path.touch` then opens the file instead, and creates it. `fdatasync`, with which SQLite ends
every transaction, and `sync` do nothing either: what is thrown away need not wait for a disk. `fsync` does, since it
is what Python code calls, and it raises on a file that is closed.
"""

from __future__ import annotations

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
NEWEST_KNOWN = 462  # later system calls do not exist as far as a submission can tell

# name: (number on x86_64, number on aarch64); None where the architecture has no such call
_REFUSED: dict[str, tuple[int | None, int | None]] = {
    # new processes and programs
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "setpgid": (109, 154), "setsid": (112, 157),
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "process_madvise": (440, 440), "process_mrelease": (448, 448), "tkill": (200, 130),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424),
    "setpriority": (141, 140), "ioprio_set": (251, 30), "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119), "sched_setattr": (314, 274),
    "migrate_pages": (256, 238), "move_pages": (279, 239),
    # one's own limits and confinement
    "setrlimit": (160, 164), "seccomp": (317, 277), "personality": (135, 92), "modify_ldt": (154, None),
    "unshare": (272, 97), "setns": (308, 268), "chroot": (161, 51), "pivot_root": (155, 41),
    # the network beyond TCP clients
    "bind": (49, 200), "listen": (50, 201),
    # memory that outlives the process or escapes its limits
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "userfaultfd": (323, 282),
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "msgget": (68, 186),
    "mq_open": (240, 180), "mq_unlink": (241, 181),
    # files behind Landlock's back
    "chown": (92, None), "lchown": (94, None), "fchown": (93, 55), "fchownat": (260, 54),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "fanotify_init": (300, 262),
    "mount": (165, 40), "umount2": (166, 39), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "quotactl": (179, 60), "quotactl_fd": (443, 443),
    # the machine
    "bpf": (321, 280), "perf_event_open": (298, 241), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "acct": (163, 89), "swapon": (167, 224), "swapoff": (168, 225), "reboot": (169, 142),
    "syslog": (103, 116),
    "sethostname": (170, 161), "setdomainname": (171, 162), "iopl": (172, None), "ioperm": (173, None),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "vhangup": (153, 58), "adjtimex": (159, 171),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "clock_adjtime": (305, 266),
}  # fmt: skip

_WITHOUT_EFFECT: dict[str, tuple[int | None, int | None]] = {
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None),
    "fdatasync": (75, 83), "sync_file_range": (277, 84), "sync": (162, 81), "syncfs": (306, 267),
}  # fmt: skip

_ABSENT: dict[str, tuple[int | None, int | None]] = {
    "clone3": (435, 435),  # its flags lie in memory, where a filter can't look; glibc then uses clone
    "openat2": (437, 437),
}

_EXAMINED: dict[str, tuple[int | None, int | None]] = {
    "open": (2, None), "openat": (257, 56), "socket": (41, 198), "socketpair": (53, 199),
    "connect": (42, 203),
    "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269), "clone": (56, 220), "kill": (62, 129),
    "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "fcntl": (72, 25),
    "ioctl": (16, 29), "prctl": (157, 167), "prlimit64": (302, 261), "truncate": (76, 45),
    "utimensat": (280, 88), "sched_setaffinity": (203, 122),
}  # fmt: skip

FCNTL_REFUSED = (8, 15, 1024, 1026)  # F_SETOWN, F_SETOWN_EX, F_SETLEASE, F_NOTIFY: signals on input
IOCTL_REFUSED = (
    0x5412, 0x541C, 0x540E,  # TIOCSTI, TIOCLINUX, TIOCSCTTY: typing into a terminal
    0x8901, 0x8902,  # FIOSETOWN, SIOCSPGRP: as F_SETOWN
    0x40086602, 0x401C5820,  # FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR: attributes of files
)  # fmt: skip
PRCTL_REFUSED = (1, 4, 22, 35, 36)  # PDEATHSIG, DUMPABLE, SECCOMP, MM, CHILD_SUBREAPER
NAMESPACES, THREAD = 0x7E020000, 0x00010000  # CLONE_NEW*, CLONE_THREAD
FAST_OPEN = 0x20000000  # MSG_FASTOPEN connects without a call of connect
INTERNET, STREAM, UNIX = (2, 10), 1, 1  # AF_INET and AF_INET6, SOCK_STREAM, AF_UNIX
TRUNCATING, ACCESS_MODE = 0x200, 0x3  # O_TRUNC, O_ACCMODE


def refused(machine: str) -> list[int]:
    """Numbers of the calls that fail with EPERM."""
    return sorted(_numbers(_REFUSED, machine).values())


def without_effect(machine: str) -> list[int]:
    """Numbers of the calls that seem to succeed and do nothing."""
    return sorted(_numbers(_WITHOUT_EFFECT, machine).values())


def absent(machine: str) -> list[int]:
    """Numbers of the calls that fail with ENOSYS, as on an older kernel."""
    return sorted(_numbers(_ABSENT, machine).values())


def examined(machine: str) -> dict[str, int]:
    """Numbers by name of the calls whose arguments decide."""
    return _numbers(_EXAMINED, machine)


def _numbers(table: dict[str, tuple[int | None, int | None]], machine: str) -> dict[str, int]:
    column = list(AUDIT_ARCH).index(machine)
    return {name: number for name, numbers in table.items() if (number := numbers[column]) is not None}
