"""Which files Python and its libraries need to read: the list that a confined submission is left with.

It names the standard library, site-packages, shared libraries, time zones, certificates and the course's
testbeds. It never names a home folder, the repository or the rest of the course; `hidden` names what stays
closed even where the course is itself installed in site-packages.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
LIBRARY_FOLDERS = ("site-packages", "dist-packages")
SYSTEM = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store", "/etc/ld.so.cache",
    "/usr/share/zoneinfo", "/etc/localtime", "/etc/timezone", "/usr/share/locale", "/usr/share/i18n",
    "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/usr/share/ca-certificates", "/etc/pki/tls",
    "/etc/pki/ca-trust",
    "/etc/nsswitch.conf", "/etc/hosts", "/etc/host.conf", "/etc/resolv.conf", "/etc/gai.conf",
    "/etc/services",
    "/etc/protocols", "/etc/mime.types", "/etc/httpd/conf/mime.types", "/etc/apache2/mime.types",
    "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom", "/sys/devices/system/cpu/online",
)  # fmt: skip


@cache
def real(path: Path) -> str:
    """The path without symbolic links; remembered, since a warm parent's children all ask for the same ones."""
    return os.path.realpath(path)


def default_readable() -> list[Path]:
    """Folders and files that ordinary code reads; call it in the process that is to be confined, for
    /proc/self.

    A parent that has called it before forking saves its children the work.
    """
    for path in hidden():
        real(path)
    return [*_of_the_machine(tuple(sys.path)), Path(f"/proc/{os.getpid()}")]


@cache
def hidden() -> tuple[Path, ...]:
    """The course's own folders, none of which a submission may read, except the testbeds."""
    course = [entry for entry in _entries(PACKAGE) if entry.name != "testbeds"]
    beside = [PACKAGE.parent / name for name in ("solutions", "tests", "exercises", "notebooks", ".git")]
    return (*course, *(folder for folder in beside if folder.is_dir()))


@cache
def _of_the_machine(path: tuple[str, ...]) -> tuple[Path, ...]:
    wanted = [*map(Path, SYSTEM), PACKAGE / "testbeds", *_of_python(path), *_shared_libraries()]
    kept: list[str] = []
    for one in sorted({real(one) for one in wanted if one.exists()}):
        if not _too_wide(Path(one)) and not any(one.startswith(wider + "/") for wider in kept):
            kept.append(one)
    paths = tuple(map(Path, kept))
    for known in paths:
        real(known)
    return paths


def _of_python(path: tuple[str, ...]) -> Iterator[Path]:
    for name in ("stdlib", "platstdlib", "purelib", "platlib"):
        yield Path(sysconfig.get_path(name))
    yield Path(sys.base_prefix, "lib")
    yield Path(sys.base_prefix, "ssl")
    standard = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")]
    for entry in path:
        if Path(entry).name in LIBRARY_FOLDERS or any(entry.startswith(folder) for folder in standard):
            yield Path(entry)


def _shared_libraries() -> Iterator[Path]:
    """Folders of the libraries that are loaded already: a later import may need their neighbours."""
    try:
        maps = Path("/proc/self/maps").read_text(errors="replace")
    except OSError:
        return
    for file in {line.split(maxsplit=5)[5] for line in maps.splitlines() if ".so" in line and "/" in line}:
        yield Path(file) if _too_wide(Path(file).parent) else Path(file).parent


def _too_wide(path: Path) -> bool:
    """Whether the folder holds the user's home or the repository, which no submission may read."""
    try:
        homes = [Path.home()]
    except RuntimeError:
        homes = []
    installed = PACKAGE.parent.name in LIBRARY_FOLDERS
    private = homes if installed else [*homes, PACKAGE.parent]
    return path.is_dir() and any(folder == path or path in folder.parents for folder in private)


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
