"""Runs commands of the command line in a process that may not connect to anywhere, and writes down every attempt.

``python -m tests.sealed LOG [[COMMAND ...], ...]``: the commands as JSON. Python's own sockets are watched by an audit
hook, in every thread. On Linux the kernel besides refuses sockets to native code: whoever looks up a name, by whatever
library, ends the process (seccomp; see seccomp(2)).
"""

from __future__ import annotations

import ctypes
import importlib
import json
import pkgutil
import platform
import sys
from pathlib import Path
from typing import Any

WATCHED = frozenset(
    f"socket.{name}"
    for name in ("connect", "sendto", "sendmsg", "getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo")
)
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2  # of prctl(2)
_SOCKET = {"x86_64": 41, "aarch64": 198}  # the system call's number
_ALLOW, _KILL, _NO_FAMILY = 0x7FFF0000, 0x80000000, 0x00050000 | 97  # 97: address family not supported


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def is_local(address: object) -> bool:
    """Whether an address as Python's sockets take it lies on this machine: a path, or a loopback host."""
    if not isinstance(address, tuple):
        return not isinstance(address, str) or address in {"", "localhost"} or address.startswith(("/", "\0", "127."))
    return address[0] in {None, "localhost", "::1"} or str(address[0]).startswith("127.")


def watch(log: Path) -> None:
    """From here on, note what this process wants to reach, and refuse what is not on this machine."""

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in WATCHED:
            return
        where = arguments[0] if event.startswith("socket.get") else arguments[1]
        local = is_local((where, 0)) if event.startswith("socket.get") else is_local(where)
        with log.open("a") as file:
            file.write(f"{'local' if local else 'outward'} {event} {where!r}\n")
        if not local:
            raise ConnectionRefusedError(f"{event} {where!r}")

    sys.addaudithook(note)


def seal() -> bool:
    """Let the kernel refuse internet sockets to this process: one for datagrams, as look-ups need, ends it.

    Sockets for streams come to nothing, as where there is no such network. Returns False where the system cannot.
    """
    call = _SOCKET.get(platform.machine())
    if sys.platform != "linux" or call is None:
        return False
    # Classic BPF on struct seccomp_data: the call's number at 0, its first argument at 16, its second at 24.
    steps = [
        *((0x20, 0, 0, 0), (0x15, 0, 7, call)),
        *((0x20, 0, 0, 16), (0x15, 1, 0, 2), (0x15, 0, 4, 10)),  # AF_INET, AF_INET6
        *((0x20, 0, 0, 24), (0x54, 0, 0, 0xF), (0x15, 2, 0, 2)),  # the kind, without its flags: SOCK_DGRAM
        *((0x06, 0, 0, _NO_FAMILY), (0x06, 0, 0, _ALLOW), (0x06, 0, 0, _KILL)),
    ]
    packed = b"".join(
        code.to_bytes(2, sys.byteorder) + bytes((yes, no)) + value.to_bytes(4, sys.byteorder)
        for code, yes, no, value in steps
    )
    kept = ctypes.create_string_buffer(packed, len(packed))
    program = _Filter(len(steps), ctypes.addressof(kept))
    libc = ctypes.CDLL(None, use_errno=True)
    return not (
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)
    )


def main(log: str, commands: str) -> None:
    """Watch, seal, run the commands in order, then import all of the bot."""
    watch(Path(log))
    seal()
    from bot.cli import main as citewire

    for arguments in json.loads(commands):
        try:
            code = citewire(arguments)
        except SystemExit as done:  # of a help text
            code = int(done.code or 0)
        assert code == 0, arguments
    import bot.telegram

    for module in pkgutil.walk_packages(bot.telegram.__path__, "bot.telegram."):
        importlib.import_module(module.name)


if __name__ == "__main__":
    main(*sys.argv[1:])
