"""The command line as PRODUCT.md writes it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from seedance_desktop import __version__
from seedance_desktop.domain import links
from seedance_desktop.domain.catalogue import DURATIONS, MOST_TAKES, RATIOS, RESOLUTIONS
from seedance_desktop.domain.clip import Stage
from seedance_desktop.domain.recipe import Use
from seedance_desktop.words import tr

_NO_COMMAND = "window"
_WITH_VALUE = ("--library", "--gateway", "--key-store")


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; ends the program with exit code 2 where it is wrong. `command` is `window` for none."""
    parser = argparse.ArgumentParser(
        prog="seedance-desktop",
        description=tr("The native studio for AI-video creators. Without a command it opens the window."),
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--demo", action="store_true", default=False, help=tr("the built-in gateway: no key, no money"))
    _add_common(parser, None)
    commands = parser.add_subparsers(dest="command", metavar=tr("COMMAND"))
    _add_generate(commands)
    _add_list(commands)
    _add(commands, "resume", tr("carry every unfinished clip on"), json=True)
    for name, text in (
        ("show", tr("everything about one clip")),
        ("retry", tr("go on with a clip that has stopped; without a task ID it is sent anew and may cost again")),
        ("dismiss", tr("take a failed or unsure clip off the list")),
    ):
        _add(commands, name, text, json=True).add_argument("clip", metavar="CLIP")
    adopt = _add(commands, "adopt", tr("watch the task that an unsure clip turned out to be"), json=True)
    adopt.add_argument("clip", metavar="CLIP")
    adopt.add_argument("task", metavar="TASK_ID")
    importing = _add(commands, "import", tr("bring videos in from files and folders: MP4, MOV or WebM"), json=True)
    importing.add_argument("videos", metavar="FILE", nargs="+")
    _add(commands, "rebuild", tr("make the library's database again from its files"), json=True)
    ledger = _add(commands, "ledger", tr("every approved submit and what it has cost"))
    ledger.add_argument("--csv", action="store_true", help=tr("as CSV, for accounting"))
    key = _add(commands, "key", tr("set, check or remove the key of the gateway"))
    key.add_argument("action", choices=("set", "check", "remove"))
    _add_demo_gateway(commands)
    proof = _add(commands, "self-test", tr("prove that this very installation works"), json=True)
    proof.add_argument("--tls", metavar="URL", default="", help=argparse.SUPPRESS)  # a server that the system trusts
    rest, files = _split_files(sys.argv[1:] if argv is None else argv)
    arguments = parser.parse_args(rest)
    arguments.command = arguments.command or _NO_COMMAND
    arguments.files = files
    return arguments


def _split_files(argv: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """What a file manager, a browser or a drop on the icon gives to the window to open, apart from the rest."""
    rest, files, value_follows = [], [], False
    for argument in argv:
        if not value_follows and links.is_given(argument):
            files.append(links.given(argument))
        elif not value_follows and not argument.startswith("-"):
            return list(argv), ()  # a command: what follows is its own
        else:
            rest.append(argument)
            value_follows = argument in _WITH_VALUE
    return rest, tuple(files)


_Commands = argparse._SubParsersAction


def _add_common(parser: argparse.ArgumentParser, default: object) -> None:
    """The options that stand before or after the command alike."""
    parser.add_argument("--library", metavar="DIR", default=default, help=tr("the library folder"))
    parser.add_argument("--gateway", metavar="URL", default=default, help=tr("the gateway's address"))
    parser.add_argument(
        "--key-store",
        choices=("keyring", "session"),
        default="keyring" if default is None else default,
        help=tr("where the key is kept: the system's keyring, or nowhere"),
    )


def _add(
    commands: _Commands[argparse.ArgumentParser], name: str, text: str, *, json: bool = False
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text)
    _add_common(command, argparse.SUPPRESS)
    command.add_argument("--demo", action="store_true", default=argparse.SUPPRESS, help=tr("on the demo's library"))
    if json:
        command.add_argument("--json", action="store_true", help=tr("one JSON object a line"))
    return command


def _add_generate(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _add(commands, "generate", tr("make clips from a prompt and images"), json=True)
    command.add_argument("prompt", metavar="PROMPT")
    command.add_argument(
        "--image",
        metavar="PATH_OR_URL",
        action="append",
        default=[],
        help=tr("an image, a folder of them, or a link that is sent as it is; may be given several times"),
    )
    command.add_argument("--use", choices=[use.value for use in Use], default=None)
    command.add_argument("--ratio", choices=RATIOS, default=RATIOS[0])
    command.add_argument("--duration", type=int, choices=DURATIONS, default=DURATIONS[0])
    command.add_argument("--resolution", choices=RESOLUTIONS, default=RESOLUTIONS[-1])
    command.add_argument("--takes", type=int, choices=range(1, MOST_TAKES + 1), metavar="N", default=1)
    command.add_argument("--project", metavar="NAME", default="")
    command.add_argument("--shot", metavar="NAME", default="")
    command.add_argument("--no-wait", action="store_true", help=tr("end when all are accepted"))


def _add_list(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _add(commands, "list", tr("the clips of the library"), json=True)
    command.add_argument("--search", metavar="TEXT", default="")
    command.add_argument("--stage", choices=[stage.value for stage in Stage], default=None)


def _add_demo_gateway(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = _add(commands, "demo-gateway", tr("the built-in gateway by itself"))
    command.add_argument("--port", type=int, metavar="N", default=0)
    command.add_argument("--until-stdin-closes", action="store_true", help=argparse.SUPPRESS)
    command.add_argument("--speed", type=float, default=1.0, help=argparse.SUPPRESS)
