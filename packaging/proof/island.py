"""A network of one machine: a namespace of Linux with nothing in it but the loopback, to start programs in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_READY = "ip link set lo up && echo ready && exec cat"


@contextmanager
def island() -> Iterator[tuple[str, ...]]:
    """A command that starts others on the island; an empty one where there can't be one."""
    if not sys.platform.startswith("linux") or not all(map(shutil.which, ("unshare", "nsenter", "ip"))):
        yield ()
        return
    # Only root may enter a namespace that lies there; others make one around themselves each time.
    if os.geteuid():
        yield _one_s_own()
        return
    pipe = subprocess.PIPE
    command = ["unshare", "--net", "sh", "-c", _READY]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as holder:
        assert holder.stdout is not None
        there = holder.stdout.readline().strip() == "ready"
        yield ("nsenter", f"--net=/proc/{holder.pid}/ns/net", "--") if there else ()


def _one_s_own() -> tuple[str, ...]:
    wrap = ("unshare", "--map-current-user", "--keep-caps", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
    there = subprocess.run([*wrap, "true"], capture_output=True, check=False).returncode == 0
    return wrap if there else ()
