"""Signs Windows programs where the owner's certificate is there; Inno Setup calls `dev.py sign FILE`.

SEEDANCE_SIGNTOOL is a whole command with `$f` for the file (a cloud's signing service, say); or SEEDANCE_PFX is a
certificate's file and SEEDANCE_PFX_PASSWORD its password, and Windows' signtool does it. No command that holds the
password is ever printed: Inno Setup, which prints every command, is given that task instead.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from steps import Stop

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TIMESTAMP = "http://timestamp.digicert.com"  # an expired certificate's signatures stay valid by it


def wanted(env: Mapping[str, str] = os.environ) -> bool:
    """Whether the secrets for signing are there; an empty one is none, as in a workflow of a fork."""
    return bool(env.get("SEEDANCE_SIGNTOOL") or env.get("SEEDANCE_PFX"))


def command(file: Path, env: Mapping[str, str] = os.environ) -> list[str]:
    """The words of the command that signs one file.

    Raises:
        Stop: neither way of signing is set up, or signtool can't be found.
    """
    template = env.get("SEEDANCE_SIGNTOOL")
    if template:
        return [word.replace("$f", str(file)) for word in _words(template)]
    if not env.get("SEEDANCE_PFX"):
        raise Stop("Neither SEEDANCE_SIGNTOOL nor SEEDANCE_PFX is set, so nothing can be signed.")
    certificate = ["/f", env["SEEDANCE_PFX"], "/p", env.get("SEEDANCE_PFX_PASSWORD", "")]
    return [_signtool(env), "sign", *certificate, "/fd", "sha256", "/tr", TIMESTAMP, "/td", "sha256", str(file)]


def _words(template: str) -> list[str]:
    """A command's words: quotes hold them together, and a backslash is only a part of a path."""
    lexer = shlex.shlex(template, posix=True)
    lexer.whitespace_split, lexer.escape, lexer.commenters = True, "", ""
    return list(lexer)


def _signtool(env: Mapping[str, str]) -> str:
    found = shutil.which("signtool")
    if found is None:
        kits = Path(env.get("ProgramFiles(x86)", r"C:\Program Files (x86)")) / "Windows Kits" / "10" / "bin"
        newest = sorted(kits.glob("10.*/x64/signtool.exe"))
        if not newest:
            raise Stop("signtool is missing: install the Windows SDK's signing tools, or set SEEDANCE_SIGNTOOL.")
        found = str(newest[-1])
    return found


def sign(file: Path) -> None:
    """Sign one file in place.

    Raises:
        Stop: it could not be signed; the words tell no secret.
    """
    done = subprocess.run(command(file), stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise Stop(f"{file.name} could not be signed: the signing command ended with code {done.returncode}.")


def main(arguments: Sequence[str]) -> int:
    """Sign the file that is named; raises Stop."""
    [name] = arguments
    sign(Path(name))
    return 0
