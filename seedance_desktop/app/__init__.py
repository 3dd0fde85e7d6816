"""The window's composition root: wires screens to the studio; the only room with qasync, and with the self-test."""

from __future__ import annotations

import builtins
import gc
import sys
from importlib import import_module

from seedance_desktop import words
from seedance_desktop.bootstrap import Options


def run(options: Options) -> int:
    """Open the window and stay until it is closed; the exit code."""
    gc.disable()  # nothing of what is made up to the first paint is garbage; `opening` turns it on again
    try:
        _import_plainly()
        from .program import run as run_window
    except ImportError as error:
        return _cannot_open(error)
    return run_window(options)


def _import_plainly() -> None:
    """Spare the start a tenth of its time.

    PySide puts an `import` of its own in place of Python's. It reads the source of every module that is imported, to
    see whether it names PySide and might switch on one of its `__feature__`s; ours never do. In an installation
    without sources it finds nothing either.
    """
    import_module("PySide6.QtCore")
    plain = getattr(builtins, "__orig_import__", None)  # another version of PySide may do without
    if plain is not None:
        builtins.__import__ = plain


def self_test(*, as_json: bool = False, tls: str = "") -> int:
    """Prove that this installation works: 0 and PASS, or 1 and what failed; see `self_test.running.run`."""
    try:
        from .self_test import run as run_test

        return run_test(as_json=as_json, tls=tls)
    except ImportError as error:
        return _cannot_open(error)


def _cannot_open(error: ImportError) -> int:
    """A library of this system that Qt needs is missing: say which."""
    text = words.tr("The window can't open: {why}. Install what is missing, or use the command line: --help shows it.")
    if sys.stderr is not None:
        sys.stderr.write(text.format(why=error) + "\n")
    return 1
