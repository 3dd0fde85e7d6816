"""Reads the command line and hands over to the window or to the studio without a screen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from seedance_desktop import bootstrap, words
from seedance_desktop.cli.arguments import parse
from seedance_desktop.system import folders, log

_WITHOUT_COMMAND = ("window", "self-test")
_UNFINISHED = 5  # as `cli.session` says: `resume` carries on


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; the exit code is PRODUCT.md's."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    bootstrap.speak(bootstrap.load_preferences().language)
    arguments = parse(argv)
    if arguments.command == "demo-gateway":  # the child has a log of its own
        return _run(arguments)
    log.start(folders.places().logs, arguments.command)
    try:
        return _run(arguments)
    except Exception as error:  # noqa: BLE001 - the last one who can tell of it
        _say_crashed(error)
        return 1 if arguments.command in _WITHOUT_COMMAND else _UNFINISHED
    finally:
        log.end()


def _run(arguments: argparse.Namespace) -> int:
    options = bootstrap.options_from_environment(
        library=arguments.library,
        gateway=arguments.gateway,
        key_store=arguments.key_store,
        demo=arguments.demo,
        files=arguments.files,
    )
    if arguments.command in _WITHOUT_COMMAND:
        from seedance_desktop import app

        if arguments.command == "self-test":
            return app.self_test(as_json=arguments.json, tls=arguments.tls)
        return app.run(options)
    from seedance_desktop import cli

    log.look_back()  # the window does so after its first paint
    return cli.run(arguments, options)


def _say_crashed(error: Exception) -> None:
    """One line that names the report, instead of a trace that may hold the creator's words."""
    report = log.crashed(error)
    code = "crashed" if report else "unexpected"
    if sys.stderr is not None:
        sys.stderr.write(words.say(code, {"detail": type(error).__name__, "file": str(report)}) + "\n")


if __name__ == "__main__":
    sys.exit(main())
