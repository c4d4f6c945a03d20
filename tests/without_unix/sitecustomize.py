"""Takes from every Python that is started with this folder on PYTHONPATH what Windows does not have.

What it can't take away: /proc, paths, how a process is started and killed here, and what psutil needs on this system.
"""

import os
import select
import signal
import socket
import sys

import psutil  # noqa: F401  # while there is a `resource`, which it wants on Linux

MODULES = "fcntl resource pwd grp termios tty pty syslog readline curses nis spwd crypt"
OF_OS = "fork forkpty setsid getpgrp setpgid killpg geteuid getegid mkfifo nice chroot"
OF_SIGNAL = "SIGALRM SIGHUP SIGUSR1 SIGUSR2 SIGXCPU SIGBUS setitimer getitimer alarm pthread_sigmask pthread_kill"
OF_SELECT = "poll epoll"
OF_SOCKET = "send_fds recv_fds"

for name in MODULES.split():
    sys.modules[name] = None
for module, names in ((os, OF_OS), (signal, OF_SIGNAL), (select, OF_SELECT), (socket, OF_SOCKET)):
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
