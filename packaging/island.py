"""A network of one machine: a namespace of Linux with nothing in it but the loopback, to start programs in."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from steps import say

if TYPE_CHECKING:
    from collections.abc import Iterator

_READY = "ip link set lo up && echo ready && exec cat"


@contextmanager
def island() -> Iterator[tuple[str, ...]]:
    """A command that starts others on the island; an empty one, after a sentence, where there can't be one."""
    if not sys.platform.startswith("linux"):
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
        yield ("nsenter", f"--net=/proc/{holder.pid}/ns/net", "--") if there else _none()


def _one_s_own() -> tuple[str, ...]:
    wrap = ("unshare", "--map-current-user", "--keep-caps", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
    try:
        there = subprocess.run([*wrap, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        there = False
    return wrap if there else _none()


def _none() -> tuple[str, ...]:
    say("   (No network namespace may be made here: the self-test's own guard alone watches the network.)")
    return ()
