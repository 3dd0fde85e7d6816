"""The same studio without a screen."""

from __future__ import annotations

import argparse

from seedance_desktop.bootstrap import Options


def run(arguments: argparse.Namespace, options: Options) -> int:
    """Carry a command out; the exit code is PRODUCT.md's."""
    from .commands import run as carry_out  # what a command needs is not imported for the window

    return carry_out(arguments, options)
