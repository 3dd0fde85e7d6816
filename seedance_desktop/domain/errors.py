"""The errors that the program raises on purpose, each carrying a `Reason`.

    Problem                  something a person should be told, in one sentence
    ├── Refused              refused before anything was sent: nothing sent, nothing charged (exit 4)
    │   ├── BadRecipe        what is asked cannot be asked: empty prompt, uses mixed, limits
    │   ├── BadImage         an image that cannot be read or cannot be made to fit
    │   ├── NoKey            no key for this gateway, or no place to keep one
    │   ├── OverBudget       the month's budget does not allow it
    │   └── LibraryProblem   library in use, not writable, newer than this program, damaged
    ├── BadClip              a file that is not a playable video
    ├── DiskProblem          a write failed: disk full, folder gone, read-only
    ├── GatewayProblem       the far end: unreachable, wrong key, no balance, not a gateway
    └── UpdateProblem        the news of a release cannot be read, or is not to be believed

The studio turns every one of them into a clip's reason or a trouble; screens and the command line only word them.
"""

from __future__ import annotations

import errno

from .reason import Fact, Reason


class Problem(Exception):
    """Something that went wrong in a way that can be said in one sentence."""

    def __init__(self, code: str, **facts: Fact) -> None:
        """Carry `Reason.of(code, **facts)`."""
        super().__init__(code)
        self.reason = Reason.of(code, **facts)


class Refused(Problem):
    """Refused before anything was sent: nothing is charged."""


class BadRecipe(Refused):
    """What is asked cannot be asked."""


class BadImage(Refused):
    """An image that cannot be read, or cannot be made to fit the gateway's limits."""


class NoKey(Refused):
    """There is no key for this gateway, or no place to keep one."""


class OverBudget(Refused):
    """The budget does not allow it."""


class LibraryProblem(Refused):
    """The library cannot be opened or changed."""


class BadClip(Problem):
    """A file that is not a playable video."""


class DiskProblem(Problem):
    """A write to the disk failed. Codes: `disk-full`, `disk-gone`, `disk-read-only`, `disk-error`."""

    @classmethod
    def of(cls, error: OSError, where: str) -> DiskProblem:
        """The problem that an `OSError` means for the file or folder `where`."""
        codes = {
            errno.ENOSPC: "disk-full",
            errno.EDQUOT: "disk-full",
            errno.ENOENT: "disk-gone",
            errno.ENODEV: "disk-gone",
            errno.ENXIO: "disk-gone",
            errno.EIO: "disk-gone",
            errno.EROFS: "disk-read-only",
            errno.EACCES: "disk-read-only",
            errno.EPERM: "disk-read-only",
        }
        return cls(codes.get(error.errno or 0, "disk-error"), where=where, detail=error.strerror or str(error))


class GatewayProblem(Problem):
    """The far end cannot be reached or does not answer as a gateway."""


class UpdateProblem(Problem):
    """The news of a release cannot be read, or is not to be believed: nothing of it is shown."""
