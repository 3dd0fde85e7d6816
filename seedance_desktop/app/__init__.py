"""The window's composition root: wires screens to the studio; the only room with qasync, and with the self-test."""

from __future__ import annotations

import gc

from seedance_desktop.bootstrap import Options


def run(options: Options) -> int:
    """Open the window and stay until it is closed; the exit code."""
    gc.disable()  # nothing of what is made up to the first paint is garbage; `opening` turns it on again
    from .program import run as run_window

    return run_window(options)


def self_test() -> int:
    """Prove that this installation works: 0 and PASS, or 1 and what failed."""
    from .self_test import run as run_test

    return run_test()
